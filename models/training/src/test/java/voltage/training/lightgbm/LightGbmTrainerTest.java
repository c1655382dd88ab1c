package voltage.training.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.training.lightgbm.TrainingSettings.Missing;

@Timeout(120)
class LightGbmTrainerTest {
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(400, 10, 0.2, 15, 20, 0.8, 0.8, 1, false, Missing.NAN, 3, 1);

    private static TrainedModel train(TrainingSettings settings) {
        return new LightGbmTrainer(settings, TrainingProgress.SILENT)
                .trainWithTail(SyntheticExamples.draw(5_000, 8, 0.05, 5), 0.2, 15);
    }

    @Test
    void equal_settings_and_examples_give_the_same_model_and_another_seed_another() {
        TrainedModel first = train(SETTINGS);
        assertThat(train(SETTINGS).text()).isEqualTo(first.text());
        assertThat(train(SETTINGS.withSeed(4)).text()).isNotEqualTo(first.text());
    }

    @Test
    void training_stops_when_the_held_out_loss_no_longer_falls_and_keeps_the_best_round() {
        TrainedModel trained = train(SETTINGS);
        double[] losses = trained.heldOutLogLoss();
        int best = trained.bestRound();
        assertThat(losses).hasSize(best + 10);
        assertThat(Arrays.stream(losses).min().orElseThrow()).isEqualTo(losses[best - 1]);
        assertThat(trained.served().trees()).isEqualTo(best);
        assertThat(trained.gains()).hasSize(8);
        assertThat(Arrays.stream(trained.gains(), 0, 4).sum())
                .as("the outcome depends on the first four features")
                .isGreaterThan(2 * Arrays.stream(trained.gains(), 4, 8).sum());
    }

    @Test
    void the_held_out_loss_is_the_one_of_the_model_served() {
        Examples examples = SyntheticExamples.draw(5_000, 8, 0.05, 5);
        TrainedModel trained = train(SETTINGS);
        LightGbmModel served = trained.served();
        double loss = 0;
        for (int i = 4_000; i < 5_000; i++) {
            double p = served.probability(examples.rows()[i]);
            loss -= Math.log(examples.labels()[i] ? p : 1 - p) / 1_000;
        }
        assertThat(loss)
                .isCloseTo(
                        trained.heldOutLogLoss()[trained.bestRound() - 1], org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void weighing_classes_moves_probabilities_away_from_the_base_rate() {
        Examples examples = SyntheticExamples.draw(4_000, 8, 0, 6);
        double base = meanOf(examples, SETTINGS.withUnbalance(false));
        double weighted = meanOf(examples, SETTINGS.withUnbalance(true));
        double rate = 0;
        for (boolean label : examples.labels()) {
            rate += label ? 1.0 / examples.size() : 0;
        }
        assertThat(Math.abs(base - rate)).isLessThan(0.02);
        assertThat(weighted).isGreaterThan(base + 0.05);
    }

    private static double meanOf(Examples examples, TrainingSettings settings) {
        LightGbmModel model = new LightGbmTrainer(settings.withRounds(40, 0), TrainingProgress.SILENT)
                .train(examples, null)
                .served();
        return Arrays.stream(examples.rows())
                .mapToDouble(model::probability)
                .average()
                .orElseThrow();
    }

    @Test
    void progress_is_told_after_every_round_with_the_time_left() {
        List<Double> left = new ArrayList<>();
        new LightGbmTrainer(SETTINGS.withRounds(12, 0), (round, rounds, loss, secondsLeft) -> {
                    assertThat(round).isEqualTo(left.size() + 1);
                    assertThat(rounds).isEqualTo(12);
                    left.add(secondsLeft);
                })
                .train(SyntheticExamples.draw(2_000, 8, 0, 6), null);
        assertThat(left).hasSize(12).allSatisfy(seconds -> assertThat(seconds).isNotNegative());
        assertThat(left.getLast()).isZero();
    }

    @Test
    void examples_of_one_outcome_and_wrong_settings_are_refused_with_the_remedy() {
        Examples all = SyntheticExamples.draw(100, 8, 0, 6);
        Examples one = new Examples(all.names(), all.rows(), new boolean[100]);
        assertThatThrownBy(() -> new LightGbmTrainer(SETTINGS, TrainingProgress.SILENT).train(one, null))
                .hasMessageContaining("both outcomes")
                .hasMessageContaining("longer span");
        assertThatThrownBy(() -> SETTINGS.withSeed(-1)).hasMessageContaining("was -1");
        assertThatThrownBy(() -> new Examples(new String[] {"a b"}, new double[0][], new boolean[0]))
                .hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> new LightGbmTrainer(SETTINGS, TrainingProgress.SILENT).trainWithTail(all, 0.9, 20))
                .hasMessageContaining("gap 20");
    }

    @Test
    void a_damaged_model_is_refused_by_the_native_library_too() {
        assertThatThrownBy(() -> NativeModel.of("tree\nversion=v4\n")).isInstanceOf(NativeLightGbmException.class);
    }
}
