package voltage.training.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.Candle;
import voltage.training.data.ClusteredMinutes;

class QuarterVarianceTest {
    private static double[] even() {
        double[] weights = new double[15];
        Arrays.fill(weights, 2);
        return weights;
    }

    @Test
    void under_one_volatility_the_ideal_is_the_arcsine_law_of_the_candles_mean() {
        QuarterVariance variance = new QuarterVariance(even());

        for (int left = 13; left >= 1; left--) {
            assertThat(variance.ideal(left).brier())
                    .isLessThan(variance.ideal(left + 1).brier());
            assertThat(variance.ideal(left).logLoss())
                    .isLessThan(variance.ideal(left + 1).logLoss());
        }
        double share = 1 - CandleSettlement.secondsOfVariance(5) / (14 * 60 + 2 * CandleSettlement.LAG_SECONDS);
        assertThat(variance.ideal(5).brier()).isCloseTo(0.25 - Math.asin(share) / (2 * Math.PI), within(1e-12));
        assertThat(variance.ideal(1).brier()).isCloseTo(0.0304, within(2e-4));
    }

    @Test
    void calm_last_minutes_leave_less_to_be_seen() {
        double[] calm = even();
        Arrays.fill(calm, 10, 15, 1);

        assertThat(new QuarterVariance(calm).ideal(5).brier())
                .isLessThan(new QuarterVariance(even()).ideal(5).brier() - 0.02);
    }

    @Test
    void it_is_that_of_the_minutes_before_the_test_and_each_by_its_place() {
        List<Candle> candles = ClusteredMinutes.withoutClusters(MadeUpData.START, 4 * MadeUpData.DAY, 6).stream()
                .map(QuarterVarianceTest::stillInTheLastMinute)
                .toList();
        double[] weights = QuarterVariance.of(
                        MadeUpData.dataset(candles),
                        MadeUpData.prices(candles),
                        MadeUpData.START,
                        MadeUpData.START + 2L * MadeUpData.DAY * MadeUpData.MINUTE)
                .weights();

        assertThat(weights[14]).isLessThan(1e-12);
        for (int minute = 1; minute < 14; minute++) {
            assertThat(weights[minute]).isCloseTo(1.6e-7, within(0.7e-7));
        }
        assertThatThrownBy(() -> new QuarterVariance(new double[3])).hasMessageContaining("each of 15 minutes");
    }

    /** Each fifteenth minute ends where the one before did; the next one makes up for it. */
    private static Candle stillInTheLastMinute(Candle candle) {
        long minute = (candle.openNanos() - MadeUpData.START) / MadeUpData.MINUTE;
        long close = minute % 15 == 14 ? candle.openE4() : candle.closeE4();
        return new Candle(
                candle.openNanos(),
                candle.openE4(),
                Math.max(candle.highE4(), close),
                Math.min(candle.lowE4(), close),
                close,
                candle.volumeE8(),
                candle.trades(),
                false);
    }
}
