package voltage.local.exchange;

import org.jspecify.annotations.Nullable;
import voltage.market.Side;
import voltage.market.TickGrid;

/** One execution of an account's order. {@code priceE4} is YES scale; {@code ladder} is the order's side. */
record Fill(
        long number,
        String tradeId,
        String orderId,
        @Nullable String clientOrderId,
        String ticker,
        int shard,
        Side ladder,
        int priceE4,
        long countE2,
        boolean taker,
        long feeE6,
        long postPositionE2,
        long nanos) {
    /** REST's form: no client order id. */
    void write(JsonText json) {
        boolean bid = ladder == Side.YES;
        json.object()
                .field("action", bid ? "buy" : "sell")
                .field("book_side", bid ? "bid" : "ask")
                .count("count_fp", countE2)
                .field("created_time", WireTime.rfc3339(nanos))
                .field("exchange_index", shard)
                .cash("fee_cost", feeE6)
                .field("fill_id", tradeId)
                .field("is_taker", taker)
                .field("market_ticker", ticker)
                .price("no_price_dollars", TickGrid.ONE_DOLLAR_E4 - priceE4)
                .field("order_id", orderId)
                .field("outcome_side", bid ? "yes" : "no")
                .field("side", "yes")
                .field("subaccount_number", 0)
                .field("ticker", ticker)
                .field("trade_id", tradeId)
                .field("ts", WireTime.seconds(nanos))
                .price("yes_price_dollars", priceE4)
                .end();
    }

    /** The stream's {@code fill} message. */
    void writeMessage(JsonText json) {
        boolean bid = ladder == Side.YES;
        json.object("msg")
                .field("trade_id", tradeId)
                .field("order_id", orderId)
                .optional("client_order_id", clientOrderId)
                .field("market_ticker", ticker)
                .field("exchange_index", shard)
                .field("is_taker", taker)
                .field("side", "yes")
                .price("yes_price_dollars", priceE4)
                .count("count_fp", countE2)
                .cash("fee_cost", feeE6)
                .field("action", bid ? "buy" : "sell")
                .field("outcome_side", bid ? "yes" : "no")
                .field("book_side", bid ? "bid" : "ask")
                .field("ts", WireTime.seconds(nanos))
                .field("ts_ms", WireTime.millis(nanos))
                .count("post_position_fp", postPositionE2)
                .field("purchased_side", bid ? "yes" : "no")
                .field("subaccount", 0)
                .end();
    }
}
