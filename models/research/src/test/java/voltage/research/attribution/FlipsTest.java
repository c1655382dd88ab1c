package voltage.research.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.research.attribution.Flips.Direction;

@Timeout(60)
class FlipsTest {
    private static final long NOON = SeededTrades.nanos("2026-05-10T12:00:00Z");
    private static final long DAY_NANOS = 86_400_000_000_000L;

    /** Trades of one day, all alike but for their profit. */
    private static List<EndedTrade> day(int day, int count, LongSupplier netE6) {
        List<EndedTrade> trades = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trades.add(SeededTrades.settled(day + "-" + i, NOON + day * DAY_NANOS + i, netE6.getAsLong(), 0));
        }
        return trades;
    }

    /** A mean with the same spread about it each time: one dollar up, one down. */
    private static LongSupplier about(long meanE6) {
        boolean[] isUp = {false};
        return () -> {
            isUp[0] = !isUp[0];
            return meanE6 + (isUp[0] ? 1_000_000 : -1_000_000);
        };
    }

    @SafeVarargs
    private static Flips flips(List<EndedTrade>... days) {
        List<EndedTrade> all = new ArrayList<>();
        for (List<EndedTrade> day : days) {
            all.addAll(day);
        }
        return Flips.of(Attribution.history(Period.Kind.DAY, all));
    }

    @Test
    void a_slice_that_made_money_and_loses_it_now_has_flipped() {
        Flips flips = flips(day(0, 20, about(800_000)), day(1, 20, about(800_000)), day(2, 20, about(-800_000)));
        assertThat(flips.period().first()).hasToString("2026-05-12");
        // In all, and once in each dimension, since these trades are all alike.
        assertThat(flips.judged()).isEqualTo(Dimension.values().length);
        assertThat(flips.found()).hasSize(Dimension.values().length);
        Flips.Flip flip = flips.found().get(Dimension.SESSION.ordinal());
        assertThat(flip.direction()).isEqualTo(Direction.TO_LOSS);
        assertThat(flip.dimension()).isEqualTo(Dimension.SESSION);
        assertThat(flip.slice()).isEqualTo("LONDON");
        assertThat(flip.periods()).isEqualTo(2);
        assertThat(flip.before().trades()).isEqualTo(40);
        assertThat(flip.before().netE6()).isEqualTo(32_000_000);
        assertThat(flip.now().netE6()).isEqualTo(-16_000_000);
        // 1.6 dollars over the root of (40/39)/40 + (20/19)/20.
        assertThat(flip.changeE2()).isEqualTo(571);
    }

    @Test
    void the_reverse_is_told_too() {
        Flips flips = flips(day(0, 40, about(-800_000)), day(1, 20, about(800_000)));
        assertThat(flips.found())
                .isNotEmpty()
                .allSatisfy(flip -> assertThat(flip.direction()).isEqualTo(Direction.TO_PROFIT));
    }

    @Test
    void few_trades_are_not_judged() {
        assertThat(flips(day(0, 39, about(800_000)), day(1, 20, about(-800_000))))
                .satisfies(flips -> assertThat(flips.judged()).isZero())
                .satisfies(flips -> assertThat(flips.found()).isEmpty());
        assertThat(flips(day(0, 40, about(800_000)), day(1, 19, about(-800_000)))
                        .judged())
                .isZero();
        assertThat(flips(day(0, 40, about(800_000))).judged()).isZero();
    }

    @Test
    void a_change_that_chance_would_explain_is_no_flip() {
        Flips flips = flips(day(0, 40, about(200_000)), day(1, 20, about(-200_000)));
        assertThat(flips.judged()).isPositive();
        assertThat(flips.found()).isEmpty();
    }

    @Test
    void a_slice_that_only_makes_less_has_not_flipped() {
        assertThat(flips(day(0, 40, about(5_000_000)), day(1, 20, about(1))).found())
                .isEmpty();
    }

    @Test
    void what_is_older_than_a_week_of_days_does_not_count() {
        List<EndedTrade> trades = new ArrayList<>(day(0, 40, about(800_000)));
        trades.addAll(day(8, 20, about(-800_000)));
        assertThat(Flips.of(Attribution.history(Period.Kind.DAY, trades)).judged())
                .isZero();
        trades.removeIf(trade -> trade.endedNanos() > NOON + DAY_NANOS);
        trades.addAll(day(7, 20, about(-800_000)));
        assertThat(Flips.of(Attribution.history(Period.Kind.DAY, trades)).found())
                .isNotEmpty()
                .allSatisfy(flip -> assertThat(flip.periods()).isEqualTo(7));
    }

    @Test
    void trades_that_all_make_the_same_change_beyond_any_doubt() {
        assertThat(flips(day(0, 40, () -> 1), day(1, 20, () -> -1)).found())
                .isNotEmpty()
                .allSatisfy(flip -> assertThat(flip.changeE2()).isEqualTo(9_999));
    }

    @Test
    void periods_have_no_gaps() {
        List<Attribution> history = Attribution.history(
                Period.Kind.DAY,
                List.of(SeededTrades.settled("a", NOON, 1, 0), SeededTrades.settled("b", NOON + 2 * DAY_NANOS, 1, 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flips.of(List.of(history.getFirst(), history.getLast())))
                .withMessage("periods follow each other without gaps, after 2026-05-10 was 2026-05-12");
    }

    /** Binary payouts around break-even, for which a flip is likeliest: two in a hundred at most. */
    @Test
    void a_slice_that_has_not_changed_rarely_shows_a_flip() {
        int found = 0;
        int runs = 4_000;
        for (int seed = 0; seed < runs; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            LongSupplier payout = () -> random.nextBoolean() ? 5_000_000 : -5_000_000;
            Flips flips = flips(day(0, 60, payout), day(1, 25, payout));
            found += flips.found().isEmpty() ? 0 : 1;
        }
        assertThat(found).isLessThanOrEqualTo(runs * 2 / 100);
    }
}
