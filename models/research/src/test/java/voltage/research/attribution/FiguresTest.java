package voltage.research.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FiguresTest {
    private static Figures of(EndedTrade... trades) {
        return List.of(trades).stream().map(Figures::of).reduce(Figures.NONE, Figures::plus);
    }

    private static EndedTrade trade(long grossE6, long feesE6) {
        return SeededTrades.settled("c", "2026-05-13T12:00:00Z", grossE6, feesE6);
    }

    @Test
    void profit_fees_and_their_ratios_are_those_done_by_hand() {
        Figures figures = of(trade(5_000_000, 100_000), trade(1_000_000, 100_000), trade(-4_000_000, 300_000));
        assertThat(figures.trades()).isEqualTo(3);
        assertThat(figures.wins()).isEqualTo(2);
        assertThat(figures.losses()).isEqualTo(1);
        assertThat(figures.grossE6()).isEqualTo(2_000_000);
        assertThat(figures.feesE6()).isEqualTo(500_000);
        assertThat(figures.netE6()).isEqualTo(1_500_000);
        assertThat(figures.winRateE4()).hasValue(6_667);
        // 0.50 of the 6.00 that were won before fees.
        assertThat(figures.feeDragE4()).hasValue(833);
        assertThat(figures.averageWinE6()).hasValue(2_900_000);
        assertThat(figures.averageLossE6()).hasValue(-4_300_000);
        assertThat(figures.expectancyE6()).hasValue(500_000);
        assertThat(figures.largestWinE6()).isEqualTo(4_900_000);
        assertThat(figures.largestLossE6()).isEqualTo(-4_300_000);
        // 5.80 over 4.30.
        assertThat(figures.profitFactorE4()).hasValue(13_488);
    }

    @Test
    void a_trade_that_fees_have_eaten_is_a_loss_though_it_won_before_them() {
        Figures figures = of(trade(100_000, 100_001));
        assertThat(figures.wins()).isZero();
        assertThat(figures.losses()).isEqualTo(1);
        assertThat(figures.grossWinsE6()).isEqualTo(100_000);
        assertThat(figures.feeDragE4()).hasValue(10_000);
        assertThat(figures.largestLossE6()).isEqualTo(-1);
    }

    @Test
    void a_trade_of_exactly_nothing_is_neither_won_nor_lost() {
        Figures figures = of(trade(7, 7));
        assertThat(figures.wins() + figures.losses()).isZero();
        assertThat(figures.winRateE4()).hasValue(0);
        assertThat(figures.averageWinE6()).isEmpty();
        assertThat(figures.averageLossE6()).isEmpty();
        assertThat(figures.profitFactorE4()).isEmpty();
    }

    @Test
    void nothing_is_said_of_no_trade() {
        assertThat(Figures.NONE.winRateE4()).isEmpty();
        assertThat(Figures.NONE.expectancyE6()).isEmpty();
        assertThat(Figures.NONE.feeDragE4()).isEmpty();
        assertThat(of(trade(3, 1)).plus(Figures.NONE)).isEqualTo(of(trade(3, 1)));
    }

    @Test
    void averages_are_rounded_to_the_nearest_unit_and_halves_away_from_zero() {
        assertThat(of(trade(1, 0), trade(2, 0)).expectancyE6()).hasValue(2);
        assertThat(of(trade(-1, 0), trade(-2, 0)).expectancyE6()).hasValue(-2);
        assertThat(of(trade(1, 0), trade(1, 0), trade(2, 0)).expectancyE6()).hasValue(1);
        assertThat(of(trade(-1, 0), trade(-1, 0), trade(-2, 0)).expectancyE6()).hasValue(-1);
    }

    @Test
    void the_variance_is_that_of_a_sample() {
        // 1, 2, 6: mean 3, squares of deviations 4 + 1 + 9 over 2.
        assertThat(of(trade(1, 0), trade(2, 0), trade(6, 0)).variance()).isEqualTo(7);
        // Far from zero nothing is lost, since the sums are exact.
        long far = 3_000_000_000_000L;
        assertThat(of(trade(far + 1, 0), trade(far + 2, 0), trade(far + 6, 0)).variance())
                .isEqualTo(7);
    }
}
