package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CandleHistoryTest {
    private static final long MINUTE = 60_000_000_000L;

    private final CandleHistory history = new CandleHistory();

    private static Candle at(long minute) {
        long price = 10_000 + minute;
        return new Candle(minute * MINUTE, price, price + 50, price - 50, price + 1, 2, 3, false);
    }

    /** What the minutes from {@code first} make together. */
    private static Candle merged(long first, int minutes) {
        return new Candle(
                first * MINUTE,
                at(first).openE4(),
                at(first + minutes - 1).highE4(),
                at(first).lowE4(),
                at(first + minutes - 1).closeE4(),
                2L * minutes,
                3 * minutes,
                false);
    }

    @Test
    void trades_make_a_minute_with_its_open_high_low_close_and_volume() {
        history.trade(60 * MINUTE, 100, 1);
        history.trade(60 * MINUTE + 1, 130, 2);
        history.trade(60 * MINUTE + 2, 90, 3);
        assertThat(history.closeUntil(61 * MINUTE - 1)).isFalse();
        history.trade(61 * MINUTE - 1, 110, 4);
        assertThat(history.closeUntil(61 * MINUTE)).isTrue();
        assertThat(history.closeUntil(61 * MINUTE)).isFalse();

        assertThat(history.minutes().last()).isEqualTo(new Candle(60 * MINUTE, 100, 130, 90, 110, 10, 4, false));
    }

    @Test
    void a_trade_of_the_next_minute_closes_the_one_before() {
        history.trade(60 * MINUTE, 100, 1);
        assertThat(history.trade(61 * MINUTE, 110, 1)).isTrue();

        assertThat(history.minutes().last().openNanos()).isEqualTo(60 * MINUTE);
    }

    @Test
    void a_trade_of_a_closed_minute_is_only_counted() {
        history.trade(60 * MINUTE, 100, 1);
        history.closeUntil(61 * MINUTE);

        assertThat(history.trade(60 * MINUTE + 5, 500, 1)).isFalse();
        assertThat(history.lateTrades()).isEqualTo(1);
        assertThat(history.minutes().last().highE4()).isEqualTo(100);
    }

    @Test
    void the_venues_own_candle_outranks_what_trades_made() {
        history.trade(60 * MINUTE, 100, 1);
        history.closeUntil(61 * MINUTE);
        history.closed(at(60));
        assertThat(history.minutes().toList()).containsExactly(at(60));

        history.trade(61 * MINUTE, 100, 1);
        history.closed(at(61));
        assertThat(history.closeUntil(63 * MINUTE)).isFalse();
        assertThat(history.minutes().last()).isEqualTo(at(61));
    }

    @Test
    void longer_candles_are_made_of_whole_minutes_on_their_own_grid() {
        for (long minute = 62; minute < 90; minute++) {
            history.closed(at(minute));
        }
        assertThat(history.fives().toList())
                .containsExactly(merged(65, 5), merged(70, 5), merged(75, 5), merged(80, 5), merged(85, 5));
        assertThat(history.quarters().toList()).containsExactly(merged(75, 15));
    }

    @Test
    void a_gap_over_the_end_of_a_longer_candle_keeps_what_was_traded_before_the_gap() {
        for (long minute = 60; minute < 64; minute++) {
            history.closed(at(minute));
        }
        for (long minute = 66; minute < 75; minute++) {
            history.closed(at(minute));
        }
        Candle first = Objects.requireNonNull(history.fives().startingAt(60 * MINUTE));
        assertThat(first.highE4()).isEqualTo(at(63).highE4());
        assertThat(first.volumeE8()).isEqualTo(8);
        assertThat(history.fives().size()).isEqualTo(3);
        assertThat(history.quarters().size()).isEqualTo(1);
    }

    @Test
    void a_minute_corrected_late_corrects_its_longer_candles() {
        for (long minute = 60; minute < 77; minute++) {
            history.closed(at(minute));
        }
        history.closed(new Candle(61 * MINUTE, 99_999, 99_999, 1, 99_999, 0, 0, false));

        Candle five = history.fives().startingAt(60 * MINUTE);
        Candle quarter = history.quarters().startingAt(60 * MINUTE);
        assertThat(five).isNotNull().extracting(Candle::highE4, Candle::lowE4).containsExactly(99_999L, 1L);
        assertThat(quarter)
                .isNotNull()
                .extracting(Candle::highE4, Candle::lowE4)
                .containsExactly(99_999L, 1L);
    }

    @Test
    void history_that_comes_after_live_candles_gives_the_longer_candles_too() {
        for (long minute = 1_000; minute < 1_020; minute++) {
            history.closed(at(minute));
        }
        List<Candle> past = new ArrayList<>();
        for (long minute = 700; minute < 1_000; minute++) {
            past.add(at(minute));
        }
        history.backfill(past);

        assertThat(history.minutes().size()).isEqualTo(320);
        assertThat(history.fives().size()).isEqualTo(64);
        assertThat(history.fives().back(63)).isEqualTo(merged(700, 5));
        assertThat(history.quarters().back(0)).isEqualTo(merged(1_005, 15));
        assertThat(history.quarters().size()).isEqualTo(21);
    }

    @Test
    void a_venues_word_on_a_known_minute_replaces_it_and_what_is_made_of_it() {
        for (long minute = 100; minute < 120; minute++) {
            history.closed(at(minute));
        }
        Candle known = history.minutes().back(17);
        history.backfill(new Candle(
                known.openNanos(),
                known.openE4(),
                known.highE4() + 1_000_000,
                known.lowE4(),
                known.closeE4(),
                1,
                1,
                false));

        assertThat(history.minutes().back(17).highE4()).isEqualTo(known.highE4() + 1_000_000);
        assertThat(history.fives().back(3).highE4()).isEqualTo(known.highE4() + 1_000_000);
        assertThat(history.quarters().size()).isEqualTo(1);
    }

    @Test
    void a_known_minute_that_comes_again_voids_nothing_that_was_made_of_it() {
        for (long minute = 100; minute < 120; minute++) {
            history.closed(at(minute));
        }
        long minutes = history.minutes().revision();
        long fives = history.fives().revision();

        history.backfill(at(105));

        assertThat(history.minutes().revision()).isEqualTo(minutes);
        assertThat(history.fives().revision()).isEqualTo(fives);
    }

    @Test
    void history_one_by_one_and_all_at_once_are_the_same() {
        CandleHistory other = new CandleHistory();
        List<Candle> past = new ArrayList<>();
        history.closed(at(400));
        other.closed(at(400));
        for (long minute = 100; minute < 403; minute++) {
            past.add(at(minute));
            history.backfill(at(minute));
        }
        other.backfill(past);

        // One at a time, what is older than the first is put before it, with the gap between filled as it shrinks.
        assertThat(history.minutes().toList()).isEqualTo(other.minutes().toList());
        assertThat(history.fives().toList()).isEqualTo(other.fives().toList());
        assertThat(history.quarters().toList()).isEqualTo(other.quarters().toList());
    }
}
