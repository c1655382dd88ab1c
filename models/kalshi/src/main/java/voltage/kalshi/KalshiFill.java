package voltage.kalshi;

import java.util.OptionalLong;
import voltage.market.MalformedFrameException;
import voltage.market.Side;

/**
 * One fill of one of our orders, over REST or the stream.
 *
 * @param tradeId the same in both, and on the public trade: what to de-duplicate by
 * @param clientOrderId only on the stream, else empty: join by the order id
 * @param direction YES if the fill raised the signed position
 * @param yesPriceE4 on the YES scale
 * @param feeE6 total fee of this fill; empty if not said
 * @param postPositionE2 signed position after this fill; only on the stream
 * @param exchangeNanos when it happened, epoch nanoseconds, 0 if not said
 */
public record KalshiFill(
        String tradeId,
        String orderId,
        String clientOrderId,
        String ticker,
        Side direction,
        int yesPriceE4,
        long countE2,
        OptionalLong feeE6,
        boolean isTaker,
        OptionalLong postPositionE2,
        int subaccount,
        int exchangeIndex,
        long exchangeNanos) {

    /** Reads the {@code msg} of a {@code fill} frame. */
    public static KalshiFill readStream(JsonFields fill) throws MalformedFrameException {
        return read(fill, fill.ticker("market_ticker"), fill.smallIntOr("subaccount", 0), fill.eventNanos());
    }

    /** Reads REST's fill object. */
    public static KalshiFill readRest(JsonFields fill) throws MalformedFrameException {
        long created = fill.timeNanosOr0("created_time");
        return read(
                fill,
                fill.ticker("ticker"),
                fill.smallIntOr("subaccount_number", 0),
                created == 0 ? fill.eventNanos() : created);
    }

    private static KalshiFill read(JsonFields fill, String ticker, int subaccount, long nanos)
            throws MalformedFrameException {
        return new KalshiFill(
                fill.has("trade_id") ? fill.text("trade_id") : fill.text("fill_id"),
                fill.text("order_id"),
                fill.textOr("client_order_id", ""),
                ticker,
                Directions.read(fill),
                fill.priceE4("yes_price_dollars"),
                fill.decimal("count_fp", 2),
                fill.decimalIfPresent("fee_cost", 6),
                fill.flagOr("is_taker", false),
                fill.decimalIfPresent("post_position_fp", 2),
                subaccount,
                fill.smallIntOr("exchange_index", 0),
                nanos);
    }
}
