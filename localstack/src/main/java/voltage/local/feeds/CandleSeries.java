package voltage.local.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;

/** A venue's candles of one length, built from trades and from shorter candles. Keeps a bounded past. */
final class CandleSeries {
    private static final int KEPT = 4_000;

    private final long lengthNanos;
    private final TreeMap<Long, Candle> byOpen = new TreeMap<>();

    CandleSeries(int minutes) {
        lengthNanos = minutes * Wire.MINUTE;
    }

    long lengthNanos() {
        return lengthNanos;
    }

    /** The start of the interval that a time is in. */
    long openOf(long nanos) {
        return Math.floorDiv(nanos, lengthNanos) * lengthNanos;
    }

    /** Adds a trade. One that comes after the first of a newer interval counts there: closed candles stay as they were sent. */
    Candle add(long nanos, long priceE4, long sizeE8) {
        return add(new Candle(nanos, priceE4, priceE4, priceE4, priceE4, sizeE8, 1, false));
    }

    /** Adds a part of an interval, not longer than it; returns the whole as it stands. */
    Candle add(Candle part) {
        long openNanos = openOf(part.openNanos());
        if (!byOpen.isEmpty()) {
            openNanos = Math.max(openNanos, byOpen.lastKey());
        }
        Candle so = byOpen.get(openNanos);
        Candle whole = new Candle(
                openNanos,
                so == null ? part.openE4() : so.openE4(),
                so == null ? part.highE4() : Math.max(so.highE4(), part.highE4()),
                so == null ? part.lowE4() : Math.min(so.lowE4(), part.lowE4()),
                part.closeE4(),
                (so == null ? 0 : so.volumeE8()) + part.volumeE8(),
                (so == null ? 0 : so.trades()) + part.trades(),
                false);
        byOpen.put(openNanos, whole);
        if (byOpen.size() > KEPT) {
            byOpen.pollFirstEntry();
        }
        return whole;
    }

    @Nullable
    Candle last() {
        return byOpen.isEmpty() ? null : byOpen.lastEntry().getValue();
    }

    /** The newest candles that had trades, at most so many, oldest first. */
    List<Candle> recent(int count) {
        List<Candle> all = new ArrayList<>(byOpen.values());
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    /**
     * The candles of all intervals of a stretch of time, flat ones where nobody traded; none before the first known one.
     *
     * @param fromNanos not before the interval that begins here or later
     * @param untilNanos up to the interval that this is in
     */
    List<Candle> filled(long fromNanos, long untilNanos, int atMost) {
        List<Candle> rows = new ArrayList<>();
        if (byOpen.isEmpty()) {
            return rows;
        }
        long openNanos = Math.max(openOf(fromNanos + lengthNanos - 1), byOpen.firstKey());
        for (; openNanos <= openOf(untilNanos) && rows.size() < atMost; openNanos += lengthNanos) {
            Map.Entry<Long, Candle> entry = byOpen.floorEntry(openNanos);
            Candle candle = entry.getValue();
            rows.add(entry.getKey() == openNanos ? candle : Candle.flat(openNanos, candle.closeE4()));
        }
        return rows;
    }

    /** Says that nobody traded in an interval, after the last known one; its candle is flat. Nothing if it is known. */
    void addFlat(long openNanos) {
        Candle before = last();
        if (before != null && before.openNanos() < openNanos) {
            byOpen.put(openNanos, Candle.flat(openNanos, before.closeE4()));
        }
    }

    /**
     * The candles that are known of a stretch of time: gaps are gaps, but the interval that is running now has a flat one if nobody has
     * traded in it yet.
     */
    List<Candle> known(long fromNanos, long untilNanos, long nowNanos, int atMost) {
        List<Candle> rows = new ArrayList<>();
        if (fromNanos > untilNanos) {
            return rows;
        }
        for (Candle candle : byOpen.subMap(fromNanos, true, untilNanos, true).values()) {
            if (rows.size() == atMost) {
                return rows;
            }
            rows.add(candle);
        }
        long running = openOf(nowNanos);
        Candle last = last();
        boolean isAsked = running >= fromNanos && running <= untilNanos && rows.size() < atMost;
        if (isAsked && last != null && last.openNanos() < running) {
            rows.add(Candle.flat(running, last.closeE4()));
        }
        return rows;
    }
}
