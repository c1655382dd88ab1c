package voltage.training.outcome;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voltage.training.data.Dataset;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.evaluate.ContractForecaster;
import voltage.training.evaluate.Evaluator;
import voltage.training.evaluate.EventTraining;
import voltage.training.evaluate.ForecastTable;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.measure.DayBootstrap;

/**
 * Compares a model of the contract's own outcome with the formula, once, on the test's span. The comparison leans to the model: its columns go on
 * to follow a HAR-logit that is refitted on the past, where the formula's ensemble stays as it was when the test began.
 */
public final class OutcomeEvaluation implements Evaluator.OutcomeSource {
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_128;

    private final OutcomeTraining training;

    public OutcomeEvaluation(TrainingSettings settings, TrainingProgress progress) {
        training = new OutcomeTraining(settings, progress);
    }

    @Override
    public @Nullable OutcomeReport measure(
            Dataset data,
            MinutePrices prices,
            List<EventTraining.Trained> trained,
            Spans spans,
            Consumer<String> tell) {
        try {
            OutcomeParts parts = OutcomeParts.of(data, prices, spans);
            tell.accept("contracts' own outcome: training on " + parts.both().size() + " rows, held out "
                    + parts.held().size() + " of them");
            return test(parts, trained, training.train(data, parts), spans);
        } catch (IllegalArgumentException e) {
            tell.accept("no model of the contracts' own outcome: " + e.getMessage());
            return null;
        }
    }

    /** Tests once. */
    static OutcomeReport test(
            OutcomeParts parts, List<EventTraining.Trained> trained, OutcomeTraining.Trained outcome, Spans spans) {
        ForecastTable said = OutcomeTable.of(parts.test(), ContractForecaster.of(trained), outcome.direct());
        double[] formula = said.said(OutcomeReport.FORMULA);
        double[] direct = said.said(OutcomeReport.DIRECT);
        double[] pooled = new double[said.size()];
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] = outcome.pool().pool(new double[] {direct[i], formula[i]});
        }
        ForecastTable table = said.with(
                        OutcomeReport.CALIBRATED,
                        Arrays.stream(formula)
                                .map(outcome.calibration().calibrator()::calibrate)
                                .toArray())
                .with(OutcomeReport.POOL, pooled);
        List<OutcomeReport.Minute> minutes = new ArrayList<>();
        double ideal = 0;
        for (int left = MinuteQuote.LIFETIME_MINUTES - 1; left >= 1; left--) {
            ForecastTable rows = table.atMinute(left);
            if (rows.size() > 0) {
                OutcomeReport.Minute minute =
                        minute(left, rows, parts.variance().ideal(left));
                minutes.add(minute);
                ideal += minute.ideal().brier() * rows.size();
            }
        }
        return new OutcomeReport(
                spans,
                (int) Arrays.stream(table.closeNanos()).distinct().count(),
                parts.both().size(),
                parts.held().size(),
                outcome.weight(),
                outcome.calibration(),
                minutes,
                minute(0, table, new ContractEvaluation.Ideal(ideal / table.size(), Double.NaN)));
    }

    private static OutcomeReport.Minute minute(int left, ForecastTable rows, ContractEvaluation.Ideal ideal) {
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        double[] formula = rows.brier(OutcomeReport.FORMULA);
        var figures = rows.figures(rows.names(), days);
        return new OutcomeReport.Minute(
                left,
                figures,
                ideal,
                days.difference(rows.brier(OutcomeReport.DIRECT), formula, rows.atNanos()),
                days.difference(rows.brier(OutcomeReport.POOL), formula, rows.atNanos()),
                days.difference(rows.brier(OutcomeReport.CALIBRATED), formula, rows.atNanos()),
                ContractEvaluation.alarms(figures, ideal.brier()));
    }
}
