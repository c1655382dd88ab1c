package voltage.training.outcome;

import java.util.List;
import voltage.forecast.ensemble.LogPool;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.data.MinuteQuote;
import voltage.training.evaluate.CalibratorChoice;
import voltage.training.evaluate.ContractForecaster;
import voltage.training.evaluate.EdgeWeight;
import voltage.training.evaluate.EventTraining;
import voltage.training.evaluate.ForecastTable;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.lightgbm.Examples;
import voltage.training.lightgbm.LightGbmTrainer;
import voltage.training.lightgbm.TrainedModel;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.measure.Interval;

/**
 * Trains trees on the outcome of contracts, and learns on held-out rows how much of them belongs beside the formula. There the formula has an
 * ensemble of its own, trained on what ended before; for the test both are trained up to it.
 */
final class OutcomeTraining {
    private static final double STOPPING_SHARE = 0.1;
    /** The label's reach and an hour. */
    private static final int GAP_ROWS = MinuteQuote.LIFETIME_MINUTES + 60;

    private final TrainingSettings settings;
    private final TrainingProgress progress;

    OutcomeTraining(TrainingSettings settings, TrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param direct trained on all rows before the test
     * @param pool of {@link OutcomeReport#DIRECT} and {@link OutcomeReport#FORMULA}
     * @param weight of the direct model in it
     * @param calibration of the formula's probability
     */
    record Trained(LightGbmModel direct, LogPool pool, Interval weight, CalibratorChoice calibration) {}

    Trained train(Dataset data, OutcomeParts parts) {
        EventTraining events = new EventTraining(settings, progress);
        List<EventTraining.Trained> earlier = data.targets().stream()
                .map(event -> events.train(data, event, parts.before()))
                .toList();
        ForecastTable held = OutcomeTable.of(parts.held(), ContractForecaster.of(earlier), trees(parts.past()));
        double[] formula = held.said(OutcomeReport.FORMULA);
        Interval weight =
                new EdgeWeight(held.said(OutcomeReport.DIRECT), formula, held.labels()).interval(held.atNanos());
        return new Trained(
                trees(parts.both()),
                new LogPool(
                        List.of(OutcomeReport.DIRECT, OutcomeReport.FORMULA),
                        new double[] {weight.estimate(), 1 - weight.estimate()}),
                weight,
                CalibratorChoice.of(formula, held.labels(), held.atNanos(), MinuteQuote.LIFETIME_MINUTES));
    }

    private LightGbmModel trees(LabelledRows rows) {
        TrainedModel trees = new LightGbmTrainer(settings, progress)
                .trainWithTail(new Examples(rows.names(), rows.rows(), rows.labels()), STOPPING_SHARE, GAP_ROWS);
        return trees.served();
    }
}
