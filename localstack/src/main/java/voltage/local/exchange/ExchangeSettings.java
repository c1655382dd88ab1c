package voltage.local.exchange;

import java.util.Map;
import voltage.market.FeeSchedule;

/**
 * How the exchange behaves where Kalshi's behaviour varies or is a matter of taste. Durations in nanoseconds.
 *
 * @param seed of all ids
 * @param fees what every series charges
 * @param tier rate limits of accounts
 * @param staleNanos how much REST views of own data lag behind the matching engine
 * @param clockWindowNanos how far a request's time stamp may be off
 * @param pingNanos between two pings
 * @param closeCancelNanos from a market's close to the cancellation of its resting orders
 * @param transferNanos from a transfer's acceptance to the money's arrival
 * @param maxPendingBytes a stream that has more unread than this overflows (error 25)
 * @param rateLimited whether requests cost tokens
 */
public record ExchangeSettings(
        long seed,
        FeeSchedule fees,
        Tier tier,
        long staleNanos,
        long clockWindowNanos,
        long pingNanos,
        long closeCancelNanos,
        long transferNanos,
        long maxPendingBytes,
        boolean rateLimited) {
    private static final long SECOND = 1_000_000_000L;

    /** Kalshi as recorded: stale reads of 0.4 s, a clock window of 5 s, a direct member's fees, the Advanced tier. */
    public static ExchangeSettings defaults() {
        return new ExchangeSettings(
                1,
                FeeSchedule.QUADRATIC,
                Tier.ADVANCED,
                400_000_000L,
                5 * SECOND,
                10 * SECOND,
                300_000_000L,
                SECOND,
                8L << 20,
                true);
    }

    public ExchangeSettings withSeed(long newSeed) {
        return new ExchangeSettings(
                newSeed,
                fees,
                tier,
                staleNanos,
                clockWindowNanos,
                pingNanos,
                closeCancelNanos,
                transferNanos,
                maxPendingBytes,
                rateLimited);
    }

    public ExchangeSettings withTier(Tier newTier) {
        return new ExchangeSettings(
                seed,
                fees,
                newTier,
                staleNanos,
                clockWindowNanos,
                pingNanos,
                closeCancelNanos,
                transferNanos,
                maxPendingBytes,
                rateLimited);
    }

    public ExchangeSettings withStaleNanos(long newStaleNanos) {
        return new ExchangeSettings(
                seed,
                fees,
                tier,
                newStaleNanos,
                clockWindowNanos,
                pingNanos,
                closeCancelNanos,
                transferNanos,
                maxPendingBytes,
                rateLimited);
    }

    public ExchangeSettings withoutRateLimits() {
        return new ExchangeSettings(
                seed,
                fees,
                tier,
                staleNanos,
                clockWindowNanos,
                pingNanos,
                closeCancelNanos,
                transferNanos,
                maxPendingBytes,
                false);
    }

    /** Shards that exist, with Kalshi's descriptions. */
    static final Map<Integer, String> SHARDS =
            new java.util.TreeMap<>(Map.of(0, "default", 1, "combos", 2, "crypto", 3, "tennis and baseball"));

    /** Kalshi's usage tiers: tokens a second and bucket depths. */
    public enum Tier {
        BASIC("basic", 200, 600, 100, 100),
        ADVANCED("advanced", 300, 900, 300, 900),
        EXPERT("expert", 600, 600, 600, 1_800),
        PREMIER("premier", 1_200, 1_200, 1_200, 3_600),
        PARAGON("paragon", 2_400, 2_400, 2_400, 7_200),
        PRIME("prime", 4_800, 4_800, 4_800, 14_400),
        PRESTIGE("prestige", 12_000, 12_000, 9_600, 28_800);

        final String label;
        final int readRate;
        final int readDepth;
        final int writeRate;
        final int writeDepth;

        Tier(String label, int readRate, int readDepth, int writeRate, int writeDepth) {
            this.label = label;
            this.readRate = readRate;
            this.readDepth = readDepth;
            this.writeRate = writeRate;
            this.writeDepth = writeDepth;
        }
    }
}
