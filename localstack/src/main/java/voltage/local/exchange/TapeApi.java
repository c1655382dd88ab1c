package voltage.local.exchange;

import java.util.ArrayList;
import java.util.List;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.TickGrid;

/** What has happened, for anybody: trades, candles, and the rolling average of the index. */
final class TapeApi {
    private final ExchangeState state;

    TapeApi(ExchangeState state) {
        this.state = state;
    }

    ExchangeResponse trades(List<Market> listed, Query query) {
        int limit = query.limit("GetTrades", 1_000);
        String ticker = query.text("ticker");
        record Row(Market market, Market.PublicTrade trade) {}
        List<Row> rows = new ArrayList<>();
        for (Market market : listed) {
            if (ticker == null || ticker.equals(market.ticker())) {
                market.trades.forEach(trade -> rows.add(new Row(market, trade)));
            }
        }
        rows.sort(java.util.Comparator.comparingLong((Row row) -> row.trade.nanos())
                .thenComparingLong(row -> row.trade.number()));
        Page<Row> page = Page.byPlace(
                rows, row -> query.within("ts", WireTime.seconds(row.trade.nanos())), query.text("cursor"), limit);
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

    ExchangeResponse batchCandles(Query query) {
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

    static JsonText candles(JsonText json, Market market, Query query) {
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

    /** Kalshi's public chart: the rolling average of the index over a minute, once a second. */
    ExchangeResponse liveData(Market market) {
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
