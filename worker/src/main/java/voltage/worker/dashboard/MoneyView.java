package voltage.worker.dashboard;

import io.micronaut.serde.annotation.Serdeable;

/**
 * The lane's money in micro-dollars. Losses are positive amounts, 0 when there is none; a limit of 0 means that there is no limit.
 *
 * @param equityE6 cash and open positions at their bids
 * @param pnlTodayE6 since midnight UTC, after fees
 * @param feesE6 all fees paid
 * @param drawdownE6 below the highest equity, as a ratio: 50,000 is 5 %
 */
@Serdeable
public record MoneyView(
        long cashE6,
        long equityE6,
        long bankrollStartE6,
        long pnlTodayE6,
        long feesE6,
        long drawdownE6,
        long drawdownLimitE6,
        long dailyLossE6,
        long dailyLossLimitE6,
        long weeklyLossE6,
        long weeklyLossLimitE6) {}
