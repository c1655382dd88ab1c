package voltage.forecast.estimator;

import voltage.market.CandleSeries;

/**
 * Bipower variation (Barndorff-Nielsen and Shephard 2004, J. Fin. Econometrics 2:1–37): {@code BV = (π/2) Σ |r_i||r_{i−1}|}, to which a
 * single jump adds next to nothing; here divided by the number of products. What {@link RealisedVariance} has beyond it are jumps.
 *
 * <p>Unit: variance of log price per candle of the series, per minute for minutes. Over n returns there are n−1 products. Needs one
 * candle more than n. NaN with fewer, with n below 2, and where no two neighbouring returns differ from 0.
 */
public final class BipowerVariation {
    private static final double SCALE = Math.PI / 2;

    private BipowerVariation() {}

    /** Over the latest {@code n} returns. */
    public static double variance(CandleSeries series, int n) {
        return n < 2 || series.size() < n + 1 ? Double.NaN : Bars.positive(mean(series, n));
    }

    /**
     * {@code max(RV − BV, 0) / RV} over the latest {@code n} returns, both per return: the share of variance that came in jumps, 0 to
     * 1. NaN where {@link RealisedVariance} is.
     */
    public static double jumpShare(CandleSeries series, int n) {
        double realised = n < 2 ? Double.NaN : RealisedVariance.variance(series, n);
        return realised > 0 ? Math.max(0, 1 - mean(series, n) / realised) : Double.NaN;
    }

    /** Turns a mean of products of neighbouring absolute returns into a variance. */
    public static double scale() {
        return SCALE;
    }

    private static double mean(CandleSeries series, int n) {
        double sum = 0;
        for (int i = 0; i < n - 1; i++) {
            sum += Math.abs(Bars.change(series, i)) * Math.abs(Bars.change(series, i + 1));
        }
        return sum * SCALE / (n - 1);
    }
}
