package voltage.forecast.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import voltage.forecast.filter.FilterPromotion.Rule;
import voltage.forecast.filter.FilterPromotion.ShadowTrade;
import voltage.strategy.EntryScreen;
import voltage.strategy.Opinion;

@Timeout(20)
class FilterPromotionTest {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    /** 140 trades in just over seven days: of 70 that pass 45 win, of the others 28. */
    private static List<ShadowTrade> good() {
        List<ShadowTrade> trades = new ArrayList<>();
        for (int i = 0; i < 140; i++) {
            boolean passes = i % 2 == 0;
            boolean wins = (i / 2) * 37 % 70 < (passes ? 45 : 28);
            trades.add(trade(i * 7 * DAY_NANOS / 138, "v1", passes ? 6_000 : 5_000, wins ? 450_000 : -550_000));
        }
        return trades;
    }

    private static ShadowTrade trade(long at, String version, int winE4, long pnlE6) {
        return new ShadowTrade(at, new EntryScreen.Answer(EntryScreen.Mode.SHADOW, version, winE4, 5_500), pnlE6);
    }

    private static Set<Rule> unmet(List<ShadowTrade> trades) {
        return FilterPromotion.judge(trades).criteria().stream()
                .filter(criterion -> !criterion.isMet())
                .map(FilterPromotion.Criterion::rule)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    }

    @Test
    void a_week_that_meets_everything_is_granted() {
        FilterPromotion promotion = FilterPromotion.judge(good());
        assertThat(promotion.criteria())
                .extracting(FilterPromotion.Criterion::rule)
                .containsExactly(Rule.values());
        assertThat(promotion.criteria()).allMatch(FilterPromotion.Criterion::isMet);
        assertThat(promotion.isGranted()).isTrue();
        assertThat(promotion.criteria().get(Rule.PRECISION.ordinal()).value()).isCloseTo(45 / 70.0, within(1e-12));
        assertThat(promotion.criteria().get(Rule.IMPROVEMENT.ordinal()).value())
                .isCloseTo(45 / 70.0 - 73 / 140.0, within(1e-12));
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw(
                        Rule.SHADOW_DAYS,
                        trade -> new ShadowTrade(trade.atNanos() * 6 / 7, trade.answer(), trade.pnlE6())),
                flaw(
                        Rule.VERSIONS,
                        trade -> trade(
                                trade.atNanos(),
                                trade.atNanos() > DAY_NANOS ? "v2" : "v1",
                                trade.answer().winE4(),
                                trade.pnlE6())),
                flaw(
                        Rule.ANSWERED_SHARE,
                        trade -> trade.atNanos() > 6 * DAY_NANOS
                                        && !trade.answer().passes()
                                ? trade(trade.atNanos(), "v1", Opinion.NONE, trade.pnlE6())
                                : trade),
                flaw(
                        Rule.PROFIT_A_TRADE,
                        trade -> trade(
                                trade.atNanos(),
                                "v1",
                                trade.answer().winE4(),
                                trade.answer().passes() && trade.pnlE6() > 0 ? 50_000 : trade.pnlE6())));
    }

    private static Arguments flaw(Rule rule, UnaryOperator<ShadowTrade> change) {
        return Arguments.of(rule, good().stream().map(change).toList());
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void each_flaw_alone_refuses(Rule rule, List<ShadowTrade> trades) {
        assertThat(unmet(trades)).containsExactly(rule);
        assertThat(FilterPromotion.judge(trades).isGranted()).isFalse();
    }

    @Test
    void too_few_trades_are_refused_for_their_number() {
        List<ShadowTrade> sparse = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            sparse.add(trade(i * 8 * DAY_NANOS / 98, "v1", i < 60 ? 6_000 : 5_000, i < 55 ? 1_000_000 : -1_000_000));
        }
        assertThat(unmet(sparse)).containsExactly(Rule.TRADES);
        List<ShadowTrade> choosy = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            choosy.add(trade(i * 8 * DAY_NANOS / 119, "v1", i < 49 ? 6_000 : 5_000, i < 60 ? 1_000_000 : -1_000_000));
        }
        assertThat(unmet(choosy)).containsExactly(Rule.PASSED);
    }

    @Test
    void precision_alone_is_not_improvement() {
        List<ShadowTrade> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            // Six in ten win, whatever the filter says.
            all.add(trade(
                    i * 8 * DAY_NANOS / 199,
                    "v1",
                    i % 2 == 0 ? 6_000 : 5_000,
                    i / 2 % 10 < 6 ? 1_000_000 : -1_000_000));
        }
        assertThat(unmet(all)).containsExactlyInAnyOrder(Rule.IMPROVEMENT, Rule.CHANCE);
    }

    @Test
    void improvement_to_less_than_the_precision_is_not_enough() {
        List<ShadowTrade> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean passes = i % 2 == 0;
            all.add(trade(
                    i * 8 * DAY_NANOS / 399,
                    "v1",
                    passes ? 6_000 : 5_000,
                    i / 2 % 20 < (passes ? 11 : 7) ? 1_000_000 : -1_000_000));
        }
        assertThat(unmet(all)).containsExactly(Rule.PRECISION);
    }

    @Test
    void nothing_is_granted_for_nothing() {
        assertThat(FilterPromotion.judge(List.of()).isGranted()).isFalse();
        assertThat(unmet(List.of())).contains(Rule.SHADOW_DAYS, Rule.PRECISION, Rule.IMPROVEMENT, Rule.TRADES);
    }

    @Test
    void the_chance_is_fisher_s() {
        // The lady tasting tea: all four cups of eight.
        assertThat(FilterPromotion.chance(8, 4, 4, 4)).isCloseTo(1 / 70.0, within(1e-12));
        assertThat(FilterPromotion.chance(8, 4, 4, 3)).isCloseTo(17 / 70.0, within(1e-12));
        assertThat(FilterPromotion.chance(8, 4, 4, 0)).isCloseTo(1, within(1e-12));
    }
}
