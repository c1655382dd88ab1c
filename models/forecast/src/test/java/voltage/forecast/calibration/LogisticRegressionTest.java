package voltage.forecast.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest {
    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void exact_probabilities_as_targets_give_their_coefficients_back(long seed) {
        RandomGenerator random = random(seed);
        double[] truth = {random.nextGaussian(), 2 * random.nextGaussian(), random.nextGaussian(), 0.5};
        double[][] regressors = new double[3][400];
        double[] targets = new double[400];
        for (int i = 0; i < 400; i++) {
            double score = truth[0];
            for (int j = 0; j < 3; j++) {
                regressors[j][i] = random.nextGaussian() + (j == 2 ? regressors[1][i] : 0);
                score += truth[j + 1] * regressors[j][i];
            }
            targets[i] = LogOdds.inverse(score);
        }
        assertThat(LogisticRegression.fit(regressors, targets)).containsExactly(truth, within(1e-8));
    }

    @Test
    void the_gradient_is_zero_at_the_fit() {
        RandomGenerator random = random(9);
        double[][] regressors = new double[2][3_000];
        double[] targets = new double[3_000];
        for (int i = 0; i < 3_000; i++) {
            regressors[0][i] = 100 + 30 * random.nextGaussian();
            regressors[1][i] = random.nextGaussian();
            targets[i] = random.nextDouble() < LogOdds.inverse(0.02 * regressors[0][i] - 3) ? 1 : 0;
        }
        double[] fit = LogisticRegression.fit(regressors, targets);
        double[] gradient = new double[3];
        for (int i = 0; i < 3_000; i++) {
            double error = LogOdds.inverse(fit[0] + fit[1] * regressors[0][i] + fit[2] * regressors[1][i]) - targets[i];
            gradient[0] += error / 3_000;
            gradient[1] += error * regressors[0][i] / 3_000;
            gradient[2] += error * regressors[1][i] / 3_000;
        }
        assertThat(gradient).containsExactly(new double[3], within(1e-9));
    }

    @Test
    void parted_points_and_regressors_that_say_the_same_give_finite_coefficients() {
        double[] x = {-2, -1, 1, 2};
        double[] parted = {0, 0, 1, 1};
        double[] mixed = {0, 1, 0, 1};
        for (double coefficient : LogisticRegression.fit(new double[][] {x}, parted)) {
            assertThat(coefficient).isFinite();
        }
        double[] twice = LogisticRegression.fit(new double[][] {x, x.clone()}, mixed);
        double[] once = LogisticRegression.fit(new double[][] {x}, mixed);
        assertThat(twice[1] + twice[2]).isCloseTo(once[1], within(1e-6));
        assertThat(LogisticRegression.fit(new double[][] {new double[4]}, mixed)[0])
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void lengths_that_differ_are_refused() {
        assertThatThrownBy(() -> LogisticRegression.fit(new double[][] {new double[3]}, new double[4]))
                .hasMessageContaining("(4), was 3");
    }
}
