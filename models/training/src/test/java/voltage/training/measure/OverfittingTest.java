package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.training.measure.Overfitting.Measure;

@Timeout(60)
class OverfittingTest {
    private static double[][] noise(long seed, int variants) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] performance = new double[variants][640];
        for (double[] one : performance) {
            for (int i = 0; i < one.length; i++) {
                one[i] = random.nextGaussian();
            }
        }
        return performance;
    }

    @Test
    void sixteen_blocks_have_12870_halvings() {
        assertThat(Overfitting.of(noise(1, 3), Overfitting.USUAL_BLOCKS, Measure.MEAN)
                        .halvings())
                .isEqualTo(12_870);
    }

    @Test
    void a_variant_that_is_always_better_is_never_overfitted() {
        double[][] performance = noise(2, 10);
        for (int i = 0; i < performance[4].length; i++) {
            performance[4][i] += 3;
        }
        for (Measure measure : Measure.values()) {
            Overfitting result = Overfitting.of(performance, 10, measure);
            assertThat(result.probability()).isZero();
            assertThat(result.medianLogit()).isCloseTo(Math.log(10), within(1e-12));
        }
    }

    @Test
    void the_best_of_pure_noise_is_below_the_median_about_as_often_as_above() {
        double mean = 0;
        for (int run = 0; run < 60; run++) {
            mean += Overfitting.of(noise(100 + run, 20), 8, Measure.SHARPE).probability() / 60;
        }
        assertThat(mean).isCloseTo(0.5, within(0.08));
    }

    @Test
    void variants_of_equal_total_are_anti_ranked_out_of_sample() {
        // What one half has more of, the other has less of.
        double[][] performance = new double[4][64];
        for (int v = 0; v < 4; v++) {
            for (int i = 0; i < 64; i++) {
                performance[v][i] = Math.cos(i * 0.7 + v * 1.3);
            }
            double mean = Losses.mean(performance[v]);
            for (int i = 0; i < 64; i++) {
                performance[v][i] -= mean;
            }
        }
        assertThat(Overfitting.of(performance, 8, Measure.MEAN).probability()).isEqualTo(1);
    }

    @Test
    void odd_blocks_and_a_single_variant_are_refused() {
        assertThatThrownBy(() -> Overfitting.of(noise(1, 2), 7, Measure.MEAN)).hasMessageContaining("7 blocks");
        assertThatThrownBy(() -> Overfitting.of(noise(1, 1), 8, Measure.MEAN)).hasMessageContaining("1 variants");
    }
}
