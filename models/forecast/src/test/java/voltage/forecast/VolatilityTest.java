package voltage.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import voltage.forecast.HarVolatility.Coefficients;
import voltage.forecast.estimator.Parkinson;
import voltage.market.Candle;
import voltage.market.CandleSeries;

class VolatilityTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long PRICE_E4 = 1_000_000_000L;

    private final CandleSeries series = new CandleSeries(1, 1_500);

    /** Minutes whose high is {@code e^range} times their low. */
    private void add(int minutes, double range) {
        long open = series.isEmpty() ? 0 : series.last().openNanos() + MINUTE;
        for (int i = 0; i < minutes; i++) {
            long high = Math.round(PRICE_E4 * Math.exp(range));
            series.add(new Candle(open + i * MINUTE, PRICE_E4, high, PRICE_E4, PRICE_E4, 1, 1, false));
        }
    }

    @Test
    void parkinson_is_the_mean_squared_range_over_four_ln_two() {
        add(10, 0.001);
        add(10, 0.003);

        assertThat(Parkinson.variance(series, 10)).isCloseTo(9e-6 / (4 * Math.log(2)), within(1e-11));
        assertThat(Parkinson.variance(series, 20)).isCloseTo(5e-6 / (4 * Math.log(2)), within(1e-11));
        assertThat(Parkinson.variance(series, 10, 10)).isCloseTo(1e-6 / (4 * Math.log(2)), within(1e-11));
        assertThat(Parkinson.variance(series, 21)).isNaN();
    }

    @Test
    void parkinson_recovers_the_variance_of_a_random_walk() {
        Random random = new Random(3);
        double volatility = 1e-3;
        int steps = 2_000;
        for (int minute = 0; minute < 1_000; minute++) {
            double x = 0;
            double high = 0;
            double low = 0;
            for (int i = 0; i < steps; i++) {
                x += volatility / Math.sqrt(steps) * random.nextGaussian();
                high = Math.max(high, x);
                low = Math.min(low, x);
            }
            long close = Math.round(PRICE_E4 * Math.exp(x));
            series.add(new Candle(
                    minute * MINUTE,
                    PRICE_E4,
                    Math.max(Math.round(PRICE_E4 * Math.exp(high)), close),
                    Math.min(Math.round(PRICE_E4 * Math.exp(low)), close),
                    close,
                    1,
                    1,
                    false));
        }
        // Steps see a little less than the whole range, hence a little less than the variance.
        assertThat(Math.sqrt(Parkinson.variance(series, 1_000))).isCloseTo(volatility, within(volatility * 0.05));
    }

    @Test
    void har_on_even_candles_is_its_formula() {
        add(1_500, 0.001);
        double logVariance = Math.log(1e-6 / (4 * Math.log(2)));
        double weights = 0;
        for (double weight : Coefficients.FITTED.weights()) {
            weights += weight;
        }
        double expected = Math.sqrt(Math.exp(Coefficients.FITTED.intercept()
                        + Coefficients.FITTED.residualVariance() / 2
                        + weights * logVariance)
                / 60);

        assertThat(new HarVolatility(Coefficients.FITTED).perSqrtSecond(series))
                .isCloseTo(expected, within(expected * 1e-5));
    }

    @Test
    void each_weight_belongs_to_its_window() {
        add(60, 0.002);
        add(1_380, 0.001);
        add(55, 0.003);
        add(5, 0.004);
        double[] windows = {5, 15, 60, 240, 1440};
        for (int i = 0; i < windows.length; i++) {
            double[] weights = new double[5];
            weights[i] = 1;
            double expected = Parkinson.variance(series, (int) windows[i]) / 60;
            double actual = new HarVolatility(new Coefficients(0, weights, 0)).perSqrtSecond(series);
            assertThat(actual * actual).isCloseTo(expected, within(expected * 1e-9));
        }
    }

    @Test
    void an_hour_of_history_is_enough_and_less_is_not() {
        HarVolatility har = new HarVolatility(Coefficients.FITTED);
        add(59, 0.001);
        assertThat(har.perSqrtSecond(series)).isNaN();
        add(1, 0.001);
        assertThat(har.perSqrtSecond(series)).isPositive();
    }

    @Test
    void without_any_movement_nothing_is_forecast() {
        add(100, 0.001);
        add(5, 0);

        assertThat(new HarVolatility(Coefficients.FITTED).perSqrtSecond(series)).isNaN();
    }

    @Test
    void a_fit_has_a_weight_for_each_window() {
        assertThatThrownBy(() -> new Coefficients(0, new double[4], 0)).hasMessageContaining("was 4");
    }
}
