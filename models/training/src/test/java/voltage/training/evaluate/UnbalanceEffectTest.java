package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.event.VolatilityEvent;
import voltage.training.data.Dataset;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;

@Timeout(120)
class UnbalanceEffectTest {
    private static final VolatilityEvent EVENT = MadeUpMarkets.EVENTS.getLast();

    @Test
    void weighing_the_rarer_outcome_up_makes_forecasts_too_even_and_that_is_shown() {
        Dataset data = MadeUpMarkets.dataset(MadeUpMarkets.candles(20, 21));

        UnbalanceEffect effect = UnbalanceEffect.measure(
                data, EVENT, Spans.of(data), TrainingSettings.USUAL.withRounds(25, 0), TrainingProgress.SILENT);

        double happened = effect.off().scores().baseRate();
        assertThat(effect.off().scores().n()).isEqualTo(effect.on().scores().n());
        assertThat(Math.abs(effect.meanOn() - 0.5)).isLessThan(Math.abs(effect.meanOff() - 0.5));
        assertThat(Math.abs(effect.meanOff() - happened)).isLessThan(Math.abs(effect.meanOn() - happened));
        assertThat(effect.difference().estimate()).isPositive();
        assertThat(effect.helps()).isFalse();
    }
}
