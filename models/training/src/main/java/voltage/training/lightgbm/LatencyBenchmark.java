package voltage.training.lightgbm;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.training.lightgbm.TrainingSettings.Missing;

/**
 * Prints what one row costs: plain Java beside native LightGBM, by its prepared single-row call and by lightgbm4j's. One thread, 25 features,
 * 31 leaves, rows that the model has not seen. Arguments: none.
 */
public final class LatencyBenchmark {
    private static final int FEATURES = 25;
    private static final int TRAINING_ROWS = 20_000;
    private static final int ROWS = 4_096;
    private static final int WARM_UP = 40_000;
    private static final int MEASURED = 40_000;
    private static final double NAN_SHARE = 0.1;

    private double sink;

    private LatencyBenchmark() {}

    public static void main(String[] arguments) {
        new LatencyBenchmark().run(System.out);
    }

    private void run(PrintStream out) {
        Examples examples = examples(TRAINING_ROWS, 1, 0);
        double[][] complete = examples(ROWS, 2, 0).rows();
        double[][] holed = examples(ROWS, 3, NAN_SHARE).rows();
        out.printf(Locale.ROOT, "%-44s %9s %9s %9s%n", "one row, " + FEATURES + " features, ns", "p50", "p99", "p99.9");
        for (int trees : new int[] {200, 500}) {
            TrainingSettings settings =
                    new TrainingSettings(trees, 0, 0.05, 31, 20, 0.8, 0.8, 1, false, Missing.NAN, 1, 1);
            TrainedModel trained = new LightGbmTrainer(settings, TrainingProgress.SILENT).train(examples, null);
            out.printf(
                    Locale.ROOT,
                    "%d trees of 31 leaves, trained on %d rows in %.1f s%n",
                    trees,
                    TRAINING_ROWS,
                    trained.seconds());
            LightGbmModel java = trained.served();
            measure(out, "  plain Java", java::probability, complete);
            measure(out, "  plain Java, one value in ten NaN", java::probability, holed);
            try (NativeModel prepared = NativeModel.of(trained.text());
                    LGBMBooster wrapper = LGBMBooster.loadModelFromString(trained.text())) {
                measure(out, "  native, prepared single-row call", prepared::probability, complete);
                measure(out, "  native, lightgbm4j predictForMatSingleRow", row -> ofWrapper(wrapper, row), complete);
            } catch (LGBMException e) {
                throw new NativeLightGbmException("LightGBM could not load its own model: " + e.getMessage(), e);
            }
        }
        out.printf(Locale.ROOT, "(sum of all predictions %.3f)%n", sink);
    }

    private static double ofWrapper(LGBMBooster wrapper, double[] row) {
        try {
            return wrapper.predictForMatSingleRow(row, PredictionType.C_API_PREDICT_NORMAL);
        } catch (LGBMException e) {
            throw new NativeLightGbmException("LightGBM does not predict: " + e.getMessage(), e);
        }
    }

    private void measure(PrintStream out, String name, ToDoubleFunction<double[]> model, double[][] rows) {
        for (int i = 0; i < WARM_UP; i++) {
            sink += model.applyAsDouble(rows[i % ROWS]);
        }
        long[] spent = new long[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            double[] row = rows[i % ROWS];
            long start = System.nanoTime();
            sink += model.applyAsDouble(row);
            spent[i] = System.nanoTime() - start;
        }
        Arrays.sort(spent);
        out.printf(
                Locale.ROOT,
                "%-44s %9d %9d %9d%n",
                name,
                spent[MEASURED / 2],
                spent[(int) (MEASURED * 0.99)],
                spent[(int) (MEASURED * 0.999)]);
    }

    private static Examples examples(int size, long seed, double nanShare) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] names = new String[FEATURES];
        Arrays.setAll(names, i -> "feature_" + i);
        double[][] rows = new double[size][FEATURES];
        boolean[] labels = new boolean[size];
        for (int i = 0; i < size; i++) {
            double score = -1;
            for (int j = 0; j < FEATURES; j++) {
                double value = random.nextGaussian();
                score += value * (j < 8 ? 0.4 : 0);
                rows[i][j] = random.nextDouble() < nanShare ? Double.NaN : value;
            }
            labels[i] = random.nextDouble() < 1 / (1 + StrictMath.exp(-score));
        }
        return new Examples(names, rows, labels);
    }
}
