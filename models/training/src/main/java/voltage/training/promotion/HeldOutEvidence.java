package voltage.training.promotion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voltage.forecast.model.ModelSet;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;

/** Lets two sets of models forecast recorded minutes that neither has learned from, at each quarter-hour. */
public final class HeldOutEvidence {
    private static final long QUARTER_NANOS = 900_000_000_000L;

    private HeldOutEvidence() {}

    /**
     * Forecasts and weighs.
     *
     * @param data with the feature set and the events of both
     * @param fromNanos after all that either has learned from, epoch nanoseconds UTC
     */
    public static PromotionEvidence of(
            ModelSet champion, ModelSet challenger, Dataset data, long fromNanos, int trials) {
        // Each is served with the times of day that it was made with.
        Dataset ofChampion =
                data.withTimesOfDay(champion.basis().diurnal(), fromNanos).between(fromNanos, Long.MAX_VALUE);
        Dataset ofChallenger =
                data.withTimesOfDay(challenger.basis().diurnal(), fromNanos).between(fromNanos, Long.MAX_VALUE);
        List<PairedForecasts> paired = new ArrayList<>();
        long asked = 0;
        long failed = 0;
        for (ModelSet.OfEvent model : challenger.models()) {
            ModelSet.OfEvent other = champion.models().stream()
                    .filter(candidate -> candidate.event().equals(model.event()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(champion.version() + " does not forecast "
                            + model.event().name() + ": sets are compared on the same events"));
            LabelledRows rows = ofChallenger.labelled(model.event());
            LabelledRows before = ofChampion.labelled(model.event());
            int[] at = new int[rows.size()];
            double[] champions = new double[rows.size()];
            double[] challengers = new double[rows.size()];
            int n = 0;
            for (int row = 0; row < rows.size(); row++) {
                if (rows.atNanos()[row] % QUARTER_NANOS != 0) {
                    continue;
                }
                double said = other.ensemble().probability(before.input(row));
                if (Double.isNaN(said)) {
                    continue;
                }
                asked++;
                champions[n] = said;
                challengers[n] = model.ensemble().probability(rows.input(row));
                at[n] = row;
                if (Double.isNaN(challengers[n])) {
                    failed++;
                } else {
                    n++;
                }
            }
            int[] kept = Arrays.copyOf(at, n);
            boolean[] labels = new boolean[n];
            long[] atNanos = new long[n];
            for (int i = 0; i < n; i++) {
                labels[i] = rows.labels()[kept[i]];
                atNanos[i] = rows.atNanos()[kept[i]];
            }
            paired.add(new PairedForecasts(
                    model.event().name(), Arrays.copyOf(champions, n), Arrays.copyOf(challengers, n), labels, atNanos));
        }
        return PromotionEvidence.of(
                PromotionEvidence.Kind.HELD_OUT,
                champion.version(),
                challenger.version(),
                paired,
                asked,
                failed,
                trials);
    }
}
