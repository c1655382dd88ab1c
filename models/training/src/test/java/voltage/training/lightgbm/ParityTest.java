package voltage.training.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.training.lightgbm.TrainingSettings.Missing;

@Timeout(120)
class ParityTest {
    private static final int FEATURES = 12;
    private static final TrainingSettings SMALL =
            new TrainingSettings(60, 0, 0.1, 31, 20, 0.9, 0.9, 1, false, Missing.NAN, 7, 1);

    @ParameterizedTest
    @EnumSource(Missing.class)
    void pure_java_agrees_with_native_lightgbm_for_every_kind_of_missing(Missing missing) {
        for (double oddShare : new double[] {0, 0.15}) {
            TrainedModel trained = new LightGbmTrainer(SMALL.withMissing(missing), TrainingProgress.SILENT)
                    .train(SyntheticExamples.draw(6_000, FEATURES, oddShare, 11), null);
            assertThat(trained.bestRound()).isEqualTo(60);
            agree(trained, 6_000);
        }
    }

    @Test
    void the_examples_have_splits_of_each_kind() {
        assertThat(decisions(Missing.NONE)).containsOnly(2);
        assertThat(decisions(Missing.ZERO)).contains(4, 6).doesNotContain(8, 10);
        assertThat(decisions(Missing.NAN)).contains(8, 10).doesNotContain(4, 6);
    }

    @Test
    void pure_java_agrees_with_native_lightgbm_on_weighted_classes() {
        TrainedModel trained = new LightGbmTrainer(SMALL.withUnbalance(true), TrainingProgress.SILENT)
                .train(SyntheticExamples.draw(4_000, FEATURES, 0.1, 12), null);
        agree(trained, 2_000);
    }

    private static int[] decisions(Missing missing) {
        return new LightGbmTrainer(SMALL.withMissing(missing), TrainingProgress.SILENT)
                .train(SyntheticExamples.draw(6_000, FEATURES, 0.15, 11), null)
                .text()
                .lines()
                .filter(line -> line.startsWith("decision_type="))
                .flatMap(line -> java.util.Arrays.stream(
                        line.substring("decision_type=".length()).split(" ")))
                .mapToInt(Integer::parseInt)
                .distinct()
                .toArray();
    }

    private static void agree(TrainedModel trained, int rows) {
        LightGbmModel java = trained.served();
        RandomGenerator random = SyntheticExamples.random(99);
        try (NativeModel nativeModel = NativeModel.of(trained.text())) {
            for (int i = 0; i < rows; i++) {
                double[] row = SyntheticExamples.trouble(random, FEATURES, i % 3 == 0 ? 0 : 0.1);
                assertThat(java.rawScore(row)).as("raw score, row %d", i).isEqualTo(nativeModel.rawScore(row));
                double difference = Math.abs(java.probability(row) - nativeModel.probability(row));
                assertThat(difference).as("probability, row %d", i).isLessThanOrEqualTo(1e-12);
            }
        }
    }
}
