package voltage.training.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.EventModel;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.lightgbm.Examples;
import voltage.training.lightgbm.LightGbmTrainer;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;
import voltage.training.measure.Losses;
import voltage.training.measure.Scores;

/**
 * What weighing the rarer outcome up ({@code is_unbalance}) does to LightGBM, on the held-out quarter-hours, without a calibrator after it. The
 * default follows this; the test has no say.
 *
 * @param meanOff mean probability without the flag; to be compared with {@code off.scores().baseRate()}
 * @param difference paired Brier score with the flag less without; above 0 the flag harms
 */
public record UnbalanceEffect(
        VolatilityEvent event,
        EventEvaluation.Figures off,
        EventEvaluation.Figures on,
        double meanOff,
        double meanOn,
        Interval difference) {
    private static final double STOPPING_SHARE = 0.1;
    private static final long QUARTER_NANOS = 900_000_000_000L;
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_127;

    /** Whether the flag should be set. */
    public boolean helps() {
        return difference.high() < 0;
    }

    /** Trains twice and compares. */
    public static UnbalanceEffect measure(
            Dataset data, VolatilityEvent event, Spans spans, TrainingSettings settings, TrainingProgress progress) {
        LabelledRows past = EventTraining.complete(
                data.between(spans.fromNanos(), Spans.purged(spans.holdFromNanos(), event.horizonMinutes()))
                        .labelled(event),
                data.set());
        LabelledRows every = EventTraining.complete(
                data.between(spans.holdFromNanos(), Spans.purged(spans.testFromNanos(), event.horizonMinutes()))
                        .labelled(event),
                data.set());
        LabelledRows held = every.where(row -> every.atNanos()[row] % QUARTER_NANOS == 0);
        double[] off = said(past, held, event, settings.withUnbalance(false), progress);
        double[] on = said(past, held, event, settings.withUnbalance(true), progress);
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        double[] lossesOff = Losses.brier(off, held.labels());
        double[] lossesOn = Losses.brier(on, held.labels());
        return new UnbalanceEffect(
                event,
                new EventEvaluation.Figures(Scores.of(off, held.labels()), days.mean(lossesOff, held.atNanos())),
                new EventEvaluation.Figures(Scores.of(on, held.labels()), days.mean(lossesOn, held.atNanos())),
                Arrays.stream(off).average().orElse(Double.NaN),
                Arrays.stream(on).average().orElse(Double.NaN),
                days.difference(lossesOn, lossesOff, held.atNanos()));
    }

    private static double[] said(
            LabelledRows past,
            LabelledRows held,
            VolatilityEvent event,
            TrainingSettings settings,
            TrainingProgress progress) {
        EventModel model = new EventModel.Boosted(new LightGbmTrainer(settings, progress)
                .trainWithTail(
                        new Examples(past.names(), past.rows(), past.labels()),
                        STOPPING_SHARE,
                        event.horizonMinutes() + 60)
                .served());
        return IntStream.range(0, held.size())
                .mapToDouble(row -> model.probability(held.input(row)))
                .toArray();
    }
}
