package voltage.risk;

import java.util.Objects;
import voltage.market.TradedSeries;

/**
 * The hard limits of a lane, held at both ends of the queue.
 *
 * @param orderSizeE2 contracts of one order at most, in hundredths
 * @param positionE2 contracts held in one market at most, either side, in hundredths
 * @param openOrders orders resting or in flight at most
 * @param dailyLossE6 loss since midnight UTC at which the kill switch trips, in micro-dollars
 * @param dailyLossShareE4 the same as a share of the day's first equity, in ten-thousandths: 600 for 6 %
 * @param weeklyLossShareE4 loss since Monday midnight UTC as a share of the week's first equity
 * @param drawdownShareE4 fall from the highest equity as a share of it
 * @param exposureShareE4 what all positions together may lose at settlement, as a share of equity
 * @param flow what the stream of orders may look like
 * @param closeCutoffNanos no entries within this time before a market closes
 * @param series the series whose markets may be entered
 */
public record RiskLimits(
        long orderSizeE2,
        long positionE2,
        int openOrders,
        long dailyLossE6,
        int dailyLossShareE4,
        int weeklyLossShareE4,
        int drawdownShareE4,
        int exposureShareE4,
        OrderFlowLimits flow,
        long closeCutoffNanos,
        TradedSeries series) {
    private static final long MAX_GROUP_LIMIT_E2 = 100_000_000;

    /** 25 a order, 100 a market, 10 open orders, 50 dollars or 6 % a day, 15 % a week, 20 % from the peak, 20 % at risk, 60 s, Bitcoin. */
    public static final RiskLimits DEFAULT = new RiskLimits(
            2_500,
            10_000,
            10,
            50_000_000,
            600,
            1_500,
            2_000,
            2_000,
            OrderFlowLimits.DEFAULT,
            60_000_000_000L,
            TradedSeries.BITCOIN);

    public RiskLimits {
        Objects.requireNonNull(series, "series");
        if (orderSizeE2 <= 0
                || positionE2 <= 0
                || openOrders <= 0
                || dailyLossE6 <= 0
                || !isShare(dailyLossShareE4)
                || !isShare(weeklyLossShareE4)
                || !isShare(drawdownShareE4)
                || !isShare(exposureShareE4)
                || closeCutoffNanos < 0) {
            throw new IllegalArgumentException(
                    "risk limits must be above 0 and shares at most 10000 (the whole), was order size " + orderSizeE2
                            + ", position " + positionE2 + ", open orders " + openOrders + ", daily loss " + dailyLossE6
                            + ", shares " + dailyLossShareE4 + "/" + weeklyLossShareE4 + "/" + drawdownShareE4 + "/"
                            + exposureShareE4 + ", cutoff " + closeCutoffNanos);
        }
    }

    /**
     * What the exchange itself may match of the lane's entries within 15 seconds, in hundredths of a contract: the order size times the
     * orders that the gate lets out in a minute and those that may rest from before. A whole minute's, because requests may be
     * held up on the way and arrive close together. So what has passed the gate never exceeds it, and what exceeds it has not
     * passed the gate. In whole contracts from 1 to 1 000 000, which is what exchanges take.
     */
    public long groupLimitE2() {
        long orders = (long) flow.ordersPerMinute() + openOrders;
        long limitE2 = orderSizeE2 > MAX_GROUP_LIMIT_E2 / orders ? MAX_GROUP_LIMIT_E2 : orderSizeE2 * orders;
        return Math.ceilDiv(limitE2, 100) * 100;
    }

    public RiskLimits withFlow(OrderFlowLimits newFlow) {
        return new RiskLimits(
                orderSizeE2,
                positionE2,
                openOrders,
                dailyLossE6,
                dailyLossShareE4,
                weeklyLossShareE4,
                drawdownShareE4,
                exposureShareE4,
                newFlow,
                closeCutoffNanos,
                series);
    }

    /** For other series. */
    public RiskLimits withSeries(TradedSeries newSeries) {
        return new RiskLimits(
                orderSizeE2,
                positionE2,
                openOrders,
                dailyLossE6,
                dailyLossShareE4,
                weeklyLossShareE4,
                drawdownShareE4,
                exposureShareE4,
                flow,
                closeCutoffNanos,
                newSeries);
    }

    private static boolean isShare(int shareE4) {
        return shareE4 > 0 && shareE4 <= 10_000;
    }
}
