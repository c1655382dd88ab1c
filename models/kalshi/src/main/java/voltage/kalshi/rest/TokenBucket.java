package voltage.kalshi.rest;

import java.util.Arrays;

/**
 * One bucket as Kalshi keeps it, refilled continuously, and stricter: in no rolling second is more spent than one second refills, so that
 * our idea of the level can never be ahead of Kalshi's by more than clocks and transit differ.
 */
final class TokenBucket {
    /** What can never be had, however long one waits. */
    static final long NEVER = -1;

    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_REFILL_NANOS = 60 * SECOND;

    private final long refillPerSecond;
    private final long capacity;
    /** Tokens times a thousand million, so that a nanosecond's refill is whole. */
    private long level;

    private long lastNanos;
    private long[] spentAtNanos = new long[16];
    private int[] spentTokens = new int[16];
    private int first;
    private int size;
    private long spentInWindow;

    TokenBucket(long refillPerSecond, long capacity, long nowNanos) {
        if (refillPerSecond <= 0 || capacity <= 0) {
            throw new IllegalArgumentException("a bucket needs a refill and a capacity of at least 1, was "
                    + refillPerSecond + " and " + capacity);
        }
        this.refillPerSecond = refillPerSecond;
        this.capacity = capacity;
        level = capacity * SECOND;
        lastNanos = nowNanos;
    }

    /**
     * How long until {@code tokens} may be taken and {@code reserved} more are still left: 0 for now, {@link #NEVER} if no wait is long
     * enough. Takes nothing.
     */
    long waitNanos(int tokens, long reserved, long nowNanos) {
        advance(nowNanos);
        long needed = tokens + reserved;
        if (needed > capacity || needed > refillPerSecond) {
            return NEVER;
        }
        long missing = needed * SECOND - level;
        long wait = missing <= 0 ? 0 : Math.ceilDiv(missing, refillPerSecond);
        long over = spentInWindow + needed - refillPerSecond;
        for (int i = 0; over > 0; i++) {
            int at = (first + i) % spentTokens.length;
            over -= spentTokens[at];
            wait = Math.max(wait, spentAtNanos[at] + SECOND - lastNanos);
        }
        return wait;
    }

    void take(int tokens, long nowNanos) {
        advance(nowNanos);
        level -= tokens * SECOND;
        if (size == spentTokens.length) {
            grow();
        }
        int at = (first + size) % spentTokens.length;
        spentAtNanos[at] = lastNanos;
        spentTokens[at] = tokens;
        size++;
        spentInWindow += tokens;
    }

    /** Kalshi refused for want of tokens: it knows better. */
    void drain(long nowNanos) {
        advance(nowNanos);
        level = Math.min(level, 0);
    }

    /** Time as the bucket sees it: a clock that steps back stands still. */
    private void advance(long nowNanos) {
        long now = Math.max(nowNanos, lastNanos);
        long elapsed = Math.min(now - lastNanos, LONGEST_REFILL_NANOS);
        level = Math.min(capacity * SECOND, level + elapsed * refillPerSecond);
        lastNanos = now;
        while (size > 0 && spentAtNanos[first] + SECOND <= now) {
            spentInWindow -= spentTokens[first];
            first = (first + 1) % spentTokens.length;
            size--;
        }
    }

    private void grow() {
        int length = spentTokens.length;
        long[] at = Arrays.copyOf(spentAtNanos, length * 2);
        int[] tokens = Arrays.copyOf(spentTokens, length * 2);
        for (int i = 0; i < size; i++) {
            at[i] = spentAtNanos[(first + i) % length];
            tokens[i] = spentTokens[(first + i) % length];
        }
        spentAtNanos = at;
        spentTokens = tokens;
        first = 0;
    }
}
