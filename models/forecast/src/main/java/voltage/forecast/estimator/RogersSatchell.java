package voltage.forecast.estimator;

import voltage.market.Candle;
import voltage.market.CandleSeries;

/**
 * Rogers and Satchell (1991, Ann. Appl. Prob. 1:504–512): {@code σ² = (1/n) Σ [u(u−c) + d(d−c)]}, right whatever the drift.
 *
 * <p>Unit: variance of log price per candle of the series, per minute for minutes. NaN with fewer than n candles, and where all are
 * flat or go from one end of their range to the other in a straight line, of which this estimator sees nothing.
 */
public final class RogersSatchell {
    private RogersSatchell() {}

    /** Over the latest {@code n} candles. */
    public static double variance(CandleSeries series, int n) {
        return n < 1 || series.size() < n ? Double.NaN : Bars.positive(mean(series, n));
    }

    /** As {@link #variance}, but 0 stays 0. */
    static double mean(CandleSeries series, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            Candle bar = series.back(i);
            double u = Bars.up(bar);
            double d = Bars.down(bar);
            double c = Bars.close(bar);
            sum += u * (u - c) + d * (d - c);
        }
        return sum / n;
    }
}
