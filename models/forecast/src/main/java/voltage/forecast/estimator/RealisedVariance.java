package voltage.forecast.estimator;

import voltage.market.CandleSeries;

/**
 * Realised variance (Andersen and Bollerslev 1998, Int. Econ. Rev. 39:885–905): {@code RV = Σ r²} over the returns from close to close,
 * here divided by their number.
 *
 * <p>Unit: variance of log price per candle of the series, per minute for minutes; {@code n} times it is the sum of the literature.
 * Needs one candle more than n. NaN with fewer, and where all closes are equal.
 */
public final class RealisedVariance {
    private RealisedVariance() {}

    /** Over the latest {@code n} returns. */
    public static double variance(CandleSeries series, int n) {
        if (n < 1 || series.size() < n + 1) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double r = Bars.change(series, i);
            sum += r * r;
        }
        return Bars.positive(sum / n);
    }
}
