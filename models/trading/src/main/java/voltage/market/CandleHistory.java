package voltage.market;

import java.util.List;

/**
 * One venue's candles of 1, 5 and 15 minutes. Minutes come from the venue's own candles where it has them, else from its trades;
 * the longer ones are made of minutes.
 */
public final class CandleHistory {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** 25 hours: a day for the longest volatility window, and some. */
    private static final int MINUTES_KEPT = 1_500;

    private final CandleSeries minutes = new CandleSeries(1, MINUTES_KEPT);
    private final CandleSeries fives = new CandleSeries(5, MINUTES_KEPT / 5);
    private final CandleSeries quarters = new CandleSeries(15, MINUTES_KEPT / 15);

    private long formingOpenNanos = Long.MIN_VALUE;
    private long openE4;
    private long highE4;
    private long lowE4;
    private long closeE4;
    private long volumeE8;
    private int trades;
    private long lateTrades;

    /**
     * A trade; its minute is closed by {@link #closeUntil}.
     *
     * @return whether it could be used: one of an already closed minute is only counted
     */
    public boolean trade(long nanos, long priceE4, long sizeE8) {
        long minute = Math.floorDiv(nanos, MINUTE_NANOS) * MINUTE_NANOS;
        if (minute < formingOpenNanos
                || (!minutes.isEmpty() && minute <= minutes.last().openNanos())) {
            lateTrades++;
            return false;
        }
        if (minute > formingOpenNanos) {
            closeForming();
            formingOpenNanos = minute;
            openE4 = priceE4;
            highE4 = priceE4;
            lowE4 = priceE4;
            volumeE8 = 0;
            trades = 0;
        }
        highE4 = Math.max(highE4, priceE4);
        lowE4 = Math.min(lowE4, priceE4);
        closeE4 = priceE4;
        volumeE8 += sizeE8;
        trades++;
        return true;
    }

    /**
     * Closes a forming minute that ended at or before {@code nanos}.
     *
     * @return whether one was closed
     */
    public boolean closeUntil(long nanos) {
        return formingOpenNanos != Long.MIN_VALUE && nanos >= formingOpenNanos + MINUTE_NANOS && closeForming();
    }

    private boolean closeForming() {
        if (formingOpenNanos == Long.MIN_VALUE) {
            return false;
        }
        Candle candle = new Candle(formingOpenNanos, openE4, highE4, lowE4, closeE4, volumeE8, trades, false);
        formingOpenNanos = Long.MIN_VALUE;
        closed(candle);
        return true;
    }

    /** A closed minute from the venue itself: it outranks what we made of trades. */
    public void closed(Candle minute) {
        if (formingOpenNanos <= minute.openNanos()) {
            formingOpenNanos = Long.MIN_VALUE;
        }
        long changedFrom = minutes.isEmpty()
                ? minute.openNanos()
                : Math.min(minute.openNanos(), minutes.last().openNanos());
        minutes.add(minute);
        rebuild(fives, 5, changedFrom);
        rebuild(quarters, 15, changedFrom);
    }

    /** One closed minute of the past; cheap when it comes after all that are there or changes none of them. */
    public void backfill(Candle minute) {
        if (minutes.isEmpty() || minute.openNanos() > minutes.last().openNanos()) {
            closed(minute);
        } else if (!minute.equals(minutes.startingAt(minute.openNanos()))) {
            backfill(List.of(minute));
        }
    }

    /** Closed minutes of the past, oldest first. */
    public void backfill(List<Candle> pastMinutes) {
        minutes.backfill(pastMinutes);
        // From the start, since a series takes nothing that is older than all it keeps.
        fives.clear();
        quarters.clear();
        rebuild(fives, 5, Long.MIN_VALUE);
        rebuild(quarters, 15, Long.MIN_VALUE);
    }

    /** Makes the longer candles that a change of the minutes from {@code changedFrom} on completes or alters. */
    private void rebuild(CandleSeries longer, int length, long changedFrom) {
        if (minutes.isEmpty()) {
            return;
        }
        long interval = length * MINUTE_NANOS;
        long oldest = minutes.back(minutes.size() - 1).openNanos();
        long first = Math.max(Math.ceilDiv(oldest, interval), Math.floorDiv(changedFrom, interval)) * interval;
        long end = minutes.last().openNanos() + MINUTE_NANOS;
        for (long open = first; open + interval <= end; open += interval) {
            addMerged(longer, open, length);
        }
    }

    private void addMerged(CandleSeries longer, long open, int length) {
        long high = Long.MIN_VALUE;
        long low = Long.MAX_VALUE;
        long volume = 0;
        int count = 0;
        boolean isSynthetic = true;
        Candle first = minutes.startingAt(open);
        Candle last = minutes.startingAt(open + (length - 1) * MINUTE_NANOS);
        if (first == null || last == null) {
            return;
        }
        for (int i = 0; i < length; i++) {
            Candle minute = minutes.startingAt(open + i * MINUTE_NANOS);
            if (minute == null) {
                return;
            }
            high = Math.max(high, minute.highE4());
            low = Math.min(low, minute.lowE4());
            volume += minute.volumeE8();
            count += minute.trades();
            isSynthetic &= minute.isSynthetic();
        }
        longer.add(new Candle(open, first.openE4(), high, low, last.closeE4(), volume, count, isSynthetic));
    }

    public CandleSeries minutes() {
        return minutes;
    }

    public CandleSeries fives() {
        return fives;
    }

    public CandleSeries quarters() {
        return quarters;
    }

    /** Trades that came after their minute was closed. */
    public long lateTrades() {
        return lateTrades;
    }
}
