package voltage.forecast.estimator;

import voltage.market.CandleSeries;

/**
 * Yang and Zhang (2000, J. Business 73:477–491): {@code σ² = σ_o² + kσ_c² + (1−k)σ_RS²} with o = ln O_i/C_{i−1}, both variances about
 * their means with n−1, and {@code k = 0.34/(1.34 + (n+1)/(n−1))}. Right whatever the drift, and sees jumps from bar to bar.
 *
 * <p>Unit: variance of log price per candle of the series, per minute for minutes. Needs one candle more than n, for the close before
 * the first. NaN with fewer, with n below 2, and where all are flat.
 */
public final class YangZhang {
    private YangZhang() {}

    /** Over the latest {@code n} candles. */
    public static double variance(CandleSeries series, int n) {
        if (n < 2 || series.size() < n + 1) {
            return Double.NaN;
        }
        double openMean = 0;
        double closeMean = 0;
        for (int i = 0; i < n; i++) {
            openMean += open(series, i);
            closeMean += Bars.close(series.back(i));
        }
        openMean /= n;
        closeMean /= n;
        double openSquares = 0;
        double closeSquares = 0;
        for (int i = 0; i < n; i++) {
            double o = open(series, i) - openMean;
            double c = Bars.close(series.back(i)) - closeMean;
            openSquares += o * o;
            closeSquares += c * c;
        }
        double k = 0.34 / (1.34 + (n + 1.0) / (n - 1));
        return Bars.positive(
                openSquares / (n - 1) + k * closeSquares / (n - 1) + (1 - k) * RogersSatchell.mean(series, n));
    }

    private static double open(CandleSeries series, int back) {
        return StrictMath.log(
                (double) series.back(back).openE4() / series.back(back + 1).closeE4());
    }
}
