package voltage.worker.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.market.Candle;
import voltage.market.CandleHistory;
import voltage.market.CandleSeries;
import voltage.market.EventSink;
import voltage.market.Feed;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.TradedSeries;
import voltage.market.Venue;
import voltage.store.journal.JournalReader;
import voltage.store.journal.Kind;
import voltage.worker.pipeline.Decoders;

/** What a journal holds of the price, minute by minute, and of forecasts; no engine runs. For training, and for measuring forecasts. */
public final class JournalTape {
    private static final Logger LOG = LoggerFactory.getLogger(JournalTape.class);

    private final Map<Venue, Minutes> venues = new EnumMap<>(Venue.class);
    private final List<MarketEvent.Forecast> forecasts = new ArrayList<>();
    private final List<MarketEvent.ForecastFailed> failures = new ArrayList<>();
    private final EventSink sink = this::event;
    private Decoders decoders = new Decoders(TradedSeries.BITCOIN);

    /** One venue's closed minutes: its own where it reports them, else made of its trades. */
    private static final class Minutes {
        private final TreeMap<Long, Candle> closed = new TreeMap<>();
        private final CandleHistory ofTrades = new CandleHistory();

        void trade(MarketEvent.SpotTrade trade) {
            ofTrades.closeUntil(trade.receivedNanos());
            if (ofTrades.trade(trade.receivedNanos(), trade.priceE4(), trade.sizeE8())) {
                CandleSeries minutes = ofTrades.minutes();
                for (int back = 0; back < minutes.size(); back++) {
                    Candle minute = minutes.back(back);
                    if (closed.putIfAbsent(minute.openNanos(), minute) != null) {
                        break;
                    }
                }
            }
        }
    }

    private JournalTape() {}

    /** Reads a journal to its end, or to where it is damaged. */
    public static JournalTape read(Path journal) {
        JournalTape tape = new JournalTape();
        JournalReader.Summary summary = JournalReader.read(
                journal, JournalReader.OnDamage.STOP, (feed, kind, sequence, receivedNanos, bytes, from, to) -> {
                    if (kind == Kind.STARTED) {
                        tape.decoders = new Decoders(TradedSeries.BITCOIN);
                    } else if (isRead(feed)) {
                        tape.record(feed, kind, receivedNanos, bytes, from, to);
                    }
                });
        if (summary.damage() != null) {
            LOG.warn(
                    "the journal in {} is read up to where it is damaged: {}",
                    journal,
                    summary.damage().getMessage());
        }
        return tape;
    }

    private static boolean isRead(Feed feed) {
        return switch (feed) {
            case KRAKEN_STREAM,
                    KRAKEN_REST,
                    COINBASE_STREAM,
                    BINANCE_STREAM,
                    BINANCE_REST,
                    BINANCE_US_STREAM,
                    BINANCE_US_REST,
                    FORECAST -> true;
            case KALSHI_STREAM, KALSHI_REST, REPORTS, LEDGER, OPERATOR -> false;
        };
    }

    private void record(Feed feed, Kind kind, long receivedNanos, byte[] bytes, int from, int to) {
        FrameDecoder decoder = decoders.of(feed);
        try {
            switch (kind) {
                case CONNECTED -> decoder.connected(receivedNanos, sink);
                case DISCONNECTED -> decoder.disconnected(receivedNanos, sink);
                case FRAME -> decoder.frame(bytes, from, to, receivedNanos, sink);
                case STARTED, ENDED -> {}
            }
        } catch (MalformedFrameException | RuntimeException e) {
            // It was skipped when it was received, too.
            LOG.debug("a record of {} is skipped: {}", feed, e.toString());
        }
    }

    private void event(MarketEvent event) {
        switch (event) {
            case MarketEvent.SpotCandle candle -> {
                if (candle.isClosed() && candle.minutes() == 1) {
                    venue(candle.venue()).closed.put(candle.candle().openNanos(), candle.candle());
                }
            }
            case MarketEvent.SpotTrade trade -> venue(trade.venue()).trade(trade);
            case MarketEvent.Forecast forecast -> forecasts.add(forecast);
            case MarketEvent.ForecastFailed failed -> failures.add(failed);
            default -> {}
        }
    }

    private Minutes venue(Venue venue) {
        return venues.computeIfAbsent(venue, unseen -> new Minutes());
    }

    /** Closed minutes, in order, of the venue with the most of them. */
    public List<Candle> minutes() {
        return venues.values().stream()
                .map(minutes -> List.copyOf(minutes.closed.values()))
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    /** In the order in which they were made. */
    public List<MarketEvent.Forecast> forecasts() {
        return List.copyOf(forecasts);
    }

    public List<MarketEvent.ForecastFailed> failures() {
        return List.copyOf(failures);
    }
}
