package voltage.local.simulation;

/** What must hold whatever happens, with its number among the figures of reliability. */
enum Rule {
    NO_ORPHAN("R1", "every order at the exchange was written in the ledger before it was sent"),
    NO_PHANTOM("R1", "every fill and settlement in the ledger is one that the exchange knows, to the unit"),
    NO_DUPLICATE("R1", "one command places one order, and a market has one live entry"),
    NO_OVERFILL("R1", "no order fills for more than was asked for"),
    NO_SIGN_FLIP("R1", "an exit only makes a position smaller and never turns it round"),
    NO_CAP_BREACH("R1", "order size, position and exposure stay within their limits"),
    RECONCILED("R2", "after one reconciliation the ledger has everything that had happened before it"),
    IDEMPOTENT("R3", "many reconciliations equal one"),
    REPLAY("R5", "a journal that is replayed gives the same decisions"),
    BALANCE("R6", "the ledger's cash is the exchange's cash, to the last unit"),
    KILL_SWITCH("R7", "no new order is sent once a halt is visible"),
    BOOK_AGE("R8", "no entry is decided on a book older than 500 ms"),
    RATE("R9", "never more than 100 write tokens in a rolling second, and entries leave enough for cancels"),
    GAP("R10", "no entry is decided between a gap in the sequence and the new snapshot"),
    EXITS_REDUCE("R15", "exits say reduce-only, and all together ask for no more than is held"),
    LIVENESS("R20", "when faults have stopped, the lane is reconciled within 30 s"),
    FORESEEN("R1", "nothing of ours fails in a way that nobody foresaw");

    private final String figure;
    private final String words;

    Rule(String figure, String words) {
        this.figure = figure;
        this.words = words;
    }

    String figure() {
        return figure;
    }

    String words() {
        return words;
    }
}
