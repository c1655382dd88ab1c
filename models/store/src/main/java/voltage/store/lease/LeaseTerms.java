package voltage.store.lease;

/**
 * The times of a lease, all in nanoseconds of a monotonic clock.
 *
 * @param ttlNanos a lease that has not moved for so long, by the observer's clock, may be taken
 * @param marginNanos how much earlier than that its holder stops: what clocks may differ in rate within a TTL
 * @param renewNanos between renewals
 * @param readNanos between a follower's looks at the lease
 * @param retryNanos before a renewal without an answer is sent again
 */
public record LeaseTerms(long ttlNanos, long marginNanos, long renewNanos, long readNanos, long retryNanos) {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** 10 s; the holder stops 7 s after the start of its last renewal and renews every 3 s, so it may miss one. */
    public static final LeaseTerms DEFAULT =
            new LeaseTerms(10 * SECOND_NANOS, 3 * SECOND_NANOS, 3 * SECOND_NANOS, SECOND_NANOS, SECOND_NANOS / 2);

    public LeaseTerms {
        if (marginNanos <= 0 || renewNanos <= 0 || readNanos <= 0 || retryNanos <= 0) {
            throw new IllegalArgumentException("margin, renewal, read and retry must be above 0, was " + marginNanos
                    + ", " + renewNanos + ", " + readNanos + ", " + retryNanos);
        }
        if (2 * renewNanos > ttlNanos - marginNanos) {
            throw new IllegalArgumentException("two renewals must fit into the TTL less the margin, was " + renewNanos
                    + " into " + ttlNanos + " - " + marginNanos);
        }
    }

    /** How long a holder counts itself leader from the start of a successful acquisition or renewal. */
    long validNanos() {
        return ttlNanos - marginNanos;
    }
}
