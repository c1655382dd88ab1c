package voltage.forecast.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import voltage.market.Candle;

/** Minutes of a random walk whose volatility wanders; some are missing, some synthetic, some without volume. */
final class RandomMinutes {
    static final long MINUTE = 60_000_000_000L;
    /** 2026-02-16T00:00Z, a Monday. */
    static final long START = 1_771_200_000_000_000_000L;

    private RandomMinutes() {}

    static List<Candle> whole(long seed, int minutes) {
        return walk(new Random(seed), minutes, false);
    }

    /** With about one minute in thirty missing or synthetic, now and then many in a row. */
    static List<Candle> withGaps(long seed, int minutes) {
        return walk(new Random(seed), minutes, true);
    }

    private static List<Candle> walk(Random random, int minutes, boolean hasGaps) {
        List<Candle> candles = new ArrayList<>();
        double log = Math.log(90_000e4);
        double volatility = 5e-4;
        int missing = 0;
        int synthetic = 0;
        for (int i = 0; i < minutes; i++) {
            volatility *= Math.exp(0.05 * random.nextGaussian() - 0.02 * Math.log(volatility / 5e-4));
            double open = log;
            double high = log;
            double low = log;
            for (int step = 0; step < 8; step++) {
                log += volatility / Math.sqrt(8) * random.nextGaussian();
                high = Math.max(high, log);
                low = Math.min(low, log);
            }
            if (hasGaps && missing == 0 && random.nextInt(120) == 0) {
                missing = random.nextInt(8) == 0 ? random.nextInt(400) : 1 + random.nextInt(3);
            }
            if (hasGaps && synthetic == 0 && random.nextInt(120) == 0) {
                synthetic = 1 + random.nextInt(3);
            }
            long at = START + i * MINUTE;
            if (missing > 0) {
                missing--;
            } else if (synthetic > 0) {
                synthetic--;
                candles.add(Candle.flat(at, price(open)));
            } else {
                long volume = hasGaps && random.nextInt(50) == 0 ? 0 : 1 + (long) (1e9 * random.nextDouble());
                candles.add(new Candle(
                        at, price(open), price(high), price(low), price(log), volume, 1 + random.nextInt(99), false));
            }
        }
        return candles;
    }

    private static long price(double log) {
        return Math.round(Math.exp(log));
    }
}
