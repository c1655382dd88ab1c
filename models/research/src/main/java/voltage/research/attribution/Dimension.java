package voltage.research.attribution;

import java.util.Comparator;

/** What trades are told apart by. Each trade is in exactly one slice of each dimension. */
public enum Dimension {
    /** Not told apart: one slice with all trades. */
    ALL,
    CONVICTION,
    SESSION,
    REGIME,
    EXIT,
    SIDE,
    FORECASTER;

    /** A slice's name, and its place among those of its dimension. */
    record Key(int place, String name) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingInt(Key::place).thenComparing(Key::name);

        private static Key of(Enum<?> value) {
            return new Key(value.ordinal(), value.name());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** The slice a trade is in. */
    Key keyOf(EndedTrade trade) {
        return switch (this) {
            case ALL -> new Key(0, name());
            case CONVICTION -> Key.of(trade.conviction());
            case SESSION -> Key.of(trade.session());
            case REGIME -> Key.of(trade.regime());
            case EXIT -> Key.of(trade.exit());
            case SIDE -> Key.of(trade.side());
            case FORECASTER -> new Key(0, trade.forecaster().isEmpty() ? "UNKNOWN" : trade.forecaster());
        };
    }
}
