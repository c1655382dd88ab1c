package voltage.local.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.TickGrid;

/** What anybody may read: the exchange's state, markets, books, trades, candles, the index average. */
final class PublicApi {
    private final ExchangeState state;

    PublicApi(ExchangeState state) {
        this.state = state;
    }

    ExchangeResponse get(List<String> path, Query query) {
        String resource = String.join("/", path);
        ExchangeResponse fixed = switch (resource) {
            case "exchange/status" -> status();
            case "exchange/schedule" -> schedule();
            case "exchange/announcements" -> RestApi.ok(empty("announcements"));
            case "series" -> allSeries();
            case "series/fee_changes" -> RestApi.ok(empty("series_fee_change_arr"));
            case "events/fee_changes" -> RestApi.ok(empty("event_fee_change_arr"));
            case "events" -> events(query);
            case "markets" -> markets(query);
            case "markets/trades", "historical/trades" -> trades(query);
            case "markets/orderbooks" -> orderbooks(query);
            case "markets/candlesticks" -> batchCandles(query);
            case "historical/cutoff" -> cutoff();
            case "historical/markets" ->
                RestApi.ok(new JsonText()
                        .object()
                        .field("cursor", "")
                        .array("markets")
                        .endArray()
                        .end());
            default -> null;
        };
        if (fixed != null) {
            return fixed;
        }
        String name = RestApi.single(path, "markets");
        if (name != null) {
            return single("market", market(name));
        }
        if (path.size() == 3 && path.getFirst().equals("markets") && path.get(2).equals("orderbook")) {
            return orderbook(market(path.get(1)), query);
        }
        name = RestApi.single(path, "events");
        if (name != null) {
            return event(name);
        }
        name = RestApi.single(path, "series");
        if (name != null) {
            return series(name);
        }
        if (path.size() == 5 && resource.startsWith("series/") && resource.endsWith("/candlesticks")) {
            Market market = market(path.get(3));
            return RestApi.ok(candles(new JsonText().object(), market, query)
                    .field("ticker", market.ticker())
                    .end());
        }
        name = RestApi.single(path, "live_data", "events");
        if (name != null) {
            return liveData(name);
        }
        throw Refusal.notFound();
    }

    private Market market(String ticker) {
        Market market = state.listed(ticker);
        if (market == null) {
            throw Refusal.notFound();
        }
        return market;
    }

    private static JsonText empty(String name) {
        return new JsonText().object().array(name).endArray().end();
    }

    private static ExchangeResponse single(String name, Market market) {
        JsonText one = new JsonText();
        new MarketText(market).write(one);
        return RestApi.ok(new JsonText().object().raw(name, one.toString()).end());
    }

    private ExchangeResponse status() {
        boolean trading = !state.exchangePaused && !state.tradingPaused;
        JsonText json = new JsonText()
                .object()
                .field("exchange_active", !state.exchangePaused)
                .array("exchange_index_statuses");
        ExchangeSettings.SHARDS.forEach((shard, description) -> json.object()
                .field("description", description)
                .field("exchange_active", !state.exchangePaused)
                .field("exchange_index", shard)
                .field("intra_exchange_transfers_active", !state.exchangePaused)
                .field("trading_active", trading)
                .end());
        return RestApi.ok(json.endArray()
                .field("intra_exchange_transfers_active", !state.exchangePaused)
                .field("trading_active", trading)
                .end());
    }

    private static ExchangeResponse schedule() {
        JsonText json = new JsonText()
                .object()
                .object("schedule")
                .array("maintenance_windows")
                .endArray()
                .array("standard_hours")
                .object();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) {
            json.array(day);
            if (day.equals("thursday")) {
                hours(json, "00:00", "03:00");
                hours(json, "05:00", "24:00");
            } else {
                hours(json, "00:00", "24:00");
            }
            json.endArray();
        }
        return RestApi.ok(json.end().endArray().end().end());
    }

    private static void hours(JsonText json, String open, String close) {
        json.object().field("close_time", close).field("open_time", open).end();
    }

    private List<Market> listed() {
        return state.markets.values().stream()
                .filter(market -> market.phase != Market.Phase.UNLISTED)
                .toList();
    }

    private Map<String, Market> bySeries() {
        Map<String, Market> series = new TreeMap<>();
        state.markets.values().forEach(market -> series.putIfAbsent(market.definition.seriesTicker(), market));
        return series;
    }

    private ExchangeResponse allSeries() {
        JsonText json = new JsonText().object().array("series");
        bySeries().forEach((ticker, market) -> writeSeries(json, ticker, market));
        return RestApi.ok(json.endArray().end());
    }

    private ExchangeResponse series(String ticker) {
        Market market = bySeries().get(ticker);
        if (market == null) {
            throw Refusal.notFound();
        }
        JsonText one = new JsonText();
        writeSeries(one, ticker, market);
        return RestApi.ok(new JsonText().object().raw("series", one.toString()).end());
    }

    private void writeSeries(JsonText json, String ticker, Market market) {
        boolean quarterHourly = ticker.endsWith("15M");
        json.object()
                .raw("additional_prohibitions", "[]")
                .field("category", "Crypto")
                .field("contract_terms_url", "https://kalshi.com")
                .field("contract_url", "https://kalshi.com")
                .field("exchange_index", market.shard())
                .field("fee_multiplier", 1)
                .field("fee_type", state.settings.fees().makerRateE4() > 0 ? "quadratic_with_maker_fees" : "quadratic")
                .field("frequency", quarterHourly ? "fifteen_min" : "hourly")
                .raw(
                        "settlement_sources",
                        "[{\"name\":\"CF Benchmarks\",\"url\":\"https://www.cfbenchmarks.com/data/indices/BRTI\"}]")
                .raw("tags", "[\"BTC\"]")
                .field("ticker", ticker)
                .field("title", quarterHourly ? "Bitcoin price up down" : "Bitcoin price")
                .end();
    }

    private ExchangeResponse markets(Query query) {
        int limit = query.limit("GetMarkets", 1_000);
        Set<String> tickers = query.set("tickers");
        Set<String> statuses = query.set("status");
        String event = query.text("event_ticker");
        String series = query.text("series_ticker");
        List<Market> all = listed();
        Page<Market> page = Page.of(
                all,
                all::indexOf,
                market -> (tickers.isEmpty() || tickers.contains(market.ticker()))
                        && (statuses.isEmpty() || statuses.contains(market.filterStatus()))
                        && (event == null || event.equals(market.definition.eventTicker()))
                        && (series == null || series.equals(market.definition.seriesTicker()))
                        && query.within("close_ts", WireTime.seconds(market.definition.closeNanos()))
                        && query.within("created_ts", WireTime.seconds(market.createdNanos))
                        && query.within("updated_ts", WireTime.seconds(market.updatedNanos))
                        && (market.isSettled()
                                ? query.within("settled_ts", WireTime.seconds(market.updatedNanos))
                                : query.text("min_settled_ts") == null && query.text("max_settled_ts") == null),
                query.text("cursor"),
                limit);
        JsonText json = new JsonText().object().field("cursor", page.cursor()).array("markets");
        page.items().forEach(market -> new MarketText(market).write(json));
        return RestApi.ok(json.endArray().end());
    }

    private Map<String, List<Market>> byEvent() {
        Map<String, List<Market>> events = new LinkedHashMap<>();
        listed().forEach(market -> events.computeIfAbsent(market.definition.eventTicker(), key -> new ArrayList<>())
                .add(market));
        return events;
    }

    private ExchangeResponse events(Query query) {
        int limit = query.limit("GetEvents", 200);
        Map<String, List<Market>> events = byEvent();
        List<String> names = new ArrayList<>(events.keySet());
        String series = query.text("series_ticker");
        Set<String> statuses = query.set("status");
        Set<String> tickers = query.set("tickers");
        Page<String> page = Page.of(
                names,
                names::indexOf,
                name -> {
                    Market first = events.getOrDefault(name, List.of()).getFirst();
                    return (series == null || series.equals(first.definition.seriesTicker()))
                            && (statuses.isEmpty() || statuses.contains(first.filterStatus()))
                            && (tickers.isEmpty() || tickers.contains(name))
                            && query.within("close_ts", WireTime.seconds(first.definition.closeNanos()));
                },
                query.text("cursor"),
                limit);
        JsonText json = new JsonText().object().field("cursor", page.cursor()).array("events");
        page.items()
                .forEach(name -> writeEvent(
                        json, name, events.getOrDefault(name, List.of()), query.flag("with_nested_markets")));
        return RestApi.ok(json.endArray().raw("milestones", "[]").end());
    }

    private ExchangeResponse event(String name) {
        List<Market> markets = byEvent().get(name);
        if (markets == null) {
            throw Refusal.notFound();
        }
        JsonText one = new JsonText();
        writeEvent(one, name, markets, false);
        JsonText json = new JsonText().object().raw("event", one.toString()).array("markets");
        markets.forEach(market -> new MarketText(market).write(json));
        return RestApi.ok(json.endArray().end());
    }

    private static void writeEvent(JsonText json, String name, List<Market> markets, boolean nested) {
        Market first = markets.getFirst();
        MarketText text = new MarketText(first);
        json.object()
                .field("available_on_brokers", true)
                .field("category", "Crypto")
                .field("collateral_return_type", markets.size() > 1 ? "DIRECNET" : "")
                .field("event_ticker", name)
                .field("exchange_index", first.shard());
        if (nested) {
            json.array("markets");
            markets.forEach(market -> new MarketText(market).write(json));
            json.endArray();
        }
        json.field("mutually_exclusive", false)
                .field("series_ticker", first.definition.seriesTicker())
                .raw(
                        "settlement_sources",
                        "[{\"name\":\"CF Benchmarks\",\"url\":\"https://www.cfbenchmarks.com/data/indices/BRTI\"}]")
                .field("strike_date", WireTime.rfc3339(first.definition.closeNanos()))
                .field("sub_title", text.yesSubTitle())
                .field("title", text.title())
                .end();
    }

    private static ExchangeResponse orderbook(Market market, Query query) {
        long depth = query.number("depth").orElse(0);
        if (depth < 0 || depth > 100) {
            throw Refusal.parameter(
                    "GetMarketOrderbook", "GetMarketOrderbookParams", "Depth", depth < 0 ? "gte" : "lte");
        }
        return RestApi.ok(new JsonText()
                .object()
                .raw("orderbook_fp", book(market, depth == 0 ? Integer.MAX_VALUE : (int) depth))
                .end());
    }

    private static String book(Market market, int depth) {
        return new JsonText()
                .object()
                .raw("no_dollars", SessionFlow.levels(market.book.displayed(Side.NO), depth, false))
                .raw("yes_dollars", SessionFlow.levels(market.book.displayed(Side.YES), depth, false))
                .end()
                .toString();
    }

    private ExchangeResponse orderbooks(Query query) {
        Set<String> tickers = query.set("tickers");
        if (tickers.isEmpty() || tickers.size() > 100) {
            throw Refusal.parameter(
                    "GetMarketOrderbooks",
                    "GetMarketOrderbooksParams",
                    "Tickers",
                    tickers.isEmpty() ? "required" : "lte");
        }
        JsonText json = new JsonText().object().array("orderbooks");
        for (String ticker : tickers) {
            Market market = state.listed(ticker);
            if (market != null) {
                json.object()
                        .raw("orderbook_fp", book(market, Integer.MAX_VALUE))
                        .field("ticker", ticker)
                        .end();
            }
        }
        return RestApi.ok(json.endArray().end());
    }

    private ExchangeResponse trades(Query query) {
        int limit = query.limit("GetTrades", 1_000);
        String ticker = query.text("ticker");
        record Row(Market market, Market.PublicTrade trade) {}
        List<Row> rows = new ArrayList<>();
        for (Market market : listed()) {
            if (ticker == null || ticker.equals(market.ticker())) {
                market.trades.forEach(trade -> rows.add(new Row(market, trade)));
            }
        }
        rows.sort(java.util.Comparator.comparingLong((Row row) -> row.trade.nanos())
                .thenComparingLong(row -> row.trade.number()));
        Page<Row> page = Page.of(
                rows,
                rows::indexOf,
                row -> query.within("ts", WireTime.seconds(row.trade.nanos())),
                query.text("cursor"),
                limit);
        JsonText json = new JsonText().object().field("cursor", page.cursor()).array("trades");
        for (Row row : page.items()) {
            boolean yes = row.trade.taker() == Side.YES;
            json.object()
                    .count("count_fp", row.trade.countE2())
                    .field("created_time", WireTime.rfc3339(row.trade.nanos()))
                    .field("is_block_trade", false)
                    .price("no_price_dollars", TickGrid.ONE_DOLLAR_E4 - row.trade.yesPriceE4())
                    .field("taker_book_side", yes ? "bid" : "ask")
                    .field("taker_outcome_side", yes ? "yes" : "no")
                    .field("taker_side", yes ? "yes" : "no")
                    .field("ticker", row.market.ticker())
                    .field("trade_id", row.trade.tradeId())
                    .price("yes_price_dollars", row.trade.yesPriceE4())
                    .end();
        }
        return RestApi.ok(json.endArray().end());
    }

    private ExchangeResponse batchCandles(Query query) {
        JsonText json = new JsonText().object().array("markets");
        for (String ticker : query.set("market_tickers")) {
            Market market = state.listed(ticker);
            if (market != null) {
                candles(json.object(), market, query)
                        .field("market_ticker", ticker)
                        .end();
            }
        }
        return RestApi.ok(json.endArray().end());
    }

    private static JsonText candles(JsonText json, Market market, Query query) {
        long start = query.number("start_ts").orElseThrow(() -> required("StartTs"));
        long end = query.number("end_ts").orElseThrow(() -> required("EndTs"));
        long period = query.number("period_interval").orElseThrow(() -> required("PeriodInterval"));
        if (period != 1 && period != 60 && period != 1_440) {
            throw Refusal.parameter("GetMarketCandlesticks", "GetMarketCandlesticksParams", "PeriodInterval", "oneof");
        }
        json.array("candlesticks");
        market.candles.between(start, end, (int) period).forEach((periodEnd, candle) -> {
            json.object()
                    .field("end_period_ts", periodEnd)
                    .count("open_interest_fp", candle.openInterestE2)
                    .object("price");
            if (candle.price.seen) {
                range(json, candle.price).price("mean_dollars", candle.turnoverE6 / Math.max(1, candle.volumeE2));
            }
            range(json.end().count("volume_fp", candle.volumeE2).object("yes_ask"), candle.ask);
            range(json.end().object("yes_bid"), candle.bid).end().end();
        });
        return json.endArray();
    }

    private static JsonText range(JsonText json, MinuteCandles.Range range) {
        return json.price("close_dollars", range.closeE4)
                .price("high_dollars", range.highE4)
                .price("low_dollars", range.lowE4)
                .price("open_dollars", range.openE4);
    }

    private static Refusal required(String field) {
        return Refusal.parameter("GetMarketCandlesticks", "GetMarketCandlesticksParams", field, "required");
    }

    private ExchangeResponse cutoff() {
        String time = WireTime.rfc3339(state.nowNanos - 90L * 24 * 3_600 * WireTime.SECOND);
        return RestApi.ok(new JsonText()
                .object()
                .field("market_settled_ts", time)
                .field("orders_updated_ts", time)
                .field("trades_created_ts", time)
                .end());
    }

    /** Kalshi's public chart: the rolling average of the index over a minute, once a second. */
    private ExchangeResponse liveData(String eventTicker) {
        List<Market> markets = byEvent().get(eventTicker);
        if (markets == null) {
            throw Refusal.notFound();
        }
        Market market = markets.getFirst();
        long fromNanos = market.definition.openNanos() - 45 * 60 * WireTime.SECOND;
        List<IndexTape.Tick> ticks =
                state.index.rolling(fromNanos, Math.min(state.nowNanos, market.definition.closeNanos()));
        JsonText json = new JsonText().object().object("live_data").object("details");
        if (!ticks.isEmpty()) {
            json.raw("last", FixedPoint.format(ticks.getLast().valueE4() / 100, 2));
        }
        json.array("timeseries");
        ticks.forEach(tick -> json.object()
                .field("t", WireTime.millis(tick.nanos()))
                .raw("v", Lifecycle.dollars(java.util.OptionalLong.of(tick.valueE4())))
                .end());
        return RestApi.ok(json.endArray()
                .end()
                .field("type", "crypto")
                .end()
                .field("default_range", "15min")
                .field("is_historical", market.isSettled())
                .raw("range_options", "[\"15min\",\"1h\",\"1d\"]")
                .end());
    }
}
