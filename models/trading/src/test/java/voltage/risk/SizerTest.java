package voltage.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.FeeAccumulator;
import voltage.market.FeeSchedule;

class SizerTest {
    private static final FeeSchedule FEES = FeeSchedule.QUADRATIC;

    private final Sizer sizer = new Sizer();

    private void size(long equityE6, long winE6, int askE4, long capE2, long roomE6, long depthE2) {
        sizer.size(equityE6, winE6, askE4, FEES, 2_500, 200, 10_000, capE2, roomE6, depthE2, 100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void no_cap_is_ever_exceeded_and_one_contract_more_would_break_one(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int sized = 0;
        for (int i = 0; i < 50_000; i++) {
            FeeSchedule fees =
                    new FeeSchedule(700, 0, random.nextBoolean() ? 1 : 100, random.nextBoolean() ? 100 : 10_000);
            long equity = random.nextLong(-10_000_000, 2_000_000_000);
            int ask = random.nextInt(1, 10_000);
            long win = Math.min(999_999, ask * 100L + random.nextLong(-50_000, 200_000));
            int kelly = random.nextInt(1, 10_001);
            int risk = random.nextInt(1, 1_000);
            long multiplier = random.nextLong(0, 13_001);
            long cap = random.nextLong(-500, 10_000);
            long room = random.nextLong(0, 50_000_000);
            long depth = random.nextLong(0, 20_000);
            int minEdge = random.nextInt(0, 400);
            sizer.size(equity, win, ask, fees, kelly, risk, multiplier, cap, room, depth, minEdge);

            long sent = sizer.sentE2();
            if (sent == 0) {
                assertThat(sizer.costE6()).isZero();
                assertThat(sizer.feeE6()).isZero();
                continue;
            }
            sized++;
            assertThat(sent % 100).isZero();
            assertThat(sent).isPositive().isLessThanOrEqualTo(cap).isLessThanOrEqualTo(depth);
            assertThat(sent).isLessThanOrEqualTo(sizer.kellyE2()).isLessThanOrEqualTo(sizer.fixedFractionE2());
            assertThat(sizer.cappedE2()).isLessThanOrEqualTo(cap).isLessThanOrEqualTo(sizer.kellyE2());
            assertThat(sizer.costE6()).isLessThanOrEqualTo(room);
            assertThat(sent * win / 100 - sizer.costE6()).isGreaterThanOrEqualTo(sent * minEdge);
            long fraction = equity / 10_000 * risk * multiplier / 10_000;
            assertThat(sizer.costE6() - 2L * fees.balanceUnitE6()).isLessThanOrEqualTo(fraction + 1_000_000);
        }
        assertThat(sized).isGreaterThan(1_000);
    }

    @Test
    void the_fee_is_the_one_that_the_exchange_will_report_for_the_fill() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            int ask = random.nextInt(500, 9_500);
            size(1_000_000_000, Math.min(999_999, ask * 100L + 60_000), ask, 2_500, 1_000_000_000, 10_000);
            long sent = sizer.sentE2();
            if (sent > 0) {
                long before = -sent * ask;
                assertThat(sizer.feeE6()).isEqualTo(new FeeAccumulator(FEES).feeE6(sent, ask, true, before));
                assertThat(sizer.costE6()).isEqualTo(sizer.feeE6() - before);
            }
        }
    }

    @Test
    void kelly_is_a_quarter_of_the_edge_over_the_odds() {
        // c = 0.50 + 0.0175 = 0.5175; f = (0.60 − c)/(1 − c) = 0.17098; a quarter of 1000 dollars: 42.75, at c each
        // 82.6.
        size(1_000_000_000, 600_000, 5_000, 1_000_000, 1_000_000_000_000L, 1_000_000);

        assertThat(sizer.kellyE2()).isBetween(8_258L, 8_261L);
        // 2 % of 1000 dollars are 20: 38.6 contracts.
        assertThat(sizer.fixedFractionE2()).isEqualTo(20_000_000L * 100 / 517_500);
        assertThat(sizer.sentE2()).isEqualTo(3_800);
    }

    @Test
    void without_an_edge_equity_or_room_nothing_is_sent() {
        size(1_000_000_000, 517_500, 5_000, 2_500, 1_000_000_000, 10_000);
        assertThat(sizer.sentE2()).isZero();
        size(0, 700_000, 5_000, 2_500, 1_000_000_000, 10_000);
        assertThat(sizer.sentE2()).isZero();
        size(-5, 700_000, 5_000, 2_500, 1_000_000_000, 10_000);
        assertThat(sizer.sentE2()).isZero();
        size(1_000_000_000, 700_000, 5_000, -100, 1_000_000_000, 10_000);
        assertThat(sizer.sentE2()).isZero();
        size(1_000_000_000, 700_000, 5_000, 2_500, 517_499, 10_000);
        assertThat(sizer.sentE2()).isZero();
        size(1_000_000_000, 700_000, 5_000, 2_500, 1_000_000_000, 99);
        assertThat(sizer.sentE2()).isZero();
    }

    @Test
    void the_last_sizing_leaves_nothing_behind() {
        size(1_000_000_000, 700_000, 5_000, 2_500, 1_000_000_000, 10_000);
        assertThat(sizer.sentE2()).isEqualTo(2_500);
        size(0, 700_000, 5_000, 2_500, 1_000_000_000, 10_000);

        assertThat(sizer.kellyE2() + sizer.fixedFractionE2() + sizer.cappedE2() + sizer.costE6() + sizer.feeE6())
                .isZero();
    }

    @Test
    void an_edge_and_a_room_that_are_just_enough_are_enough() {
        // Ten contracts at 0.5175 with their fee, worth 0.5275 each: a cent of profit, which is the least asked for.
        size(1_000_000_000, 527_500, 5_000, 2_500, 1_000_000_000, 10_000);
        assertThat(sizer.sentE2()).isEqualTo(1_000);
        assertThat(sizer.cappedE2()).isEqualTo(sizer.kellyE2());
        size(1_000_000_000, 527_499, 5_000, 2_500, 1_000_000_000, 10_000);
        assertThat(sizer.sentE2()).isZero();
        size(1_000_000_000, 700_000, 5_000, 2_500, 517_500, 10_000);
        assertThat(sizer.sentE2()).isEqualTo(100);
        assertThat(sizer.costE6()).isEqualTo(517_500);
    }

    @Test
    void one_contract_costs_its_price_and_fee_in_whole_units_of_the_balance() {
        assertThat(Sizer.oneContractE6(5_000, FEES)).isEqualTo(517_500);
        // 0.951 and a fee of 0.003262, which the balance rounds up to 0.9543.
        assertThat(Sizer.oneContractE6(9_510, FEES)).isEqualTo(954_300);
        assertThat(Sizer.oneContractE6(5_000, new FeeSchedule(700, 0, 1, 10_000)))
                .isEqualTo(520_000);
    }
}
