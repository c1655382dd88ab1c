package voltage.research.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Side;
import voltage.strategy.Conviction;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryRecord;
import voltage.strategy.EntryScreen;
import voltage.strategy.Excursions;
import voltage.strategy.Opinion;

@Timeout(20)
class EndedTradeTest {
    @Test
    void what_the_engine_recorded_is_taken_over_and_fees_are_put_back() {
        EndedTrade trade = EndedTrade.of(new EntryRecord(
                "M",
                "c",
                Side.NO,
                Conviction.LOW,
                new EntryFeatures(100, 90, 60, 1, -1, 2, 3, 1_599, 5, 600, 700, 2, -9, 10, 11, 12, 6),
                EntryScreen.Answer.NOT_ASKED,
                5_200,
                1_300,
                110,
                500,
                EntryRecord.Exit.STOP,
                new Excursions(100, -2_000, 390),
                -50,
                new EntryRecord.Fees(3, 4),
                13,
                "HAR"));
        assertThat(trade)
                .isEqualTo(new EndedTrade(
                        "M",
                        "c",
                        Side.NO,
                        Conviction.LOW,
                        Regime.NORMAL,
                        EntryRecord.Exit.STOP,
                        "HAR",
                        5_200,
                        1_300,
                        110,
                        500,
                        -43,
                        3,
                        4,
                        13));
        assertThat(trade.netE6()).isEqualTo(-50);
        assertThat(trade.feesE6()).isEqualTo(7);
    }

    @Test
    void a_regime_begins_with_its_limit() {
        assertThat(Regime.of(0)).isEqualTo(Regime.QUIET);
        assertThat(Regime.of(999)).isEqualTo(Regime.QUIET);
        assertThat(Regime.of(1_000)).isEqualTo(Regime.NORMAL);
        assertThat(Regime.of(1_599)).isEqualTo(Regime.NORMAL);
        assertThat(Regime.of(1_600)).isEqualTo(Regime.WILD);
        assertThat(Regime.of(Opinion.NONE)).isEqualTo(Regime.UNKNOWN);
    }

    @Test
    void a_trade_that_ends_before_its_entry_is_refused() {
        EndedTrade good = SeededTrades.settled("c", "2026-05-13T12:00:00Z", 1, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EndedTrade(
                        good.ticker(),
                        "early",
                        good.side(),
                        good.conviction(),
                        good.regime(),
                        good.exit(),
                        good.forecaster(),
                        good.priceE4(),
                        good.countE2(),
                        good.endedNanos(),
                        good.endedNanos() - 1,
                        0,
                        0,
                        0,
                        0))
                .withMessageContaining("early");
    }
}
