package voltage.store.ledger;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import voltage.order.Lane;

/**
 * Where things lie in the ledger's table; every partition key begins with the lane.
 *
 * <pre>
 * LANE#paper#COMMAND#&lt;id&gt; / META                the command, its state and reports
 * LANE#paper#UNFINISHED   / &lt;decided&gt;#&lt;id&gt;       present while the command is not finished
 * LANE#paper#ENTRIES      / &lt;version&gt;            a cash flow; versions have no gaps
 * LANE#paper#SENT         / &lt;sentNanos&gt;#&lt;id&gt;   points at each order that went out
 * LANE#paper#KEYS         / &lt;entry key&gt;          says which version has the key
 * </pre>
 *
 * and in the control table {@code LANE#paper / STATE}, beside the lease ({@code voltage.store.lease}).
 */
final class LedgerKeys {
    static final String PK = "pk";
    static final String SK = "sk";
    private static final int PADDED = 19;

    private LedgerKeys() {}

    static Map<String, AttributeValue> laneState(Lane lane) {
        return key(lanePrefix(lane), "STATE");
    }

    static Map<String, AttributeValue> command(Lane lane, String id) {
        return key(lanePrefix(lane) + "#COMMAND#" + id, "META");
    }

    static Map<String, AttributeValue> unfinished(Lane lane, long decidedNanos, String id) {
        return key(unfinishedPartition(lane), padded(decidedNanos) + "#" + id);
    }

    static String unfinishedPartition(Lane lane) {
        return lanePrefix(lane) + "#UNFINISHED";
    }

    static Map<String, AttributeValue> sent(Lane lane, long sentNanos, String id) {
        return key(sentPartition(lane), padded(sentNanos) + "#" + id);
    }

    static long sentNanos(Map<String, AttributeValue> pointer) {
        AttributeValue key = pointer.get(SK);
        if (key == null) {
            throw new IllegalStateException("an item of the ledger without a sort key: " + pointer);
        }
        return Long.parseLong(key.s(), 0, PADDED, 10);
    }

    static String sentPartition(Lane lane) {
        return lanePrefix(lane) + "#SENT";
    }

    static Map<String, AttributeValue> entry(Lane lane, long version) {
        return key(entriesPartition(lane), padded(version));
    }

    static String entriesPartition(Lane lane) {
        return lanePrefix(lane) + "#ENTRIES";
    }

    static Map<String, AttributeValue> entryKey(Lane lane, String entryKey) {
        return key(lanePrefix(lane) + "#KEYS", entryKey);
    }

    /** Numbers, none below zero, that sort as texts. */
    static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, PADDED - digits.length())) + digits;
    }

    private static String lanePrefix(Lane lane) {
        return "LANE#" + lane.label();
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
    }
}
