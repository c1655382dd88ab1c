package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharpeRatioTest {
    /** The example of Bailey and López de Prado (2014): 2.5 a year, five years of days, skewness −3, kurtosis 10, variance ½ a year. */
    private static final SharpeRatio EXAMPLE = new SharpeRatio(2.5 / Math.sqrt(250), 1_250, -3, 10);

    @Test
    void the_deflated_ratio_is_that_of_the_papers_example() {
        assertThat(SharpeRatio.expectedBest(0.5 / 250, 100)).isCloseTo(0.1132, within(5e-5));
        assertThat(EXAMPLE.deflated(0.5 / 250, 100)).isCloseTo(0.9004, within(5e-4));
        assertThat(EXAMPLE.deflated(0.5 / 250, 46)).isCloseTo(0.9505, within(5e-4));
        assertThat(EXAMPLE.deflated(0.5 / 250, 1)).isEqualTo(EXAMPLE.probabilistic(0));
    }

    @Test
    void moments_are_those_of_the_returns() {
        SplittableRandom random = new SplittableRandom(1);
        double[] returns = random.doubles(200_000).map(u -> -Math.log(1 - u)).toArray();
        SharpeRatio exponential = SharpeRatio.of(returns);
        assertThat(exponential.ratio()).isCloseTo(1, within(0.02));
        assertThat(exponential.skewness()).isCloseTo(2, within(0.1));
        assertThat(exponential.kurtosis()).isCloseTo(9, within(1.0));
        assertThat(exponential.n()).isEqualTo(200_000);
    }

    @Test
    void the_best_of_trials_without_skill_is_as_high_as_expected() {
        SplittableRandom random = new SplittableRandom(2);
        double mean = 0;
        for (int run = 0; run < 2_000; run++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int trial = 0; trial < 50; trial++) {
                best = Math.max(best, 0.1 * random.nextGaussian());
            }
            mean += best / 2_000;
        }
        assertThat(SharpeRatio.expectedBest(0.01, 50)).isCloseTo(mean, within(0.01));
        assertThat(SharpeRatio.effectiveTrials(0.8, 101)).isCloseTo(21, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "0.975, 1.959964", "0.025, -1.959964", "0.99, 2.326348", "0.999, 3.090232", "1e-6, -4.753424"
    })
    void the_normal_quantile_is_that_of_the_tables(double p, double quantile) {
        assertThat(NormalQuantile.of(p)).isCloseTo(quantile, within(3e-6));
    }
}
