package voltage.training.evaluate;

/**
 * What our forecast may know beside a quote of minute t, which is the mean of the mid over {@code (t − 60 s, t]}. A mean over a minute cannot be
 * compared with a price at an instant without an error of its age to one side or the other, so both sides are measured.
 */
public enum Knowledge {
    /**
     * Nothing but what had happened when the quote's minute began: the candle that ended at {@code t − 60 s}. Every sample of the quote knew as
     * much or more; the market has some 40 s of news beyond ours. What is better than the market here is better.
     */
    BEFORE_MINUTE("before", 60, 60),
    /**
     * The price's mean over the quote's own minute (of open, high, low and close of the candle that ends at t), features still of {@code t − 60
     * s}: both are means over one minute and so are equally old. A mean over a minute lags its end by the variance of 20.503 s, as the
     * settlement's own mean does.
     */
    SAME_MINUTE("same", 30, 20.503);

    private final String key;
    private final int ageSeconds;
    private final double lagSeconds;

    Knowledge(String key, int ageSeconds, double lagSeconds) {
        this.key = key;
        this.ageSeconds = ageSeconds;
        this.lagSeconds = lagSeconds;
    }

    /** As in JSON. */
    public String key() {
        return key;
    }

    /** How old what is known is at t on average, in seconds: where on the ideal's curve it stands. */
    public int ageSeconds() {
        return ageSeconds;
    }

    /** By how much the price lags t, in seconds of its variance. */
    double lagSeconds() {
        return lagSeconds;
    }
}
