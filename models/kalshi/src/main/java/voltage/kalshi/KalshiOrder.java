package voltage.kalshi;

import voltage.market.MalformedFrameException;
import voltage.market.Side;

/**
 * One of our orders as Kalshi tells it, over REST or the stream. Prices are on the YES scale; costs and fees are totals in
 * micro-dollars, counts hundredths of a contract, times epoch nanoseconds or 0 where not said.
 *
 * @param clientOrderId empty if the order has none
 * @param direction YES for a bid, NO for an ask of the YES book
 * @param remainingE2 0 once cancelled, also if it was not filled
 * @param orderGroupId empty if it is in no group
 * @param lastUpdateReason why it changed last ({@code Trade}, {@code CloseCancel}, …), empty if not said
 */
public record KalshiOrder(
        String orderId,
        String clientOrderId,
        String ticker,
        Status status,
        Side direction,
        int yesPriceE4,
        long initialE2,
        long filledE2,
        long remainingE2,
        long takerCostE6,
        long makerCostE6,
        long takerFeesE6,
        long makerFeesE6,
        String orderGroupId,
        String lastUpdateReason,
        long createdNanos,
        long updatedNanos,
        long expirationNanos,
        int subaccount,
        int exchangeIndex) {

    /** What Kalshi calls an order's status; spelled with one l there. */
    public enum Status {
        RESTING,
        CANCELED,
        EXECUTED,
        /** A status that this program does not know. */
        UNKNOWN;

        static Status of(String text) {
            return switch (text) {
                case "resting" -> RESTING;
                case "canceled" -> CANCELED;
                case "executed" -> EXECUTED;
                default -> UNKNOWN;
            };
        }
    }

    /** Reads REST's order object and the {@code msg} of a {@code user_order} frame: only the names of the times differ. */
    public static KalshiOrder read(JsonFields order) throws MalformedFrameException {
        return new KalshiOrder(
                order.text("order_id"),
                order.textOr("client_order_id", ""),
                order.ticker("ticker"),
                Status.of(order.text("status")),
                Directions.read(order),
                order.priceE4("yes_price_dollars"),
                order.decimalOr("initial_count_fp", 2, 0),
                order.decimal("fill_count_fp", 2),
                order.decimal("remaining_count_fp", 2),
                order.decimalOr("taker_fill_cost_dollars", 6, 0),
                order.decimalOr("maker_fill_cost_dollars", 6, 0),
                order.decimalOr("taker_fees_dollars", 6, 0),
                order.decimalOr("maker_fees_dollars", 6, 0),
                order.textOr("order_group_id", ""),
                order.textOr("last_update_reason", ""),
                time(order, "created_ts_ms", "created_time"),
                time(order, "last_updated_ts_ms", "last_update_time"),
                time(order, "expiration_ts_ms", "expiration_time"),
                order.smallIntOr("subaccount_number", 0),
                order.smallIntOr("exchange_index", 0));
    }

    private static long time(JsonFields order, String millisName, String textName) throws MalformedFrameException {
        return order.has(millisName) ? order.millisAsNanosOr0(millisName) : order.timeNanosOr0(textName);
    }
}
