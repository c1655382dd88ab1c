package voltage.spot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;
import voltage.market.EventSink;
import voltage.market.MarketEvent.SpotCandle;
import voltage.market.Venue;

/**
 * Closes the candles of one interval for a venue that never says when one is final: a candle is closed when a newer one begins.
 * Intervals without a trade, which such venues leave out, become flat candles.
 */
final class CandleTrack {
    /** A longer hole is a change of subject, not a quiet market. */
    private static final int MOST_FLAT = 720;

    private final Venue venue;
    private final int minutes;
    private final long intervalNanos;
    private long newestOpenNanos = Long.MIN_VALUE;
    private @Nullable Candle forming;
    private long outOfOrder;

    CandleTrack(Venue venue, int minutes) {
        this.venue = venue;
        this.minutes = minutes;
        this.intervalNanos = minutes * 60_000_000_000L;
    }

    /** The connection is gone: what was forming may have changed unseen and must not be closed from memory. */
    void disconnected() {
        forming = null;
    }

    /** A candle as it stands now. */
    void update(Candle candle, long exchangeNanos, long receivedNanos, EventSink out) {
        if (candle.openNanos() < newestOpenNanos) {
            outOfOrder++;
            return;
        }
        Candle previous = forming;
        if (previous != null && candle.openNanos() > previous.openNanos()) {
            emit(previous, true, false, exchangeNanos, receivedNanos, out);
            fill(previous, candle.openNanos(), false, exchangeNanos, receivedNanos, out);
        }
        forming = candle;
        newestOpenNanos = candle.openNanos();
        emit(candle, false, false, exchangeNanos, receivedNanos, out);
    }

    /** Recent candles, sent once after subscribing; the newest of them is still forming. */
    void snapshot(List<Candle> candles, long exchangeNanos, long receivedNanos, EventSink out) {
        List<Candle> sorted = new ArrayList<>(candles);
        sorted.sort(Comparator.comparingLong(Candle::openNanos));
        Candle previous = null;
        for (Candle candle : sorted) {
            if (previous != null && candle.openNanos() > previous.openNanos()) {
                emit(previous, true, true, exchangeNanos, receivedNanos, out);
                fill(previous, candle.openNanos(), true, exchangeNanos, receivedNanos, out);
            }
            previous = candle;
        }
        if (previous == null) {
            return;
        }
        if (previous.openNanos() < newestOpenNanos) {
            outOfOrder++;
            return;
        }
        forming = previous;
        newestOpenNanos = previous.openNanos();
        emit(previous, false, true, exchangeNanos, receivedNanos, out);
    }

    /** Updates for a candle older than the newest: ignored. */
    long outOfOrder() {
        return outOfOrder;
    }

    private void fill(
            Candle last, long untilNanos, boolean isBackfill, long exchangeNanos, long receivedNanos, EventSink out) {
        long first = last.openNanos() + intervalNanos;
        if ((untilNanos - first) / intervalNanos > MOST_FLAT) {
            return;
        }
        for (long open = first; open < untilNanos; open += intervalNanos) {
            emit(Candle.flat(open, last.closeE4()), true, isBackfill, exchangeNanos, receivedNanos, out);
        }
    }

    private void emit(
            Candle candle,
            boolean isClosed,
            boolean isBackfill,
            long exchangeNanos,
            long receivedNanos,
            EventSink out) {
        out.on(new SpotCandle(venue, minutes, candle, isClosed, isBackfill, exchangeNanos, receivedNanos));
    }
}
