package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.Feature;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteWindow;
import voltage.forecast.model.EventNet;
import voltage.market.Candle;
import voltage.training.data.Cadence;
import voltage.training.data.CandleSource;
import voltage.training.data.ClusteredMinutes;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EventEvaluationTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_760_000_400_000_000_000L / (900 * 1_000_000_000L) * (900 * 1_000_000_000L);
    private static final int DAYS = 24;
    private static final VolatilityEvent EVENT = VolatilityEvent.of(15, 20);

    private static Dataset minutes(boolean clusters) {
        List<Candle> minutes = clusters
                ? ClusteredMinutes.of(START, DAYS * 1_440, 11)
                : ClusteredMinutes.withoutClusters(START, DAYS * 1_440, 11);
        return DatasetBuilder.build(CandleSource.of(minutes), FeatureSet.CANDLES, Cadence.MINUTE, List.of(EVENT));
    }

    private static EventEvaluation.Report evaluate(Dataset data) {
        Spans spans = Spans.of(data);
        EventTraining training = new EventTraining(TrainingSettings.USUAL.withRounds(30, 10), TrainingProgress.SILENT);
        return EventEvaluation.test(data, training.train(data, EVENT, spans), spans);
    }

    private static double brier(EventEvaluation.Report report, String model) {
        return Optional.ofNullable(report.figures().get(model))
                .orElseThrow()
                .scores()
                .brier();
    }

    @Test
    void volatility_that_clusters_is_forecast_better_than_its_mean_rate_says() {
        EventEvaluation.Report report = evaluate(minutes(true));

        assertThat(report.figures()).containsOnlyKeys("climatology", "harLogit", "lightgbm", "ensemble");
        assertThat(report.instants()).isBetween(800, 1_000);
        assertThat(report.figures().get("ensemble")).isNotNull().satisfies(figures -> {
            assertThat(figures.scores().auc()).isGreaterThan(0.65);
            assertThat(figures.brier().high()).isLessThan(brier(report, "climatology"));
        });
        assertThat(report.weights().values().stream().mapToDouble(w -> w).sum()).isBetween(0.999999, 1.000001);
    }

    /** Says what the row's 15-minute variance promises, and nothing of the window. */
    private static final class OfTheRow implements EventNet {
        @Override
        public List<VolatilityEvent> events() {
            return List.of(VolatilityEvent.of(15, 30), EVENT);
        }

        @Override
        public double[] probabilities(double[] row, MinuteWindow window) {
            double score = row[FeatureSet.CANDLES.indexOf(Feature.LOG_PARKINSON_15M)] + 15.5;
            return new double[] {0, 1 / (1 + Math.exp(-score))};
        }
    }

    @Test
    void a_net_is_a_third_member_with_a_weight_of_its_own_and_the_event_that_is_asked_for() {
        Dataset data = minutes(true);
        Spans spans = Spans.of(data);
        EventTraining training = new EventTraining(TrainingSettings.USUAL.withRounds(5, 5), TrainingProgress.SILENT);
        EventEvaluation.Report report =
                EventEvaluation.test(data, training.train(data, EVENT, spans, new OfTheRow()), spans);

        assertThat(report.figures()).containsOnlyKeys("climatology", "harLogit", "lightgbm", "patchtst", "ensemble");
        assertThat(report.weights()).containsOnlyKeys("harLogit", "lightgbm", "patchtst");
        assertThat(report.weights().get("patchtst")).isNotNull().isPositive();
        assertThat(Optional.ofNullable(report.figures().get("patchtst"))
                        .orElseThrow()
                        .scores()
                        .auc())
                .isGreaterThan(0.65);
    }

    @Test
    void returns_without_memory_leave_no_skill_to_anybody() {
        EventEvaluation.Report report = evaluate(minutes(false));

        double climatology = brier(report, "climatology");
        report.figures()
                .forEach((model, figures) -> assertThat(figures.scores().brier())
                        .as(model)
                        .isGreaterThan(climatology - 2 * figures.brier().standardError())
                        .isGreaterThan(climatology - 0.004));
    }

    @Test
    void the_parts_follow_each_other_and_no_label_reaches_into_the_next() {
        Dataset data = minutes(false);
        Spans spans = Spans.of(data);

        assertThat(spans.holdFromNanos()).isGreaterThan(spans.fromNanos());
        assertThat(spans.testFromNanos() - spans.fromNanos())
                .isBetween((long) (0.599 * DAYS * 1_440) * MINUTE, (long) (0.601 * DAYS * 1_440) * MINUTE);
        Dataset past = data.between(spans.fromNanos(), Spans.purged(spans.holdFromNanos(), 15));
        assertThat(past.labelEndNanos(EVENT, past.size() - 1)).isLessThanOrEqualTo(spans.holdFromNanos() - 60 * MINUTE);
        assertThatThrownBy(() -> new Spans(4, 3, 5, 6)).hasMessageContaining("the parts follow each other");
    }
}
