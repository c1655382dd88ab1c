package voltage.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {
    /** Φ by its series {@code ½ + φ(x)(x + x³/3 + x⁵/15 + …)}, exact to a double's precision for moderate x. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int i = 1; Math.abs(term) > 1e-18 * Math.abs(sum); i++) {
            term *= x * x / (2 * i + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Test
    void the_error_stays_below_what_is_promised() {
        for (double x = -6; x <= 6; x += 0.001) {
            assertThat(NormalDistribution.cumulative(x)).isCloseTo(series(x), within(1.2e-7));
        }
    }

    @Test
    void it_is_symmetric_and_ascends_to_certainty() {
        double last = 0;
        for (double x = -40; x <= 40; x += 0.01) {
            double value = NormalDistribution.cumulative(x);
            assertThat(value).isBetween(last - 1e-15, 1.0);
            assertThat(value + NormalDistribution.cumulative(-x)).isCloseTo(1, within(2.4e-7));
            last = value;
        }
        assertThat(NormalDistribution.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(NormalDistribution.cumulative(Double.NEGATIVE_INFINITY)).isZero();
    }
}
