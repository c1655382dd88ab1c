package voltage.training.outcome;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.training.data.LabelledRows;
import voltage.training.evaluate.ContractForecaster;
import voltage.training.evaluate.ForecastTable;
import voltage.training.evaluate.OutcomeReport;

/** What the formula under several volatilities and the direct model said of the same rows. */
final class OutcomeTable {
    private OutcomeTable() {}

    /** Of those rows at which everybody has a forecast. */
    static ForecastTable of(LabelledRows rows, List<ContractForecaster> formulas, LightGbmModel direct) {
        Map<String, double[]> forecasts = new LinkedHashMap<>();
        for (ContractForecaster formula : formulas) {
            forecasts.put(formula.name(), said(rows, row -> OutcomeRows.fair(rows, row, formula)));
        }
        forecasts.put(OutcomeReport.DIRECT, said(rows, row -> direct.probability(rows.rows()[row])));
        Collection<double[]> all = forecasts.values();
        return new ForecastTable(
                        forecasts,
                        rows.labels(),
                        rows.atNanos(),
                        rows.labelEndNanos(),
                        IntStream.range(0, rows.size())
                                .map(row -> OutcomeRows.minutesToClose(rows, row))
                                .toArray())
                .where(row -> all.stream().allMatch(each -> Double.isFinite(each[row])));
    }

    private static double[] said(LabelledRows rows, IntToDoubleFunction forecast) {
        return IntStream.range(0, rows.size()).mapToDouble(forecast).toArray();
    }
}
