package voltage.strategy;

/** Asked right before an entry whether such entries have won: the port of the entry filter. Deterministic, without clock or files. */
public interface EntryScreen {
    /** Nobody is asked. */
    EntryScreen ABSENT = new EntryScreen() {
        @Override
        public Mode mode() {
            return Mode.ABSENT;
        }

        @Override
        public String version() {
            return "";
        }

        @Override
        public int thresholdE4() {
            return 0;
        }

        @Override
        public int winE4(EntryFeatures features) {
            return Opinion.NONE;
        }
    };

    /** How much its word counts. */
    enum Mode {
        /** There is none. */
        ABSENT,
        /** It is asked and recorded, and stops nothing. */
        SHADOW,
        /** It stops what it does not believe in. */
        ENFORCING,
        /** There should be one that cannot be used: in paper and replay entries go on, with real money they stop. */
        BROKEN
    }

    /** What it said of one entry; {@code winE4} is {@link Opinion#NONE} if nothing. */
    record Answer(Mode mode, String version, int winE4, int thresholdE4) {
        public static final Answer NOT_ASKED = new Answer(Mode.ABSENT, "", Opinion.NONE, 0);

        /** Whether it would let the entry pass, or did; an unknown probability does not pass. */
        public boolean passes() {
            return winE4 != Opinion.NONE && winE4 >= thresholdE4;
        }
    }

    Mode mode();

    /** Of the model; empty text if there is none. */
    String version();

    /** Least probability of a profit, in ten-thousandths. */
    int thresholdE4();

    /** Probability that the entry ends with a profit, in ten-thousandths; {@link Opinion#NONE} if it cannot be said. */
    int winE4(EntryFeatures features);
}
