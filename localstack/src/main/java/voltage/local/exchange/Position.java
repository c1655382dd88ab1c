package voltage.local.exchange;

import voltage.market.Side;

/** An account's net position in one market, and what it has cost. Plus is YES. */
final class Position {
    final String ticker;
    final String eventTicker;
    final int shard;
    long netE2;
    /** What the open contracts cost, without fees. */
    long costE6;

    long realizedE6;
    long feesE6;
    long tradedE6;
    long volumeE2;
    long updatedNanos;
    boolean settled;

    Position(String ticker, String eventTicker, int shard) {
        this.ticker = ticker;
        this.eventTicker = eventTicker;
        this.shard = shard;
    }

    /** Contracts of a fill on {@code ladder} that close what is held on the other side. */
    long closingE2(Side ladder, long countE2) {
        return Math.min(countE2, Math.max(0, -ladder.sign() * netE2));
    }

    /**
     * Books a fill.
     *
     * @param ladderPriceE4 price in the scale of the bought side
     * @return what it does to cash, before fees
     */
    long fill(Side ladder, int ladderPriceE4, long countE2, long nanos) {
        long closing = closingE2(ladder, countE2);
        long opening = countE2 - closing;
        long cashE6 = 0;
        if (closing > 0) {
            // Buying the other side of what is held makes pairs, and a pair is worth a dollar.
            long proceedsE6 = (10_000L - ladderPriceE4) * closing;
            long heldE2 = Math.abs(netE2);
            long costPartE6 = closing == heldE2 ? costE6 : Math.multiplyExact(costE6, closing) / heldE2;
            costE6 -= costPartE6;
            realizedE6 += proceedsE6 - costPartE6;
            cashE6 += proceedsE6;
        }
        if (opening > 0) {
            costE6 += ladderPriceE4 * opening;
            cashE6 -= ladderPriceE4 * opening;
        }
        netE2 += ladder.sign() * countE2;
        tradedE6 += ladderPriceE4 * countE2;
        volumeE2 += countE2;
        updatedNanos = nanos;
        return cashE6;
    }

    PositionView view() {
        return new PositionView(
                ticker,
                eventTicker,
                shard,
                netE2,
                costE6,
                realizedE6,
                feesE6,
                tradedE6,
                volumeE2,
                updatedNanos,
                settled);
    }
}
