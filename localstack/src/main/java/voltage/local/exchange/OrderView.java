package voltage.local.exchange;

import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;
import voltage.market.TickGrid;

/** An order as it stood at one moment: what REST shows, a stream announces and the journal keeps. */
record OrderView(
        long number,
        String id,
        @Nullable String clientOrderId,
        String userId,
        String ticker,
        String eventTicker,
        int shard,
        Side ladder,
        int priceE4,
        Order.Status status,
        long initialE2,
        long remainingE2,
        long filledE2,
        long takerCostE6,
        long makerCostE6,
        long takerFeesE6,
        long makerFeesE6,
        OptionalLong expirationNanos,
        long createdNanos,
        long updatedNanos,
        Order.TimeInForce timeInForce,
        Order.SelfTrade selfTrade,
        @Nullable String groupId,
        boolean cancelOnPause,
        boolean reduceOnly,
        @Nullable String updateReason,
        long aheadE2,
        long feesHeldE6) {
    String statusName() {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** REST's form. */
    void write(JsonText json) {
        boolean bid = ladder == Side.YES;
        json.object()
                .field("action", bid ? "buy" : "sell")
                .field("book_side", bid ? "bid" : "ask")
                .field("cancel_order_on_pause", cancelOnPause)
                .field("client_order_id", clientOrderId == null ? "" : clientOrderId)
                .field("created_time", WireTime.rfc3339(createdNanos))
                .field("exchange_index", shard);
        expirationNanos.ifPresent(nanos -> json.field("expiration_time", WireTime.rfc3339(nanos)));
        json.count("fill_count_fp", filledE2)
                .count("initial_count_fp", initialE2)
                .optional("last_update_reason", updateReason)
                .field("last_update_time", WireTime.rfc3339(updatedNanos))
                .cash("maker_fees_dollars", makerFeesE6)
                .cash("maker_fill_cost_dollars", makerCostE6)
                .price("no_price_dollars", TickGrid.ONE_DOLLAR_E4 - priceE4)
                .optional("order_group_id", groupId)
                .field("order_id", id)
                .field("outcome_side", bid ? "yes" : "no")
                .count("remaining_count_fp", remainingE2)
                .field("self_trade_prevention_type", selfTrade.name().toLowerCase(Locale.ROOT))
                .field("side", "yes")
                .field("status", statusName())
                .field("subaccount_number", 0)
                .cash("taker_fees_dollars", takerFeesE6)
                .cash("taker_fill_cost_dollars", takerCostE6)
                .field("ticker", ticker)
                .field("type", "limit")
                .field("user_id", userId)
                .price("yes_price_dollars", priceE4)
                .end();
    }

    /** The stream's {@code user_order} message. */
    void writeMessage(JsonText json) {
        boolean bid = ladder == Side.YES;
        json.object("msg")
                .field("order_id", id)
                .field("user_id", userId)
                .field("ticker", ticker)
                .field("status", statusName())
                .field("side", "yes")
                .field("is_yes", true)
                .field("outcome_side", bid ? "yes" : "no")
                .field("book_side", bid ? "bid" : "ask")
                .price("yes_price_dollars", priceE4)
                .count("fill_count_fp", filledE2)
                .count("remaining_count_fp", remainingE2)
                .count("initial_count_fp", initialE2)
                .cash("taker_fill_cost_dollars", takerCostE6)
                .cash("maker_fill_cost_dollars", makerCostE6)
                .cash("taker_fees_dollars", takerFeesE6)
                .cash("maker_fees_dollars", makerFeesE6)
                .field("client_order_id", clientOrderId == null ? "" : clientOrderId)
                .optional("order_group_id", groupId)
                .field("self_trade_prevention_type", selfTrade.name().toLowerCase(Locale.ROOT))
                .field("created_time", WireTime.rfc3339(createdNanos))
                .field("created_ts_ms", WireTime.millis(createdNanos))
                .field("last_update_time", WireTime.rfc3339(updatedNanos))
                .field("last_updated_ts_ms", WireTime.millis(updatedNanos));
        expirationNanos.ifPresent(nanos -> json.field("expiration_time", WireTime.rfc3339(nanos))
                .field("expiration_ts_ms", WireTime.millis(nanos)));
        json.field("subaccount_number", 0)
                .field("exchange_index", shard)
                .optional("last_update_reason", updateReason)
                .end();
    }
}
