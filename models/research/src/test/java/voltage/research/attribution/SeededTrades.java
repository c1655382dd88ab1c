package voltage.research.attribution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import voltage.market.Side;
import voltage.strategy.Conviction;
import voltage.strategy.EntryRecord;

/** Trades made for tests. */
final class SeededTrades {
    private static final String[] FORECASTERS = {"2026-11-21-d4d97dd2", "HAR", ""};
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private SeededTrades() {}

    static long nanos(String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
    }

    /** A purchase of YES in a quiet market that was held to settlement, five minutes long. */
    static EndedTrade settled(String id, String ended, long grossE6, long feesE6) {
        return settled(id, nanos(ended), grossE6, feesE6);
    }

    static EndedTrade settled(String id, long endedNanos, long grossE6, long feesE6) {
        return new EndedTrade(
                "M",
                id,
                Side.YES,
                Conviction.NORMAL,
                Regime.QUIET,
                EntryRecord.Exit.SETTLED,
                "HAR",
                5_000,
                1_000,
                endedNanos - 5 * MINUTE_NANOS,
                endedNanos,
                grossE6,
                feesE6,
                0,
                grossE6 > 0 ? 10_000_000 : 0);
    }

    /** Of all kinds, ended anywhere in a span. */
    static List<EndedTrade> any(RandomGenerator random, int count, long fromNanos, long toNanos) {
        List<EndedTrade> trades = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long endedNanos = random.nextLong(fromNanos, toNanos);
            trades.add(new EndedTrade(
                    "M" + random.nextInt(20),
                    "c" + i,
                    one(random, Side.values()),
                    one(random, Conviction.values()),
                    one(random, Regime.values()),
                    one(random, EntryRecord.Exit.values()),
                    one(random, FORECASTERS),
                    random.nextInt(1, 10_000),
                    random.nextLong(1, 100_000),
                    endedNanos - random.nextLong(15 * MINUTE_NANOS),
                    endedNanos,
                    random.nextLong(-20_000_000, 20_000_001),
                    random.nextLong(500_000),
                    random.nextBoolean() ? 0 : random.nextLong(500_000),
                    0));
        }
        return trades;
    }

    private static <T> T one(RandomGenerator random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
