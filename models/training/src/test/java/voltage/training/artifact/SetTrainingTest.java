package voltage.training.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.model.EventModel;
import voltage.forecast.model.ForecastInput;
import voltage.forecast.model.ModelForecaster;
import voltage.forecast.model.ModelSet;
import voltage.forecast.patchtst.PatchTst;
import voltage.market.Candle;
import voltage.market.CandleSeries;
import voltage.market.MarketEvent;
import voltage.training.data.Cadence;
import voltage.training.data.CandleSource;
import voltage.training.data.ClusteredMinutes;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.data.LabelledRows;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.patchtst.NetProgress;
import voltage.training.patchtst.NetSettings;
import voltage.training.patchtst.PatchTstTraining;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SetTrainingTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_771_200_000_000_000_000L;
    private static final int DAYS = 12;
    private static final List<VolatilityEvent> EVENTS = VolatilityEvent.grid(List.of(15), List.of(10, 20));
    private static final List<Candle> MINUTES = ClusteredMinutes.of(START, DAYS * 1_440, 5);
    private static final Dataset DATA =
            DatasetBuilder.build(CandleSource.of(MINUTES), FeatureSet.CANDLES, Cadence.MINUTE, EVENTS);
    private static final Spans SPANS = Spans.of(DATA);
    private static final SetTraining.Result TRAINED = train();

    private static SetTraining.Result train() {
        return new SetTraining(TrainingSettings.USUAL.withRounds(20, 5), TrainingProgress.SILENT, step -> {})
                .train(DATA, SPANS, Instant.parse("2026-11-21T10:00:00Z"), "made up", null);
    }

    private static ModelArtifact reopened() {
        return reopened(TRAINED.artifact());
    }

    private static ModelArtifact reopened(ModelArtifact artifact) {
        SortedMap<String, byte[]> files = new TreeMap<>(artifact.files());
        files.put(ModelArtifact.MANIFEST, artifact.manifestBytes());
        return ModelArtifact.open(artifact.version(), files);
    }

    @Test
    void a_net_is_sealed_with_the_set_and_one_of_it_serves_all_events(@TempDir Path folder) {
        NetSettings small = new NetSettings(12, 8, 2, 1, 16, 8, 0.1, 3e-3, 0.01, 64, 512, 1, 1, 7, 1);
        SetTraining.Result trained = new SetTraining(
                        TrainingSettings.USUAL.withRounds(20, 5), TrainingProgress.SILENT, step -> {})
                .train(
                        DATA,
                        SPANS,
                        Instant.parse("2026-11-21T10:00:00Z"),
                        "made up",
                        new PatchTstTraining(small, folder, Path.of("target", "djl"), NetProgress.SILENT)
                                .train(DATA, EVENTS, SPANS));
        ModelArtifact artifact = reopened(trained.artifact());
        ModelSet set = ModelSetFiles.load(artifact);
        ForecastInput input = DATA.input(DATA.size() - 1);

        assertThat(artifact.manifest().settings()).containsKey("patchtst");
        assertThat(artifact.manifest().metric("event-15m-20bp", "patchtst")).isNotNull();
        assertThat(Arrays.stream(set.probabilities(input)).boxed()).allMatch(p -> p > 0 && p < 1);
        try (PatchTst net = PatchTst.load(artifact.file(PatchTst.GRAPH), artifact.file(PatchTst.INPUTS))) {
            double[] said = net.probabilities(input.row(), Objects.requireNonNull(input.window()));
            for (int event = 0; event < said.length; event++) {
                EventModel member = set.models().get(event).ensemble().members().get(2);
                assertThat(member).isInstanceOf(EventModel.Patched.class);
                assertThat(member.probability(input)).isEqualTo(said[event]);
            }
        }
        // Without a window nobody pretends to know.
        assertThat(set.probabilities(new ForecastInput(input.row(), null))).containsOnly(Double.NaN);
    }

    @Test
    void equal_data_and_code_give_the_same_version() {
        assertThat(train().artifact().manifest()).isEqualTo(TRAINED.artifact().manifest());
        assertThat(TRAINED.artifact().version()).startsWith("2026-11-21-");
    }

    @Test
    void the_manifest_states_data_code_settings_and_what_was_measured() {
        var manifest = TRAINED.artifact().manifest();

        assertThat(manifest.dataHash()).isEqualTo(DATA.candleHash());
        assertThat(manifest.codeHash()).hasSize(64);
        assertThat(manifest.settings()).containsEntry("features", "candles-1");
        assertThat(manifest.metrics().keySet()).containsExactly("event-15m-10bp", "event-15m-20bp");
        EventEvaluation.Figures figures =
                Objects.requireNonNull(TRAINED.reports().get(1).figures().get("ensemble"));
        assertThat(manifest.metric("event-15m-20bp", "ensemble"))
                .isNotNull()
                .satisfies(metric ->
                        assertThat(metric.brier()).isEqualTo(figures.scores().brier()));
    }

    @Test
    void what_is_read_back_forecasts_what_was_trained_to_the_last_bit() {
        ModelSet back = ModelSetFiles.load(reopened());
        LabelledRows test =
                DATA.between(SPANS.testFromNanos(), SPANS.endNanos()).labelled(EVENTS.getFirst());

        assertThat(back.version()).isEqualTo(TRAINED.artifact().version());
        ModelSet again = ModelSetFiles.load(train().artifact());
        for (int row = 0; row < test.size(); row += 97) {
            assertThat(back.probabilities(test.input(row))).isEqualTo(again.probabilities(test.input(row)));
        }
    }

    @Test
    void the_inference_loop_says_what_the_training_would_minute_after_minute_and_after_history_came_late() {
        ModelSet set = ModelSetFiles.load(reopened());
        ModelForecaster followed = new ModelForecaster(set, false);
        CandleSeries series = new CandleSeries(1, 1_500);
        int first = (int) ((SPANS.testFromNanos() - START) / MINUTE) - 1;
        MINUTES.subList(first - 1_490, first).forEach(series::add);
        for (int i = first; i < first + 30; i++) {
            series.add(MINUTES.get(i));
            long now = MINUTES.get(i).openNanos() + MINUTE + 2_000_000_000L;

            MarketEvent said = followed.forecast(series, now);

            assertThat(said).isInstanceOf(MarketEvent.Forecast.class);
            MarketEvent.Forecast forecast = (MarketEvent.Forecast) said;
            assertThat(forecast.untilNanos()).isEqualTo(MINUTES.get(i).openNanos() + MINUTE);
            assertThat(forecast.model()).isEqualTo(set.version());
            CandleSeries late = new CandleSeries(1, 1_500);
            late.add(MINUTES.get(i));
            late.backfill(MINUTES.subList(i - 1_490, i));
            assertThat(new ModelForecaster(set, false).forecast(late, now)).isEqualTo(forecast);
            double[] expected = expected(set, forecast.untilNanos());
            for (int event = 0; event < expected.length; event++) {
                assertThat(forecast.events().get(event).probabilityE6())
                        .isEqualTo((int) StrictMath.rint(expected[event] * 1e6));
            }
        }
    }

    /** By the rows of the data set: equal while the times of day have not been learned anew. */
    private static double[] expected(ModelSet set, long nanos) {
        LabelledRows row = DATA.between(nanos, nanos + 1).labelled(EVENTS.getFirst());
        return set.probabilities(row.input(0));
    }

    @Test
    void a_history_that_is_changed_behind_the_forecaster_is_noticed() {
        ModelSet set = ModelSetFiles.load(reopened());
        ModelForecaster followed = new ModelForecaster(set, false);
        CandleSeries series = new CandleSeries(1, 1_500);
        MINUTES.subList(0, 1_490).forEach(series::add);
        long now = MINUTES.get(1_489).openNanos() + MINUTE;
        MarketEvent before = followed.forecast(series, now);
        Candle old = MINUTES.get(1_480);
        series.add(
                new Candle(old.openNanos(), old.openE4(), old.highE4() * 2, old.lowE4(), old.closeE4(), 1, 1, false));

        MarketEvent after = followed.forecast(series, now);

        assertThat(after).isNotEqualTo(before).isEqualTo(new ModelForecaster(set, false).forecast(series, now));
    }

    @Test
    void without_a_day_of_minutes_the_models_say_what_is_missing() {
        ModelSet set = ModelSetFiles.load(reopened());
        CandleSeries series = new CandleSeries(1, 1_500);
        MINUTES.subList(0, 300).forEach(series::add);

        MarketEvent said =
                new ModelForecaster(set, true).forecast(series, MINUTES.get(299).openNanos() + MINUTE);

        assertThat(said).isInstanceOfSatisfying(MarketEvent.ForecastFailed.class, failed -> {
            assertThat(failed.reason()).contains("log_parkinson_24h");
            assertThat(failed.isShadow()).isTrue();
        });
    }
}
