package voltage.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.engine.Decision;
import voltage.engine.Verdict;
import voltage.forecast.monitor.ResolvedMarket;
import voltage.market.MarketEvent;
import voltage.market.MarketKeys;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Fill;
import voltage.order.LedgerEntry;
import voltage.order.Settlement;
import voltage.strategy.Conviction;
import voltage.strategy.Opinion;

@Timeout(20)
class ResolvedForecastsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long CLOSE = 1_795_000_500L * SECOND;

    private final MarketKeys keys = new MarketKeys();
    private final ResolvedForecasts forecasts = new ResolvedForecasts();
    private final Account account = new Account();

    private void decide(
            String ticker, long secondsToClose, long nanosLater, int fairE6, int twiceMidE4, Verdict verdict) {
        forecasts.decided(new Decision(
                1,
                CLOSE - secondsToClose * SECOND + nanosLater,
                ticker,
                verdict,
                Optional.of(Side.NO),
                Optional.empty(),
                List.of(),
                List.of(),
                Conviction.LOW,
                fairE6,
                450_000,
                0,
                0,
                twiceMidE4,
                0,
                0,
                0,
                new Decision.Forecaster(Decision.Forecaster.Source.MODELS, "v7", Decision.Forecaster.State.FRESH),
                0,
                Decision.Sizing.NONE,
                0,
                secondsToClose,
                Optional.empty(),
                Optional.empty()));
    }

    private void determined(String ticker, Side result) {
        forecasts.on(new MarketEvent.MarketDetermined(keys.of(ticker), result, CLOSE, CLOSE));
    }

    @Test
    void whole_minutes_with_both_prices_are_kept_once() {
        decide("M", 600, 0, 610_000, 12_000, Verdict.STAY_OUT);
        decide("M", 600, 5, 990_000, 12_000, Verdict.STAY_OUT);
        decide("M", 599, 0, 990_000, 12_000, Verdict.STAY_OUT);
        decide("M", 540, 0, Opinion.NONE, 12_000, Verdict.STAY_OUT);
        decide("M", 480, 0, 620_000, 0, Verdict.STAY_OUT);
        decide("M", 420, 0, 630_000, 13_000, Verdict.STAY_OUT);
        assertThat(forecasts.resolved(account)).isEmpty();
        determined("M", Side.YES);
        ResolvedMarket market = forecasts.resolved(account).getFirst();
        assertThat(market.closeNanos()).isEqualTo(CLOSE);
        assertThat(market.outcome()).isTrue();
        assertThat(market.trade()).isEmpty();
        assertThat(market.forecasts()).extracting("minutesToClose").containsExactly(10, 7);
        assertThat(market.forecasts()).extracting("models").containsOnly("v7");
        assertThat(market.forecasts()).extracting("probability").containsExactly(0.61, 0.63);
        assertThat(market.forecasts()).extracting("market").containsExactly(0.6, 0.65);
    }

    @Test
    void a_trade_counts_when_it_is_over_and_by_what_it_was_expected_to_do() {
        decide("M", 600, 0, 400_000, 10_000, Verdict.STAY_OUT);
        decide("M", 595, 7, 400_000, 10_000, Verdict.ENTER);
        determined("M", Side.YES);
        // Decided on, but nothing filled.
        assertThat(forecasts.resolved(account).getFirst().trade()).isEmpty();
        account.apply(new LedgerEntry.Filled(
                new Fill("t", "o", "M", BookSide.ASK, 4_800, 100, 20_000, true, CLOSE - SECOND), "c"));
        assertThat(forecasts.resolved(account).getFirst().trade()).as("open").isEmpty();
        account.apply(new LedgerEntry.Settled(new Settlement("M", Side.YES, 0, 100, 0, CLOSE)));
        ResolvedMarket.Trade trade =
                forecasts.resolved(account).getFirst().trade().orElseThrow();
        assertThat(trade.expected()).isEqualTo(0.55);
        assertThat(trade.isPaid()).isFalse();
        assertThat(trade.pnlE6()).isEqualTo(-540_000);
    }
}
