package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.calibration.LogOdds;

@Timeout(60)
class CalibratorChoiceTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_771_200_000_000_000_000L;
    private static final int N = 6_000;

    private final double[] said = new double[N];
    private final boolean[] labels = new boolean[N];
    private final long[] at = new long[N];

    /** Outcomes every quarter-hour whose true log odds are {@code shift + slope} times those that are said. */
    private CalibratorChoice choice(double shift, double slope, int stepMinutes) {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < N; i++) {
            double score = random.nextGaussian();
            said[i] = LogOdds.inverse(score);
            labels[i] = random.nextDouble() < LogOdds.inverse(shift + slope * score);
            at[i] = START + (long) i * stepMinutes * MINUTE;
        }
        return CalibratorChoice.of(said, labels, at, 15);
    }

    @Test
    void what_is_calibrated_is_left_alone() {
        CalibratorChoice choice = choice(0, 1, 15);

        assertThat(choice.kind()).isEqualTo("identity");
        assertThat(choice.calibrator().calibrate(0.3)).isEqualTo(0.3, within(1e-12));
    }

    @Test
    void what_is_far_too_high_is_brought_down() {
        CalibratorChoice choice = choice(-1.2, 0.8, 15);

        assertThat(choice.kind()).isNotEqualTo("identity");
        assertThat(choice.calibrator().calibrate(0.5)).isBetween(0.19, 0.27);
        assertThat(choice.gains()).containsKeys("platt", "beta", "isotonic");
    }

    @Test
    void overlapping_outcomes_count_once_so_that_isotonic_regression_is_not_trusted_with_few() {
        CalibratorChoice choice = choice(-1.2, 0.8, 1);

        assertThat(choice.independent()).isEqualTo(N / 15);
        assertThat(choice.gains()).doesNotContainKey("isotonic");
    }

    @Test
    void a_shift_that_comes_and_goes_is_not_followed() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < N; i++) {
            double score = random.nextGaussian();
            double shift = (i * 5 / N) % 2 == 0 ? 0.35 : -0.35;
            said[i] = LogOdds.inverse(score);
            labels[i] = random.nextDouble() < LogOdds.inverse(shift + score);
            at[i] = START + i * 15 * MINUTE;
        }

        assertThat(CalibratorChoice.of(said, labels, at, 15).kind()).isEqualTo("identity");
    }

    @Test
    void too_few_independent_outcomes_change_nothing() {
        boolean[] outcomes = {true, false};

        CalibratorChoice choice =
                CalibratorChoice.of(new double[] {0.9, 0.9}, outcomes, new long[] {START, START + MINUTE}, 15);

        assertThat(choice.kind()).isEqualTo("identity");
        assertThat(choice.independent()).isEqualTo(1);
    }
}
