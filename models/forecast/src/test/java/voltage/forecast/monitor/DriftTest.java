package voltage.forecast.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each detector is silent while nothing changes and speaks soon after something did; counts are of seeded runs. */
@Timeout(120)
class DriftTest {
    private static final int RUNS = 300;

    @Test
    void page_and_hinkley_by_hand() {
        PageHinkley test = new PageHinkley(0.1, 1.5);
        // Means 0, 0.5, 1; m: −0.1, 0.3, 1.2.
        test.add(0);
        assertThat(test.value()).isCloseTo(0, within(1e-12));
        test.add(1);
        assertThat(test.value()).isCloseTo(0.4, within(1e-12));
        test.add(2);
        assertThat(test.value()).isCloseTo(1.3, within(1e-12));
        assertThat(test.isAlarm()).isFalse();
        test.add(3);
        assertThat(test.value()).isCloseTo(2.7, within(1e-12));
        assertThat(test.isAlarm()).isTrue();
    }

    @Test
    void page_and_hinkley_is_the_sum_less_its_least() {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PageHinkley test = new PageHinkley(0.2, 5);
            double total = 0;
            double m = 0;
            double least = 0;
            for (int i = 1; i <= 300; i++) {
                double x = random.nextGaussian() + (i > 150 ? 0.4 : 0);
                total += x;
                m += x - total / i - 0.2;
                least = Math.min(least, m);
                test.add(x);
                assertThat(test.value()).isCloseTo(m - least, within(1e-9));
            }
        }
    }

    @Test
    void brier_drift_is_silent_for_four_weeks_and_found_within_a_few_days() {
        int falseAlarms = 0;
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            falseAlarms += firstAlarm(run, SignalHealth.CAPACITY, Integer.MAX_VALUE) >= 0 ? 1 : 0;
            int alarm = firstAlarm(run, SignalHealth.CAPACITY, 1_344);
            found += alarm >= 1_344 && alarm < 1_344 + 3 * 96 ? 1 : 0;
        }
        assertThat(falseAlarms)
                .as("false alarms in %d runs of 2688 windows", RUNS)
                .isLessThanOrEqualTo(RUNS / 30);
        assertThat(found)
                .as("runs of %d in which half a deviation is found within 288 windows", RUNS)
                .isGreaterThanOrEqualTo(RUNS * 95 / 100);
    }

    /** Window of the first alarm on a skewed series that worsens by half a standard deviation; −1 for none. */
    private static int firstAlarm(int seed, int windows, int from) {
        SplittableRandom random = new SplittableRandom(seed);
        PageHinkley test = new PageHinkley(SignalHealth.BRIER_DELTA, SignalHealth.BRIER_LAMBDA);
        for (int i = 0; i < windows; i++) {
            // Exponential less one: mean 0, deviation 1, skewed as losses are.
            test.add(-StrictMath.log(1 - random.nextDouble()) - 1 + (i >= from ? 0.5 : 0));
            if (test.isAlarm()) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void information_that_stays_raises_no_alarm_and_information_that_goes_does() {
        int falseAlarms = 0;
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            InformationFall still = new InformationFall(48, 14);
            InformationFall falling = new InformationFall(48, 14);
            SplittableRandom random = new SplittableRandom(run);
            int alarm = -1;
            for (int i = 0; i < 2_688; i++) {
                double score = 1.3 * random.nextGaussian();
                boolean y = random.nextDouble() < 1 / (1 + StrictMath.exp(-score));
                still.add(score, y ? 1 : 0);
                // From the middle on the signal knows nothing any more.
                falling.add(i < 1_344 ? score : random.nextGaussian(), y ? 1 : 0);
                alarm = alarm < 0 && falling.isAlarm() ? i : alarm;
            }
            falseAlarms += still.highest() > InformationFall.LIMIT ? 1 : 0;
            found += alarm >= 1_344 && alarm < 1_344 + 480 ? 1 : 0;
        }
        assertThat(falseAlarms).as("false alarms in %d runs of 56 blocks", RUNS).isLessThanOrEqualTo(RUNS / 30);
        assertThat(found)
                .as("runs of %d in which the loss is found within 480 windows", RUNS)
                .isGreaterThanOrEqualTo(RUNS * 95 / 100);
    }

    @Test
    void the_win_rate_s_alarm_is_rare_while_promises_hold_at_any_price() {
        int falseAlarms = 0;
        int found = 0;
        int delay = 0;
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(run);
            WinRateDrift still = new WinRateDrift();
            WinRateDrift worse = new WinRateDrift();
            boolean wasAlarm = false;
            int alarm = -1;
            for (int i = 0; i < 500; i++) {
                double p = 0.1 + 0.8 * random.nextDouble();
                double u = random.nextDouble();
                still.add(p, u < p);
                worse.add(p, u < (i < 200 ? p : lowered(p)));
                wasAlarm |= still.isAlarm();
                alarm = alarm < 0 && worse.isAlarm() ? i : alarm;
            }
            falseAlarms += wasAlarm ? 1 : 0;
            found += alarm >= 200 ? 1 : 0;
            delay += alarm >= 200 ? alarm - 200 : 0;
        }
        // Lorden: 500 of 5 000 trades, at most a tenth of the runs.
        assertThat(falseAlarms)
                .as("false alarms in %d runs of 500 trades", RUNS)
                .isLessThanOrEqualTo(RUNS / 20);
        assertThat(found)
                .as("of %d losses of 1 in log odds found within 300 trades", RUNS)
                .isGreaterThanOrEqualTo(RUNS * 95 / 100);
        assertThat(delay / Math.max(1, found)).as("mean delay in trades").isLessThan(120);
    }

    private static double lowered(double p) {
        return 1 / (1 + (1 - p) / p * StrictMath.exp(1));
    }

    @Test
    void wilson_s_interval_of_known_counts() {
        double[] interval = WinRateDrift.wilson(7, 10, 1.959963984540054);
        assertThat(interval[0]).isCloseTo(0.3968, within(1e-4));
        assertThat(interval[1]).isCloseTo(0.8922, within(1e-4));
        assertThat(WinRateDrift.wilson(0, 5, 1.96)[0]).isZero();
    }

    @Test
    void the_sharpe_ratio_s_alarm_counts_both_sides_uncertainty() {
        int falseAlarms = 0;
        int found = 0;
        double squares = 0;
        for (int run = 0; run < 1_000; run++) {
            SplittableRandom random = new SplittableRandom(run);
            List<Double> still = new ArrayList<>();
            List<Double> worse = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                // A bet at 40 cents that pays a dollar in 45 of 100 cases.
                double gain = random.nextDouble() < 0.45 ? 0.6 : -0.4;
                still.add(gain);
                worse.add(i < 300 || random.nextDouble() < 0.45 ? gain : -0.4);
            }
            SharpeDrift drift = SharpeDrift.of(still, 100);
            squares += drift.z() * drift.z() / 1_000;
            falseAlarms += drift.isAlarm() ? 1 : 0;
            found += SharpeDrift.of(worse, 100).isAlarm() ? 1 : 0;
        }
        assertThat(squares).as("mean square of z of stationary trades").isBetween(0.85, 1.15);
        assertThat(falseAlarms).as("false alarms of 1000").isLessThanOrEqualTo(2);
        assertThat(found)
                .as("of 1000 losses of half the wins found in 100 trades")
                .isGreaterThanOrEqualTo(600);
    }

    @Test
    void too_few_trades_say_nothing() {
        assertThat(SharpeDrift.of(List.of(1.0, -1.0), 100).z()).isZero();
        assertThat(SharpeDrift.of(List.of(), 100).isAlarm()).isFalse();
    }
}
