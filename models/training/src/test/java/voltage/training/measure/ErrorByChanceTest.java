package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ErrorByChanceTest {
    private static double[] errors(int n, double bias) {
        SplittableRandom random = new SplittableRandom(12);
        double measured = 0;
        double chance = 0;
        int runs = 200;
        for (int run = 0; run < runs; run++) {
            double[] said = random.doubles(n, 0.05, 0.5).toArray();
            boolean[] labels = new boolean[n];
            for (int i = 0; i < n; i++) {
                labels[i] = random.nextDouble() < said[i] + bias;
            }
            ReliabilityCurve curve = ReliabilityCurve.of(said, labels, 10);
            measured += curve.calibrationError() / runs;
            chance += curve.errorByChance() / runs;
        }
        return new double[] {measured, chance};
    }

    @Test
    void a_calibrated_forecast_errs_by_chance_and_less_so_on_more_instants() {
        double[] few = errors(500, 0);
        double[] many = errors(8_000, 0);

        assertThat(few[0]).isCloseTo(few[1], within(0.003));
        assertThat(many[0]).isCloseTo(many[1], within(0.0008));
        assertThat(many[1]).isCloseTo(few[1] / 4, within(0.001));
    }

    @Test
    void a_biased_forecast_errs_by_more() {
        double[] biased = errors(8_000, 0.05);

        assertThat(biased[0]).isGreaterThan(3 * biased[1]);
    }
}
