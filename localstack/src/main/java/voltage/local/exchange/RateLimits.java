package voltage.local.exchange;

import java.util.HashMap;
import java.util.Map;

/** An account's token buckets: one for reads, one for writes, and one for writes to each named shard. */
final class RateLimits {
    private static final int UNSCOPED = -1;

    /** Refills continuously up to its depth. */
    private static final class Bucket {
        private final long ratePerSecond;
        private final long depthNanos;
        private long filledNanos;
        private long lastNanos = Long.MIN_VALUE;

        Bucket(long ratePerSecond, long depth) {
            this.ratePerSecond = ratePerSecond;
            depthNanos = depth * (WireTime.SECOND / ratePerSecond);
            filledNanos = depthNanos;
        }

        boolean take(long tokens, long nowNanos) {
            if (lastNanos != Long.MIN_VALUE) {
                filledNanos = Math.min(depthNanos, filledNanos + Math.max(0, nowNanos - lastNanos));
            }
            lastNanos = nowNanos;
            // One token is worth the time that refills it.
            long costNanos = tokens * (WireTime.SECOND / ratePerSecond);
            if (costNanos > filledNanos) {
                return false;
            }
            filledNanos -= costNanos;
            return true;
        }
    }

    final ExchangeSettings.Tier tier;
    private final Bucket read;
    private final Map<Integer, Bucket> writes = new HashMap<>();

    RateLimits(ExchangeSettings.Tier tier) {
        this.tier = tier;
        read = new Bucket(tier.readRate, tier.readDepth);
    }

    boolean read(int tokens, long nowNanos) {
        return read.take(tokens, nowNanos);
    }

    /** A write that names no shard, or a batch. */
    boolean write(int tokens, long nowNanos) {
        return write(UNSCOPED, tokens, nowNanos);
    }

    /** A write that names a shard: from 1 on each has its own bucket. */
    boolean write(int shard, int tokens, long nowNanos) {
        return writes.computeIfAbsent(shard <= 0 ? UNSCOPED : shard, key -> new Bucket(tier.writeRate, tier.writeDepth))
                .take(tokens, nowNanos);
    }
}
