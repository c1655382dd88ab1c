package voltage.local.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settlement index as it ticked, and its averages: over the last minute, and over a quarter hour's closing minute. */
final class IndexTape {
    record Tick(long nanos, long valueE4) {}

    /** A mean with eight places: the sum of values and their number. */
    record Average(long sumE4, int count, long fromNanos, long toNanos) {
        /** Rounded to the hundred-millionth, half up. */
        long valueE8() {
            return Math.floorDiv(sumE4 * 10_000 * 2 + count, 2L * count);
        }
    }

    private static final int KEPT = 4 * 3_600;
    private static final long MINUTE = 60 * WireTime.SECOND;
    private static final long QUARTER = 15 * MINUTE;

    private final Deque<Tick> ticks = new ArrayDeque<>();

    void add(long nanos, long valueE4) {
        ticks.addLast(new Tick(nanos, valueE4));
        if (ticks.size() > KEPT) {
            ticks.removeFirst();
        }
    }

    @Nullable
    Tick last() {
        return ticks.peekLast();
    }

    /** Over {@code [t − 60 s, t)}; the tick itself if there is none before it. */
    Average trailing(Tick tick) {
        Average before = over(tick.nanos - MINUTE, tick.nanos - 1, tick.nanos - MINUTE, tick.nanos);
        return before.count > 0 ? before : new Average(tick.valueE4, 1, tick.nanos - MINUTE, tick.nanos);
    }

    /** Over {@code (close − 60 s, t]} in the last minute of a quarter hour; null at other times. */
    @Nullable
    Average closing(Tick tick) {
        long closeNanos = Math.ceilDiv(tick.nanos, QUARTER) * QUARTER;
        if (tick.nanos <= closeNanos - MINUTE) {
            return null;
        }
        return over(closeNanos - MINUTE + 1, tick.nanos, closeNanos - MINUTE, tick.nanos);
    }

    /** The rolling averages, as Kalshi's public chart has them, of ticks in a stretch of time. */
    List<Tick> rolling(long fromNanos, long toNanos) {
        List<Tick> averages = new ArrayList<>();
        Deque<Tick> window = new ArrayDeque<>();
        long sumE4 = 0;
        for (Tick tick : ticks) {
            window.addLast(tick);
            sumE4 += tick.valueE4;
            while (window.getFirst().nanos <= tick.nanos - MINUTE) {
                sumE4 -= window.removeFirst().valueE4;
            }
            if (tick.nanos >= fromNanos && tick.nanos <= toNanos) {
                averages.add(new Tick(tick.nanos, Math.floorDiv(sumE4 * 2 + window.size(), 2L * window.size())));
            }
        }
        return averages;
    }

    private Average over(long fromNanos, long toNanos, long startNanos, long endNanos) {
        long sumE4 = 0;
        int count = 0;
        for (var newestFirst = ticks.descendingIterator(); newestFirst.hasNext(); ) {
            Tick tick = newestFirst.next();
            if (tick.nanos < fromNanos) {
                break;
            }
            if (tick.nanos <= toNanos) {
                sumE4 += tick.valueE4;
                count++;
            }
        }
        return new Average(sumE4, count, startNanos, endNanos);
    }
}
