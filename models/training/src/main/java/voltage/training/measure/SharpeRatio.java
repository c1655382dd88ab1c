package voltage.training.measure;

import voltage.forecast.NormalDistribution;

/**
 * A Sharpe ratio with what is needed to doubt it (Bailey, López de Prado 2012, 2014).
 *
 * @param ratio mean over standard deviation, per observation
 * @param n observations
 * @param skewness γ₃
 * @param kurtosis γ₄, 3 for a normal distribution
 */
public record SharpeRatio(double ratio, int n, double skewness, double kurtosis) {
    private static final double EULER_GAMMA = 0.5772156649015329;

    public SharpeRatio {
        if (n < 2) {
            throw new IllegalArgumentException("a Sharpe ratio needs at least 2 observations, was " + n);
        }
    }

    public static SharpeRatio of(double[] returns) {
        int n = returns.length;
        double mean = Losses.mean(returns);
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (double value : returns) {
            double d = value - mean;
            second += d * d / n;
            third += d * d * d / n;
            fourth += d * d * d * d / n;
        }
        if (!(second > 0)) {
            throw new IllegalArgumentException("returns must vary, was " + n + " of " + mean);
        }
        double deviation = Math.sqrt(second);
        return new SharpeRatio(
                mean / (deviation * Math.sqrt(n / (n - 1.0))),
                n,
                third / (deviation * second),
                fourth / (second * second));
    }

    /** Probabilistic Sharpe ratio: the confidence that the true ratio is above a benchmark. */
    public double probabilistic(double benchmark) {
        double variance = 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio * ratio;
        return NormalDistribution.cumulative((ratio - benchmark) * Math.sqrt(n - 1.0) / Math.sqrt(variance));
    }

    /**
     * Deflated Sharpe ratio: the confidence that the ratio is above the best of so many trials without skill. Above 0.95 is good.
     *
     * @param varianceOfTrials of the ratios of all trials, per observation
     * @param trials independent ones, all that were ever made; see {@link #effectiveTrials}
     */
    public double deflated(double varianceOfTrials, double trials) {
        return probabilistic(expectedBest(varianceOfTrials, trials));
    }

    /** The best ratio to be expected of trials without skill. */
    public static double expectedBest(double varianceOfTrials, double trials) {
        if (!(varianceOfTrials >= 0) || !(trials >= 1)) {
            throw new IllegalArgumentException(
                    "a variance is 0 or more and trials are 1 or more, was " + varianceOfTrials + " and " + trials);
        }
        if (trials == 1) {
            return 0;
        }
        double best = (1 - EULER_GAMMA) * NormalQuantile.of(1 - 1 / trials)
                + EULER_GAMMA * NormalQuantile.of(1 - 1 / (trials * Math.E));
        return Math.max(0, best) * Math.sqrt(varianceOfTrials);
    }

    /** Independent trials that correlated ones are worth: {@code ρ̄ + (1−ρ̄)N}. */
    public static double effectiveTrials(double meanCorrelation, int trials) {
        double correlation = Math.min(1, Math.max(0, meanCorrelation));
        return correlation + (1 - correlation) * trials;
    }
}
