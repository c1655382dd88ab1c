package voltage.training.data;

/**
 * What the market thought over one minute. The mid is a mean over {@code (atNanos − 1 min, atNanos]}: of all that it is made of, the
 * earliest part is a minute older than {@code atNanos}, and the whole is as old as a price half a minute before it.
 *
 * @param closeNanos of its market, epoch nanoseconds UTC
 * @param atNanos end of the minute, epoch nanoseconds UTC
 * @param minutesToClose from that end, 1 to 15
 * @param mid mean of the mid between bid and ask of YES, 0 to 1
 * @param outcome whether YES was paid
 */
public record MinuteQuote(
        String ticker, long closeNanos, long atNanos, int minutesToClose, double mid, boolean outcome) {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    /** Minutes that a market is open. */
    public static final int LIFETIME_MINUTES = 15;

    public MinuteQuote {
        if (ticker.isEmpty() || minutesToClose < 1 || minutesToClose > LIFETIME_MINUTES) {
            throw new IllegalArgumentException("a quote has a ticker and stands 1 to 15 minutes before close, was \""
                    + ticker + "\" and " + minutesToClose);
        }
        if (Math.floorMod(atNanos, MINUTE_NANOS) != 0 || closeNanos - atNanos != minutesToClose * MINUTE_NANOS) {
            throw new IllegalArgumentException("a quote stands its whole minutes before close, was " + minutesToClose
                    + " min at " + atNanos + " of a close at " + closeNanos);
        }
        if (!(mid >= 0 && mid <= 1)) {
            throw new IllegalArgumentException("a mid is 0 to 1, was " + mid);
        }
    }

    /** Epoch nanoseconds UTC. */
    public long openNanos() {
        return closeNanos - LIFETIME_MINUTES * MINUTE_NANOS;
    }
}
