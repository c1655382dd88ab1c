package voltage.training.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.EventTraining;
import voltage.training.evaluate.Spans;
import voltage.training.evaluate.UnbalanceEffect;

/**
 * What whoever trades with a set of models must know of it.
 *
 * @param created when it was trained
 * @param dataHash SHA-256 of the candles
 * @param codeHash SHA-256 of the code that trained
 * @param settings of the training, by name
 * @param targets one for each event
 * @param notes further sentences, such as how it stands beside the market
 */
public record ModelCard(
        String version,
        Instant created,
        String featureSet,
        String dataHash,
        String codeHash,
        Spans spans,
        SortedMap<String, String> settings,
        List<Target> targets,
        List<String> notes) {
    public ModelCard {
        settings = new TreeMap<>(settings);
        targets = List.copyOf(targets);
        notes = List.copyOf(notes);
    }

    /**
     * One event.
     *
     * @param report figures on the test's span, with the ensemble's weights and calibrator
     * @param gains what each feature's splits gained in LightGBM, by falling gain
     * @param unbalance LightGBM with {@code is_unbalance} on and off on held-out rows; null if it was not measured
     */
    public record Target(
            EventEvaluation.Report report,
            Map<String, Double> gains,
            @Nullable UnbalanceEffect unbalance) {
        /** Of a training and what came of its test. */
        public static Target of(
                EventTraining.Trained trained, EventEvaluation.Report report, @Nullable UnbalanceEffect unbalance) {
            List<Map.Entry<String, Double>> all = new ArrayList<>();
            List<String> names = trained.trees().features();
            double[] gains = trained.trees().gains();
            for (int i = 0; i < gains.length; i++) {
                all.add(Map.entry(names.get(i), gains[i]));
            }
            all.sort(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()));
            Map<String, Double> sorted = new LinkedHashMap<>();
            all.forEach(each -> sorted.put(each.getKey(), each.getValue()));
            return new Target(report, sorted, unbalance);
        }
    }

    /** The card as one file of HTML; equal cards give equal bytes. */
    public String toHtml() {
        return Page.of("Voltage model " + version, new ModelCardPage(this));
    }
}
