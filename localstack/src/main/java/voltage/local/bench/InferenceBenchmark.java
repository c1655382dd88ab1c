package voltage.local.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import org.HdrHistogram.Histogram;
import voltage.forecast.artifact.BuiltInModels;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteFeatures;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.forecast.model.EventModel;
import voltage.forecast.model.ForecastInput;
import voltage.forecast.model.ModelSet;
import voltage.forecast.patchtst.PatchTst;
import voltage.market.Candle;
import voltage.training.lightgbm.NativeModel;

/** What a forecast of the models in the program costs: a day of drawn minutes to begin with, then one new minute after the other. */
final class InferenceBenchmark {
    private static final long START_NANOS = 1_771_200_000_000_000_000L;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int HISTORY_MINUTES = 2 * 1_440;
    private static final int WARM_UP = 12_000;
    private static final int MEASURED = 20_000;
    private static final int INPUTS = 1_024;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final Scratch scratch;
    private double sink;

    InferenceBenchmark(Scratch scratch) {
        this.scratch = scratch;
    }

    /**
     * Times in nanoseconds.
     *
     * @param version of the models
     * @param treesOfEvents of LightGBM, one an event
     * @param ensemble a candle taken, features and window made, all members of all events run, pooled and calibrated
     * @param features of this the features and the window
     * @param patchTst one window through ONNX Runtime, for all events
     * @param trees one row through the trees of the event that has most
     * @param nativeTrees the same by LightGBM itself
     * @param sum of all probabilities, so that nothing is left out
     */
    record Result(
            String version,
            List<Integer> treesOfEvents,
            DecisionBenchmark.Times ensemble,
            DecisionBenchmark.Times features,
            DecisionBenchmark.Times patchTst,
            DecisionBenchmark.Times trees,
            DecisionBenchmark.Times nativeTrees,
            NodeOnnx.Outcome node,
            double sum,
            List<Verdict> verdicts) {
        Result {
            treesOfEvents = List.copyOf(treesOfEvents);
        }
    }

    static List<Verdict> verdicts(
            DecisionBenchmark.Times ensemble, DecisionBenchmark.Times trees, DecisionBenchmark.Times patchTst) {
        return List.of(
                new Verdict(
                        "ensemble p50 at most 150 µs, p99 at most 500 µs",
                        String.format(
                                Locale.ROOT,
                                "ensemble p50 %.1f µs, p99 %.1f µs",
                                ensemble.p50() / 1e3,
                                ensemble.p99() / 1e3),
                        ensemble.p50() <= 150_000 && ensemble.p99() <= 500_000),
                new Verdict(
                        "LightGBM row at most 5 µs",
                        String.format(Locale.ROOT, "LightGBM row p50 %.2f µs", trees.p50() / 1e3),
                        trees.p50() <= 5_000),
                new Verdict(
                        "PatchTST at most 100 µs",
                        String.format(Locale.ROOT, "PatchTST p50 %.1f µs", patchTst.p50() / 1e3),
                        patchTst.p50() <= 100_000));
    }

    Result run(Consumer<String> progress) throws IOException, InterruptedException {
        ModelArtifact artifact = new BuiltInModels()
                .latest()
                .orElseThrow(() -> new IllegalStateException("this program was built without models"));
        ModelSet set = ModelSetFiles.load(artifact);
        progress.accept("inference: models " + set.version() + ", " + MEASURED + " minutes, one after the other");
        List<Candle> candles = candles(HISTORY_MINUTES + WARM_UP + MEASURED);
        DecisionBenchmark.Times ensemble = ensemble(candles, set.models());
        DecisionBenchmark.Times features = ensemble(candles, List.of());
        ForecastInput[] seen = inputs(candles);
        DecisionBenchmark.Times patchTst;
        NodeOnnx.Outcome node;
        try (PatchTst net = PatchTst.load(artifact.file(PatchTst.GRAPH), artifact.file(PatchTst.INPUTS))) {
            patchTst = each(i -> {
                ForecastInput input = seen[(int) (i % seen.length)];
                return net.probabilities(input.row(), Objects.requireNonNull(input.window()))[0];
            });
            progress.accept("inference: the same graph in Node");
            node = NodeOnnx.run(scratch, artifact.file(PatchTst.GRAPH), net.inputs(), seen);
        }
        List<LightGbmModel> all = trees(set);
        List<Integer> counts = all.stream().map(LightGbmModel::trees).toList();
        int most = counts.indexOf(Collections.max(counts));
        LightGbmModel trees = all.get(most);
        DecisionBenchmark.Times java = each(i -> trees.probability(seen[(int) (i % seen.length)].row()));
        DecisionBenchmark.Times natively;
        String text = ModelSetFiles.treesText(artifact, set.models().get(most).event());
        try (NativeModel prepared = NativeModel.of(text)) {
            natively = each(i -> prepared.probability(seen[(int) (i % seen.length)].row()));
        }
        return new Result(
                set.version(),
                counts,
                ensemble,
                features,
                patchTst,
                java,
                natively,
                node,
                sink,
                verdicts(ensemble, java, patchTst));
    }

    private static List<LightGbmModel> trees(ModelSet set) {
        return set.models().stream()
                .flatMap(of -> of.ensemble().members().stream())
                .filter(EventModel.Boosted.class::isInstance)
                .map(member -> ((EventModel.Boosted) member).trees())
                .toList();
    }

    /** Without models it is the features and the window alone. */
    private DecisionBenchmark.Times ensemble(List<Candle> candles, List<ModelSet.OfEvent> models) {
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        candles.subList(0, HISTORY_MINUTES).forEach(features::minute);
        Histogram times = new Histogram(LONGEST_NANOS, 3);
        for (int i = HISTORY_MINUTES; i < candles.size(); i++) {
            Candle candle = candles.get(i);
            long began = System.nanoTime();
            features.minute(candle);
            ForecastInput input = ForecastInput.of(features, features.endNanos());
            for (ModelSet.OfEvent each : models) {
                sink += each.ensemble().probability(input);
            }
            long spent = System.nanoTime() - began;
            sink += input.window() == null ? 1 : 0;
            if (i >= HISTORY_MINUTES + WARM_UP) {
                times.recordValue(spent);
            }
        }
        return DecisionBenchmark.Times.of(times);
    }

    private DecisionBenchmark.Times each(LongToDoubleFunction call) {
        for (int i = 0; i < WARM_UP; i++) {
            sink += call.applyAsDouble(i);
        }
        Histogram times = new Histogram(LONGEST_NANOS, 3);
        for (int i = 0; i < MEASURED; i++) {
            long began = System.nanoTime();
            sink += call.applyAsDouble(i);
            times.recordValue(System.nanoTime() - began);
        }
        return DecisionBenchmark.Times.of(times);
    }

    private static ForecastInput[] inputs(List<Candle> candles) {
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        ForecastInput[] inputs = new ForecastInput[INPUTS];
        for (int i = 0; i < HISTORY_MINUTES + INPUTS; i++) {
            features.minute(candles.get(i));
            if (i >= HISTORY_MINUTES) {
                inputs[i - HISTORY_MINUTES] = ForecastInput.of(features, features.endNanos());
            }
        }
        return inputs;
    }

    /** A random walk whose volatility comes and goes. */
    private static List<Candle> candles(int count) {
        SplittableRandom random = new SplittableRandom(20_261_121);
        List<Candle> candles = new ArrayList<>();
        double price = 90_000;
        double level = 0;
        for (int i = 0; i < count; i++) {
            level = 0.995 * level + 0.09 * random.nextGaussian();
            double deviation = 4e-4 * Math.exp(level);
            double close = price * Math.exp(deviation * random.nextGaussian());
            double wick = price * deviation * Math.abs(random.nextGaussian());
            candles.add(new Candle(
                    START_NANOS + i * MINUTE_NANOS,
                    e4(price),
                    e4(Math.max(price, close) + wick),
                    e4(Math.min(price, close) - wick),
                    e4(close),
                    100_000_000L + random.nextInt(100_000_000),
                    50,
                    false));
            price = close;
        }
        return candles;
    }

    private static long e4(double dollars) {
        return Math.round(dollars * 100) * 100;
    }
}
