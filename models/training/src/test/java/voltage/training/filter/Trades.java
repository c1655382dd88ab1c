package voltage.training.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import voltage.strategy.EntryFeatures;

/** Trades made from a seed. */
final class Trades {
    static final long START_NANOS = 1_789_000_000_000_000_000L;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private Trades() {}

    /** @param skill how far the imbalance at entry decides the outcome; 0 for not at all */
    static List<LabelledEntry> random(int count, long seed, double skill) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LabelledEntry> entries = new ArrayList<>();
        long at = START_NANOS;
        for (int i = 0; i < count; i++) {
            at += (5 + random.nextInt(90)) * MINUTE_NANOS;
            int obi = random.nextInt(1_000_000);
            double p = 0.5 + skill * (obi / 1e6 - 0.5);
            EntryFeatures features = new EntryFeatures(
                    at,
                    at - 1,
                    at - MINUTE_NANOS / 2,
                    obi,
                    random.nextInt(2_000) - 1_000,
                    random.nextInt(3_000) - 1_500,
                    random.nextInt(4_000) - 2_000,
                    random.nextInt(3_000),
                    random.nextInt(60_000),
                    random.nextInt(100_000),
                    random.nextInt(100_000),
                    random.nextInt(4),
                    random.nextInt(2_000_000) - 1_000_000,
                    random.nextInt(3_000_000),
                    60 + random.nextInt(840),
                    (int) (at / MINUTE_NANOS / 60 % 24),
                    1 + random.nextInt(7));
            entries.add(
                    new LabelledEntry(features, random.nextDouble() < p, at + (1 + random.nextInt(14)) * MINUTE_NANOS));
        }
        return entries;
    }
}
