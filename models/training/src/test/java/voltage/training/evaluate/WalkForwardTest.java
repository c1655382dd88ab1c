package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.market.Candle;
import voltage.training.data.Cadence;
import voltage.training.data.CandleSource;
import voltage.training.data.ClusteredMinutes;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;

class WalkForwardTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_770_000_000_000_000_000L / (1_440 * MINUTE) * (1_440 * MINUTE);
    private static final int DAYS = 20;
    private static final VolatilityEvent EVENT = VolatilityEvent.of(15, 20);
    private static final List<Candle> CANDLES = ClusteredMinutes.of(START, DAYS * 1_440, 11);

    @TempDir
    Path noQuotes;

    private static Dataset data(List<Candle> candles) {
        return DatasetBuilder.build(CandleSource.of(candles), FeatureSet.CANDLES, Cadence.MINUTE, List.of(EVENT));
    }

    private Evaluation walk(List<Candle> candles, int folds) {
        Dataset data = data(candles);
        Evaluator evaluator = new Evaluator(
                TrainingSettings.USUAL.withRounds(10, 0),
                TrainingProgress.SILENT,
                Evaluator.NetSource.NONE,
                Evaluator.OutcomeSource.NONE,
                words -> {});
        return evaluator.run(
                data, Spans.walkForward(data, Spans.TEST_SHARE, folds), CandleSource.of(candles), noQuotes);
    }

    @Test
    void folds_follow_each_other_and_fill_the_test_and_nothing_overlaps_what_was_learned_from() {
        Dataset data = data(CANDLES);
        Spans whole = Spans.of(data);
        List<Spans> folds = Spans.walkForward(data, Spans.TEST_SHARE, 4);

        assertThat(folds.getFirst().testFromNanos()).isEqualTo(whole.testFromNanos());
        assertThat(folds.getLast().endNanos()).isEqualTo(whole.endNanos());
        for (int i = 1; i < folds.size(); i++) {
            assertThat(folds.get(i).testFromNanos()).isEqualTo(folds.get(i - 1).endNanos());
        }
        assertThat(folds)
                .allSatisfy(fold -> assertThat(fold.testFromNanos() - fold.holdFromNanos())
                        .isEqualTo(whole.testFromNanos() - whole.holdFromNanos()));
        assertThat(Spans.walkForward(data, Spans.TEST_SHARE, 1)).containsExactly(whole);
    }

    @Test
    void a_fold_of_less_than_a_day_is_refused_with_what_to_do() {
        Dataset data = data(CANDLES);

        assertThatThrownBy(() -> Spans.walkForward(data, Spans.TEST_SHARE, 9)).hasMessageContaining("take fewer");
        assertThatThrownBy(() -> Spans.walkForward(data, Spans.TEST_SHARE, 0)).hasMessageContaining("take fewer");
        assertThatThrownBy(() -> Spans.walkForward(data, 0.8, 1)).hasMessageContaining("at most 0.75 is tested");
    }

    @Test
    void more_of_the_stretch_can_be_tested_with_as_much_held_out() {
        Dataset data = data(CANDLES);
        Spans usual = Spans.of(data);
        Spans most = Spans.walkForward(data, 0.75, 1).getFirst();

        assertThat(most.testFromNanos())
                .isBetween(START + 5 * 1_440 * MINUTE, START + 5 * 1_440 * MINUTE + 60 * MINUTE);
        assertThat(most.testFromNanos() - most.holdFromNanos())
                .isBetween(
                        usual.testFromNanos() - usual.holdFromNanos() - MINUTE,
                        usual.testFromNanos() - usual.holdFromNanos() + MINUTE);
    }

    @Test
    void each_fold_is_tested_by_models_of_more_minutes_and_together_they_are_the_whole_test() {
        Evaluation evaluation = walk(CANDLES, 4);
        EventEvaluation.Report report = evaluation.events().getFirst();

        assertThat(report.folds()).hasSize(4);
        assertThat(report.instants())
                .isEqualTo(report.folds().stream()
                        .mapToInt(EventEvaluation.Fold::instants)
                        .sum())
                .isBetween(700, 8 * 96);
        for (int i = 1; i < 4; i++) {
            assertThat(report.folds().get(i).trainedOn())
                    .isGreaterThan(report.folds().get(i - 1).trainedOn());
        }
        double mean = report.folds().stream()
                        .mapToDouble(fold -> fold.instants() * fold.brier().getOrDefault("ensemble", Double.NaN))
                        .sum()
                / report.instants();
        assertThat(report.figures().get("ensemble"))
                .isNotNull()
                .satisfies(figures -> assertThat(figures.scores().brier()).isCloseTo(mean, within()));
    }

    @Test
    void what_happens_after_a_fold_changes_nothing_in_it() {
        EventEvaluation.Report report = walk(CANDLES, 4).events().getFirst();
        long lastFold = report.folds().getLast().spans().testFromNanos();
        List<Candle> altered = new ArrayList<>();
        for (Candle candle : CANDLES) {
            altered.add(candle.openNanos() < lastFold + 15 * MINUTE ? candle : wilder(candle));
        }

        EventEvaluation.Report other = walk(altered, 4).events().getFirst();

        for (int i = 0; i < 3; i++) {
            assertThat(other.folds().get(i).brier())
                    .isEqualTo(report.folds().get(i).brier());
            assertThat(other.folds().get(i).weights())
                    .isEqualTo(report.folds().get(i).weights());
        }
        assertThat(other.folds().getLast().brier())
                .isNotEqualTo(report.folds().getLast().brier());
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-12);
    }

    private static Candle wilder(Candle candle) {
        return new Candle(
                candle.openNanos(),
                candle.openE4(),
                candle.highE4() + 3_000_000,
                candle.lowE4() - 3_000_000,
                candle.closeE4() + (candle.openNanos() / MINUTE % 2 == 0 ? 2_500_000 : -2_500_000),
                candle.volumeE8(),
                candle.trades(),
                false);
    }
}
