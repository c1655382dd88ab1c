package voltage.risk;

import voltage.market.FeeSchedule;

/**
 * How many contracts: the least of fractional Kelly (A7), a fixed fraction of equity at risk (B4) and every limit, in whole contracts,
 * with the order's own fee. Mutable scratch, refilled by each call; allocates nothing.
 */
public final class Sizer {
    private static final long WHOLE_E6 = 1_000_000;
    private static final long WHOLE_E4 = 10_000;
    private static final long ONE_CONTRACT_E2 = 100;

    private long kellyE2;
    private long fixedFractionE2;
    private long cappedE2;
    private long sentE2;
    private long costE6;
    private long feeE6;

    /**
     * Sizes an entry.
     *
     * @param equityE6 bankroll
     * @param winE6 probability that the side pays, in millionths
     * @param askE4 price of a contract of the side
     * @param kellyShareE4 fraction of Kelly
     * @param riskShareE4 share of equity that may be lost, before conviction and drawdown
     * @param multiplierE4 conviction and drawdown together
     * @param capE2 what the limits on order and position leave
     * @param roomE6 what the limits on exposure and cash leave to spend, fee included
     * @param depthE2 what is offered at the ask
     * @param minEdgeE4 least expected profit a contract after fees
     */
    public void size(
            long equityE6,
            long winE6,
            int askE4,
            FeeSchedule fees,
            int kellyShareE4,
            int riskShareE4,
            long multiplierE4,
            long capE2,
            long roomE6,
            long depthE2,
            int minEdgeE4) {
        sentE2 = 0;
        costE6 = 0;
        feeE6 = 0;
        long unitE6 = askE4 * 100L + fees.tradeFeeE6(ONE_CONTRACT_E2, askE4, true);
        kellyE2 = contractsE2(kellyStakeE6(equityE6, winE6, unitE6, kellyShareE4), unitE6);
        fixedFractionE2 = contractsE2(Math.max(0, equityE6) * riskShareE4 / WHOLE_E4 * multiplierE4 / WHOLE_E4, unitE6);
        cappedE2 =
                Math.max(0, Math.min(Math.min(kellyE2, fixedFractionE2), Math.min(capE2, contractsE2(roomE6, unitE6))));
        long countE2 = Math.min(cappedE2, depthE2) / ONE_CONTRACT_E2 * ONE_CONTRACT_E2;
        // An order's fee is rounded as a whole, so the last contract decides: step down until the sums hold.
        while (countE2 > 0) {
            // What the balance loses: a first fill's rounding to whole units is a fee as well.
            long cost = balanceE6(countE2, askE4, fees);
            long fee = cost - countE2 * askE4;
            long expected = countE2 * winE6 / 100 - cost;
            if (cost <= roomE6 && expected >= countE2 * minEdgeE4) {
                sentE2 = countE2;
                costE6 = cost;
                feeE6 = fee;
                return;
            }
            countE2 -= ONE_CONTRACT_E2;
        }
    }

    /** What the balance loses by one contract: price and fee, rounded as the exchange does. */
    public static long oneContractE6(int askE4, FeeSchedule fees) {
        return balanceE6(ONE_CONTRACT_E2, askE4, fees);
    }

    private static long balanceE6(long countE2, int askE4, FeeSchedule fees) {
        long unit = fees.balanceUnitE6();
        return Math.ceilDiv(countE2 * askE4 + fees.tradeFeeE6(countE2, askE4, true), unit) * unit;
    }

    /** Kelly for a binary contract: the share {@code (q − c)/(1 − c)} of the bankroll is spent, c being price and fee. */
    private static long kellyStakeE6(long equityE6, long winE6, long unitE6, int kellyShareE4) {
        if (equityE6 <= 0 || winE6 <= unitE6 || unitE6 >= WHOLE_E6) {
            return 0;
        }
        long fractionE6 = (winE6 - unitE6) * WHOLE_E6 / (WHOLE_E6 - unitE6);
        return equityE6 / WHOLE_E4 * kellyShareE4 / 100 * fractionE6 / WHOLE_E4;
    }

    private static long contractsE2(long stakeE6, long unitE6) {
        return stakeE6 <= 0 ? 0 : stakeE6 * ONE_CONTRACT_E2 / unitE6;
    }

    public long kellyE2() {
        return kellyE2;
    }

    public long fixedFractionE2() {
        return fixedFractionE2;
    }

    public long cappedE2() {
        return cappedE2;
    }

    /** What is to be sent: whole contracts, 0 if no size satisfies everything. */
    public long sentE2() {
        return sentE2;
    }

    public long costE6() {
        return costE6;
    }

    public long feeE6() {
        return feeE6;
    }
}
