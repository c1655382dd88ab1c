package voltage.training.patchtst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteWindow;
import voltage.forecast.model.ForecastInput;
import voltage.forecast.patchtst.BrokenNetException;
import voltage.forecast.patchtst.NetInputs;
import voltage.forecast.patchtst.PatchTst;
import voltage.training.data.Cadence;
import voltage.training.data.CandleFolder;
import voltage.training.data.CandleSource;
import voltage.training.data.ClusteredMinutes;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.evaluate.Spans;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PatchTstTrainingTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_760_000_400_000_000_000L / (900 * 1_000_000_000L) * (900 * 1_000_000_000L);
    private static final int DAYS = 16;
    private static final List<VolatilityEvent> EVENTS = VolatilityEvent.grid(List.of(15), List.of(10, 20));
    private static final NetSettings SMALL =
            new NetSettings(12, 8, 2, 1, 16, 8, 0.1, 3e-3, 0.01, 64, 1_024, 3, 3, 7, 1);
    /** Unpacked once for all tests. */
    private static final Path CACHE = Path.of("target", "djl");

    private static Dataset data;
    private static Spans spans;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void minutes() {
        data = DatasetBuilder.build(
                CandleSource.of(ClusteredMinutes.of(START, DAYS * 1_440, 11)),
                FeatureSet.CANDLES,
                Cadence.MINUTE,
                EVENTS);
        spans = Spans.of(data);
    }

    private TrainedNet train(NetSettings settings, NetProgress progress) {
        return new PatchTstTraining(settings, folder.resolve("net"), CACHE, progress).train(data, EVENTS, spans);
    }

    private static MinuteWindow randomWindow(SplittableRandom random) {
        long[] closes = new long[MinuteWindow.HISTORY];
        long[] volumes = new long[MinuteWindow.HISTORY];
        Arrays.setAll(closes, i -> random.nextInt(20) == 0 ? 0 : 600_000_000L + random.nextLong(60_000_000));
        Arrays.setAll(volumes, i -> 1 + random.nextLong(1L << 40));
        return Objects.requireNonNull(MinuteWindow.of(closes, volumes));
    }

    @Test
    void it_learns_and_is_served_as_it_was_trained() throws IOException {
        List<Double> losses = new ArrayList<>();
        TrainedNet net = train(SMALL, (epoch, epochs, figures, left) -> losses.add(figures.stopLoss()));

        assertThat(losses).hasSize(3);
        assertThat(net.stopLoss()).isLessThan(net.epochs().get(0).trainLoss()).isLessThan(0.62);
        assertThat(net.worstDifference()).isPositive().isLessThan(1e-5);
        net.write(folder.resolve("written"));
        Path written = folder.resolve("written");
        try (PatchTst served = PatchTst.load(
                Files.readAllBytes(written.resolve(PatchTst.GRAPH)),
                Files.readAllBytes(written.resolve(PatchTst.INPUTS)))) {
            assertThat(served.events()).isEqualTo(EVENTS);
            DoubleNet exact = DoubleNet.of(folder.resolve("net"));
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < 200; i++) {
                ForecastInput input = data.input(2_000 + random.nextInt(data.size() - 2_000));
                MinuteWindow window = i % 2 == 0 ? Objects.requireNonNull(input.window()) : randomWindow(random);
                double[] said = served.probabilities(input.row(), window);
                double[] expected = exact.probabilities(served.inputs(), input.row(), window);
                for (int event = 0; event < said.length; event++) {
                    assertThat(said[event]).isStrictlyBetween(0.0, 1.0);
                    assertThat(Math.abs(said[event] - expected[event])).isLessThan(1e-5);
                }
                assertThat(said).isEqualTo(served.probabilities(input.row(), window));
            }
        }
        assertThat(folder.resolve("net").resolve(Examples.FILE)).doesNotExist();
    }

    @Test
    void a_training_that_was_killed_goes_on_and_ends_with_the_same_net() {
        TrainedNet whole = train(SMALL, NetProgress.SILENT);
        Path other = folder.resolve("killed");
        List<Integer> epochs = new ArrayList<>();
        assertThatThrownBy(() -> new PatchTstTraining(SMALL, other, CACHE, (epoch, most, figures, left) -> {
                            throw new IllegalStateException("killed");
                        })
                        .train(data, EVENTS, spans))
                .hasMessage("killed");
        assertThat(other.resolve(Checkpoint.FILE)).exists();
        TrainedNet resumed = new PatchTstTraining(
                        SMALL, other, CACHE, (epoch, most, figures, left) -> epochs.add(epoch))
                .train(data, EVENTS, spans);

        assertThat(epochs).doesNotContain(1).contains(3);
        assertThat(resumed.onnx()).isEqualTo(whole.onnx());
        assertThat(resumed.stopLoss()).isEqualTo(whole.stopLoss());
    }

    @Test
    void a_mirrored_row_has_price_and_flow_turned_over_and_the_same_volumes_levels_and_outcome() throws IOException {
        NetInputs inputs = new NetInputs(FeatureSet.CANDLES, EVENTS, List.of(), new double[] {-7}, new double[] {1});
        int[] rows = {3_000, 4_000};
        String hash = Examples.write(folder, data, rows, inputs);
        Examples examples = Examples.map(folder, new Task(SMALL, EVENTS.size(), 1, 2, 0, 0, hash));
        Examples.Batch batch = examples.batch(new int[] {1, 1}, new boolean[] {false, true});
        MinuteWindow window = Objects.requireNonNull(data.input(4_000).window());

        for (int i = 0; i < Examples.WINDOW; i++) {
            boolean isVolume = i / MinuteWindow.MINUTES == 1;
            assertThat(batch.windows()[i]).isEqualTo((float) window.values()[i]);
            assertThat(batch.windows()[Examples.WINDOW + i])
                    .isEqualTo(isVolume ? batch.windows()[i] : -batch.windows()[i]);
        }
        assertThat(batch.levels()).containsOnly((float) (window.logSigma() + 7));
        assertThat(batch.labels()[0]).isEqualTo((float) data.label(EVENTS.get(0), 4_000));
        assertThat(batch.labels()[2]).isEqualTo(batch.labels()[0]);
        assertThatThrownBy(() -> Examples.map(folder, new Task(SMALL, EVENTS.size(), 1, 3, 0, 0, hash)))
                .hasMessageContaining("start the training again");
    }

    @Test
    void a_damaged_graph_or_one_of_other_levels_is_refused() {
        TrainedNet net = train(SMALL.withEpochs(1, 128), NetProgress.SILENT);
        byte[] cut = Arrays.copyOf(net.onnx(), net.onnx().length / 2);
        assertThatThrownBy(() -> PatchTst.load(cut, net.inputs()))
                .isInstanceOf(BrokenNetException.class)
                .hasMessageContaining("train it anew");
        NetInputs fewer = new NetInputs(FeatureSet.CANDLES, EVENTS, List.of(), new double[] {0}, new double[] {1});
        assertThatThrownBy(() -> PatchTst.load(net.onnx(), fewer)).isInstanceOf(BrokenNetException.class);
    }

    @Test
    void serving_takes_no_thread_of_its_own() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "not run: threads are counted in /proc");
        TrainedNet net = train(SMALL.withEpochs(1, 128), NetProgress.SILENT);
        try (PatchTst first = net.served()) {
            int before = threads(status);
            try (PatchTst second = net.served()) {
                ForecastInput input = data.input(data.size() - 1);
                MinuteWindow window = Objects.requireNonNull(input.window());
                for (int i = 0; i < 100; i++) {
                    second.probabilities(input.row(), window);
                }
                assertThat(first.probabilities(input.row(), window))
                        .isEqualTo(second.probabilities(input.row(), window));
                assertThat(threads(status)).isLessThanOrEqualTo(before);
            }
        }
    }

    private static int threads(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.substring(8).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void recorded_minutes_are_served_as_they_were_trained() {
        Path shared = Path.of(System.getProperty("voltage.shared", "../shared"), "data");
        Assumptions.assumeTrue(Files.isDirectory(shared), "not run: ../shared/data is absent");
        Dataset recorded = DatasetBuilder.build(new CandleFolder(shared), FeatureSet.CANDLES, Cadence.MINUTE, EVENTS);
        Dataset month =
                recorded.between(recorded.atNanos(recorded.size() - 20 * 1_440), recorded.atNanos(recorded.size() - 1));
        TrainedNet net = new PatchTstTraining(SMALL, folder.resolve("net"), CACHE, NetProgress.SILENT)
                .train(month, EVENTS, Spans.of(month));

        assertThat(net.worstDifference()).isLessThan(1e-5);
        assertThat(net.stopRows()).isGreaterThan(500);
    }

    @Test
    void too_few_minutes_and_events_of_several_horizons_are_refused() {
        Dataset day = data.between(data.atNanos(1_500), data.atNanos(1_700));
        assertThatThrownBy(() -> new PatchTstTraining(SMALL, folder, CACHE, NetProgress.SILENT)
                        .train(day, EVENTS, Spans.of(day)))
                .hasMessageContaining("give more minutes");
        assertThatThrownBy(() -> new PatchTstTraining(SMALL, folder, CACHE, NetProgress.SILENT)
                        .train(data, VolatilityEvent.grid(List.of(5, 15), List.of(10)), spans))
                .hasMessageContaining("of one horizon");
        assertThatThrownBy(() -> new NetSettings(7, 8, 2, 1, 16, 8, 0.1, 3e-3, 0.01, 64, 1_024, 3, 3, 7, 1))
                .hasMessageContaining("divides 60 minutes, was 7");
    }
}
