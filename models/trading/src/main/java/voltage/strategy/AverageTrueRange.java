package voltage.strategy;

import voltage.market.Candle;
import voltage.market.CandleSeries;

/**
 * Wilder's average true range, now and relative to its own mean over the history at hand: the volatility regime of capability B3.
 */
public final class AverageTrueRange {
    private AverageTrueRange() {}

    /**
     * The latest average true range over its mean, in millionths; {@link Opinion#NONE} with fewer than three periods of candles.
     *
     * @param period Wilder's n, 14 by custom
     */
    public static int ratioE6(CandleSeries series, int period) {
        int size = series.size();
        if (size < 3 * period) {
            return Opinion.NONE;
        }
        double atr = 0;
        double sum = 0;
        int count = 0;
        for (int back = size - 2; back >= 0; back--) {
            double range = trueRange(series.back(back), series.back(back + 1));
            int seen = size - 1 - back;
            atr = seen <= period ? atr + (range - atr) / seen : atr + (range - atr) / period;
            if (seen >= period) {
                sum += atr;
                count++;
            }
        }
        double mean = sum / count;
        return mean <= 0 ? Opinion.NONE : (int) Math.min(Integer.MAX_VALUE, atr / mean * 1e6);
    }

    /** The latest average true range over the price, in millionths; {@link Opinion#NONE} with fewer than a period of ranges. */
    public static int latestE6(CandleSeries series, int period) {
        int size = series.size();
        if (size <= period) {
            return Opinion.NONE;
        }
        double atr = 0;
        for (int back = size - 2; back >= 0; back--) {
            int seen = size - 1 - back;
            atr += (trueRange(series.back(back), series.back(back + 1)) - atr) / Math.min(seen, period);
        }
        return (int) Math.min(Integer.MAX_VALUE, StrictMath.rint(atr * 1e6));
    }

    private static double trueRange(Candle candle, Candle before) {
        double close = before.closeE4();
        double high = Math.max(candle.highE4(), close);
        double low = Math.min(candle.lowE4(), close);
        return (high - low) / close;
    }
}
