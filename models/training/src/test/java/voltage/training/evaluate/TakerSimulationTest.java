package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TakerSimulationTest {
    private static final long CLOSE = 1_771_200_900_000_000_000L;
    private static final long MINUTE = 60_000_000_000L;

    /** One contract at five and four minutes to close. */
    private static ForecastTable table(double said, double mid, double next, boolean paid) {
        return new ForecastTable(
                Map.of("ours", new double[] {said, 0.5}, "market", new double[] {mid, next}),
                new boolean[] {paid, paid},
                new long[] {CLOSE - 5 * MINUTE, CLOSE - 4 * MINUTE},
                new long[] {CLOSE, CLOSE},
                new int[] {5, 4});
    }

    @Test
    void it_fills_at_the_next_minutes_mid_and_half_a_cent_and_pays_the_fee() {
        TakerSimulation.Result result = TakerSimulation.run(table(0.70, 0.60, 0.62, true), "ours", "market");

        // 62.5 cents are no valid price, so 63; the fee is 0.07 × 0.63 × 0.37 = 1.6317 cents.
        assertThat(result.trades()).isEqualTo(1);
        assertThat(result.feesE6()).isEqualTo(16_317);
        assertThat(result.centsPerContract().estimate()).isCloseTo(100 - 63 - 1.6317, within(1e-9));
        assertThat(result.isGain()).as("one day shows nothing").isFalse();
    }

    @Test
    void the_other_side_is_bought_when_the_price_is_too_high() {
        TakerSimulation.Result result = TakerSimulation.run(table(0.20, 0.40, 0.40, true), "ours", "market");

        assertThat(result.trades()).isEqualTo(1);
        assertThat(result.centsPerContract().estimate()).isCloseTo(-61 - 1.6653, within(1e-4));
    }

    @Test
    void what_the_fee_eats_is_left() {
        assertThat(TakerSimulation.run(table(0.53, 0.50, 0.50, true), "ours", "market")
                        .trades())
                .isZero();
    }

    @Test
    void the_last_minute_has_no_next_one_to_fill_at() {
        ForecastTable last = table(0.5, 0.5, 0.5, true).where(row -> row == 1).with("sure", new double[] {0.99});

        assertThat(TakerSimulation.run(last, "sure", "market").trades()).isZero();
    }

    @Test
    void a_price_is_raised_to_the_next_valid_one() {
        assertThat(TakerSimulation.askE4(0.0512)).isEqualTo(570);
        assertThat(TakerSimulation.askE4(0.505)).isEqualTo(5_100);
        assertThat(TakerSimulation.askE4(0.9999)).isEqualTo(10_000);
    }
}
