package voltage.forecast.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CalibrationCheckTest {
    @Test
    void the_error_is_the_mean_gap_of_bins_of_equal_mass() {
        double[] p = new double[20];
        boolean[] y = new boolean[20];
        for (int i = 0; i < 20; i++) {
            p[i] = i < 10 ? 0.2 : 0.7;
            y[i] = i < 10 ? i < 4 : i < 15;
        }
        CalibrationCheck check = CalibrationCheck.of(p, y);
        // Bins 0.2 against 4/10 and 0.7 against 5/10.
        assertThat(check.error()).isCloseTo(0.2, within(1e-12));
        double s1 = Math.sqrt(10 * 0.16) / 10;
        double s2 = Math.sqrt(10 * 0.21) / 10;
        assertThat(check.byChance()).isCloseTo(Math.sqrt(2 / Math.PI) * (s1 + s2) / 2, within(1e-12));
        assertThat(check.deviation()).isCloseTo(Math.sqrt((1 - 2 / Math.PI) * (s1 * s1 + s2 * s2) / 4), within(1e-12));
    }

    @Test
    void a_calibrated_forecaster_has_the_error_that_chance_makes_of_it() {
        for (int n : new int[] {96, 672, 3_000}) {
            double error = 0;
            double byChance = 0;
            int excesses = 0;
            int lines = 0;
            int runs = 400;
            for (int run = 0; run < runs; run++) {
                CalibrationCheck check = sample(n, new SplittableRandom(1_000L * n + run), 1, 0);
                error += check.error() / runs;
                byChance += check.byChance() / runs;
                excesses += check.excess() > SignalHealth.EXCESS_LIMIT ? 1 : 0;
                lines += check.chance() < 0.05 ? 1 : 0;
            }
            assertThat(error / byChance)
                    .as("observed over expected error, n %d", n)
                    .isBetween(0.97, 1.03);
            assertThat(excesses).as("false alarms of %d runs, n %d", runs, n).isLessThanOrEqualTo(1);
            assertThat(lines)
                    .as("score tests below 5 %% of %d runs, n %d", runs, n)
                    .isBetween(7, 36);
        }
    }

    @Test
    void an_overconfident_forecaster_is_found_within_a_week_of_windows() {
        int found = 0;
        for (int run = 0; run < 200; run++) {
            found += sample(672, new SplittableRandom(run), 0.4, 0).chance() < 1e-4 ? 1 : 0;
        }
        assertThat(found).as("overconfident runs found of 200").isGreaterThanOrEqualTo(190);
    }

    @Test
    void slope_and_intercept_are_those_of_the_truth_within_their_errors() {
        int inside = 0;
        for (int run = 0; run < 200; run++) {
            CalibrationCheck check = sample(2_000, new SplittableRandom(7_000 + run), 1, 0);
            inside += Math.abs(check.slope() - 1) < 1.96 * check.slopeError()
                            && Math.abs(check.intercept()) < 1.96 * check.interceptError()
                    ? 1
                    : 0;
        }
        assertThat(inside)
                .as("runs of 200 in which both are inside their 95 %% intervals")
                .isBetween(168, 194);
    }

    @Test
    void what_cannot_be_said_is_not_a_number_and_no_alarm() {
        CalibrationCheck none = CalibrationCheck.of(new double[0], new boolean[0]);
        assertThat(none.n()).isZero();
        assertThat(none.chance()).isEqualTo(1);
        CalibrationCheck constant =
                CalibrationCheck.of(new double[] {0.5, 0.5, 0.5}, new boolean[] {true, false, true});
        assertThat(constant.slope()).isNaN();
        assertThat(constant.chance()).isBetween(0.5, 1.0);
        assertThat(CalibrationCheck.of(new double[] {0.2, 0.6}, new boolean[] {true, true})
                        .slope())
                .isNaN();
        assertThatThrownBy(() -> CalibrationCheck.of(new double[2], new boolean[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Outcomes whose log odds are {@code slope} times the forecast's. */
    private static CalibrationCheck sample(int n, SplittableRandom random, double slope, double intercept) {
        double[] p = new double[n];
        boolean[] y = new boolean[n];
        for (int i = 0; i < n; i++) {
            double score = 1.3 * random.nextGaussian();
            p[i] = 1 / (1 + StrictMath.exp(-score));
            y[i] = random.nextDouble() < 1 / (1 + StrictMath.exp(-slope * score - intercept));
        }
        return CalibrationCheck.of(p, y);
    }
}
