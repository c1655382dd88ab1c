package voltage.forecast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import voltage.market.Candle;
import voltage.market.CandleSeries;

/** Expected values are computed by hand from the formulas. */
class EstimatorTest {
    private static final long MINUTE = 60_000_000_000L;
    /** So high that rounding to whole units of price does not matter. */
    private static final long LEVEL = 10_000_000_000_000L;

    private final CandleSeries series = new CandleSeries(1, 100);
    private double logClose;

    /** A bar that opens {@code o} above the close before and has the literature's u, d and c. */
    private void bar(double o, double u, double d, double c) {
        double open = logClose + o;
        logClose = open + c;
        long at = series.isEmpty() ? 0 : series.last().openNanos() + MINUTE;
        series.add(new Candle(at, price(open), price(open + u), price(open + d), price(open + c), 1, 1, false));
    }

    private static long price(double log) {
        return Math.round(LEVEL * Math.exp(log));
    }

    private void twoBars() {
        bar(0, 0, 0, 0);
        bar(0.001, 0.002, -0.001, 0.001);
        bar(-0.001, 0.001, -0.002, -0.001);
    }

    @Test
    void parkinson_is_the_mean_squared_range_over_four_ln_two() {
        twoBars();
        assertThat(Parkinson.variance(series, 2)).isCloseTo(9e-6 / 2.772588722239781, within(1e-14));
    }

    @Test
    void garman_klass_weighs_range_and_close() {
        // 0.511 · 9e-6 − 0.019 · (1e-6 + 4e-6) − 0.383 · 1e-6
        twoBars();
        assertThat(GarmanKlass.variance(series, 2)).isCloseTo(4.121e-6, within(1e-14));
        assertThat(GarmanKlass.variance(series, 1)).isCloseTo(4.121e-6, within(1e-14));
    }

    @Test
    void rogers_satchell_measures_from_open_and_close() {
        // 0.002 · 0.001 + 0.001 · 0.002
        twoBars();
        assertThat(RogersSatchell.variance(series, 2)).isCloseTo(4e-6, within(1e-14));
    }

    @Test
    void rogers_satchell_sees_nothing_of_a_straight_line() {
        bar(0, 0.01, 0, 0.01);
        assertThat(RogersSatchell.variance(series, 1)).isNaN();
    }

    @Test
    void yang_zhang_adds_what_happens_between_bars() {
        // σ_o² = 2e-6, σ_c² = 2e-6, σ_RS² = 4e-6, k = 0.34/(1.34 + 3)
        twoBars();
        assertThat(YangZhang.variance(series, 2)).isCloseTo(5.843317972350230e-6, within(1e-14));
    }

    @Test
    void realised_variance_is_the_mean_squared_return() {
        twoBars();
        assertThat(RealisedVariance.variance(series, 2)).isCloseTo(4e-6, within(1e-14));
        assertThat(RealisedVariance.variance(series, 1)).isCloseTo(4e-6, within(1e-14));
    }

    @Test
    void bipower_variation_hardly_sees_a_jump_and_the_rest_is_the_jump_share() {
        bar(0, 0, 0, 0);
        for (double r : new double[] {0.001, 0.001, 0.01, 0.001, 0.001}) {
            bar(0, r, 0, r);
        }
        // products 1e-6, 1e-5, 1e-5, 1e-6; squares 4 · 1e-6 + 1e-4
        assertThat(BipowerVariation.variance(series, 5)).isCloseTo(5.5e-6 * Math.PI / 2, within(1e-14));
        assertThat(RealisedVariance.variance(series, 5)).isCloseTo(2.08e-5, within(1e-14));
        assertThat(BipowerVariation.jumpShare(series, 5)).isCloseTo(0.5846453, within(1e-6));
    }

    @Test
    void even_returns_hold_no_jump() {
        twoBars();
        assertThat(BipowerVariation.jumpShare(series, 2)).isZero();
    }

    static ToDoubleBiFunction<CandleSeries, Integer>[] all() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        ToDoubleBiFunction<CandleSeries, Integer>[] all = new ToDoubleBiFunction[] {
            named(Parkinson::variance),
            named(GarmanKlass::variance),
            named(RogersSatchell::variance),
            named(YangZhang::variance),
            named(RealisedVariance::variance),
            named(BipowerVariation::variance),
            named(BipowerVariation::jumpShare)
        };
        return all;
    }

    private static ToDoubleBiFunction<CandleSeries, Integer> named(
            ToDoubleBiFunction<CandleSeries, Integer> estimator) {
        return estimator;
    }

    @ParameterizedTest
    @MethodSource("all")
    void too_little_data_is_not_a_number(ToDoubleBiFunction<CandleSeries, Integer> estimator) {
        assertThat(estimator.applyAsDouble(series, 2)).isNaN();
        twoBars();
        assertThat(estimator.applyAsDouble(series, 2)).isNotNaN();
        assertThat(estimator.applyAsDouble(series, 4)).isNaN();
        assertThat(estimator.applyAsDouble(series, 0)).isNaN();
    }

    @ParameterizedTest
    @MethodSource("all")
    void flat_data_is_not_a_number(ToDoubleBiFunction<CandleSeries, Integer> estimator) {
        for (int i = 0; i < 10; i++) {
            bar(0, 0, 0, 0);
        }
        assertThat(estimator.applyAsDouble(series, 5)).isNaN();
    }
}
