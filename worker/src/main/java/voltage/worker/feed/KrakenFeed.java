package voltage.worker.feed;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import voltage.market.Feed;

/**
 * Kraken's WebSocket v2, with candles of one and five minutes fetched by REST before the stream resumes and again every few minutes:
 * a late trade may change a candle that the stream sent last, and the stream may fall silent while its socket lives.
 */
public final class KrakenFeed implements LiveFeed {
    private static final long RECONCILE_NANOS = 300_000_000_000L;
    private static final Reading MINUTE = new Reading.Data("ohlc-1");
    private static final Reading FIVE_MINUTES = new Reading.Data("ohlc-5");
    private static final Reading TRADE = new Reading.Data("trade");
    private static final Reading TICKER = new Reading.Data("ticker");

    private final Protocol protocol;
    private final FeedConnection connection;
    private final Timers timers;
    private final AtomicInteger run = new AtomicInteger();

    /**
     * @param stream {@code wss://ws.kraken.com/v2} or what stands in for it
     * @param rest {@code https://api.kraken.com} or what stands in for it
     * @param symbol as v2 spells it, {@code BTC/USD}
     * @param pair as REST spells it, {@code XBTUSD}
     */
    public KrakenFeed(
            URI stream,
            URI rest,
            String symbol,
            String pair,
            WebSocketTransport transport,
            HttpGet http,
            Timers timers,
            Ingress ingress,
            RandomGenerator random) {
        Backfill backfill = new Backfill(Feed.KRAKEN_REST, rest, http, ingress);
        this.protocol = new Protocol(stream, symbol, pair, backfill, new KrakenHistory(pair, backfill, timers));
        this.connection = new FeedConnection(protocol, FeedLimits.kraken(), transport, timers, ingress, random);
        this.timers = timers;
    }

    @Override
    public void start() {
        int current = run.incrementAndGet();
        connection.start();
        timers.after(RECONCILE_NANOS, () -> reconcile(current));
    }

    @Override
    public void stop() {
        run.incrementAndGet();
        connection.stop();
        protocol.history.stop();
        protocol.backfill.stop();
    }

    @Override
    public FeedHealth health() {
        return connection.health();
    }

    private void reconcile(int current) {
        if (current != run.get()) {
            return;
        }
        if (connection.isLive() && !protocol.backfill()) {
            connection.countDropped();
        }
        timers.after(RECONCILE_NANOS, () -> reconcile(current));
    }

    private static final class Protocol implements FeedProtocol {
        private final URI stream;
        private final String symbol;
        private final String pair;
        private final Backfill backfill;
        private final KrakenHistory history;
        /** The frame time of the last candle, in seconds; 0 before the first. */
        private volatile long lastCandleSeconds;

        Protocol(URI stream, String symbol, String pair, Backfill backfill, KrakenHistory history) {
            this.stream = stream;
            this.symbol = symbol;
            this.pair = pair;
            this.backfill = backfill;
            this.history = history;
        }

        @Override
        public Feed feed() {
            return Feed.KRAKEN_STREAM;
        }

        @Override
        public URI uri() {
            return stream;
        }

        @Override
        public List<String> subscribe() {
            List<String> texts = new ArrayList<>();
            for (String subscription : FeedLimits.kraken().silenceNanos().keySet().stream()
                    .sorted()
                    .toList()) {
                texts.add(command("subscribe", subscription));
            }
            return texts;
        }

        @Override
        public List<String> resubscribe(String subscription) {
            // Asking twice is refused as "Already subscribed" without effect.
            return List.of(command("unsubscribe", subscription), command("subscribe", subscription));
        }

        private String command(String method, String subscription) {
            boolean subscribes = method.equals("subscribe");
            String params = switch (subscription) {
                case "ohlc-1" -> "\"channel\":\"ohlc\",\"interval\":1";
                case "ohlc-5" -> "\"channel\":\"ohlc\",\"interval\":5";
                // Between trades the quote moves too: by default a ticker comes with trades only.
                case "ticker" -> "\"channel\":\"ticker\",\"event_trigger\":\"bbo\"";
                default -> "\"channel\":\"" + subscription + "\"";
            };
            return "{\"method\":\"" + method + "\",\"params\":{" + params + ",\"symbol\":[\"" + symbol + "\"]"
                    + (subscribes ? ",\"snapshot\":true" : "") + "}}";
        }

        @Override
        public Reading read(byte[] bytes, int from, int to) {
            return switch (FrameScan.topLevel(bytes, from, to, "channel")) {
                case "ohlc" -> {
                    remember(FrameScan.topLevel(bytes, from, to, "timestamp"));
                    yield FrameScan.anywhere(bytes, from, to, "interval").equals("5") ? FIVE_MINUTES : MINUTE;
                }
                case "trade" -> TRADE;
                case "ticker" -> TICKER;
                case "" -> answer(bytes, from, to);
                default -> Reading.NOTHING;
            };
        }

        private static Reading answer(byte[] bytes, int from, int to) {
            String error = FrameScan.topLevel(bytes, from, to, "error");
            boolean isRefusal = FrameScan.topLevel(bytes, from, to, "success").equals("false")
                    && !FrameScan.topLevel(bytes, from, to, "method").equals("unsubscribe")
                    && !error.contains("Already subscribed")
                    && !error.contains("msg rate");
            return isRefusal ? new Reading.Refused(error) : Reading.NOTHING;
        }

        private void remember(String timestamp) {
            try {
                lastCandleSeconds = Instant.parse(timestamp).getEpochSecond();
            } catch (DateTimeException e) {
                // The decoder counts what cannot be read; here an older time only fetches a little more.
            }
        }

        @Override
        public boolean backfills() {
            return true;
        }

        @Override
        public boolean backfill() {
            return fetch(1) && fetch(5);
        }

        private boolean fetch(int minutes) {
            String path = "/0/public/OHLC?pair=" + pair + "&interval=" + minutes;
            long last = lastCandleSeconds;
            if (last > 0) {
                // From the candle before the one that was forming, so that its final values come too.
                path += "&since=" + (last - last % (minutes * 60L) - 2L * minutes * 60);
            }
            Optional<byte[]> body = backfill.fetch(path);
            // Kraken's errors come with status 200 and without a result.
            boolean isWhole = body.isPresent()
                    && !FrameScan.anywhere(body.get(), 0, body.get().length, "last")
                            .isEmpty();
            if (isWhole && minutes == 1) {
                history.begin(body.get());
            }
            return isWhole;
        }
    }
}
