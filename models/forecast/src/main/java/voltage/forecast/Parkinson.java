package voltage.forecast;

import voltage.market.Candle;
import voltage.market.CandleSeries;

/** Parkinson (1980, J. Business 53:61–65): variance from the high and low of each bar. */
public final class Parkinson {
    private static final double SCALE = 1 / (4 * StrictMath.log(2));

    private Parkinson() {}

    /**
     * {@code (1/(4 n ln 2)) Σ (ln H/L)²} over the latest {@code n} candles: variance of log price per candle. NaN with fewer candles.
     */
    public static double variance(CandleSeries series, int n) {
        return series.size() < n ? Double.NaN : variance(series, 0, n);
    }

    /** As {@link #variance(CandleSeries, int)}, over the {@code n} candles that end {@code back} before the latest. */
    public static double variance(CandleSeries series, int back, int n) {
        double sum = 0;
        for (int i = back; i < back + n; i++) {
            sum += squaredLogRange(series.back(i));
        }
        return sum * SCALE / n;
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
