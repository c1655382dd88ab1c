package voltage.worker.feed;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;
import voltage.market.Feed;

/** Coinbase's Exchange feed: matches, ticker and heartbeat of one product. Coinbase closes a socket that asks for nothing within 5 s. */
public final class CoinbaseFeed implements LiveFeed {
    private static final Reading MATCHES = new Reading.Data("matches");
    private static final Reading TICKER = new Reading.Data("ticker");

    private final FeedConnection connection;

    /**
     * @param stream {@code wss://ws-feed.exchange.coinbase.com} or what stands in for it
     * @param product as Coinbase spells it, {@code BTC-USD}
     */
    public CoinbaseFeed(
            URI stream,
            String product,
            WebSocketTransport transport,
            Timers timers,
            Ingress ingress,
            RandomGenerator random) {
        this.connection = new FeedConnection(
                new Protocol(stream, product), FeedLimits.coinbase(), transport, timers, ingress, random);
    }

    @Override
    public void start() {
        connection.start();
    }

    @Override
    public void stop() {
        connection.stop();
    }

    @Override
    public FeedHealth health() {
        return connection.health();
    }

    private record Protocol(URI stream, String product) implements FeedProtocol {
        @Override
        public Feed feed() {
            return Feed.COINBASE_STREAM;
        }

        @Override
        public URI uri() {
            return stream;
        }

        @Override
        public List<String> subscribe() {
            return List.of(command("subscribe", "\"matches\",\"heartbeat\",\"ticker\""));
        }

        @Override
        public List<String> resubscribe(String subscription) {
            String channel = "\"" + subscription + "\"";
            return List.of(command("unsubscribe", channel), command("subscribe", channel));
        }

        private String command(String type, String channels) {
            return "{\"type\":\"" + type + "\",\"product_ids\":[\"" + product + "\"],\"channels\":[" + channels + "]}";
        }

        @Override
        public Reading read(byte[] bytes, int from, int to) {
            return switch (FrameScan.topLevel(bytes, from, to, "type")) {
                case "match", "last_match" -> MATCHES;
                case "ticker" -> TICKER;
                case "error" ->
                    new Reading.Refused(FrameScan.topLevel(bytes, from, to, "message") + ": "
                            + FrameScan.topLevel(bytes, from, to, "reason"));
                default -> Reading.NOTHING;
            };
        }
    }
}
