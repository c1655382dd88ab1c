package voltage.training.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import voltage.forecast.model.EventModel;
import voltage.forecast.model.ForecastInput;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.measure.Losses;

/**
 * What the models of one training said of one event on the part that follows it: each quarter-hour, as the contracts open then.
 *
 * @param said by the model's name, in the order of the models; one probability a row
 */
record TestedFold(Spans spans, EventTraining.Trained trained, LabelledRows rows, Map<String, double[]> said) {
    private static final long QUARTER_NANOS = 900_000_000_000L;

    /**
     * Asks all models.
     *
     * @throws IllegalArgumentException if no quarter-hour is left
     */
    static TestedFold of(Dataset data, EventTraining.Trained trained, Spans spans) {
        LabelledRows every = EventTraining.complete(
                data.between(spans.testFromNanos(), spans.endNanos()).labelled(trained.event()), data.set());
        LabelledRows quarters = every.where(row -> every.atNanos()[row] % QUARTER_NANOS == 0);
        boolean hasNet = trained.models().stream().anyMatch(EventModel.Patched.class::isInstance);
        LabelledRows rows = hasNet ? EventTraining.windowed(quarters) : quarters;
        if (rows.size() == 0) {
            throw new IllegalArgumentException(
                    "no quarter-hour is left to test " + trained.event().name() + " on; give more data");
        }
        ForecastInput[] inputs =
                IntStream.range(0, rows.size()).mapToObj(rows::input).toArray(ForecastInput[]::new);
        Map<String, double[]> said = new LinkedHashMap<>();
        for (EventModel model : trained.models()) {
            said.put(
                    model.name(),
                    Arrays.stream(inputs).mapToDouble(model::probability).toArray());
        }
        return new TestedFold(spans, trained, rows, said);
    }

    EventEvaluation.Fold figures() {
        Map<String, Double> brier = new LinkedHashMap<>();
        said.forEach((name, each) -> brier.put(
                name, Arrays.stream(Losses.brier(each, rows.labels())).average().orElse(Double.NaN)));
        return new EventEvaluation.Fold(
                spans,
                rows.size(),
                trained.trainedOn(),
                trained.heldOut(),
                trained.trees().bestRound(),
                brier,
                weights(),
                trained.calibration());
    }

    private Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        List<String> members = trained.ensemble().ensemble().pool().members();
        double[] each = trained.ensemble().ensemble().pool().weights();
        for (int i = 0; i < each.length; i++) {
            weights.put(members.get(i), each[i]);
        }
        return weights;
    }
}
