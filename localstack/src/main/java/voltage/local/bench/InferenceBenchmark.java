package voltage.local.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import org.HdrHistogram.Histogram;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteFeatures;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.forecast.model.EventModel;
import voltage.forecast.model.ForecastInput;
import voltage.forecast.patchtst.NetInputs;
import voltage.forecast.patchtst.PatchTst;
import voltage.market.Candle;
import voltage.training.data.Cadence;
import voltage.training.data.CandleSource;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.evaluate.EventTraining;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.NativeModel;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.patchtst.NetSettings;
import voltage.training.patchtst.PatchTstTraining;

/**
 * What a forecast costs: models of the usual size, made on the spot of drawn minutes, then one new minute after the other. The net has its
 * starting weights, which take as long as any.
 */
final class InferenceBenchmark {
    private static final long START_NANOS = 1_771_200_000_000_000_000L;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int TRAINING_MINUTES = 14 * 1_440;
    private static final int WARM_UP = 12_000;
    private static final int MEASURED = 20_000;
    static final int TREES = 300;
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
     * @param ensemble a candle taken, features and window made, all members of four events run, pooled and calibrated
     * @param features of this the features and the window
     * @param patchTst one window through ONNX Runtime, for all events
     * @param trees one row through {@value #TREES} trees, for one event
     * @param sum of all probabilities, so that nothing is left out
     */
    record Result(
            DecisionBenchmark.Times ensemble,
            DecisionBenchmark.Times features,
            DecisionBenchmark.Times patchTst,
            DecisionBenchmark.Times trees,
            DecisionBenchmark.Times nativeTrees,
            NodeOnnx.Outcome node,
            double sum,
            List<Verdict> verdicts) {}

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
        progress.accept("inference: training four ensembles on drawn minutes");
        List<VolatilityEvent> events = VolatilityEvent.grid(List.of(15), List.of(10, 15, 20, 30));
        List<Candle> candles = candles(TRAINING_MINUTES + WARM_UP + MEASURED);
        Dataset data = DatasetBuilder.build(
                CandleSource.of(candles.subList(0, TRAINING_MINUTES)), FeatureSet.CANDLES, Cadence.MINUTE, events);
        Spans spans = Spans.of(data);
        int levels = PatchTstTraining.LEVELS.size() + 1;
        double[] ones = new double[levels];
        Arrays.fill(ones, 1);
        NetInputs inputs = new NetInputs(FeatureSet.CANDLES, events, PatchTstTraining.LEVELS, new double[levels], ones);
        byte[] graph = PatchTstTraining.untrained(NetSettings.USUAL, inputs);
        try (PatchTst net = PatchTst.load(graph, inputs)) {
            EventTraining training =
                    new EventTraining(TrainingSettings.USUAL.withRounds(TREES, 0), TrainingProgress.SILENT);
            List<EventTraining.Trained> trained = events.stream()
                    .map(event -> training.train(data, event, spans, net))
                    .toList();
            progress.accept("inference: " + MEASURED + " minutes, one after the other");
            DecisionBenchmark.Times ensemble = ensemble(candles, trained);
            DecisionBenchmark.Times features = ensemble(candles, List.of());
            ForecastInput[] seen = inputs(data);
            DecisionBenchmark.Times patchTst = each(i -> {
                ForecastInput input = seen[(int) (i % seen.length)];
                return net.probabilities(input.row(), Objects.requireNonNull(input.window()))[0];
            });
            LightGbmModel trees = trained.getFirst().trees().served();
            DecisionBenchmark.Times java = each(i -> trees.probability(seen[(int) (i % seen.length)].row()));
            DecisionBenchmark.Times natively;
            try (NativeModel prepared =
                    NativeModel.of(trained.getFirst().trees().text())) {
                natively = each(i -> prepared.probability(seen[(int) (i % seen.length)].row()));
            }
            progress.accept("inference: the same graph in Node");
            NodeOnnx.Outcome node = NodeOnnx.run(scratch, graph, inputs, seen);
            return new Result(
                    ensemble, features, patchTst, java, natively, node, sink, verdicts(ensemble, java, patchTst));
        }
    }

    /** Without ensembles it is the features and the window alone. */
    private DecisionBenchmark.Times ensemble(List<Candle> candles, List<EventTraining.Trained> trained) {
        List<EventModel.Pooled> ensembles =
                trained.stream().map(EventTraining.Trained::ensemble).toList();
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        candles.subList(0, TRAINING_MINUTES).forEach(features::minute);
        Histogram times = new Histogram(LONGEST_NANOS, 3);
        for (int i = TRAINING_MINUTES; i < candles.size(); i++) {
            Candle candle = candles.get(i);
            long began = System.nanoTime();
            features.minute(candle);
            ForecastInput input = ForecastInput.of(features, features.endNanos());
            for (EventModel.Pooled each : ensembles) {
                sink += each.probability(input);
            }
            long spent = System.nanoTime() - began;
            sink += input.window() == null ? 1 : 0;
            if (i >= TRAINING_MINUTES + WARM_UP) {
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

    private static ForecastInput[] inputs(Dataset data) {
        List<ForecastInput> inputs = new ArrayList<>();
        for (int row = data.size() - INPUTS; row < data.size(); row++) {
            inputs.add(data.input(row));
        }
        return inputs.toArray(ForecastInput[]::new);
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
