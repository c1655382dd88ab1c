package voltage.training.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import voltage.market.FeeSchedule;
import voltage.market.TickGrid;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;

/**
 * What taking one contract at a time would have brought, under an assumption, as no bid and no ask were recorded: a decision at t fills at the mean
 * mid of the <em>next</em> minute plus half a cent, rounded up to the next valid price, and pays the taker's fee. A contract is bought if
 * the forecast exceeds price and fee at the decision's own mid by a cent or more, and held to settlement.
 */
public final class TakerSimulation {
    /** Half of a spread of one cent. */
    public static final int HALF_SPREAD_E4 = 50;
    /** What the forecast must promise beyond price and fee. */
    public static final int MARGIN_E4 = 100;

    private static final long ONE_CONTRACT_E2 = 100;
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_126;

    private TakerSimulation() {}

    /**
     * What came of it.
     *
     * @param trades contracts bought
     * @param feesE6 paid in all, in micro-dollars
     * @param centsPerContract gain after fees; its interval is of days drawn anew; null-like with n 0 if nothing was bought
     */
    public record Result(int trades, long feesE6, Interval centsPerContract) {
        /** Whether an edge could be claimed if the assumption held. */
        public boolean isGain() {
            return trades > 0 && centsPerContract.low() > 0;
        }
    }

    /** Runs over the instants of a table that have a next minute. */
    static Result run(ForecastTable table, String forecaster, String market) {
        double[] said = table.said(forecaster);
        double[] mid = table.said(market);
        Map<Long, Integer> rowAt = new HashMap<>();
        for (int row = 0; row < table.size(); row++) {
            rowAt.put(key(table.closeNanos()[row], table.minutesToClose()[row]), row);
        }
        List<Double> gains = new ArrayList<>();
        List<Long> at = new ArrayList<>();
        long fees = 0;
        for (int row = 0; row < table.size(); row++) {
            Integer next = rowAt.get(key(table.closeNanos()[row], table.minutesToClose()[row] - 1));
            if (next == null) {
                continue;
            }
            boolean buysYes = promises(said[row], mid[row]);
            boolean buysNo = promises(1 - said[row], 1 - mid[row]);
            if (buysYes || buysNo) {
                int priceE4 = askE4(buysYes ? mid[next] : 1 - mid[next]);
                long feeE6 = feeE6(priceE4);
                boolean paid = table.labels()[row] == buysYes;
                fees += feeE6;
                gains.add(((paid ? 1_000_000L : 0) - 100L * priceE4 - feeE6) / 1e4);
                at.add(table.atNanos()[row]);
            }
        }
        if (gains.isEmpty()) {
            return new Result(
                    0, 0, new Interval(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, 0, 0));
        }
        return new Result(
                gains.size(),
                fees,
                new DayBootstrap(RESAMPLES, SEED)
                        .mean(
                                gains.stream().mapToDouble(gain -> gain).toArray(),
                                at.stream().mapToLong(nanos -> nanos).toArray()));
    }

    private static long key(long closeNanos, int minutesToClose) {
        return closeNanos + minutesToClose;
    }

    private static boolean promises(double probability, double mid) {
        int priceE4 = askE4(mid);
        return priceE4 < TickGrid.ONE_DOLLAR_E4 && probability * 1e6 >= 100L * (priceE4 + MARGIN_E4) + feeE6(priceE4);
    }

    /** The valid price half a cent above a mid. */
    static int askE4(double mid) {
        int raised = (int) Math.ceil(mid * TickGrid.ONE_DOLLAR_E4 + HALF_SPREAD_E4);
        return TickGrid.TAPERED_DECI_CENT.ceilingE4(Math.min(TickGrid.ONE_DOLLAR_E4, raised));
    }

    static long feeE6(int priceE4) {
        return FeeSchedule.QUADRATIC.tradeFeeE6(ONE_CONTRACT_E2, priceE4, true);
    }
}
