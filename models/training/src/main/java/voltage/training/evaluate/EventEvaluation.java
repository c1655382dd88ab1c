package voltage.training.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import voltage.forecast.event.VolatilityEvent;
import voltage.training.data.Dataset;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;
import voltage.training.measure.Losses;
import voltage.training.measure.Scores;

/**
 * How good the models of one event are on instants that none of them has seen: each quarter-hour of the test's span, as the contracts open
 * then.
 */
public final class EventEvaluation {
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
     * What one training came to on the part that followed it.
     *
     * @param instants tested
     * @param trainedOn rows, the held-out ones among them
     * @param heldOut rows that weights and calibration were fitted on
     * @param trees of LightGBM
     * @param brier by the model's name
     * @param weights of the ensemble's members
     * @param calibration of the ensemble, and what its kind was chosen by
     */
    public record Fold(
            Spans spans,
            int instants,
            int trainedOn,
            int heldOut,
            int trees,
            Map<String, Double> brier,
            Map<String, Double> weights,
            CalibratorChoice calibration) {}

    /**
     * All figures of one event, over all folds together.
     *
     * @param figures by the model's name, in the order of the models
     * @param skill by the model's name, {@code 1 − B/B_climatology} with its interval
     * @param againstHar paired difference of the ensemble's Brier score to the baseline's; below 0 is better
     * @param againstTrees the same to LightGBM's
     * @param folds in the order of time, at least one
     */
    public record Report(
            VolatilityEvent event,
            int instants,
            double baseRate,
            Map<String, Figures> figures,
            Map<String, Interval> skill,
            Interval againstHar,
            Interval againstTrees,
            List<Fold> folds) {
        public Report {
            folds = List.copyOf(folds);
        }

        /** The ensemble's weights in the latest fold. */
        public Map<String, Double> weights() {
            return folds.getLast().weights();
        }

        /** The ensemble's calibrator in the latest fold. */
        public CalibratorChoice calibration() {
            return folds.getLast().calibration();
        }
    }

    /** Tests one training. */
    public static Report test(Dataset data, EventTraining.Trained trained, Spans spans) {
        return report(List.of(TestedFold.of(data, trained, spans)));
    }

    /** Of all folds of one event, in the order of time. */
    static Report report(List<TestedFold> folds) {
        boolean[] labels = labels(folds);
        long[] at = folds.stream()
                .flatMapToLong(fold -> LongStream.of(fold.rows().atNanos()))
                .toArray();
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        Map<String, Figures> figures = new LinkedHashMap<>();
        Map<String, double[]> losses = new LinkedHashMap<>();
        for (String model : folds.getFirst().said().keySet()) {
            double[] said = folds.stream()
                    .flatMapToDouble(fold -> DoubleStream.of(fold.said().getOrDefault(model, new double[0])))
                    .toArray();
            double[] brier = Losses.brier(said, labels);
            losses.put(model, brier);
            figures.put(model, new Figures(Scores.of(said, labels), days.mean(brier, at)));
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
                folds.getFirst().trained().event(),
                labels.length,
                rate(labels),
                figures,
                skill,
                days.difference(ensemble, har, at),
                days.difference(ensemble, trees, at),
                folds.stream().map(TestedFold::figures).toList());
    }

    private static boolean[] labels(List<TestedFold> folds) {
        boolean[] labels =
                new boolean[folds.stream().mapToInt(fold -> fold.rows().size()).sum()];
        int next = 0;
        for (TestedFold fold : folds) {
            System.arraycopy(fold.rows().labels(), 0, labels, next, fold.rows().size());
            next += fold.rows().size();
        }
        return labels;
    }

    private static double rate(boolean[] labels) {
        int happened = 0;
        for (boolean label : labels) {
            happened += label ? 1 : 0;
        }
        return happened / (double) labels.length;
    }
}
