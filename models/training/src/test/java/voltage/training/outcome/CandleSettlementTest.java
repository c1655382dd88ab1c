package voltage.training.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import voltage.forecast.event.StudentT;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.EventModel;
import voltage.training.evaluate.ContractForecaster;

class CandleSettlementTest {
    @Test
    void the_mean_of_a_random_walks_candle_is_as_far_from_either_end_as_the_formula_says() {
        SplittableRandom random = new SplittableRandom(3);
        int walks = 20_000;
        int steps = 400;
        double fromStart = 0;
        double fromEnd = 0;
        for (int walk = 0; walk < walks; walk++) {
            double at = 0;
            double high = 0;
            double low = 0;
            for (int step = 0; step < steps; step++) {
                at += random.nextGaussian() * Math.sqrt(60.0 / steps);
                high = Math.max(high, at);
                low = Math.min(low, at);
            }
            double mean = (high + low + at) / 4;
            fromStart += mean * mean / walks;
            fromEnd += (at - mean) * (at - mean) / walks;
        }

        assertThat(fromStart).isCloseTo(CandleSettlement.LAG_SECONDS, within(0.6));
        assertThat(fromEnd).isCloseTo(CandleSettlement.LAG_SECONDS, within(0.6));
    }

    @Test
    void the_formula_prices_the_distance_in_deviations_of_the_candles_mean() {
        ContractForecaster formula = new ContractForecaster(
                "climatology", List.of(VolatilityEvent.of(15, 20)), List.of(new EventModel.Climatology(0.3)));

        for (int left = 14; left >= 1; left--) {
            double z = CandleSettlement.standardised(1.0007, 5e-5, left);
            assertThat(CandleSettlement.yes(formula, 5e-5, 1.0007, left))
                    .isCloseTo(new StudentT(4).cumulative(z), within(1e-9));
        }
        assertThat(CandleSettlement.standardised(1.0007, 5e-5, 1)).isCloseTo(3.51, within(0.01));
    }
}
