package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CandleSeriesTest {
    private static final long MINUTE = 60_000_000_000L;

    private final CandleSeries series = new CandleSeries(1, 10);

    private static Candle at(long minute, long priceE4) {
        return new Candle(minute * MINUTE, priceE4, priceE4 + 5, priceE4 - 5, priceE4, 1, 1, false);
    }

    @Test
    void a_gap_is_filled_with_flat_candles_at_the_last_close() {
        series.add(at(100, 1_000));
        series.add(at(103, 2_000));

        assertThat(series.toList())
                .containsExactly(
                        at(100, 1_000),
                        Candle.flat(101 * MINUTE, 1_000),
                        Candle.flat(102 * MINUTE, 1_000),
                        at(103, 2_000));
    }

    @Test
    void a_candle_of_a_known_time_replaces_the_one_that_was_there() {
        series.add(at(100, 1_000));
        series.add(at(102, 2_000));
        series.add(at(101, 1_500));
        series.add(at(102, 2_500));

        assertThat(series.toList()).containsExactly(at(100, 1_000), at(101, 1_500), at(102, 2_500));
    }

    @Test
    void what_is_older_than_everything_kept_is_counted_and_ignored() {
        series.add(at(100, 1_000));
        series.add(at(99, 900));

        assertThat(series.size()).isEqualTo(1);
        assertThat(series.outOfOrder()).isEqualTo(1);
    }

    @Test
    void a_gap_longer_than_the_capacity_starts_anew() {
        series.add(at(100, 1_000));
        series.add(at(111, 2_000));

        assertThat(series.toList()).containsExactly(at(111, 2_000));
    }

    @Test
    void the_oldest_are_forgotten_at_capacity() {
        for (int i = 0; i < 25; i++) {
            series.add(at(i, 1_000 + i));
        }
        assertThat(series.size()).isEqualTo(10);
        assertThat(series.last()).isEqualTo(at(24, 1_024));
        assertThat(series.back(9)).isEqualTo(at(15, 1_015));
        assertThatThrownBy(() -> series.back(10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(series.startingAt(14 * MINUTE)).isNull();
        assertThat(series.startingAt(15 * MINUTE)).isEqualTo(at(15, 1_015));
        assertThat(series.startingAt(15 * MINUTE + 1)).isNull();
        assertThat(series.startingAt(25 * MINUTE)).isNull();
    }

    @Test
    void a_start_off_the_grid_is_refused() {
        assertThatThrownBy(() -> series.add(new Candle(1, 10, 10, 10, 10, 0, 0, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was 1");
    }

    @Test
    void history_in_any_order_of_arrival_ends_as_the_same_series() {
        SplittableRandom random = new SplittableRandom(5);
        for (int run = 0; run < 300; run++) {
            CandleSeries big = new CandleSeries(1, 50);
            TreeMap<Long, Candle> model = new TreeMap<>();
            List<Candle> history = new ArrayList<>();
            for (long minute = 100; minute < 120; minute++) {
                Candle candle = at(minute, 1_000 + random.nextInt(100));
                if (minute < 110) {
                    history.add(candle);
                    model.put(minute, candle);
                } else if (random.nextInt(4) != 0) {
                    big.add(candle);
                    model.put(minute, candle);
                }
            }
            big.backfill(history);
            big.backfill(List.of());
            Candle before = model.get(100L);
            for (long minute = 100; minute <= model.lastKey(); minute++) {
                Candle expected = model.containsKey(minute)
                        ? model.get(minute)
                        : Candle.flat(minute * MINUTE, before == null ? 0 : before.closeE4());
                Candle actual = big.startingAt(minute * MINUTE);
                assertThat(actual).isNotNull().isEqualTo(expected);
                before = expected;
            }
        }
    }
}
