package voltage.local.exchange;

import voltage.market.Side;

/** A position paid out. {@code netE2} is the position that was paid, plus for YES. */
record Settlement(
        long number,
        String ticker,
        String eventTicker,
        int shard,
        Side result,
        long netE2,
        long costE6,
        long feesE6,
        long payoutE6,
        long nanos) {
    void write(JsonText json) {
        json.object()
                .field("event_ticker", eventTicker)
                .field("exchange_index", shard)
                .cash("fee_cost", feesE6)
                .field("market_result", result == Side.YES ? "yes" : "no")
                .count("no_count_fp", Math.max(0, -netE2))
                .cash("no_total_cost_dollars", netE2 < 0 ? costE6 : 0)
                .field("revenue", payoutE6 / 10_000)
                .field("settled_time", WireTime.rfc3339(nanos))
                .field("ticker", ticker)
                .field("value", result == Side.YES ? 100 : 0)
                .count("yes_count_fp", Math.max(0, netE2))
                .cash("yes_total_cost_dollars", netE2 > 0 ? costE6 : 0)
                .end();
    }
}
