package voltage.risk;

/**
 * What the stream of orders may look like, whatever each of them is: the guards against a program gone wild.
 *
 * @param ordersPerSecond entries and amendments sent within any second at most
 * @param ordersPerMinute the same within any minute
 * @param exitsPerMinute exits of one market sent within any minute at most; what is over waits for the next minute
 * @param rapidExits exits of one market within a minute at which it is closed to entries for the rest of {@link #MEMORY_NANOS}
 * @param collarE4 how far beyond the book that it was decided on a price may go, in ten-thousandths of a dollar
 * @param repeatNanos two entries alike within this time are one entry sent twice
 */
public record OrderFlowLimits(
        int ordersPerSecond, int ordersPerMinute, int exitsPerMinute, int rapidExits, int collarE4, long repeatNanos) {
    /** How far back orders are looked at: the life of the longest market that is traded. */
    public static final long MEMORY_NANOS = 3_600_000_000_000L;

    /** 10 a second, 60 a minute, 20 exits of a market a minute, quarantine after 3, 5 cents, half a second. */
    public static final OrderFlowLimits DEFAULT = new OrderFlowLimits(10, 60, 20, 3, 500, 500_000_000L);

    public OrderFlowLimits {
        if (ordersPerSecond <= 0
                || ordersPerMinute < ordersPerSecond
                || exitsPerMinute <= 0
                || rapidExits <= 0
                || collarE4 <= 0
                || repeatNanos < 0) {
            throw new IllegalArgumentException(
                    "limits of the order flow must be above 0, and a minute's not below a second's, was "
                            + ordersPerSecond + " a second, " + ordersPerMinute + " a minute, " + exitsPerMinute
                            + " exits a minute, quarantine at " + rapidExits + ", collar " + collarE4 + " E4, repeat "
                            + repeatNanos + " ns");
        }
    }
}
