package voltage.local.exchange;

import java.util.TreeMap;

/** Quotes and trades of a market by minute. */
final class MinuteCandles {
    /** Open, low, high and close of one thing. */
    static final class Range {
        boolean seen;
        int openE4;
        int lowE4;
        int highE4;
        int closeE4;

        void add(int priceE4) {
            if (!seen) {
                seen = true;
                openE4 = priceE4;
                lowE4 = priceE4;
                highE4 = priceE4;
            }
            lowE4 = Math.min(lowE4, priceE4);
            highE4 = Math.max(highE4, priceE4);
            closeE4 = priceE4;
        }

        void merge(Range later) {
            if (later.seen) {
                add(later.openE4);
                add(later.lowE4);
                add(later.highE4);
                add(later.closeE4);
            }
        }
    }

    static final class Minute {
        final Range bid = new Range();
        final Range ask = new Range();
        final Range price = new Range();
        long volumeE2;
        /** Sum of price times count, for the mean. */
        long turnoverE6;

        long openInterestE2;

        void merge(Minute later) {
            bid.merge(later.bid);
            ask.merge(later.ask);
            price.merge(later.price);
            volumeE2 += later.volumeE2;
            turnoverE6 += later.turnoverE6;
            openInterestE2 = later.openInterestE2;
        }
    }

    private static final long MINUTE_SECONDS = 60;

    /** By the inclusive end, in epoch seconds. */
    private final TreeMap<Long, Minute> minutes = new TreeMap<>();

    private int bidE4 = -1;
    private int askE4 = -1;

    void quoted(long nanos, int newBidE4, int newAskE4) {
        if (newBidE4 == bidE4 && newAskE4 == askE4) {
            return;
        }
        bidE4 = newBidE4;
        askE4 = newAskE4;
        Minute minute = at(nanos);
        minute.bid.add(newBidE4);
        minute.ask.add(newAskE4);
    }

    void traded(long nanos, int yesPriceE4, long countE2) {
        Minute minute = at(nanos);
        minute.price.add(yesPriceE4);
        minute.volumeE2 += countE2;
        minute.turnoverE6 += yesPriceE4 * countE2;
    }

    void openInterest(long nanos, long countE2) {
        at(nanos).openInterestE2 = countE2;
    }

    /** Candles of so many minutes whose ends lie in the given seconds, both included. */
    TreeMap<Long, Minute> between(long startSeconds, long endSeconds, int periodMinutes) {
        long period = periodMinutes * MINUTE_SECONDS;
        TreeMap<Long, Minute> candles = new TreeMap<>();
        minutes.forEach((end, minute) -> {
            long periodEnd = Math.ceilDiv(end, period) * period;
            if (periodEnd >= startSeconds && periodEnd <= endSeconds) {
                candles.computeIfAbsent(periodEnd, key -> new Minute()).merge(minute);
            }
        });
        return candles;
    }

    private Minute at(long nanos) {
        long end = Math.floorDiv(WireTime.seconds(nanos), MINUTE_SECONDS) * MINUTE_SECONDS + MINUTE_SECONDS;
        return minutes.computeIfAbsent(end, key -> {
            Minute minute = new Minute();
            if (bidE4 >= 0) {
                minute.bid.add(bidE4);
                minute.ask.add(askE4);
            }
            return minute;
        });
    }
}
