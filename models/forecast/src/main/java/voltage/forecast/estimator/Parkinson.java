package voltage.forecast.estimator;

import voltage.market.Candle;
import voltage.market.CandleSeries;

/**
 * Parkinson (1980, J. Business 53:61–65): {@code σ² = (1/(4 n ln 2)) Σ (ln H/L)²}, variance from the high and low of each bar. About
 * five times as efficient as closes; biased low where few trades are seen; assumes no drift.
 *
 * <p>Unit: variance of log price per candle of the series, per minute for minutes. NaN with fewer than n candles, and where all are flat.
 */
public final class Parkinson {
    private static final double SCALE = 1 / (4 * StrictMath.log(2));

    private Parkinson() {}

    /** Over the latest {@code n} candles. */
    public static double variance(CandleSeries series, int n) {
        return variance(series, 0, n);
    }

    /** Over the {@code n} candles that end {@code back} before the latest. */
    public static double variance(CandleSeries series, int back, int n) {
        if (n < 1 || series.size() < back + n) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = back; i < back + n; i++) {
            sum += squaredLogRange(series.back(i));
        }
        return Bars.positive(sum * SCALE / n);
    }

    /** {@code (ln H/L)²} of one candle. */
    public static double squaredLogRange(Candle candle) {
        double range = StrictMath.log((double) candle.highE4() / candle.lowE4());
        return range * range;
    }

    /** Turns a mean of squared log ranges into a variance. */
    public static double scale() {
        return SCALE;
    }
}
