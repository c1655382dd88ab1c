package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.event.ContractProbability;
import voltage.forecast.event.StudentT;
import voltage.forecast.event.Tail;
import voltage.market.Candle;
import voltage.training.data.CandleSource;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;

/** What a forecast knows beside a quote, to the minute. */
@Timeout(60)
class ContractInstantTest {
    private static final long MINUTE = MadeUpMarkets.MINUTE;
    private static final int DAYS = 3;
    private static final List<Candle> CANDLES = MadeUpMarkets.candles(DAYS, 4);
    private static final long CLOSE = MadeUpMarkets.START + 2 * 1_440 * MINUTE + 4 * MadeUpMarkets.QUARTER;

    private static MinuteQuote quote(int left) {
        return new MinuteQuote("M", CLOSE, CLOSE - left * MINUTE, left, 0.5, true);
    }

    private static ContractInstant instant(List<Candle> candles, int left, Knowledge knowledge) {
        return ContractInstant.of(
                        List.of(quote(left)),
                        MadeUpMarkets.dataset(candles),
                        MinutePrices.of(CandleSource.of(candles)),
                        knowledge)
                .getFirst();
    }

    /** All candles that end after an instant doubled in price. */
    private static List<Candle> doubledAfter(long instant) {
        return CANDLES.stream()
                .map(candle -> candle.openNanos() + MINUTE <= instant
                        ? candle
                        : new Candle(
                                candle.openNanos(),
                                2 * candle.openE4(),
                                2 * candle.highE4(),
                                2 * candle.lowE4(),
                                2 * candle.closeE4(),
                                3 * candle.volumeE8(),
                                candle.trades(),
                                false))
                .toList();
    }

    @Test
    void in_the_hard_test_nothing_after_the_beginning_of_the_quotes_minute_is_known() {
        for (int left = 15; left >= 1; left--) {
            long began = quote(left).atNanos() - MINUTE;

            ContractInstant seen = instant(CANDLES, left, Knowledge.BEFORE_MINUTE);
            ContractInstant other = instant(doubledAfter(began), left, Knowledge.BEFORE_MINUTE);

            assertThat(other.moved()).isEqualTo(seen.moved());
            assertThat(other.input().row()).isEqualTo(seen.input().row());
        }
    }

    @Test
    void in_the_hard_test_the_minute_before_the_quotes_is_known() {
        long began = quote(7).atNanos() - MINUTE;

        ContractInstant seen = instant(CANDLES, 7, Knowledge.BEFORE_MINUTE);
        ContractInstant other = instant(doubledAfter(began - MINUTE), 7, Knowledge.BEFORE_MINUTE);

        assertThat(other.moved()).isCloseTo(2 * seen.moved(), within(1e-9));
        assertThat(other.input().row()).isNotEqualTo(seen.input().row());
    }

    @Test
    void in_the_level_test_the_quotes_own_minute_is_known_and_nothing_later() {
        MinuteQuote quote = quote(7);

        ContractInstant seen = instant(CANDLES, 7, Knowledge.SAME_MINUTE);
        ContractInstant later = instant(doubledAfter(quote.atNanos()), 7, Knowledge.SAME_MINUTE);
        ContractInstant own = instant(doubledAfter(quote.atNanos() - MINUTE), 7, Knowledge.SAME_MINUTE);

        assertThat(later.moved()).isEqualTo(seen.moved());
        assertThat(own.moved()).isCloseTo(2 * seen.moved(), within(1e-9));
        assertThat(own.input().row())
                .as("features are of the minute before")
                .isEqualTo(seen.input().row());
    }

    @Test
    void while_the_strike_is_only_being_made_a_contract_is_a_coin() {
        for (Knowledge knowledge : Knowledge.values()) {
            ContractInstant instant = instant(CANDLES, 15, knowledge);

            assertThat(instant.moved()).isEqualTo(1);
            assertThat(instant.yes(new ContractProbability(new StudentT(4)), 5e-5))
                    .isCloseTo(0.5, within(1e-12));
        }
    }

    @Test
    void the_price_is_that_of_the_settlement_average() {
        ContractInstant tenMinutes = new ContractInstant(
                quote(9), instant(CANDLES, 9, Knowledge.BEFORE_MINUTE).input(), 1 + 5e-5 * Math.sqrt(600), 600);

        // Facts §6: a naive 0.841 (z = 1) at 600 s is 0.850 on a 60-second average.
        assertThat(tenMinutes.yes(new ContractProbability(Tail.NORMAL), 5e-5)).isCloseTo(0.850, within(1.5e-3));
    }

    @Test
    void quotes_beside_unknown_minutes_are_left_out() {
        List<Candle> gap = CANDLES.stream()
                .filter(candle -> candle.openNanos() + MINUTE != CLOSE - 15 * MINUTE)
                .toList();

        assertThat(ContractInstant.of(
                        List.of(quote(7)),
                        MadeUpMarkets.dataset(gap),
                        MinutePrices.of(CandleSource.of(gap)),
                        Knowledge.BEFORE_MINUTE))
                .isEmpty();
    }
}
