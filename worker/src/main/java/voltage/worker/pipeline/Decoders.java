package voltage.worker.pipeline;

import java.util.EnumMap;
import java.util.Map;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.rest.KalshiRestDecoder;
import voltage.kalshi.stream.KalshiStreamDecoder;
import voltage.market.Feed;
import voltage.market.FrameDecoder;
import voltage.market.MarketKeys;
import voltage.market.Venue;
import voltage.spot.binance.BinanceRestDecoder;
import voltage.spot.binance.BinanceStreamDecoder;
import voltage.spot.coinbase.CoinbaseStreamDecoder;
import voltage.spot.kraken.KrakenRestDecoder;
import voltage.spot.kraken.KrakenStreamDecoder;
import voltage.store.json.AccountDecoder;

/** One production decoder for each feed, sharing the markets' identities. Made anew for each incarnation of a worker. */
public final class Decoders {
    private final Map<Feed, FrameDecoder> byFeed = new EnumMap<>(Feed.class);
    private final KalshiStreamDecoder kalshiStream;

    public Decoders() {
        MarketKeys keys = new MarketKeys();
        MarketCatalogue catalogue = MarketCatalogue.ofAllSeries();
        kalshiStream = new KalshiStreamDecoder(keys, catalogue);
        byFeed.put(Feed.KALSHI_STREAM, kalshiStream);
        byFeed.put(Feed.KALSHI_REST, new KalshiRestDecoder(keys, catalogue));
        byFeed.put(Feed.KRAKEN_STREAM, new KrakenStreamDecoder("BTC/USD"));
        byFeed.put(Feed.KRAKEN_REST, new KrakenRestDecoder());
        byFeed.put(Feed.COINBASE_STREAM, new CoinbaseStreamDecoder("BTC-USD"));
        byFeed.put(Feed.BINANCE_STREAM, new BinanceStreamDecoder(Venue.BINANCE, "BTCUSDT"));
        byFeed.put(Feed.BINANCE_REST, new BinanceRestDecoder(Venue.BINANCE));
        byFeed.put(Feed.BINANCE_US_STREAM, new BinanceStreamDecoder(Venue.BINANCE_US, "BTCUSDT"));
        byFeed.put(Feed.REPORTS, new AccountDecoder());
        byFeed.put(Feed.LEDGER, new AccountDecoder());
        byFeed.put(Feed.OPERATOR, new AccountDecoder());
    }

    FrameDecoder of(Feed feed) {
        FrameDecoder decoder = byFeed.get(feed);
        if (decoder == null) {
            throw new IllegalStateException("feed " + feed + " has no decoder");
        }
        return decoder;
    }

    /** The decoder that knows subscriptions and damaged books; its feed asks it what to fetch again. */
    public KalshiStreamDecoder kalshiStream() {
        return kalshiStream;
    }
}
