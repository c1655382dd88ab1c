package voltage.forecast.monitor;

import java.util.List;
import voltage.forecast.NormalDistribution;

/**
 * The Sharpe ratio of the latest trades against that of those before: {@code z = (SR − SR₀) / √(V/n + V₀/n₀)} with
 * {@code V = 1 − γ₃SR + ¼(γ₄−1)SR²}, the variance behind the probabilistic Sharpe ratio (Bailey, López de Prado 2012), here of both sides.
 *
 * @param latest per trade
 * @param reference per trade
 * @param z below 0 if it has fallen; 0 if either side cannot say
 */
public record SharpeDrift(int n, double latest, int referenceN, double reference, double z) {
    /** A chance of 1 in 4 300 a look, since it is looked at again and again. */
    public static final double LIMIT = -3.5;

    /** A ratio and the variance of its estimate times n. */
    private record Ratio(double value, double variance) {}

    /**
     * Compares.
     *
     * @param returns in the order of time
     * @param latest how many of the last are compared with all before, 2 or more
     */
    public static SharpeDrift of(List<Double> returns, int latest) {
        int cut = Math.max(0, returns.size() - latest);
        Ratio before = ratio(returns.subList(0, cut));
        Ratio after = ratio(returns.subList(cut, returns.size()));
        int n = returns.size() - cut;
        double z = Double.isNaN(before.value) || Double.isNaN(after.value)
                ? 0
                : (after.value - before.value) / Math.sqrt(after.variance / n + before.variance / cut);
        return new SharpeDrift(n, after.value, cut, before.value, z);
    }

    /** Confidence that the ratio has not fallen. */
    public double confidence() {
        return NormalDistribution.cumulative(z);
    }

    public boolean isAlarm() {
        return z < LIMIT;
    }

    private static Ratio ratio(List<Double> returns) {
        int n = returns.size();
        double mean = 0;
        for (double value : returns) {
            mean += value / n;
        }
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (double value : returns) {
            double d = value - mean;
            second += d * d / n;
            third += d * d * d / n;
            fourth += d * d * d * d / n;
        }
        if (n < 2 || !(second > 0)) {
            return new Ratio(Double.NaN, Double.NaN);
        }
        double deviation = Math.sqrt(second);
        double value = mean / (deviation * Math.sqrt(n / (n - 1.0)));
        double skewness = third / (deviation * second);
        double kurtosis = fourth / (second * second);
        // With few trades the estimate of skewness may make it tiny; a normal sample's is never below 1.
        double variance = Math.max(0.5, 1 - skewness * value + (kurtosis - 1) / 4 * value * value);
        return new Ratio(value, variance);
    }
}
