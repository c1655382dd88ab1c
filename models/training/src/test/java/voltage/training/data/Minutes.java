package voltage.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import voltage.market.Candle;

/** Minutes of a random walk. */
final class Minutes {
    static final long MINUTE = 60_000_000_000L;
    /** 2026-02-16T00:00Z. */
    static final long START = 1_771_200_000_000_000_000L;

    private Minutes() {}

    /** A minute that goes from one price to another in a straight line. */
    static Candle straight(int index, double from, double to) {
        long open = Math.round(from * 1e4);
        long close = Math.round(to * 1e4);
        return new Candle(
                START + index * MINUTE,
                open,
                Math.max(open, close),
                Math.min(open, close),
                close,
                100 + index,
                1,
                false);
    }

    static List<Candle> walk(long seed, int count) {
        Random random = new Random(seed);
        List<Candle> candles = new ArrayList<>();
        double price = 90_000;
        double volatility = 6e-4;
        for (int i = 0; i < count; i++) {
            volatility *= Math.exp(0.04 * random.nextGaussian() - 0.01 * Math.log(volatility / 6e-4));
            double next = price * Math.exp(volatility * random.nextGaussian());
            long open = Math.round(price * 1e4);
            long close = Math.round(next * 1e4);
            long high = (long) (Math.max(open, close) * (1 + volatility * Math.abs(random.nextGaussian()) / 2));
            long low = (long) (Math.min(open, close) * (1 - volatility * Math.abs(random.nextGaussian()) / 2));
            candles.add(new Candle(
                    START + i * MINUTE, open, high, low, close, 1 + (long) (1e9 * random.nextDouble()), 5, false));
            price = close / 1e4;
        }
        return candles;
    }

    /** Leaves out a minute here and there and makes others synthetic. */
    static List<Candle> withGaps(List<Candle> whole, long seed) {
        Random random = new Random(seed);
        List<Candle> candles = new ArrayList<>();
        for (Candle candle : whole) {
            int drawn = random.nextInt(100);
            if (drawn == 0) {
                candles.add(Candle.flat(candle.openNanos(), candle.openE4()));
            } else if (drawn != 1) {
                candles.add(candle);
            }
        }
        return candles;
    }
}
