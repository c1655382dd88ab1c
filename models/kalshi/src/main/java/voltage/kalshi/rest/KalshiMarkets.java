package voltage.kalshi.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import voltage.kalshi.JsonFields;
import voltage.kalshi.JsonFields.BookLevels;
import voltage.market.MalformedFrameException;

/** Public market data; works without a key. */
public final class KalshiMarkets {
    private final Requests requests;

    KalshiMarkets(Requests requests) {
        this.requests = requests;
    }

    /** Paths of bodies that {@link KalshiRestDecoder} reads, to be fetched with {@link #body}. */
    public static final class Paths {
        public static final String EXCHANGE_STATUS = "/exchange/status";

        private Paths() {}

        public static String series(String ticker) {
            return "/series/" + Query.step(ticker);
        }

        public static String event(String ticker) {
            return Query.of("/events/" + Query.step(ticker))
                    .with("with_nested_markets", "true")
                    .toString();
        }

        public static String market(String ticker) {
            return "/markets/" + Query.step(ticker);
        }

        public static String orderbook(String ticker) {
            return "/markets/" + Query.step(ticker) + "/orderbook";
        }

        /**
         * @param status {@code unopened}, {@code open}, {@code paused}, {@code closed}, {@code settled}, or empty for any
         * @param limit 1 to 1000
         * @param cursor of the page before, or empty
         */
        public static String markets(String series, String status, int limit, String cursor) {
            return Query.of("/markets")
                    .with("series_ticker", series)
                    .with("status", status)
                    .with("limit", limit)
                    .with("cursor", cursor)
                    .toString();
        }

        public static String markets(Collection<String> tickers) {
            return Query.of("/markets")
                    .with("limit", 1000)
                    .with("tickers", String.join(",", tickers))
                    .toString();
        }
    }

    /** The body of a public read as received, to be journalled by {@link RestFrame#wrap} with the same path. */
    public byte[] body(String path) throws KalshiException {
        return requests.readBytes(Endpoint.READ, path, Priority.ENTRY);
    }

    /** Whether trading is on, over the exchange and on each shard. */
    public record ExchangeStatus(boolean exchangeActive, boolean tradingActive, List<Shard> shards) {
        public ExchangeStatus {
            shards = List.copyOf(shards);
        }

        /** One shard's. */
        public record Shard(int exchangeIndex, boolean exchangeActive, boolean tradingActive) {}

        /** Whether orders can be placed on a shard; what is said of the whole counts where nothing is said of the shard. */
        public boolean trades(int exchangeIndex) {
            for (Shard shard : shards) {
                if (shard.exchangeIndex() == exchangeIndex) {
                    return shard.exchangeActive() && shard.tradingActive();
                }
            }
            return exchangeActive && tradingActive;
        }

        static ExchangeStatus read(JsonFields body) throws MalformedFrameException {
            List<Shard> shards = new ArrayList<>();
            for (JsonFields shard : body.objects("exchange_index_statuses")) {
                shards.add(new Shard(
                        shard.smallIntOr("exchange_index", 0),
                        shard.flagOr("exchange_active", false),
                        shard.flagOr("trading_active", false)));
            }
            return new ExchangeStatus(
                    body.flagOr("exchange_active", false), body.flagOr("trading_active", false), shards);
        }
    }

    public ExchangeStatus exchangeStatus() throws KalshiException {
        return requests.read(Endpoint.READ, Query.of(Paths.EXCHANGE_STATUS), Priority.EXIT, ExchangeStatus::read);
    }

    /** A series as far as trading needs it; the multiplier in ten-thousandths. */
    public record Series(
            String ticker, String title, String frequency, String feeType, long feeMultiplierE4, int exchangeIndex) {
        static Series read(JsonFields series) throws MalformedFrameException {
            return new Series(
                    series.ticker("ticker"),
                    series.textOr("title", ""),
                    series.textOr("frequency", ""),
                    series.textOr("fee_type", ""),
                    series.has("fee_multiplier") ? series.rounded("fee_multiplier", 4) : 10_000,
                    series.smallIntOr("exchange_index", 0));
        }
    }

    public Series series(String ticker) throws KalshiException {
        return requests.read(
                Endpoint.READ,
                Query.of(Paths.series(ticker)),
                Priority.ENTRY,
                body -> Series.read(body.object("series")));
    }

    public KalshiMarket market(String ticker) throws KalshiException {
        return requests.read(
                Endpoint.READ,
                Query.of(Paths.market(ticker)),
                Priority.EXIT,
                body -> KalshiMarket.read(body.object("market")));
    }

    /** One page; for the parameters see {@link Paths#markets(String, String, int, String)}. */
    public Page<KalshiMarket> markets(String series, String status, int limit, String cursor) throws KalshiException {
        return requests.read(
                Endpoint.READ,
                Query.of(Paths.markets(series, status, limit, cursor)),
                Priority.ENTRY,
                body -> page(body, "markets", KalshiMarket::read));
    }

    /** The bids of both sides, each in its own scale, ascending: the best is last. */
    @SuppressWarnings("ArrayRecordComponent") // a view of one answer, never compared
    public record Orderbook(int[] yesPricesE4, long[] yesCountsE2, int[] noPricesE4, long[] noCountsE2) {}

    public Orderbook orderbook(String ticker) throws KalshiException {
        return requests.read(Endpoint.READ, Query.of(Paths.orderbook(ticker)), Priority.EXIT, body -> {
            JsonFields levels = body.object("orderbook_fp");
            BookLevels yes = levels.levels("yes_dollars");
            BookLevels no = levels.levels("no_dollars");
            return new Orderbook(yes.pricesE4(), yes.countsE2(), no.pricesE4(), no.countsE2());
        });
    }

    /** One point of the index's rolling 60-second average, which in a window's last minute is its settlement value. */
    public record IndexPoint(long timeNanos, long averageE4) {}

    /** The averages that Kalshi draws for an event; also of past events. */
    public List<IndexPoint> liveIndex(String eventTicker, String range) throws KalshiException {
        Query query = Query.of("/live_data/events/" + Query.step(eventTicker)).with("range", range);
        return requests.read(Endpoint.READ, query, Priority.ENTRY, body -> {
            List<IndexPoint> points = new ArrayList<>();
            for (JsonFields point : body.object("live_data").object("details").objects("timeseries")) {
                points.add(new IndexPoint(point.millisAsNanosOr0("t"), point.rounded("v", 4)));
            }
            return points;
        });
    }

    static <T> Page<T> page(JsonFields body, String name, Requests.Reader<T> reader) throws MalformedFrameException {
        List<T> items = new ArrayList<>();
        for (JsonFields item : body.objects(name)) {
            items.add(reader.read(item));
        }
        return new Page<>(items, body.textOr("cursor", ""));
    }
}
