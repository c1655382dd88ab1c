package voltage.worker.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.rest.KalshiRestDecoder;
import voltage.kalshi.stream.KalshiStreamDecoder;
import voltage.market.FeeSchedule;
import voltage.market.Feed;
import voltage.market.FrameDecoder;
import voltage.market.MarketKeys;
import voltage.market.TradedSeries;
import voltage.market.Venue;
import voltage.spot.binance.BinanceRestDecoder;
import voltage.spot.binance.BinanceStreamDecoder;
import voltage.spot.coinbase.CoinbaseStreamDecoder;
import voltage.spot.kraken.KrakenRestDecoder;
import voltage.spot.kraken.KrakenStreamDecoder;
import voltage.store.json.AccountDecoder;
import voltage.store.json.ForecastJson;

/** One production decoder for each feed, sharing the markets' identities. Made anew for each incarnation of a worker. */
public final class Decoders {
    /** By ordinal: looked up for every frame. */
    private final @Nullable FrameDecoder[] byFeed = new FrameDecoder[Feed.values().length];

    private final KalshiStreamDecoder kalshiStream;

    /** @param series nothing of any other series becomes an event */
    public Decoders(TradedSeries series) {
        MarketKeys keys = new MarketKeys();
        MarketCatalogue catalogue = new MarketCatalogue(Set.copyOf(series.tickers()), FeeSchedule.QUADRATIC);
        kalshiStream = new KalshiStreamDecoder(keys, catalogue);
        put(Feed.KALSHI_STREAM, kalshiStream);
        put(Feed.KALSHI_REST, new KalshiRestDecoder(keys, catalogue));
        put(Feed.KRAKEN_STREAM, new KrakenStreamDecoder("BTC/USD"));
        put(Feed.KRAKEN_REST, new KrakenRestDecoder());
        put(Feed.COINBASE_STREAM, new CoinbaseStreamDecoder("BTC-USD"));
        put(Feed.BINANCE_STREAM, new BinanceStreamDecoder(Venue.BINANCE, "BTCUSDT"));
        put(Feed.BINANCE_REST, new BinanceRestDecoder(Venue.BINANCE));
        put(Feed.BINANCE_US_STREAM, new BinanceStreamDecoder(Venue.BINANCE_US, "BTCUSDT"));
        put(Feed.BINANCE_US_REST, new BinanceRestDecoder(Venue.BINANCE_US));
        put(Feed.REPORTS, new AccountDecoder());
        put(Feed.LEDGER, new AccountDecoder());
        put(Feed.OPERATOR, new AccountDecoder());
        put(Feed.FORECAST, new ForecastJson());
    }

    private void put(Feed feed, FrameDecoder decoder) {
        byFeed[feed.ordinal()] = decoder;
    }

    /** The decoder of a feed. */
    public FrameDecoder of(Feed feed) {
        FrameDecoder decoder = byFeed[feed.ordinal()];
        if (decoder == null) {
            throw new IllegalStateException("feed " + feed + " has no decoder");
        }
        return decoder;
    }

    /** What the decoders saw that calls for a look, by feed, in words; empty if all is as it should be. Called on their thread. */
    public Map<Feed, String> signs() {
        Map<Feed, String> signs = new EnumMap<>(Feed.class);
        for (Feed feed : Feed.values()) {
            String text = DecoderSigns.of(byFeed[feed.ordinal()]);
            if (!text.isEmpty()) {
                signs.put(feed, text);
            }
        }
        return signs;
    }

    /** The decoder that knows subscriptions and damaged books; its feed asks it what to fetch again. */
    public KalshiStreamDecoder kalshiStream() {
        return kalshiStream;
    }
}
