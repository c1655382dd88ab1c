package voltage.worker.run;

import java.net.URI;
import java.util.Set;
import voltage.market.Venue;

/**
 * Where the outside is, and which of it is wanted. Local servers stand in by other addresses.
 *
 * @param kalshiRest ends in {@code /trade-api/v2}
 * @param venues spot venues to connect to; Binance and Binance.US are off by default: the one is not to be used from the US, the other hardly trades
 */
public record Endpoints(
        URI kalshiRest,
        URI kalshiStream,
        URI krakenStream,
        URI krakenRest,
        URI coinbaseStream,
        URI binanceStream,
        URI binanceRest,
        URI binanceUsStream,
        URI binanceUsRest,
        Set<Venue> venues) {
    public Endpoints {
        venues = Set.copyOf(venues);
    }

    /** The real ones. */
    public static Endpoints production() {
        return new Endpoints(
                URI.create("https://external-api.kalshi.com/trade-api/v2"),
                URI.create("wss://external-api-ws.kalshi.com/trade-api/ws/v2"),
                URI.create("wss://ws.kraken.com/v2"),
                URI.create("https://api.kraken.com"),
                URI.create("wss://ws-feed.exchange.coinbase.com"),
                URI.create("wss://stream.binance.com:9443"),
                URI.create("https://api.binance.com"),
                URI.create("wss://stream.binance.us:9443"),
                URI.create("https://api.binance.us"),
                Set.of(Venue.KRAKEN, Venue.COINBASE));
    }
}
