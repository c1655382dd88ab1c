package voltage.kalshi.rest;

/** Kalshi's endpoints as far as they differ in what they cost. */
public enum Endpoint {
    /** Any read without a price of its own. */
    READ(false, false, 10),
    READ_ORDER(false, false, 2),
    CREATE(true, true, 10),
    AMEND(true, true, 10),
    DECREASE(true, false, 10),
    CANCEL(true, false, 2),
    CANCEL_ALL(true, false, 2),
    /** Each order of a batch. */
    BATCH_CREATE(true, true, 10),
    /** Each order of a batch. */
    BATCH_CANCEL(true, false, 2),
    ORDER_GROUP(true, false, 10);

    private final boolean isWrite;
    private final boolean isOrder;
    private final int cost;

    Endpoint(boolean isWrite, boolean isOrder, int cost) {
        this.isWrite = isWrite;
        this.isOrder = isOrder;
        this.cost = cost;
    }

    boolean isWrite() {
        return isWrite;
    }

    /** Whether it counts against the cap of orders per second. */
    boolean isOrder() {
        return isOrder;
    }

    /** Tokens per call, or per item of a batch. */
    int cost() {
        return cost;
    }

    /** Batches are always billed to the bucket that belongs to no shard. */
    boolean isBatch() {
        return this == BATCH_CREATE || this == BATCH_CANCEL;
    }
}
