package voltage.kalshi.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.TickGrid;

/**
 * An order to create. Kalshi knows one book a market, that of YES: a bid buys YES, an ask sells YES or, which is the same, buys NO, and
 * the price is always that of YES. {@link #yesPriceE4} turns a NO price round.
 *
 * @param clientOrderId unique for ever; the only way to find out about an order whose answer was lost
 * @param direction YES for a bid, NO for an ask
 * @param yesPriceE4 on the YES scale, 1 to 9999
 * @param countE2 hundredths of a contract, at least 1
 * @param expirationSeconds unix seconds, 0 for none; only good till cancelled
 * @param postOnly never takes; only good till cancelled
 * @param reduceOnly only immediate-or-cancel and fill-or-kill
 * @param orderGroupId empty for none
 * @param exchangeIndex the market's shard, never left to Kalshi: guessing costs time and tokens
 */
public record NewOrder(
        String ticker,
        String clientOrderId,
        Side direction,
        int yesPriceE4,
        long countE2,
        TimeInForce timeInForce,
        SelfTrade selfTrade,
        long expirationSeconds,
        boolean postOnly,
        boolean reduceOnly,
        boolean cancelOnPause,
        String orderGroupId,
        int subaccount,
        int exchangeIndex) {

    /** How long an order may rest. */
    public enum TimeInForce {
        FILL_OR_KILL("fill_or_kill"),
        GOOD_TILL_CANCELED("good_till_canceled"),
        IMMEDIATE_OR_CANCEL("immediate_or_cancel");

        private final String wire;

        TimeInForce(String wire) {
            this.wire = wire;
        }
    }

    /** What gives way when an order meets one of our own. */
    public enum SelfTrade {
        TAKER_AT_CROSS("taker_at_cross"),
        MAKER("maker");

        private final String wire;

        SelfTrade(String wire) {
            this.wire = wire;
        }
    }

    public NewOrder {
        if (ticker.isEmpty() || clientOrderId.isEmpty()) {
            throw new IllegalArgumentException("an order needs a ticker and a client order id, was \"" + ticker
                    + "\" and \"" + clientOrderId + "\"");
        }
        if (yesPriceE4 <= 0 || yesPriceE4 >= TickGrid.ONE_DOLLAR_E4 || countE2 <= 0) {
            throw new IllegalArgumentException(
                    "an order's price is above 0 and below 1 dollar and its count at least 0.01, was "
                            + FixedPoint.format(yesPriceE4, 4) + " and " + FixedPoint.format(countE2, 2));
        }
        boolean rests = timeInForce == TimeInForce.GOOD_TILL_CANCELED;
        if (rests ? reduceOnly : postOnly || expirationSeconds != 0) {
            throw new IllegalArgumentException(
                    rests
                            ? "reduce-only is for immediate-or-cancel and fill-or-kill orders"
                            : "post-only and an expiration are for good-till-cancelled orders");
        }
        if (exchangeIndex < 0) {
            throw new IllegalArgumentException("an order names its shard, was " + exchangeIndex);
        }
    }

    /** Takes what is there at the price or better, and nothing rests. */
    public static NewOrder immediate(
            String ticker, String clientOrderId, Side direction, int yesPriceE4, long countE2, int exchangeIndex) {
        return new NewOrder(
                ticker,
                clientOrderId,
                direction,
                yesPriceE4,
                countE2,
                TimeInForce.IMMEDIATE_OR_CANCEL,
                SelfTrade.TAKER_AT_CROSS,
                0,
                false,
                false,
                false,
                "",
                0,
                exchangeIndex);
    }

    /** As {@link #immediate}, and never more than closes the position. */
    public static NewOrder reducing(
            String ticker, String clientOrderId, Side direction, int yesPriceE4, long countE2, int exchangeIndex) {
        NewOrder order = immediate(ticker, clientOrderId, direction, yesPriceE4, countE2, exchangeIndex);
        return new NewOrder(
                ticker,
                clientOrderId,
                direction,
                yesPriceE4,
                countE2,
                order.timeInForce,
                order.selfTrade,
                0,
                false,
                true,
                false,
                "",
                0,
                exchangeIndex);
    }

    /**
     * Rests without taking, until a moment.
     *
     * @param expirationSeconds unix seconds, 0 for until cancelled
     */
    public static NewOrder passive(
            String ticker,
            String clientOrderId,
            Side direction,
            int yesPriceE4,
            long countE2,
            long expirationSeconds,
            int exchangeIndex) {
        return new NewOrder(
                ticker,
                clientOrderId,
                direction,
                yesPriceE4,
                countE2,
                TimeInForce.GOOD_TILL_CANCELED,
                SelfTrade.TAKER_AT_CROSS,
                expirationSeconds,
                true,
                false,
                true,
                "",
                0,
                exchangeIndex);
    }

    /** The YES price of a price quoted for one side's contracts. */
    public static int yesPriceE4(Side contract, int priceE4) {
        return contract == Side.YES ? priceE4 : TickGrid.ONE_DOLLAR_E4 - priceE4;
    }

    static String bookSide(Side direction) {
        return direction == Side.YES ? "bid" : "ask";
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("ticker", ticker);
        json.writeStringField("client_order_id", clientOrderId);
        json.writeStringField("side", bookSide(direction));
        json.writeStringField("count", FixedPoint.format(countE2, 2));
        json.writeStringField("price", FixedPoint.format(yesPriceE4, 4));
        json.writeStringField("time_in_force", timeInForce.wire);
        json.writeStringField("self_trade_prevention_type", selfTrade.wire);
        if (expirationSeconds != 0) {
            json.writeNumberField("expiration_time", expirationSeconds);
        }
        json.writeBooleanField("post_only", postOnly);
        json.writeBooleanField("reduce_only", reduceOnly);
        json.writeBooleanField("cancel_order_on_pause", cancelOnPause);
        if (!orderGroupId.isEmpty()) {
            json.writeStringField("order_group_id", orderGroupId);
        }
        json.writeNumberField("subaccount", subaccount);
        json.writeNumberField("exchange_index", exchangeIndex);
        json.writeEndObject();
    }
}
