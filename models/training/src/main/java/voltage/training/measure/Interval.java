package voltage.training.measure;

/**
 * An estimate with its 95 % interval.
 *
 * @param n rows
 * @param days that were drawn from; with fewer than two the interval is unbounded
 */
public record Interval(double estimate, double low, double high, double standardError, int n, int days) {
    /** Whether a claim of a difference may be made at all. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }
}
