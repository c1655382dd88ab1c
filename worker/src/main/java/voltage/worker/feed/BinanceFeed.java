package voltage.worker.feed;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import voltage.market.Feed;
import voltage.market.MalformedFrameException;
import voltage.market.Venue;
import voltage.spot.Json;

/**
 * Binance's or Binance.US's combined stream of 1-minute candles, trades and best quotes, with candles of the past day fetched by REST
 * before it begins, and those missed before it resumes.
 */
public final class BinanceFeed implements LiveFeed {
    private final Protocol protocol;
    private final FeedConnection connection;

    /**
     * @param venue {@code BINANCE} or {@code BINANCE_US}
     * @param candlesOnly without trades and quotes, for a venue that has none
     * @param stream {@code wss://stream.binance.com:9443}, {@code wss://stream.binance.us:9443} or what stands in for it
     * @param rest {@code https://api.binance.com}, {@code https://api.binance.us} or what stands in for it
     * @param symbol as Binance spells it, {@code BTCUSDT}
     * @param clock the date of the past day
     */
    public BinanceFeed(
            Venue venue,
            boolean candlesOnly,
            URI stream,
            URI rest,
            String symbol,
            WebSocketTransport transport,
            HttpGet http,
            Timers timers,
            Ingress ingress,
            InstantSource clock,
            RandomGenerator random) {
        boolean isUs = venue == Venue.BINANCE_US;
        this.protocol = new Protocol(
                isUs ? Feed.BINANCE_US_STREAM : Feed.BINANCE_STREAM,
                stream,
                symbol,
                candlesOnly,
                new Backfill(isUs ? Feed.BINANCE_US_REST : Feed.BINANCE_REST, rest, http, ingress),
                clock);
        FeedLimits limits =
                candlesOnly ? FeedLimits.binanceCandles() : isUs ? FeedLimits.binanceUs() : FeedLimits.binance();
        this.connection = new FeedConnection(protocol, limits, transport, timers, ingress, random);
    }

    @Override
    public void start() {
        connection.start();
    }

    @Override
    public void stop() {
        connection.stop();
        protocol.backfill.stop();
    }

    @Override
    public FeedHealth health() {
        return connection.health();
    }

    private static final class Protocol implements FeedProtocol {
        private static final long PAST_MILLIS = 24 * 60 * 60_000L + 10 * 60_000L;
        private static final int PAGE = 1_000;
        private static final int MOST_PAGES = 5;
        private static final Reading KLINE = new Reading.Data("kline_1m");
        private static final Reading TRADE = new Reading.Data("trade");
        private static final Reading BOOK = new Reading.Data("bookTicker");

        private final Feed feed;
        private final URI stream;
        private final String symbol;
        private final boolean candlesOnly;
        private final Backfill backfill;
        private final InstantSource clock;
        /** Start of the newest candle that was fetched or received, 0 before the first. */
        private volatile long lastOpenMillis;

        private final AtomicInteger requests = new AtomicInteger();

        Protocol(Feed feed, URI stream, String symbol, boolean candlesOnly, Backfill backfill, InstantSource clock) {
            this.feed = feed;
            this.stream = stream;
            this.symbol = symbol;
            this.candlesOnly = candlesOnly;
            this.backfill = backfill;
            this.clock = clock;
        }

        @Override
        public Feed feed() {
            return feed;
        }

        @Override
        public URI uri() {
            String name = symbol.toLowerCase(Locale.ROOT);
            String candles = "/stream?streams=" + name + "@kline_1m";
            return stream.resolve(candlesOnly ? candles : candles + "/" + name + "@trade/" + name + "@bookTicker");
        }

        /** The address says it all. */
        @Override
        public List<String> subscribe() {
            return List.of();
        }

        @Override
        public List<String> resubscribe(String subscription) {
            String params = "\"params\":[\"" + symbol.toLowerCase(Locale.ROOT) + "@" + subscription + "\"]";
            int id = requests.addAndGet(2);
            return List.of(
                    "{\"method\":\"UNSUBSCRIBE\"," + params + ",\"id\":" + (id - 1) + "}",
                    "{\"method\":\"SUBSCRIBE\"," + params + ",\"id\":" + id + "}");
        }

        @Override
        public Reading read(byte[] bytes, int from, int to) {
            String name = FrameScan.topLevel(bytes, from, to, "stream");
            if (name.endsWith("@trade")) {
                return TRADE;
            }
            if (name.endsWith("@bookTicker")) {
                return BOOK;
            }
            if (name.endsWith("@kline_1m")) {
                // The candle's own start is the first "t" at any depth: trades have none in this stream.
                remember(FrameScan.anywhere(bytes, from, to, "t"));
                return KLINE;
            }
            if (FrameScan.anywhere(bytes, from, to, "e").equals("serverShutdown")) {
                return new Reading.Ending("Binance shuts this server down");
            }
            String error = FrameScan.anywhere(bytes, from, to, "msg");
            return error.isEmpty() ? Reading.NOTHING : new Reading.Refused(error);
        }

        private void remember(String millis) {
            try {
                lastOpenMillis = Math.max(lastOpenMillis, Long.parseLong(millis));
            } catch (NumberFormatException e) {
                // The decoder counts what cannot be read; here an older time only fetches a little more.
            }
        }

        @Override
        public boolean backfills() {
            return true;
        }

        @Override
        public boolean backfill() {
            long now = clock.millis();
            long from = Math.max(lastOpenMillis - 60_000, now - PAST_MILLIS);
            for (int page = 0; page < MOST_PAGES; page++) {
                Optional<byte[]> body = backfill.fetch("/api/v3/klines?symbol=" + symbol + "&interval=1m&startTime="
                        + (from - Math.floorMod(from, 60_000L)) + "&limit=" + PAGE);
                if (body.isEmpty()) {
                    return false;
                }
                try {
                    List<Json> rows =
                            Json.parse(body.get(), 0, body.get().length).items();
                    if (rows.size() < PAGE) {
                        return true;
                    }
                    // The decoder leaves the last row out, as it may be forming: the next page begins with it.
                    from = rows.getLast().item(0).integer();
                } catch (MalformedFrameException e) {
                    return false;
                }
            }
            return true;
        }
    }
}
