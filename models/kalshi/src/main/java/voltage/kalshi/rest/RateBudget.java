package voltage.kalshi.rest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * What may be sent now. A read bucket, a write bucket for each shard and one for what belongs to none, and a cap on orders per second.
 * Cancels come before exits and exits before entries: an entry leaves the tokens reserved for both, an exit those reserved for
 * cancels.
 *
 * <p>Nothing is queued here: whoever must wait asks again, so a cancel that comes later than a waiting entry still goes first. Safe
 * for use by several threads.
 */
public final class RateBudget {
    /** What {@link #tryTake} returns for what can never be sent: a batch beyond the bucket. */
    public static final long NEVER = TokenBucket.NEVER;

    private static final int MAX_SHARDS = 64;

    /**
     * @param readRefill tokens a second
     * @param readCapacity tokens
     * @param writeRefill tokens a second, each shard
     * @param writeCapacity tokens, each shard
     * @param cancelReserve write tokens that only cancels may take
     * @param exitReserve write tokens that only exits and cancels may take
     * @param ordersPerSecond orders created or amended in any rolling second, over all shards; a fifth of it is kept for exits
     */
    public record Settings(
            int readRefill,
            int readCapacity,
            int writeRefill,
            int writeCapacity,
            int cancelReserve,
            int exitReserve,
            int ordersPerSecond) {
        /** The tier that every account starts with; 20 tokens are ten cancels, and as many are two orders. */
        public static final Settings BASIC = new Settings(200, 200, 100, 100, 20, 20, 10);

        public Settings {
            int most = Math.min(writeRefill, writeCapacity);
            if (readRefill <= 0 || readCapacity <= 0 || most <= 0 || ordersPerSecond <= 0) {
                throw new IllegalArgumentException("rates, capacities and orders per second are at least 1, was read "
                        + readRefill + " of " + readCapacity + ", write " + writeRefill + " of " + writeCapacity + ", "
                        + ordersPerSecond + " orders a second; take the figures of GET /account/limits");
            }
            if (cancelReserve < 0 || exitReserve < 0 || cancelReserve + exitReserve + Endpoint.CREATE.cost() > most) {
                throw new IllegalArgumentException("the reserves " + cancelReserve + " and " + exitReserve
                        + " must leave an order's " + Endpoint.CREATE.cost() + " of " + most + " write tokens");
            }
        }

        /** What the account really has, with these reserves and this cap. */
        public Settings with(AccountLimits limits) {
            return new Settings(
                    limits.readRefill(),
                    limits.readCapacity(),
                    limits.writeRefill(),
                    limits.writeCapacity(),
                    cancelReserve,
                    exitReserve,
                    ordersPerSecond);
        }
    }

    private final Settings settings;
    private final InstantSource clock;
    private final TokenBucket reads;
    private final TokenBucket orders;
    private final Map<Integer, TokenBucket> writesByShard = new HashMap<>();
    private long refused;

    public RateBudget(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        long now = now();
        reads = new TokenBucket(settings.readRefill(), settings.readCapacity(), now);
        orders = new TokenBucket(settings.ordersPerSecond(), settings.ordersPerSecond(), now);
    }

    /**
     * Takes the tokens of one call if they are to be had now.
     *
     * @param exchangeIndex the shard that the call names, 0 or negative for none
     * @param items 1, or the orders of a batch
     * @return 0 if they were taken; else nothing was taken and it is how long to wait before asking again, in nanoseconds, at most a
     *     few seconds, or {@link #NEVER}
     */
    public synchronized long tryTake(Endpoint endpoint, int exchangeIndex, int items, Priority priority) {
        if (items <= 0) {
            throw new IllegalArgumentException("a call has at least one item, was " + items);
        }
        long now = now();
        int cost = Math.multiplyExact(endpoint.cost(), items);
        TokenBucket bucket = endpoint.isWrite() ? writes(endpoint, exchangeIndex, now) : reads;
        long wait = bucket.waitNanos(cost, endpoint.isWrite() ? reserved(priority) : 0, now);
        if (endpoint.isOrder() && wait != NEVER) {
            long kept = priority == Priority.ENTRY ? settings.ordersPerSecond() / 5 : 0;
            long orderWait = orders.waitNanos(items, kept, now);
            wait = orderWait == NEVER ? NEVER : Math.max(wait, orderWait);
        }
        if (wait == 0) {
            bucket.take(cost, now);
            if (endpoint.isOrder()) {
                orders.take(items, now);
            }
        } else {
            refused++;
        }
        return wait;
    }

    /** Kalshi answered 429: the bucket is empty, whatever it seemed here. */
    public synchronized void throttled(Endpoint endpoint, int exchangeIndex) {
        long now = now();
        (endpoint.isWrite() ? writes(endpoint, exchangeIndex, now) : reads).drain(now);
    }

    /** How often somebody was told to wait. */
    public synchronized long refused() {
        return refused;
    }

    private long reserved(Priority priority) {
        return switch (priority) {
            case CANCEL -> 0;
            case EXIT -> settings.cancelReserve();
            case ENTRY -> (long) settings.cancelReserve() + settings.exitReserve();
        };
    }

    private TokenBucket writes(Endpoint endpoint, int exchangeIndex, long now) {
        int shard = endpoint.isBatch() || exchangeIndex < 1 ? 0 : exchangeIndex;
        if (shard > MAX_SHARDS) {
            throw new IllegalArgumentException("an exchange index is at most " + MAX_SHARDS + ", was " + shard);
        }
        return writesByShard.computeIfAbsent(
                shard, index -> new TokenBucket(settings.writeRefill(), settings.writeCapacity(), now));
    }

    private long now() {
        Instant instant = clock.instant();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
