package voltage.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import voltage.market.Candle;

/** Minutes of a random walk whose volatility comes and goes by hours, so that there is something to learn; or stays the same. */
public final class ClusteredMinutes {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private ClusteredMinutes() {}

    public static List<Candle> of(long startNanos, int count, long seed) {
        return walk(startNanos, count, seed, true);
    }

    /** Nothing of the past tells anything. */
    public static List<Candle> withoutClusters(long startNanos, int count, long seed) {
        return walk(startNanos, count, seed, false);
    }

    private static List<Candle> walk(long startNanos, int count, long seed, boolean clusters) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Candle> minutes = new ArrayList<>(count);
        double price = 60_000;
        double level = 0;
        for (int i = 0; i < count; i++) {
            level = 0.995 * level + (clusters ? 0.09 : 0) * random.nextGaussian();
            double deviation = 4e-4 * Math.exp(level);
            double close = price * Math.exp(deviation * random.nextGaussian());
            double wick = price * deviation * Math.abs(random.nextGaussian());
            minutes.add(new Candle(
                    startNanos + i * MINUTE_NANOS,
                    e4(price),
                    e4(Math.max(price, close) + wick),
                    e4(Math.min(price, close) - wick),
                    e4(close),
                    100_000_000L + random.nextInt(100_000_000),
                    50,
                    false));
            price = close;
        }
        return minutes;
    }

    private static long e4(double dollars) {
        return Math.round(dollars * 100) * 100;
    }
}
