package voltage.training.data;

import java.util.Arrays;

/** Closes and mean prices of known minutes, by when they ended. Prices are those of the candles: of moves, not of levels, one can speak. */
public final class MinutePrices {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private long[] endNanos = new long[1 << 12];
    private long[] closesE4 = new long[1 << 12];
    private long[] meansE4 = new long[1 << 12];
    private int size;

    private MinutePrices() {}

    /** Those of a source; minutes without trades are not known. */
    public static MinutePrices of(CandleSource source) {
        MinutePrices prices = new MinutePrices();
        source.forEach(candle -> {
            if (!candle.isSynthetic()) {
                prices.add(candle.openNanos() + MINUTE_NANOS, candle.closeE4(), candle.meanE4());
            }
        });
        return prices;
    }

    private void add(long end, long close, long mean) {
        if (size > 0 && end <= endNanos[size - 1]) {
            throw new IllegalArgumentException("minutes come in order, was " + end + " after " + endNanos[size - 1]);
        }
        if (size == endNanos.length) {
            endNanos = Arrays.copyOf(endNanos, 2 * size);
            closesE4 = Arrays.copyOf(closesE4, 2 * size);
            meansE4 = Arrays.copyOf(meansE4, 2 * size);
        }
        endNanos[size] = end;
        closesE4[size] = close;
        meansE4[size] = mean;
        size++;
    }

    /** Last price of the minute that ended at an instant, in dollars; NaN if it is not known. */
    public double close(long end) {
        int found = Arrays.binarySearch(endNanos, 0, size, end);
        return found < 0 ? Double.NaN : closesE4[found] / 1e4;
    }

    /** Mean of open, high, low and close of the minute that ended at an instant, in dollars; NaN if it is not known. */
    public double mean(long end) {
        int found = Arrays.binarySearch(endNanos, 0, size, end);
        return found < 0 ? Double.NaN : meansE4[found] / 1e4;
    }
}
