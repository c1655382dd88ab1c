package voltage.engine;

import java.util.Arrays;
import voltage.market.CandleHistory;
import voltage.market.MarketEvent;
import voltage.market.Venue;

/**
 * The settlement index as far as it can be known: Kalshi's own stream where it is received, else the median of the fresh venues, each
 * moved onto the index's level by its observed basis. Also keeps the last minute second by second, which is what a market settles on.
 */
final class IndexEstimate {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long INDEX_FRESH_NANOS = 3 * SECOND_NANOS;
    private static final int FIXINGS = 60;
    private static final int KEPT = 128;

    private final VenueState[] venues = new VenueState[Venue.values().length];
    private final double[] scratch = new double[venues.length];
    private final long[] fixingSecond = new long[KEPT];
    private final double[] fixing = new double[KEPT];
    private final long venueFreshNanos;

    private double streamed = Double.NaN;
    private long streamedNanos = Long.MIN_VALUE;
    private double closingMean = Double.NaN;
    private int closingCount;
    private long closingNanos = Long.MIN_VALUE;

    private double price = Double.NaN;
    private int fresh;
    private int apartShareE4;

    IndexEstimate(long venueFreshNanos) {
        this.venueFreshNanos = venueFreshNanos;
        for (Venue venue : Venue.values()) {
            venues[venue.ordinal()] = new VenueState(venue);
        }
    }

    VenueState venue(Venue venue) {
        return venues[venue.ordinal()];
    }

    void streamed(MarketEvent.IndexValue value) {
        streamed = value.valueE4() / 1e4;
        streamedNanos = value.receivedNanos();
        if (value.closingCount() > 0) {
            closingMean = value.closingAverageE4() / 1e4;
            closingCount = value.closingCount();
            closingNanos = value.receivedNanos();
        }
    }

    /** Takes stock of what is fresh now. */
    void refresh(long nowNanos) {
        int count = 0;
        fresh = 0;
        for (VenueState venue : venues) {
            if (venue.isFresh(nowNanos, venueFreshNanos)) {
                if (venue.hasLevel()) {
                    fresh++;
                    scratch[count++] = venue.indexPrice();
                }
            }
        }
        boolean isStreamed = streamedNanos != Long.MIN_VALUE && nowNanos - streamedNanos <= INDEX_FRESH_NANOS;
        if (isStreamed) {
            fresh++;
        }
        Arrays.sort(scratch, 0, count);
        apartShareE4 = count < 2 ? 0 : (int) ((scratch[count - 1] - scratch[0]) / scratch[0] * 10_000);
        if (isStreamed) {
            price = streamed;
        } else if (count > 0) {
            price = count % 2 == 1 ? scratch[count / 2] : (scratch[count / 2 - 1] + scratch[count / 2]) / 2;
        } else {
            price = Double.NaN;
        }
    }

    /** Called at each whole second. */
    void second(long nowNanos) {
        for (VenueState venue : venues) {
            venue.sample(nowNanos, venueFreshNanos);
            venue.candles().closeUntil(nowNanos - 2 * SECOND_NANOS);
        }
        refresh(nowNanos);
        if (!Double.isNaN(price)) {
            long second = nowNanos / SECOND_NANOS;
            int slot = (int) (second % KEPT);
            fixingSecond[slot] = second;
            fixing[slot] = price;
        }
    }

    /** The index in dollars, or NaN. */
    double price() {
        return price;
    }

    /** Fresh sources, Kalshi's stream counted as one. */
    int freshSources() {
        return fresh;
    }

    /** How far the fresh venues are apart, in ten-thousandths of the lowest. */
    int apartShareE4() {
        return apartShareE4;
    }

    /** How many of the values in {@code (close − 60 s, close]} have been seen by now. */
    int fixingsSeen(long nowNanos, long closeNanos) {
        if (nowNanos <= closeNanos - FIXINGS * SECOND_NANOS) {
            return 0;
        }
        if (isClosing(nowNanos, closeNanos)) {
            return closingCount;
        }
        long first = closeNanos / SECOND_NANOS - FIXINGS + 1;
        long last = Math.min(nowNanos, closeNanos) / SECOND_NANOS;
        int count = 0;
        for (long second = first; second <= last; second++) {
            if (fixingSecond[(int) (second % KEPT)] == second) {
                count++;
            }
        }
        return count;
    }

    /** Mean of those values in dollars; NaN if there is none. */
    double fixingsMean(long nowNanos, long closeNanos) {
        if (isClosing(nowNanos, closeNanos)) {
            return closingMean;
        }
        long first = closeNanos / SECOND_NANOS - FIXINGS + 1;
        long last = Math.min(nowNanos, closeNanos) / SECOND_NANOS;
        double sum = 0;
        int count = 0;
        for (long second = first; second <= last; second++) {
            int slot = (int) (second % KEPT);
            if (fixingSecond[slot] == second) {
                sum += fixing[slot];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Kalshi's own running average belongs to the quarter-hour that ends within the minute after it was received. */
    private boolean isClosing(long nowNanos, long closeNanos) {
        return closingNanos != Long.MIN_VALUE
                && nowNanos - closingNanos <= INDEX_FRESH_NANOS
                && closingNanos > closeNanos - 61 * SECOND_NANOS
                && closingNanos <= closeNanos + SECOND_NANOS;
    }

    /** The venue with the most closed minutes among those that are still being fed; ties go to the first. */
    CandleHistory candles(long nowNanos) {
        VenueState best = venues[0];
        int bestSize = -1;
        for (VenueState venue : venues) {
            var minutes = venue.candles().minutes();
            boolean isCurrent = !minutes.isEmpty() && nowNanos - minutes.last().openNanos() <= 3 * 60 * SECOND_NANOS;
            int size = isCurrent ? minutes.size() : -1;
            if (size > bestSize) {
                best = venue;
                bestSize = size;
            }
        }
        return best.candles();
    }
}
