package voltage.training.patchtst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamWTest {
    @Test
    void the_first_step_is_the_rate_against_the_slope_whatever_its_size() {
        AdamW optimiser = new AdamW(new boolean[2], 0.5);
        float[] weights = {1, -2};
        optimiser.step(weights, new float[] {0.003f, -0.4f}, 0.01, 1);

        assertThat(weights[0]).isCloseTo(0.99f, within(1e-5f));
        assertThat(weights[1]).isCloseTo(-1.99f, within(1e-5f));
    }

    @Test
    void decay_shrinks_what_it_is_for_and_nothing_else() {
        AdamW optimiser = new AdamW(new boolean[] {true, false}, 0.5);
        float[] weights = {2, 2};
        optimiser.step(weights, new float[] {0, 0}, 0.01, 1);

        assertThat(weights[0]).isCloseTo(2 - 0.01f * 0.5f * 2, within(1e-6f));
        assertThat(weights[1]).isEqualTo(2);
    }

    @Test
    void it_finds_the_bottom_of_a_bowl_and_a_long_slope_does_not_throw_it_off() {
        AdamW optimiser = new AdamW(new boolean[2], 0);
        float[] weights = {5, -3};
        for (int step = 1; step <= 3_000; step++) {
            float[] slope = {2 * (weights[0] - 1), 200 * (weights[1] - 2)};
            optimiser.step(weights, slope, 0.01, step);
        }
        assertThat(weights[0]).isCloseTo(1, within(0.01f));
        assertThat(weights[1]).isCloseTo(2, within(0.01f));
        float before = weights[0];
        optimiser.step(weights, new float[] {1e6f, 1e6f}, 0.01, 3_001);
        assertThat(weights[0]).isCloseTo(before, within(0.2f));
    }

    @Test
    void a_slope_that_is_no_number_ends_the_training_and_says_where() {
        AdamW optimiser = new AdamW(new boolean[1], 0);
        assertThatThrownBy(() -> optimiser.step(new float[1], new float[] {Float.NaN}, 0.01, 17))
                .hasMessageContaining("step 17");
    }
}
