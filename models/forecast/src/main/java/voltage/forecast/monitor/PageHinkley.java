package voltage.forecast.monitor;

/**
 * Page and Hinkley's test for a rise of a series' mean: {@code m_t = Σ(x_i − x̄_i − δ)}, alarm while {@code m_t − min m > λ}, where
 * {@code x̄_i} is the mean up to and including {@code x_i}.
 */
public final class PageHinkley {
    private final double delta;
    private final double lambda;
    private long n;
    private double mean;
    private double sum;
    private double least;

    /**
     * Makes one.
     *
     * @param delta rises smaller than this are not looked for, 0 or more, in the unit of the series
     * @param lambda above it there is an alarm, above 0
     */
    public PageHinkley(double delta, double lambda) {
        if (!(delta >= 0) || !(lambda > 0)) {
            throw new IllegalArgumentException(
                    "delta is 0 or more and lambda above 0, was " + delta + " and " + lambda);
        }
        this.delta = delta;
        this.lambda = lambda;
    }

    public void add(double x) {
        n++;
        mean += (x - mean) / n;
        sum += x - mean - delta;
        least = Math.min(least, sum);
    }

    /** {@code m_t − min m}. */
    public double value() {
        return sum - least;
    }

    public double lambda() {
        return lambda;
    }

    public boolean isAlarm() {
        return value() > lambda;
    }

    public double mean() {
        return mean;
    }

    public long n() {
        return n;
    }
}
