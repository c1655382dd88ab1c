package voltage.market;

import java.util.List;

/**
 * The latest closed candles of one interval, oldest forgotten first. Each start time is there once; a gap in which nobody traded
 * is filled with flat synthetic candles, so index arithmetic is time arithmetic.
 */
public final class CandleSeries {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final long intervalNanos;
    private final Candle[] ring;
    private int size;
    private int next;
    private long outOfOrder;
    private long revision;

    /** @param minutes interval; {@code capacity} candles are kept */
    public CandleSeries(int minutes, int capacity) {
        intervalNanos = minutes * MINUTE_NANOS;
        ring = new Candle[capacity];
    }

    /**
     * Adds a closed candle. One that continues the series is appended, after synthetic ones for a gap; one that replaces a known
     * candle (a venue's final values over our own) replaces it; one older than everything kept is ignored and counted.
     *
     * @throws IllegalArgumentException if the start is not on the interval's grid
     */
    public void add(Candle candle) {
        if (Math.floorMod(candle.openNanos(), intervalNanos) != 0) {
            throw new IllegalArgumentException("a candle of " + intervalNanos / MINUTE_NANOS
                    + " minutes starts on a whole multiple of them, was " + candle.openNanos());
        }
        if (size == 0) {
            append(candle);
            return;
        }
        long steps = (candle.openNanos() - last().openNanos()) / intervalNanos;
        if (steps > 0) {
            if (steps > ring.length) {
                clear();
            } else {
                for (long i = 1; i < steps; i++) {
                    append(Candle.flat(last().openNanos() + intervalNanos, last().closeE4()));
                }
            }
            append(candle);
        } else if (-steps < size) {
            int slot = slot((int) -steps);
            if (!candle.equals(ring[slot])) {
                revision++;
            }
            ring[slot] = candle;
        } else {
            outOfOrder++;
        }
    }

    /** Puts older candles before those that are there: history that came late. */
    public void backfill(List<Candle> candles) {
        if (candles.isEmpty()) {
            return;
        }
        List<Candle> kept = new java.util.ArrayList<>(toList());
        clear();
        for (Candle candle : candles) {
            if (kept.isEmpty() || candle.openNanos() < kept.getFirst().openNanos()) {
                add(candle);
            }
        }
        for (Candle candle : kept) {
            add(candle);
        }
        for (Candle candle : candles) {
            if (!kept.isEmpty() && candle.openNanos() >= kept.getFirst().openNanos()) {
                add(candle);
            }
        }
    }

    /** Forgets all candles. */
    void clear() {
        revision++;
        size = 0;
        next = 0;
    }

    private void append(Candle candle) {
        ring[next] = candle;
        next = (next + 1) % ring.length;
        size = Math.min(size + 1, ring.length);
    }

    private int slot(int back) {
        return Math.floorMod(next - 1 - back, ring.length);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The candle {@code back} intervals before the latest: 0 is the latest. */
    public Candle back(int back) {
        if (back < 0 || back >= size) {
            throw new IndexOutOfBoundsException("candle " + back + " back of " + size);
        }
        return ring[slot(back)];
    }

    /** The latest closed candle; the series must not be empty. */
    public Candle last() {
        return back(0);
    }

    /** The candle that starts at {@code openNanos}, or null. */
    public @org.jspecify.annotations.Nullable Candle startingAt(long openNanos) {
        if (size == 0) {
            return null;
        }
        long back = (last().openNanos() - openNanos) / intervalNanos;
        if (back < 0 || back >= size) {
            return null;
        }
        Candle candle = back((int) back);
        return candle.openNanos() == openNanos ? candle : null;
    }

    public long intervalNanos() {
        return intervalNanos;
    }

    /** Changes whenever something else changes than that newer candles are appended: what was made of the old ones is void. */
    public long revision() {
        return revision;
    }

    /** Candles that came too late to be kept. */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** Oldest first. */
    public List<Candle> toList() {
        Candle[] out = new Candle[size];
        for (int i = 0; i < size; i++) {
            out[i] = back(size - 1 - i);
        }
        return List.of(out);
    }
}
