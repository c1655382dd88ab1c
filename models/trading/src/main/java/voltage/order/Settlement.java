package voltage.order;

import voltage.market.Side;

/**
 * A market's payout to us, as the exchange reported it. The only way a payout ever exists.
 *
 * @param result the side that was paid
 * @param yesCountE2 YES contracts held at settlement, in hundredths
 * @param noCountE2 NO contracts held at settlement, in hundredths
 * @param revenueE6 what was paid, in micro-dollars
 * @param exchangeNanos when it was settled
 */
public record Settlement(
        String ticker, Side result, long yesCountE2, long noCountE2, long revenueE6, long exchangeNanos) {}
