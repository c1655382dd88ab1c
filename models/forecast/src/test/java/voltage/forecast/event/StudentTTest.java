package voltage.forecast.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
    @ParameterizedTest
    @CsvSource({
        "3, 3.182446305284263, 0.025",
        "3, 2.353363434801823, 0.05",
        "4, 2.776445105197793, 0.025",
        "5, 2.570581835636314, 0.025",
        "5, 4.032142983555228, 0.005",
        "6, 1.943180280515300, 0.05",
        "10, 3.169272672616951, 0.005",
        "30, 2.042272456301236, 0.025",
        "100, 1.660234326062447, 0.05",
    })
    void the_upper_tail_is_that_of_the_tables(double degrees, double t, double probability) {
        assertThat(new StudentT(degrees).standardUpper(t)).isCloseTo(probability, within(1e-11));
    }

    @Test
    void with_three_and_four_degrees_it_is_the_closed_form() {
        StudentT three = new StudentT(3);
        StudentT four = new StudentT(4);
        for (double t = 0; t < 40; t += 0.37) {
            double x = t / Math.sqrt(3);
            double upper3 = 0.5 - (x / (1 + x * x) + Math.atan(x)) / Math.PI;
            double s = 1 + t * t / 4;
            double upper4 = 0.5 - 0.375 * t / Math.sqrt(s) * (1 - t * t / (12 * s));
            assertThat(three.standardUpper(t)).isCloseTo(upper3, within(1e-14));
            assertThat(four.standardUpper(t)).isCloseTo(upper4, within(1e-14));
        }
    }

    @Test
    void the_gamma_function_has_its_known_values() {
        assertThat(IncompleteBeta.logGamma(0.5)).isCloseTo(Math.log(Math.sqrt(Math.PI)), within(1e-14));
        assertThat(IncompleteBeta.logGamma(0.25)).isCloseTo(1.2880225246980774, within(1e-13));
        assertThat(IncompleteBeta.logGamma(10)).isCloseTo(Math.log(362_880), within(1e-13));
    }

    @Test
    void the_incomplete_beta_is_whole_at_its_ends_and_mirrors() {
        double logBeta = IncompleteBeta.logBeta(2, 3);
        assertThat(IncompleteBeta.regularised(0, 1, 2, 3, logBeta)).isZero();
        assertThat(IncompleteBeta.regularised(1, 0, 2, 3, logBeta)).isEqualTo(1);
        // I_x(2, 3) = 6x² − 8x³ + 3x⁴
        assertThat(IncompleteBeta.regularised(0.3, 0.7, 2, 3, logBeta)).isCloseTo(0.3483, within(1e-14));
        assertThat(IncompleteBeta.regularised(0.7, 0.3, 2, 3, logBeta)).isCloseTo(0.9163, within(1e-14));
    }

    @Test
    void its_variance_is_one_and_its_density_is_the_slope_of_its_distribution() {
        for (double degrees : new double[] {5, 8, 50}) {
            StudentT tail = new StudentT(degrees);
            double variance = 0;
            double step = 0.01;
            for (double z = -300; z < 300; z += step) {
                variance += z * z * tail.density(z) * step;
            }
            assertThat(variance).isCloseTo(1, within(2e-3));
            for (double z = -3; z < 3; z += 0.5) {
                double slope = (tail.cumulative(z + 1e-5) - tail.cumulative(z - 1e-5)) / 2e-5;
                assertThat(tail.density(z)).isCloseTo(slope, within(1e-9));
            }
        }
    }

    @Test
    void many_degrees_are_nearly_normal_and_few_have_fat_tails() {
        for (double z = -4; z <= 4; z += 0.25) {
            assertThat(new StudentT(1000).cumulative(z)).isCloseTo(Tail.NORMAL.cumulative(z), within(5e-4));
        }
        assertThat(new StudentT(4).beyond(5)).isGreaterThan(100 * Tail.NORMAL.beyond(5));
        assertThat(new StudentT(4).beyond(0.5)).isLessThan(Tail.NORMAL.beyond(0.5));
    }

    @Test
    void below_two_degrees_there_is_no_variance_to_scale_by() {
        assertThatThrownBy(() -> new StudentT(2)).hasMessageContaining("was 2.0");
        assertThatThrownBy(() -> new StudentT(Double.NaN)).hasMessageContaining("was NaN");
        assertThat(new StudentT(4.5).degrees()).isEqualTo(4.5);
        assertThat(new StudentT(4.5)).hasToString("StudentT[4.5]");
    }
}
