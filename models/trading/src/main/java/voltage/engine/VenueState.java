package voltage.engine;

import voltage.market.Candle;
import voltage.market.CandleHistory;
import voltage.market.Venue;

/** One spot venue: its price, its candles, and how far it stands from the settlement index. */
final class VenueState {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int SAMPLES = 128;
    /** Of a minute's 60 samples, how many are enough to speak for it. */
    private static final int LEAST_SAMPLES = 45;
    /** Weight of the newest observation of the basis. */
    private static final double BASIS_WEIGHT = 0.3;

    private final Venue venue;
    private final CandleHistory candles = new CandleHistory();
    private final long[] sampleSecond = new long[SAMPLES];
    private final long[] sampleE4 = new long[SAMPLES];
    private long priceE4;
    private long receivedNanos = Long.MIN_VALUE;
    private boolean isUp = true;
    private boolean hasBasis;
    private double basis;
    private boolean reportsCandles;

    VenueState(Venue venue) {
        this.venue = venue;
    }

    void price(long newPriceE4, long nanos) {
        priceE4 = newPriceE4;
        receivedNanos = nanos;
    }

    /** A trade: a price, and a part of a candle unless the venue reports candles itself. */
    void trade(long tradePriceE4, long sizeE8, long nanos) {
        price(tradePriceE4, nanos);
        if (!reportsCandles) {
            candles.trade(nanos, tradePriceE4, sizeE8);
        }
    }

    /** A candle that the venue itself closed. */
    void closedCandle(Candle minute) {
        reportsCandles = true;
        candles.closed(minute);
    }

    void up(boolean newIsUp) {
        isUp = newIsUp;
    }

    boolean isFresh(long nowNanos, long freshNanos) {
        return isUp && receivedNanos != Long.MIN_VALUE && nowNanos - receivedNanos <= freshNanos;
    }

    /** Whether its level can stand for the index: it is in USD, or its basis has been observed. */
    boolean hasLevel() {
        return hasBasis || venue.quotedInUsd();
    }

    /** Its price moved onto the index's level, in dollars. */
    double indexPrice() {
        return priceE4 / 1e4 * (1 + basis);
    }

    /** Called once a second, for the averages over the minute before a market opens. */
    void sample(long nowNanos, long freshNanos) {
        if (isFresh(nowNanos, freshNanos)) {
            long second = nowNanos / SECOND_NANOS;
            int slot = (int) (second % SAMPLES);
            sampleSecond[slot] = second;
            sampleE4[slot] = priceE4;
        }
    }

    /** A strike is the index's average over the 60 seconds before open: compare it with our own over the same time. */
    void observeStrike(long strikeE4, long openNanos) {
        double mean = meanBeforeE4(openNanos);
        if (mean > 0) {
            double observed = strikeE4 / mean - 1;
            basis = hasBasis ? basis + BASIS_WEIGHT * (observed - basis) : observed;
            hasBasis = true;
        }
    }

    private double meanBeforeE4(long nanos) {
        long end = nanos / SECOND_NANOS;
        double sum = 0;
        int count = 0;
        for (long second = end - 59; second <= end; second++) {
            int slot = (int) (second % SAMPLES);
            if (sampleSecond[slot] == second) {
                sum += sampleE4[slot];
                count++;
            }
        }
        if (count >= LEAST_SAMPLES) {
            return sum / count;
        }
        Candle minute = candles.minutes().startingAt(nanos - 60 * SECOND_NANOS);
        return minute == null ? Double.NaN : minute.meanE4();
    }

    CandleHistory candles() {
        return candles;
    }

    Venue venue() {
        return venue;
    }

    long priceE4() {
        return priceE4;
    }
}
