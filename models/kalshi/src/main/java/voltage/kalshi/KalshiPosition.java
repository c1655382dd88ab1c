package voltage.kalshi;

import voltage.market.MalformedFrameException;

/**
 * Our position in one market. Amounts are micro-dollars.
 *
 * @param positionE2 signed hundredths of a contract: plus is YES, minus is NO
 * @param costE6 what the present position cost: {@code position_cost_dollars} on the stream, {@code market_exposure_dollars} over
 *     REST
 * @param tradedE6 total traded, over REST; 0 on the stream
 * @param updatedNanos epoch nanoseconds, 0 on the stream
 */
public record KalshiPosition(
        String ticker,
        long positionE2,
        long costE6,
        long tradedE6,
        long realizedPnlE6,
        long feesPaidE6,
        int subaccount,
        int exchangeIndex,
        long updatedNanos) {

    /** Reads the {@code msg} of a {@code market_position} frame. */
    public static KalshiPosition readStream(JsonFields position) throws MalformedFrameException {
        return new KalshiPosition(
                position.ticker("market_ticker"),
                position.decimal("position_fp", 2),
                position.decimalOr("position_cost_dollars", 6, 0),
                0,
                position.decimalOr("realized_pnl_dollars", 6, 0),
                position.decimalOr("fees_paid_dollars", 6, 0),
                position.smallIntOr("subaccount", 0),
                position.smallIntOr("exchange_index", 0),
                0);
    }

    /** Reads one of REST's {@code market_positions}. */
    public static KalshiPosition readRest(JsonFields position) throws MalformedFrameException {
        return new KalshiPosition(
                position.ticker("ticker"),
                position.decimal("position_fp", 2),
                position.decimalOr("market_exposure_dollars", 6, 0),
                position.decimalOr("total_traded_dollars", 6, 0),
                position.decimalOr("realized_pnl_dollars", 6, 0),
                position.decimalOr("fees_paid_dollars", 6, 0),
                position.smallIntOr("subaccount_number", 0),
                position.smallIntOr("exchange_index", 0),
                position.timeNanosOr0("last_updated_ts"));
    }
}
