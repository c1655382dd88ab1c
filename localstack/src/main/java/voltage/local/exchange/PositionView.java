package voltage.local.exchange;

/** A position as it stood at one moment. */
record PositionView(
        String ticker,
        String eventTicker,
        int shard,
        long netE2,
        long costE6,
        long realizedE6,
        long feesE6,
        long tradedE6,
        long volumeE2,
        long updatedNanos,
        boolean settled) {
    void write(JsonText json) {
        json.object()
                .field("exchange_index", shard)
                .cash("fees_paid_dollars", feesE6)
                .field("last_updated_ts", WireTime.rfc3339(updatedNanos))
                .cash("market_exposure_dollars", costE6)
                .count("position_fp", netE2)
                .cash("realized_pnl_dollars", realizedE6)
                .field("ticker", ticker)
                .cash("total_traded_dollars", tradedE6)
                .end();
    }

    /** The stream's {@code market_position} message. */
    void writeMessage(JsonText json, String userId) {
        json.object("msg")
                .field("user_id", userId)
                .field("market_ticker", ticker)
                .count("position_fp", netE2)
                .cash("position_cost_dollars", costE6)
                .cash("realized_pnl_dollars", realizedE6)
                .cash("fees_paid_dollars", feesE6)
                .cash("position_fee_cost_dollars", feesE6)
                .count("volume_fp", volumeE2)
                .field("subaccount", 0)
                .end();
    }
}
