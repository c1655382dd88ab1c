package voltage.local.exchange;

import java.util.ArrayDeque;
import java.util.Deque;

/** Orders that share a limit of contracts matched in any 15 seconds; beyond it all are cancelled and no more are taken. */
final class OrderGroup {
    private static final long WINDOW_NANOS = 15_000_000_000L;

    private record Matched(long nanos, long countE2) {}

    final String id;
    final int shard;
    long limitE2;
    boolean tripped;
    private final Deque<Matched> matched = new ArrayDeque<>();
    private long windowE2;

    OrderGroup(String id, int shard, long limitE2) {
        this.id = id;
        this.shard = shard;
        this.limitE2 = limitE2;
    }

    /** Counts a fill. @return whether the limit is now exceeded */
    boolean matched(long nanos, long countE2) {
        matched.addLast(new Matched(nanos, countE2));
        windowE2 += countE2;
        return isExceeded(nanos);
    }

    /** Whether more was matched within the window than the limit, as it is now. */
    boolean isExceeded(long nanos) {
        while (!matched.isEmpty() && matched.getFirst().nanos <= nanos - WINDOW_NANOS) {
            windowE2 -= matched.removeFirst().countE2;
        }
        return windowE2 > limitE2;
    }

    void reset() {
        matched.clear();
        windowE2 = 0;
        tripped = false;
    }
}
