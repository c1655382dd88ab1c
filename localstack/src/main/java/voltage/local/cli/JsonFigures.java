package voltage.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Figures that may be unknown. */
final class JsonFigures {
    private JsonFigures() {}

    /** JSON has no NaN: what is not known is null. */
    static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
