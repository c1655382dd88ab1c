package voltage.forecast.estimator;

import voltage.market.Candle;
import voltage.market.CandleSeries;

/**
 * Garman and Klass (1980, J. Business 53:67–78): {@code σ² = (1/n) Σ [0.511(u−d)² − 0.019(c(u+d) − 2ud) − 0.383c²]}. About 7.4 times
 * as efficient as closes; assumes no drift and no jump from bar to bar.
 *
 * <p>Unit: variance of log price per candle of the series, per minute for minutes. NaN with fewer than n candles, and where all are flat.
 */
public final class GarmanKlass {
    private GarmanKlass() {}

    /** Over the latest {@code n} candles. */
    public static double variance(CandleSeries series, int n) {
        if (n < 1 || series.size() < n) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            Candle bar = series.back(i);
            double u = Bars.up(bar);
            double d = Bars.down(bar);
            double c = Bars.close(bar);
            sum += 0.511 * (u - d) * (u - d) - 0.019 * (c * (u + d) - 2 * u * d) - 0.383 * c * c;
        }
        return Bars.positive(sum / n);
    }
}
