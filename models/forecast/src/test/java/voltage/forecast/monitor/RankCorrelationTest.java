package voltage.forecast.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RankCorrelationTest {
    @Test
    void of_known_ranks() {
        assertThat(RankCorrelation.of(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5}))
                .isCloseTo(1 - 6 * 4 / 120.0, within(1e-12));
        assertThat(RankCorrelation.ranks(new double[] {3, 1, 3, 7})).containsExactly(2.5, 1, 2.5, 4);
        assertThat(RankCorrelation.t(0.5, 27)).isCloseTo(0.5 * Math.sqrt(25 / 0.75), within(1e-12));
    }

    @Test
    void without_ties_it_is_one_less_six_times_the_squared_differences_of_ranks() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 3 + random.nextInt(60);
            double[] a = random.doubles(n).toArray();
            double[] b = random.doubles(n).toArray();
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double d = rank(a, a[i]) - rank(b, b[i]);
                squares += d * d;
            }
            assertThat(RankCorrelation.of(a, b)).isCloseTo(1 - 6 * squares / n / (n * (double) n - 1), within(1e-12));
        }
    }

    private static double rank(double[] values, double value) {
        return Arrays.stream(values).filter(other -> other < value).count();
    }

    @Test
    void what_does_not_vary_has_no_correlation() {
        assertThat(RankCorrelation.of(new double[] {1, 1, 1}, new double[] {1, 2, 3}))
                .isNaN();
        assertThat(RankCorrelation.of(new double[] {1, 2}, new double[] {1, 2})).isNaN();
    }

    @Test
    void a_rolling_window_forgets_what_fell_out_of_it() {
        InformationCoefficient rolling = new InformationCoefficient(50);
        SplittableRandom random = new SplittableRandom(3);
        double[] a = new double[50];
        double[] b = new double[50];
        for (int i = 0; i < 220; i++) {
            double signal = random.nextGaussian();
            double outcome = signal + random.nextGaussian();
            rolling.add(signal, outcome);
            if (i >= 170) {
                a[i - 170] = signal;
                b[i - 170] = outcome;
            }
        }
        assertThat(rolling.n()).isEqualTo(50);
        assertThat(rolling.value()).isCloseTo(RankCorrelation.of(a, b), within(1e-12));
    }

    @Test
    void its_t_is_large_for_chance_as_often_as_it_should_be() {
        int beyond = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            InformationCoefficient coefficient = new InformationCoefficient(200);
            for (int i = 0; i < 200; i++) {
                coefficient.add(random.nextGaussian(), random.nextBoolean() ? 1 : 0);
            }
            beyond += Math.abs(coefficient.t()) > 1.96 ? 1 : 0;
        }
        assertThat(beyond).as("of 1000 uninformative signals beyond 1.96").isBetween(30, 72);
    }
}
