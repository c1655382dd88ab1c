package voltage.kalshi.rest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.BookLevels;
import voltage.kalshi.JsonFields;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.MarketReader;
import voltage.market.EventSink;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.BookSnapshot;
import voltage.market.MarketEvent.MarketDetermined;
import voltage.market.MarketEvent.MarketListed;
import voltage.market.MarketEvent.MarketPaused;
import voltage.market.MarketEvent.MarketSettled;
import voltage.market.MarketKey;
import voltage.market.MarketKeys;
import voltage.market.Side;

/**
 * Bodies of Kalshi's public market data, each wrapped by {@link RestFrame}, as events. The same body polled again is no news: a market
 * is listed again only if something about it changed, and determined and settled once. Only that the exchange trades is told each time. Used by one thread.
 */
public final class KalshiRestDecoder implements FrameDecoder {
    /** Kalshi's shard for crypto since 2026-08-24. */
    public static final int CRYPTO_EXCHANGE_INDEX = 2;

    private final MarketKeys keys;
    private final MarketCatalogue catalogue;
    private final MarketReader reader;
    private final int exchangeIndex;
    private final Set<MarketKey> inactive = new HashSet<>();
    private long unknownFrames;
    private long unlistedMarkets;

    /** For the shard of the crypto markets. */
    public KalshiRestDecoder(MarketKeys keys, MarketCatalogue catalogue) {
        this(keys, catalogue, CRYPTO_EXCHANGE_INDEX);
    }

    /**
     * @param catalogue shared with the engine's {@code KalshiStreamDecoder}
     * @param exchangeIndex the shard whose trading status counts
     */
    public KalshiRestDecoder(MarketKeys keys, MarketCatalogue catalogue, int exchangeIndex) {
        this.keys = keys;
        this.catalogue = catalogue;
        this.exchangeIndex = exchangeIndex;
        reader = new MarketReader(keys, catalogue);
    }

    /** Polling has no connection: nothing is in doubt, each body is whole. */
    @Override
    public void connected(long receivedNanos, EventSink out) {}

    @Override
    public void disconnected(long receivedNanos, EventSink out) {}

    @Override
    public void frame(byte[] bytes, int from, int to, long receivedNanos, EventSink out)
            throws MalformedFrameException {
        List<MarketEvent> events;
        try {
            JsonFields frame = JsonFields.parse(bytes, from, to);
            String[] steps = steps(frame.text("path"));
            events = events(steps, frame.object("body"), receivedNanos);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFrameException("Kalshi REST: a value is out of its range: " + e.getMessage(), e);
        }
        if (events == null) {
            unknownFrames++;
        } else {
            events.forEach(out::on);
        }
    }

    /** Path steps below the base: {@code /markets/X/orderbook?depth=0} is markets, X, orderbook. */
    private static String[] steps(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        if (plain.startsWith("/trade-api/v2/")) {
            plain = plain.substring("/trade-api/v2".length());
        }
        return (plain.startsWith("/") ? plain.substring(1) : plain).split("/", -1);
    }

    private @Nullable List<MarketEvent> events(String[] steps, JsonFields body, long received)
            throws MalformedFrameException {
        String first = steps[0];
        String second = steps.length > 1 ? steps[1] : "";
        return switch (steps.length) {
            case 1 -> first.equals("markets") ? markets(body.objects("markets"), received) : null;
            case 2 ->
                switch (first) {
                    case "markets" -> byMarketPath(second, body, received);
                    case "exchange" -> second.equals("status") ? status(body, received) : null;
                    case "series" -> series(body.object("series"), received);
                    case "events" -> event(body, received);
                    default -> null;
                };
            case 3 ->
                first.equals("markets") && steps[2].equals("orderbook") ? List.of(book(second, body, received)) : null;
            default -> null;
        };
    }

    private @Nullable List<MarketEvent> byMarketPath(String second, JsonFields body, long received)
            throws MalformedFrameException {
        return switch (second) {
            case "orderbooks" -> {
                List<MarketEvent> books = new ArrayList<>();
                for (JsonFields book : body.objects("orderbooks")) {
                    books.add(book(book.ticker("ticker"), book, received));
                }
                yield books;
            }
            case "trades", "candlesticks" -> null;
            default -> markets(List.of(body.object("market")), received);
        };
    }

    /** A market as far as it was read, before anything takes effect. */
    private record Read(
            MarketKey key,
            @Nullable MarketDefinition definition,
            String status,
            String result,
            String expirationValue,
            long settlementNanos) {}

    private List<MarketEvent> markets(List<JsonFields> markets, long received) throws MalformedFrameException {
        List<Read> reads = new ArrayList<>();
        for (JsonFields market : markets) {
            String ticker = market.ticker("ticker");
            if (catalogue.wants(ticker)) {
                reads.add(new Read(
                        keys.of(ticker),
                        reader.fromRest(market),
                        market.textOr("status", ""),
                        market.textOr("result", ""),
                        market.textOr("expiration_value", ""),
                        market.timeNanosOr0("settlement_ts")));
            }
        }
        List<MarketEvent> events = new ArrayList<>();
        for (Read read : reads) {
            take(read, received, events);
        }
        return events;
    }

    private void take(Read read, long received, List<MarketEvent> events) {
        MarketKey key = read.key();
        if (read.definition() == null) {
            unlistedMarkets++;
        } else {
            MarketDefinition news = catalogue.list(read.definition());
            if (news != null) {
                events.add(new MarketListed(news, 0, received));
            }
        }
        catalogue.expirationValue(key.ticker(), read.expirationValue());
        boolean isInactive = read.status().equals("inactive");
        if (isInactive ? inactive.add(key) : inactive.remove(key)) {
            events.add(new MarketPaused(List.of(key), isInactive, 0, received));
        }
        // A disputed result is in doubt; it comes back as determined, amended or finalized.
        boolean isFinal = read.status().equals("finalized");
        boolean isKnown =
                isFinal || read.status().equals("determined") || read.status().equals("amended");
        Side result = switch (read.result()) {
            case "yes" -> Side.YES;
            case "no" -> Side.NO;
            default -> null;
        };
        if (isKnown && result != null && catalogue.determined(key, result)) {
            events.add(new MarketDetermined(key, result, read.settlementNanos(), received));
        }
        if (isFinal && catalogue.settled(key)) {
            events.add(new MarketSettled(key, read.settlementNanos(), received));
        }
    }

    private BookSnapshot book(String ticker, JsonFields body, long received) throws MalformedFrameException {
        JsonFields levels = body.object("orderbook_fp");
        BookLevels yes = levels.levels("yes_dollars");
        BookLevels no = levels.levels("no_dollars");
        if (!JsonFields.isTicker(ticker)) {
            throw new MalformedFrameException(
                    "a ticker has 1 to 128 printable characters, its book's path has " + ticker.length());
        }
        return new BookSnapshot(
                keys.of(ticker), yes.pricesE4(), yes.countsE2(), no.pricesE4(), no.countsE2(), 0, 0, received);
    }

    /** Top-level says what shard 0 does; crypto trades on another. A word that is missing is not a yes. */
    private List<MarketEvent> status(JsonFields body, long received) throws MalformedFrameException {
        JsonFields shard = body;
        for (JsonFields each : body.objects("exchange_index_statuses")) {
            if (each.integer("exchange_index") == exchangeIndex) {
                shard = each;
            }
        }
        boolean isPaused = !shard.flagOr("exchange_active", false) || !shard.flagOr("trading_active", false);
        return List.of(new MarketPaused(List.of(), isPaused, 0, received));
    }

    private List<MarketEvent> series(JsonFields series, long received) throws MalformedFrameException {
        String ticker = series.ticker("ticker");
        String type = series.text("fee_type");
        BigDecimal multiplier = multiplier(series, "fee_multiplier");
        return listed(catalogue.seriesFees(ticker, type, multiplier), received);
    }

    private List<MarketEvent> event(JsonFields body, long received) throws MalformedFrameException {
        JsonFields event = body.object("event");
        String ticker = event.ticker("event_ticker");
        String type = event.has("fee_type_override") ? event.text("fee_type_override") : null;
        BigDecimal multiplier = multiplier(event, "fee_multiplier_override");
        List<JsonFields> nested = new ArrayList<>(event.objects("markets"));
        nested.addAll(body.objects("markets"));
        List<MarketEvent> events = new ArrayList<>(markets(nested, received));
        events.addAll(listed(catalogue.eventFees(ticker, type, multiplier), received));
        return events;
    }

    private static BigDecimal multiplier(JsonFields fields, String name) throws MalformedFrameException {
        return fields.has(name) ? BigDecimal.valueOf(fields.rounded(name, 4), 4) : BigDecimal.ONE;
    }

    private static List<MarketEvent> listed(List<MarketDefinition> definitions, long received) {
        return definitions.stream()
                .<MarketEvent>map(definition -> new MarketListed(definition, 0, received))
                .toList();
    }

    /** Bodies of paths that this decoder does not read. */
    public long unknownFrames() {
        return unknownFrames;
    }

    /** Markets seen (each poll counts) that have no numeric strike or no known grid. */
    public long unlistedMarkets() {
        return unlistedMarkets;
    }
}
