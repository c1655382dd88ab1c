package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.NormalDistribution;

@Timeout(60)
class ArcsineLawTest {
    private static final ArcsineLaw LAW = ArcsineLaw.QUARTER_HOUR;

    /** The table of the facts, minutes 0 to 14. */
    private static final double[] BRIER = {
        .2463, .2354, .2245, .2135, .2023, .1909, .1792, .1670, .1543, .1408, .1262, .1101, .0917, .0689, .0343
    };

    private static final double[] LOG_LOSS = {
        .6857, .6632, .6396, .6149, .5888, .5613, .5320, .5007, .4668, .4299, .3890, .3426, .2878, .2184, .1097
    };

    private static final double[] ACCURACY = {
        .549, .598, .631, .658, .683, .706, .728, .749, .771, .793, .816, .841, .869, .902, .952
    };

    @Test
    void the_ideal_is_that_of_the_table() {
        for (int minute = 0; minute < BRIER.length; minute++) {
            // The table itself is rounded, and up to 6e-4 off in the middle: its minute 7 must be 1/6, see below.
            assertThat(LAW.brier(60 * minute))
                    .as("Brier, minute %d", minute)
                    .isCloseTo(BRIER[minute], within(minute < 4 ? 5e-5 : 6e-4));
            assertThat(LAW.logLoss(60 * minute))
                    .as("log loss, minute %d", minute)
                    .isCloseTo(LOG_LOSS[minute], within(1.8e-3));
            assertThat(LAW.accuracy(60 * minute))
                    .as("accuracy, minute %d", minute)
                    .isCloseTo(ACCURACY[minute], within(1.1e-3));
        }
    }

    @Test
    void when_half_of_the_variance_is_seen_the_ideal_forecast_is_uniform() {
        assertThat(LAW.seen(420)).isCloseTo(0.5, within(1e-12));
        assertThat(LAW.brier(420)).as("the mean of u(1-u)").isCloseTo(1 / 6.0, within(1e-12));
        assertThat(LAW.logLoss(420)).as("the mean entropy of u").isCloseTo(0.5, within(1e-6));
        assertThat(LAW.accuracy(420)).as("the mean of max(u, 1-u)").isCloseTo(0.75, within(1e-12));
    }

    @Test
    void the_ideal_is_the_mean_of_p_times_1_minus_p_over_where_the_price_may_stand() {
        for (int second = 0; second < 900; second += 37) {
            double share = LAW.seen(second);
            double steepness = Math.sqrt(share / (1 - share));
            double sum = 0;
            for (int i = -4_000; i <= 4_000; i++) {
                double z = i / 500.0;
                double p = NormalDistribution.cumulative(steepness * z);
                sum += p * (1 - p) * Math.exp(-z * z / 2) / 500;
            }
            assertThat(LAW.brier(second)).isCloseTo(sum / Math.sqrt(2 * Math.PI), within(2e-7));
        }
    }

    @Test
    void the_ideal_only_gets_better_and_ends_at_certainty() {
        for (int second = 1; second <= 900; second++) {
            assertThat(LAW.brier(second)).isLessThan(LAW.brier(second - 1));
        }
        assertThat(LAW.brier(900)).isCloseTo(0, within(1e-12));
        assertThat(LAW.logLoss(900)).isZero();
        assertThatThrownBy(() -> LAW.brier(901)).hasMessageContaining("was 901");
    }

    @Test
    void no_forecast_beats_the_ideal_on_simulated_contracts() {
        // 60 one-second steps before open make the strike, 60 before close the settlement.
        SplittableRandom random = new SplittableRandom(5);
        int n = 20_000;
        int seconds = 300;
        double[] probabilities = new double[n];
        boolean[] labels = new boolean[n];
        for (int i = 0; i < n; i++) {
            double price = 0;
            double strike = 0;
            double settlement = 0;
            double seen = 0;
            for (int s = -59; s <= 900; s++) {
                price += random.nextGaussian();
                strike += s <= 0 ? price / 60 : 0;
                settlement += s > 840 ? price / 60 : 0;
                seen = s == seconds ? price : seen;
            }
            double deviation = Math.sqrt(540 + 20.503);
            probabilities[i] = NormalDistribution.cumulative((seen - strike) / deviation);
            labels[i] = settlement >= strike;
        }
        double brier = Losses.mean(Losses.brier(probabilities, labels));
        assertThat(brier).isCloseTo(LAW.brier(seconds), within(0.004));
    }

    @Test
    void a_forecast_better_than_the_ideal_raises_the_alarm_if_there_are_enough() {
        assertThat(LAW.leakSuspected(0.18, 2_001, 300)).isTrue();
        assertThat(LAW.leakSuspected(0.18, 2_000, 300)).isFalse();
        assertThat(LAW.leakSuspected(0.1815, 5_000, 300)).isFalse();
    }
}
