package voltage.worker.run;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;
import voltage.market.Venue;
import voltage.worker.feed.BinanceFeed;
import voltage.worker.feed.CoinbaseFeed;
import voltage.worker.feed.HttpGet;
import voltage.worker.feed.Ingress;
import voltage.worker.feed.KalshiRestFeed;
import voltage.worker.feed.KalshiStreamFeed;
import voltage.worker.feed.KrakenFeed;
import voltage.worker.feed.LiveFeed;
import voltage.worker.feed.Timers;
import voltage.worker.feed.WebSocketTransport;

/** All feeds of a worker, made for its endpoints. */
public final class Feeds {
    private final Map<Feed, LiveFeed> all = new LinkedHashMap<>();
    private final @Nullable KalshiStreamFeed kalshiStream;
    private final KalshiRestFeed kalshiRest;

    /**
     * What feeds are made of.
     *
     * @param withAccount whether the lane's orders go to the account whose key signs the stream: only then what the stream tells of that
     *     account is about the lane
     * @param kalshiHeaders signed headers of Kalshi's stream; null without a key: then there is no stream
     * @param timers of the sockets
     * @param pollTimers of whatever waits for HTTP answers
     * @param seed of the feeds' jitter; each feed draws for itself
     * @param candlesOnly venues that have candles and no trades
     */
    public record Parts(
            WebSocketTransport transport,
            HttpGet http,
            Timers timers,
            Timers pollTimers,
            Ingress ingress,
            InstantSource clock,
            long seed,
            Set<Venue> candlesOnly,
            boolean withAccount,
            @Nullable Supplier<Map<String, String>> kalshiHeaders) {
        private RandomGenerator random(Feed feed) {
            return new Random(seed * 31 + feed.ordinal());
        }
    }

    /** @param series the Kalshi series to trade */
    public Feeds(Endpoints endpoints, List<String> series, Parts parts) {
        for (Venue venue : Venue.values()) {
            if (endpoints.venues().contains(venue)) {
                all.put(feedOf(venue), spot(venue, endpoints, parts));
            }
        }
        Supplier<Map<String, String>> headers = parts.kalshiHeaders();
        kalshiRest = new KalshiRestFeed(
                endpoints.kalshiRest(),
                series,
                parts.http(),
                parts.pollTimers(),
                parts.ingress(),
                parts.clock(),
                parts.random(Feed.KALSHI_REST));
        all.put(Feed.KALSHI_REST, kalshiRest);
        if (headers == null) {
            kalshiStream = null;
        } else {
            kalshiStream = new KalshiStreamFeed(
                    endpoints.kalshiStream(),
                    headers,
                    parts.withAccount(),
                    parts.transport(),
                    parts.timers(),
                    parts.ingress(),
                    parts.random(Feed.KALSHI_STREAM));
            all.put(Feed.KALSHI_STREAM, kalshiStream);
        }
    }

    private static Feed feedOf(Venue venue) {
        return switch (venue) {
            case KRAKEN -> Feed.KRAKEN_STREAM;
            case COINBASE -> Feed.COINBASE_STREAM;
            case BINANCE -> Feed.BINANCE_STREAM;
            case BINANCE_US -> Feed.BINANCE_US_STREAM;
        };
    }

    private static LiveFeed spot(Venue venue, Endpoints endpoints, Parts parts) {
        return switch (venue) {
            case KRAKEN ->
                new KrakenFeed(
                        endpoints.krakenStream(),
                        endpoints.krakenRest(),
                        "BTC/USD",
                        "XBTUSD",
                        parts.transport(),
                        parts.http(),
                        parts.timers(),
                        parts.ingress(),
                        parts.random(feedOf(venue)));
            case COINBASE ->
                new CoinbaseFeed(
                        endpoints.coinbaseStream(),
                        "BTC-USD",
                        parts.transport(),
                        parts.timers(),
                        parts.ingress(),
                        parts.random(feedOf(venue)));
            case BINANCE, BINANCE_US ->
                new BinanceFeed(
                        venue,
                        parts.candlesOnly().contains(venue),
                        venue == Venue.BINANCE ? endpoints.binanceStream() : endpoints.binanceUsStream(),
                        venue == Venue.BINANCE ? endpoints.binanceRest() : endpoints.binanceUsRest(),
                        "BTCUSDT",
                        parts.transport(),
                        parts.http(),
                        parts.timers(),
                        parts.ingress(),
                        parts.clock(),
                        parts.random(feedOf(venue)));
        };
    }

    /** In the order in which they are to be started. */
    public List<LiveFeed> all() {
        return new ArrayList<>(all.values());
    }

    public @Nullable KalshiStreamFeed kalshiStream() {
        return kalshiStream;
    }

    public KalshiRestFeed kalshiRest() {
        return kalshiRest;
    }

    public Map<Feed, LiveFeed> byFeed() {
        return Map.copyOf(all);
    }
}
