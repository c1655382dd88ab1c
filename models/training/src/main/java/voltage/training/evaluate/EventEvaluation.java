package voltage.training.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.EventModel;
import voltage.forecast.model.ForecastInput;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;
import voltage.training.measure.Losses;
import voltage.training.measure.Scores;

/**
 * How good the models of one event are on instants that none of them has seen: each quarter-hour of the test's span, as the contracts open
 * then.
 */
public final class EventEvaluation {
    private static final long QUARTER_NANOS = 900_000_000_000L;
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_121;

    private EventEvaluation() {}

    /**
     * One model's figures.
     *
     * @param brier of the Brier score, with its interval
     */
    public record Figures(Scores scores, Interval brier) {}

    /**
     * All figures of one event.
     *
     * @param figures by the model's name, in the order of the models
     * @param skill by the model's name, {@code 1 − B/B_climatology} with its interval
     * @param againstHar paired difference of the ensemble's Brier score to the baseline's; below 0 is better
     * @param againstTrees the same to LightGBM's
     * @param weights of the ensemble's members
     * @param calibration of the ensemble, and what its kind was chosen by
     */
    public record Report(
            VolatilityEvent event,
            int instants,
            double baseRate,
            Map<String, Figures> figures,
            Map<String, Interval> skill,
            Interval againstHar,
            Interval againstTrees,
            Map<String, Double> weights,
            CalibratorChoice calibration) {}

    /** Tests once. */
    public static Report test(Dataset data, EventTraining.Trained trained, Spans spans) {
        VolatilityEvent event = trained.event();
        LabelledRows every = EventTraining.complete(
                data.between(spans.testFromNanos(), spans.endNanos()).labelled(event), data.set());
        LabelledRows quarters = every.where(row -> every.atNanos()[row] % QUARTER_NANOS == 0);
        boolean hasNet = trained.models().stream().anyMatch(EventModel.Patched.class::isInstance);
        LabelledRows rows = hasNet ? EventTraining.windowed(quarters) : quarters;
        if (rows.size() == 0) {
            throw new IllegalArgumentException(
                    "no quarter-hour is left to test " + event.name() + " on; give more data");
        }
        ForecastInput[] inputs =
                IntStream.range(0, rows.size()).mapToObj(rows::input).toArray(ForecastInput[]::new);
        boolean[] labels = rows.labels();
        long[] at = rows.atNanos();
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        Map<String, Figures> figures = new LinkedHashMap<>();
        Map<String, double[]> losses = new LinkedHashMap<>();
        for (EventModel model : trained.models()) {
            double[] said =
                    Arrays.stream(inputs).mapToDouble(model::probability).toArray();
            double[] brier = Losses.brier(said, labels);
            losses.put(model.name(), brier);
            figures.put(model.name(), new Figures(Scores.of(said, labels), days.mean(brier, at)));
        }
        double[] climatology = losses.get("climatology");
        double[] ensemble = losses.get("ensemble");
        double[] har = losses.get("harLogit");
        double[] trees = losses.get("lightgbm");
        if (climatology == null || ensemble == null || har == null || trees == null) {
            throw new IllegalStateException("the models of a training are known, was " + losses.keySet());
        }
        Map<String, Interval> skill = new LinkedHashMap<>();
        losses.forEach((name, each) -> skill.put(name, days.skill(each, climatology, at)));
        return new Report(
                event,
                rows.size(),
                rows.baseRate(),
                figures,
                skill,
                days.difference(ensemble, har, at),
                days.difference(ensemble, trees, at),
                weights(trained.ensemble()),
                trained.calibration());
    }

    private static Map<String, Double> weights(EventModel.Pooled ensemble) {
        Map<String, Double> weights = new LinkedHashMap<>();
        List<String> members = ensemble.ensemble().pool().members();
        double[] each = ensemble.ensemble().pool().weights();
        for (int i = 0; i < each.length; i++) {
            weights.put(members.get(i), each[i]);
        }
        return weights;
    }
}
