package voltage.kalshi.rest;

/** Who comes first when tokens are scarce. */
public enum Priority {
    /** Opens or adds to a position; also any read that can wait. Never takes what is reserved for the others. */
    ENTRY(500_000_000L),
    /** Closes or reduces a position; also a read that a recovery waits for. */
    EXIT(2_000_000_000L),
    /** Takes an order off the market. May use the last token. */
    CANCEL(3_000_000_000L);

    private final long patienceNanos;

    Priority(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** How long a call waits for tokens in all before it is given up unsent. */
    long patienceNanos() {
        return patienceNanos;
    }
}
