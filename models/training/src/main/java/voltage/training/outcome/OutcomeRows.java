package voltage.training.outcome;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import voltage.forecast.model.ForecastInput;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.evaluate.ContractForecaster;

/**
 * Rows of made-up contracts, as Kalshi's KXBTC15M are: each quarter-hour opens one, its strike is the mean of the minute before, and it pays YES if
 * the mean of the last minute before close is not below it. A row stands 14 to 1 minutes before close, its outcome is known at the close.
 *
 * <p>Columns are those of the data set at that instant, then minutes to close, {@code ln(C/K)}, the same in deviations of what is to come, and
 * the formula's probability, both under the volatility that HAR-logit had by then.
 */
final class OutcomeRows {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long LIFETIME_NANOS = MinuteQuote.LIFETIME_MINUTES * MINUTE_NANOS;
    private static final List<String> ADDED =
            List.of("minutes_to_close", "log_moneyness", "standardised_moneyness", "fair_probability");
    private static final int LOG_MONEYNESS = 1;

    private OutcomeRows() {}

    /** All whose outcome, price, strike and volatility are known, in the order of time. */
    static LabelledRows of(Dataset data, MinutePrices prices) {
        WalkingHar har = WalkingHar.of(data);
        List<double[]> rows = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        List<Long> at = new ArrayList<>();
        List<Long> closes = new ArrayList<>();
        for (int row = 0; row < data.size(); row++) {
            long instant = data.atNanos(row);
            long close = (Math.floorDiv(instant, LIFETIME_NANOS) + 1) * LIFETIME_NANOS;
            double strike = prices.mean(close - LIFETIME_NANOS);
            double settlement = prices.mean(close);
            if (instant == close - LIFETIME_NANOS || Double.isNaN(strike) || Double.isNaN(settlement)) {
                continue;
            }
            Optional<double[]> known = row(data.row(row), instant, close, prices.close(instant) / strike, har);
            if (known.isPresent()) {
                rows.add(known.get());
                labels.add(settlement >= strike);
                at.add(instant);
                closes.add(close);
            }
        }
        boolean[] outcomes = new boolean[labels.size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = labels.get(i);
        }
        return new LabelledRows(
                Stream.concat(Arrays.stream(data.names()), ADDED.stream()).toArray(String[]::new),
                rows.toArray(double[][]::new),
                outcomes,
                at.stream().mapToLong(nanos -> nanos).toArray(),
                closes.stream().mapToLong(nanos -> nanos).toArray(),
                data.minutes());
    }

    private static Optional<double[]> row(double[] base, long instant, long close, double moved, WalkingHar har) {
        Optional<ContractForecaster> formula = har.at(instant);
        if (formula.isEmpty() || !(moved > 0)) {
            return Optional.empty();
        }
        double volatility = formula.get().volatility(new ForecastInput(base, null));
        if (!(volatility > 0)) {
            return Optional.empty();
        }
        int left = (int) ((close - instant) / MINUTE_NANOS);
        double[] row = Arrays.copyOf(base, base.length + ADDED.size());
        row[base.length] = left;
        row[base.length + LOG_MONEYNESS] = StrictMath.log(moved);
        row[base.length + 2] = CandleSettlement.standardised(moved, volatility, left);
        row[base.length + 3] = CandleSettlement.yes(formula.get(), volatility, moved, left);
        return Optional.of(row);
    }

    static int minutesToClose(LabelledRows rows, int row) {
        return (int) ((rows.labelEndNanos()[row] - rows.atNanos()[row]) / MINUTE_NANOS);
    }

    /** When a row's contract opened, epoch nanoseconds UTC. */
    static long openNanos(LabelledRows rows, int row) {
        return rows.labelEndNanos()[row] - LIFETIME_NANOS;
    }

    /** What a formula says at a row; NaN if it is without what it needs. */
    static double fair(LabelledRows rows, int row, ContractForecaster formula) {
        double[] all = rows.rows()[row];
        int base = all.length - ADDED.size();
        ForecastInput input =
                new ForecastInput(Arrays.copyOf(all, base), rows.input(row).window());
        return CandleSettlement.yes(
                formula,
                formula.volatility(input),
                StrictMath.exp(all[base + LOG_MONEYNESS]),
                minutesToClose(rows, row));
    }
}
