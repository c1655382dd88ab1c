package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fees that Kalshi is recorded or documented to have charged. */
class FeeVectorsTest {
    private static final FeeSchedule BEFORE_AUGUST_30 = new FeeSchedule(700, 0, 100, 100);

    @ParameterizedTest
    @CsvSource({
        "100, 5200, 17500",
        "100, 100, 700",
        "1411, 8400, 132800",
        "913, 5300, 159200",
        "2175, 1700, 214900",
    })
    void the_formula_gives_the_recorded_fee_of_the_old_precision(long countE2, int priceE4, long feeE6) {
        assertThat(BEFORE_AUGUST_30.tradeFeeE6(countE2, priceE4, true)).isEqualTo(feeE6);
    }

    @Test
    void the_new_precision_keeps_micro_dollars() {
        assertThat(FeeSchedule.QUADRATIC.tradeFeeE6(100, 5200, true)).isEqualTo(17_472);
        assertThat(FeeSchedule.QUADRATIC.tradeFeeE6(100, 5200, false)).isZero();
    }

    @Test
    void behind_a_broker_the_accumulator_pays_rounding_back_in_whole_cents() {
        FeeAccumulator fees = new FeeAccumulator(new FeeSchedule(700, 0, 10_000, 10_000));
        assertThat(fees.feeE6(100, 550, true, -55_000)).isEqualTo(15_000);
        assertThat(fees.feeE6(100, 550, true, -55_000)).isEqualTo(5_000);
        assertThat(fees.feeE6(100, 550, true, -55_000)).isEqualTo(15_000);
    }

    @Test
    void no_fee_is_negative_and_the_balance_stays_in_its_units() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int order = 0; order < 2_000; order++) {
            FeeAccumulator fees = new FeeAccumulator(FeeSchedule.QUADRATIC);
            long balance = 0;
            for (int fill = 0; fill < 10; fill++) {
                long countE2 = random.nextLong(1, 5_000);
                int priceE4 = random.nextInt(1, 1_000) * 10;
                long cash = random.nextBoolean() ? -priceE4 * countE2 : priceE4 * countE2;
                long fee = fees.feeE6(countE2, priceE4, random.nextBoolean(), cash);
                assertThat(fee).isNotNegative();
                balance += cash - fee;
                assertThat(Math.floorMod(balance, 100L)).isZero();
                assertThat(fees.heldE6()).isNotNegative();
            }
        }
    }
}
