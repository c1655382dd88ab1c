package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.calibration.LogOdds;
import voltage.forecast.ensemble.PoolFit;
import voltage.training.measure.Interval;

@Timeout(60)
class EdgeWeightTest {
    private static final int N = 4_000;

    private final SplittableRandom random = new SplittableRandom(3);
    private final double[] ours = new double[N];
    private final double[] market = new double[N];
    private final boolean[] labels = new boolean[N];
    private final long[] at = new long[N];

    /** The truth's log odds are a mix of what ours and the market see. */
    private EdgeWeight mixed(double share) {
        for (int i = 0; i < N; i++) {
            double a = 1.5 * random.nextGaussian();
            double b = 1.5 * random.nextGaussian();
            ours[i] = LogOdds.inverse(a);
            market[i] = LogOdds.inverse(b);
            labels[i] = random.nextDouble() < LogOdds.inverse(share * a + (1 - share) * b);
            at[i] = i * 900_000_000_000L;
        }
        return new EdgeWeight(ours, market, labels);
    }

    @Test
    void a_forecast_that_the_market_knows_already_keeps_no_weight() {
        Interval weight = mixed(0).interval(at);

        assertThat(weight.estimate()).isLessThan(0.06);
        assertThat(weight.low()).isZero();
    }

    @Test
    void knowledge_that_the_market_lacks_keeps_its_share() {
        Interval weight = mixed(0.4).interval(at);

        assertThat(weight.estimate()).isCloseTo(0.4, within(0.06));
        assertThat(weight.low()).isPositive();
        assertThat(weight.high()).isLessThan(0.6);
    }

    @Test
    void it_is_the_weight_that_the_general_fit_finds() {
        EdgeWeight weight = mixed(0.7);
        double[][] rows = new double[N][];
        Arrays.setAll(rows, i -> new double[] {ours[i], market[i]});

        double[] general = PoolFit.fit(List.of("ours", "market"), rows, labels, new double[] {0.5, 0.5}, 0)
                .weights();

        assertThat(weight.weight()).isCloseTo(general[0], within(1e-3));
    }

    @Test
    void equal_forecasts_leave_everything_to_the_market() {
        assertThat(new EdgeWeight(new double[] {0.4, 0.6}, new double[] {0.4, 0.6}, new boolean[] {true, false})
                        .weight())
                .isZero();
    }
}
