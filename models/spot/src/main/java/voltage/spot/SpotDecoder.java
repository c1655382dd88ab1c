package voltage.spot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.market.EventSink;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.Venue;

/**
 * The rules that all spot venues share. A frame is read whole first, then takes effect: trades once each by id, candles in order. A
 * venue's decoder only reads. Used by one thread.
 */
public abstract class SpotDecoder implements FrameDecoder {
    private static final int SHOWN_BYTES = 80;

    private final Venue venue;
    private final TradeIds trades = new TradeIds();
    private final Map<Integer, CandleTrack> tracks = new TreeMap<>();
    private final Map<Integer, Long> newestFinal = new TreeMap<>();
    private @Nullable String refusal;
    private long sequence = -1;
    private long frames;
    private long malformed;
    private long ignored;
    private long repeatedTrades;
    private long lateCandles;
    private long sequenceGaps;

    protected SpotDecoder(Venue venue) {
        this.venue = venue;
    }

    /**
     * Reads a frame.
     *
     * @throws MalformedFrameException if it is not what the venue's protocol says
     */
    protected abstract List<Staged> read(byte[] bytes, int from, int to, long receivedNanos)
            throws MalformedFrameException;

    /** A new connection begins: a venue's own numbering starts again. */
    protected void reset() {}

    public final Venue venue() {
        return venue;
    }

    /** Why the venue refused a subscription or request since the connection began: fatal for the feed until somebody changes it. */
    public final Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    public final DecoderCounts counts() {
        long late = lateCandles;
        for (CandleTrack track : tracks.values()) {
            late += track.outOfOrder();
        }
        return new DecoderCounts(frames, malformed, ignored, repeatedTrades, trades.missing(), late, sequenceGaps);
    }

    @Override
    public final void connected(long receivedNanos, EventSink out) {
        sequence = -1;
        refusal = null;
        tracks.values().forEach(CandleTrack::disconnected);
        reset();
    }

    @Override
    public final void disconnected(long receivedNanos, EventSink out) {
        tracks.values().forEach(CandleTrack::disconnected);
    }

    @Override
    public final void frame(byte[] bytes, int from, int to, long receivedNanos, EventSink out)
            throws MalformedFrameException {
        frames++;
        List<Staged> staged;
        try {
            staged = read(bytes, from, to, receivedNanos);
        } catch (MalformedFrameException | IllegalArgumentException | ArithmeticException e) {
            malformed++;
            throw new MalformedFrameException(
                    venue + ": " + e.getMessage() + ", in a frame of " + (to - from) + " bytes that begins with "
                            + new String(bytes, from, Math.min(to - from, SHOWN_BYTES), StandardCharsets.UTF_8),
                    e);
        }
        for (Staged item : staged) {
            apply(item, receivedNanos, out);
        }
    }

    private void apply(Staged item, long receivedNanos, EventSink out) {
        switch (item) {
            case Staged.Trade trade -> apply(trade, out);
            case Staged.Quote quote -> apply(quote.quote(), out);
            case Staged.Final candle -> apply(candle.candle(), out);
            case Staged.Forming row ->
                track(row.minutes()).update(row.candle(), row.exchangeNanos(), receivedNanos, out);
            case Staged.Recent rows ->
                track(rows.minutes()).snapshot(rows.candles(), rows.exchangeNanos(), receivedNanos, out);
            case Staged.Sequence next -> {
                if (sequence >= 0 && next.number() > sequence + 1) {
                    sequenceGaps += next.number() - sequence - 1;
                }
                sequence = Math.max(sequence, next.number());
            }
            case Staged.Refused refused -> refusal = refused.reason();
            case Staged.Ignored none -> ignored++;
        }
    }

    private void apply(Staged.Trade item, EventSink out) {
        MarketEvent.SpotTrade trade = item.trade();
        boolean isNew = trades.take(item.firstId(), trade.tradeId(), trade.exchangeNanos());
        if (isNew && !item.isOld()) {
            out.on(trade);
        } else {
            repeatedTrades++;
        }
    }

    private void apply(MarketEvent.SpotQuote quote, EventSink out) {
        // A side without a price is a venue in trouble or opening: no quote at all is the truth.
        if (quote.bidE4() > 0 && quote.askE4() >= quote.bidE4()) {
            out.on(quote);
        } else {
            ignored++;
        }
    }

    private void apply(MarketEvent.SpotCandle candle, EventSink out) {
        if (!candle.isBackfill()) {
            long opened = candle.candle().openNanos();
            // The next candle may begin once this one is final; anything before that is late.
            long earliest = newestFinal.getOrDefault(candle.minutes(), Long.MIN_VALUE);
            if (opened < earliest) {
                lateCandles++;
                return;
            }
            newestFinal.put(candle.minutes(), candle.isClosed() ? opened + 1 : opened);
        }
        out.on(candle);
    }

    private CandleTrack track(int minutes) {
        return tracks.computeIfAbsent(minutes, length -> new CandleTrack(venue, length));
    }

    /** A frame without effect. */
    protected static List<Staged> nothing() {
        return new ArrayList<>(0);
    }

    /** A frame of no interest, counted. */
    protected static List<Staged> ignored() {
        return List.of(new Staged.Ignored());
    }

    protected static List<Staged> refused(String reason) {
        return List.of(new Staged.Refused(reason));
    }
}
