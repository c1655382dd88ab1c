package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DayBootstrapTest {
    private static final int DAY = 96;

    private static long[] quarters(int n) {
        long[] at = new long[n];
        Arrays.setAll(at, i -> i * SeededForecasts.QUARTER);
        return at;
    }

    @Test
    void a_difference_that_is_the_same_everywhere_is_certain() {
        double[] losses = new double[10 * DAY];
        double[] reference = new double[10 * DAY];
        Arrays.fill(losses, 0.2);
        Arrays.fill(reference, 0.25);
        DayBootstrap bootstrap = new DayBootstrap(500, 1);
        Interval difference = bootstrap.difference(losses, reference, quarters(10 * DAY));
        assertThat(difference.low()).isCloseTo(-0.05, within(1e-12));
        assertThat(difference.high()).isCloseTo(-0.05, within(1e-12));
        assertThat(difference.excludesZero()).isTrue();
        assertThat(difference.days()).isEqualTo(10);
        Interval skill = bootstrap.skill(losses, reference, quarters(10 * DAY));
        assertThat(skill.estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(skill.low()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void intervals_hold_the_truth_about_as_often_as_they_say_though_rows_of_a_day_hang_together() {
        int covered = 0;
        int runs = 200;
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = new SplittableRandom(run);
            double[] losses = new double[40 * DAY];
            double[] reference = new double[40 * DAY];
            for (int day = 0; day < 40; day++) {
                double shared = random.nextGaussian();
                for (int i = 0; i < DAY; i++) {
                    losses[day * DAY + i] = 0.3 + shared + random.nextGaussian();
                }
            }
            Interval interval = new DayBootstrap(400, 7).difference(losses, reference, quarters(40 * DAY));
            covered += interval.low() <= 0.3 && interval.high() >= 0.3 ? 1 : 0;
            assertThat(interval.standardError()).isCloseTo(1 / Math.sqrt(40), within(0.08));
        }
        assertThat(covered / (double) runs).isBetween(0.88, 0.99);
    }

    @Test
    void equal_seeds_give_equal_intervals_and_one_day_claims_nothing() {
        SeededForecasts forecasts = new SeededForecasts(3, 1_000, 0);
        double[] losses = Losses.brier(forecasts.probabilities, forecasts.labels);
        double[] reference = new double[1_000];
        Arrays.fill(reference, 0.25);
        Interval first = new DayBootstrap(300, 5).difference(losses, reference, forecasts.atNanos);
        assertThat(new DayBootstrap(300, 5).difference(losses, reference, forecasts.atNanos))
                .isEqualTo(first);
        assertThat(new DayBootstrap(300, 6).difference(losses, reference, forecasts.atNanos))
                .isNotEqualTo(first);
        Interval day = new DayBootstrap(300, 5)
                .difference(Arrays.copyOf(losses, 90), Arrays.copyOf(reference, 90), quarters(90));
        assertThat(day.excludesZero()).isFalse();
        assertThat(day.estimate()).isNegative();
        assertThat(new DayBootstrap(300, 5).mean(losses, forecasts.atNanos).excludesZero())
                .isTrue();
    }
}
