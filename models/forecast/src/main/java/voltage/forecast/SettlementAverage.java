package voltage.forecast;

/**
 * The exact distribution of Kalshi's settlement value: the mean of the 60 one-second index values before close, seen from any
 * instant (facts: an Asian tail on a digital).
 *
 * <p>With τ whole seconds left, price S, σ per √s: for τ ≥ 60 the mean is S and the variance {@code σ²S²[(τ−60) + (N+1)(2N+1)/(6N)]};
 * for τ &lt; 60 with m values seen of mean Ā and n = 60 − m to come, the mean is {@code (mĀ + nS)/N} and the variance
 * {@code σ²S²·n(n+1)(2n+1)/(6N²)}.
 */
public final class SettlementAverage {
    /** Values that are averaged. */
    public static final int FIXINGS = 60;

    private static final double TAIL_SECONDS = (FIXINGS + 1) * (2 * FIXINGS + 1) / (6.0 * FIXINGS);

    private SettlementAverage() {}

    /** Expected settlement value in dollars. {@code seenMean} is ignored while {@code seen} is 0. */
    public static double mean(double price, int seen, double seenMean) {
        return seen == 0 ? price : (seen * seenMean + (FIXINGS - seen) * price) / FIXINGS;
    }

    /**
     * Standard deviation of the settlement value in dollars.
     *
     * @param secondsLeft to close; only used while {@code seen} is 0
     * @param volatility of log price per √s
     */
    public static double deviation(double price, double volatility, double secondsLeft, int seen) {
        double seconds;
        if (seen == 0) {
            seconds = Math.max(0, secondsLeft - FIXINGS) + TAIL_SECONDS;
        } else {
            int left = FIXINGS - seen;
            seconds = left * (left + 1.0) * (2 * left + 1) / (6.0 * FIXINGS * FIXINGS);
        }
        return volatility * price * Math.sqrt(seconds);
    }
}
