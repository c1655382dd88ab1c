package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowerTest {
    @Test
    void three_cents_need_about_3600_windows_and_one_cent_32000() {
        double three = Power.windowsFor(0.03, Power.USUAL_VARIANCE);
        assertThat(three).isCloseTo(3_600, within(50.0));
        assertThat(Power.days(three)).isCloseTo(37, within(0.5));
        double one = Power.windowsFor(0.01, Power.USUAL_VARIANCE);
        assertThat(one).isCloseTo(32_000, within(1e-6));
        assertThat(Power.days(one) / 30.4).isCloseTo(11, within(0.1));
        assertThat(Power.edgeSeen(32_000, Power.USUAL_VARIANCE)).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void the_chance_to_find_an_edge_is_that_of_simulated_tests() {
        // The market says ½, the truth is ½ ± 0.05, the model knows it.
        SplittableRandom random = new SplittableRandom(3);
        int windows = 1_600;
        int found = 0;
        int runs = 2_000;
        for (int run = 0; run < runs; run++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < windows; i++) {
                double model = random.nextBoolean() ? 0.55 : 0.45;
                double outcome = random.nextDouble() < model ? 1 : 0;
                double difference = (outcome - 0.5) * (outcome - 0.5) - (outcome - model) * (outcome - model);
                sum += difference;
                squares += difference * difference;
            }
            double mean = sum / windows;
            double error = Math.sqrt((squares / windows - mean * mean) / windows);
            found += Math.abs(mean) > 1.96 * error ? 1 : 0;
        }
        assertThat(Power.ofTest(0.05, 0.25, windows)).isCloseTo(found / (double) runs, within(0.04));
        assertThat(Power.ofTest(0.03, 0.2, 3_556)).as("at two standard errors").isCloseTo(0.516, within(0.002));
        assertThatThrownBy(() -> Power.windowsFor(0, 0.2)).hasMessageContaining("was 0.0");
    }
}
