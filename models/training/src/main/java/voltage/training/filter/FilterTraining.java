package voltage.training.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import voltage.forecast.filter.FilterEvidence;
import voltage.forecast.filter.FilterModel;
import voltage.forecast.monitor.WinRateDrift;
import voltage.strategy.EntryFeatures;
import voltage.training.lightgbm.Examples;
import voltage.training.lightgbm.LightGbmTrainer;
import voltage.training.lightgbm.TrainedModel;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;

/**
 * Trains an entry filter, or refuses. Every trade gets a probability from a model that has not seen it or anything near it; for
 * every fold a threshold is chosen on the other folds' probabilities and tried on its own, so that the precision that is
 * claimed is of trades that neither model nor threshold had seen. The filter itself is trained on all trades, with the threshold chosen on all.
 */
public final class FilterTraining {
    /** Fewer labelled trades say nothing about fourteen features. */
    public static final int LEAST_TRADES = 500;

    public static final int LEAST_OF_AN_OUTCOME = 100;
    /** Fewer that pass, out of sample, prove no precision. */
    public static final int LEAST_PASSED = 50;

    public static final double PRECISION = 0.58;
    private static final int FOLDS = 5;
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final double Z95_ONE_SIDED = 1.6448536269514722;
    /** Small trees, few of them: there are hundreds of trades, not hundreds of thousands. */
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(80, 0, 0.05, 6, 25, 0.8, 0.8, 5, false, TrainingSettings.Missing.NAN, 20_261_121, 1);

    private FilterTraining() {}

    /** What came of it. */
    public sealed interface Outcome {
        /** @param model reaches {@link #PRECISION} out of sample */
        record Trained(FilterModel model, FilterEvidence evidence) implements Outcome {}

        /** @param reason says what is missing, in numbers */
        record Refused(String reason) implements Outcome {}
    }

    /** @param unordered trades that have ended */
    public static Outcome train(List<LabelledEntry> unordered) {
        List<LabelledEntry> entries = unordered.stream()
                .sorted(Comparator.comparingLong(entry -> entry.features().atNanos()))
                .toList();
        int n = entries.size();
        int wins = (int) entries.stream().filter(LabelledEntry::isWin).count();
        if (n < LEAST_TRADES) {
            return new Outcome.Refused("an entry filter needs " + LEAST_TRADES + " trades that have ended, there are "
                    + n + ": " + (LEAST_TRADES - n) + " more");
        }
        if (Math.min(wins, n - wins) < LEAST_OF_AN_OUTCOME) {
            return new Outcome.Refused("an entry filter needs " + LEAST_OF_AN_OUTCOME
                    + " trades of either outcome, there are " + wins + " wins and " + (n - wins) + " others");
        }
        Examples examples = examples(entries);
        List<Split> folds = StratifiedFolds.of(entries, FOLDS, HOUR_NANOS);
        int[] foldOf = new int[n];
        int[] winE4 = new int[n];
        for (int fold = 0; fold < FOLDS; fold++) {
            Split split = folds.get(fold);
            TrainedModel model = train(examples.pick(split.train()));
            var served = model.served();
            for (int i : split.test()) {
                foldOf[i] = fold;
                winE4[i] = (int) StrictMath.rint(served.probability(examples.rows()[i]) * 1e4);
            }
        }
        return judge(examples, foldOf, winE4, wins, entries);
    }

    private static Outcome judge(Examples examples, int[] foldOf, int[] winE4, int wins, List<LabelledEntry> entries) {
        boolean[] labels = examples.labels();
        int n = labels.length;
        int passed = 0;
        int won = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int own = fold;
            OptionalInt threshold = threshold(
                    winE4,
                    labels,
                    IntStream.range(0, n).filter(i -> foldOf[i] != own).toArray());
            for (int i = 0; i < n && threshold.isPresent(); i++) {
                if (foldOf[i] == fold && winE4[i] >= threshold.getAsInt()) {
                    passed++;
                    won += labels[i] ? 1 : 0;
                }
            }
        }
        OptionalInt threshold = threshold(winE4, labels, IntStream.range(0, n).toArray());
        if (passed < LEAST_PASSED || threshold.isEmpty()) {
            return new Outcome.Refused(String.format(
                    Locale.ROOT,
                    "%d of %d trades pass a threshold that promises a precision of %.2f out of sample, at least %d are needed: what is known at an entry does not tell wins (%.1f %% of all) from losses",
                    passed,
                    n,
                    PRECISION,
                    LEAST_PASSED,
                    100.0 * wins / n));
        }
        double precision = (double) won / passed;
        double lower = WinRateDrift.wilson(won, passed, Z95_ONE_SIDED)[0];
        if (precision < PRECISION) {
            return new Outcome.Refused(String.format(
                    Locale.ROOT,
                    "precision out of sample is %.3f (%d of %d, lower bound %.3f), %.2f is needed; without a filter %.3f win",
                    precision,
                    won,
                    passed,
                    lower,
                    PRECISION,
                    (double) wins / n));
        }
        long until = entries.stream().mapToLong(LabelledEntry::endedNanos).max().orElse(0);
        try {
            return new Outcome.Trained(
                    FilterModel.of(train(examples).text(), threshold.getAsInt()),
                    new FilterEvidence(n, wins, passed, won, lower, until));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    /**
     * The lowest threshold, so that most trades pass, whose precision on enough of these trades is a standard error above the one asked
     * for: the lowest of many that just reach it would have reached it by luck.
     */
    static OptionalInt threshold(int[] winE4, boolean[] labels, int[] among) {
        Integer[] order = Arrays.stream(among).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingInt((Integer i) -> winE4[i]).reversed());
        int won = 0;
        OptionalInt lowest = OptionalInt.empty();
        for (int k = 0; k < order.length; k++) {
            won += labels[order[k]] ? 1 : 0;
            boolean isLastOfItsKind = k + 1 == order.length || winE4[order[k + 1]] != winE4[order[k]];
            int value = winE4[order[k]];
            if (isLastOfItsKind
                    && k + 1 >= LEAST_PASSED
                    && won / (k + 1.0) - Math.sqrt(PRECISION * (1 - PRECISION) / (k + 1)) >= PRECISION
                    && value >= 1
                    && value <= 9_999) {
                lowest = OptionalInt.of(value);
            }
        }
        return lowest;
    }

    private static TrainedModel train(Examples examples) {
        return new LightGbmTrainer(SETTINGS, TrainingProgress.SILENT).train(examples, null);
    }

    private static Examples examples(List<LabelledEntry> entries) {
        List<double[]> rows = new ArrayList<>();
        boolean[] labels = new boolean[entries.size()];
        for (int i = 0; i < labels.length; i++) {
            double[] row = new double[EntryFeatures.NAMES.size()];
            entries.get(i).features().fill(row);
            rows.add(row);
            labels[i] = entries.get(i).isWin();
        }
        return new Examples(EntryFeatures.NAMES.toArray(String[]::new), rows.toArray(double[][]::new), labels);
    }
}
