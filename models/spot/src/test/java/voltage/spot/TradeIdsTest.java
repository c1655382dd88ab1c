package voltage.spot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class TradeIdsTest {
    private final TradeIds ids = new TradeIds();

    @Test
    void a_repeated_trade_is_not_new() {
        assertThat(ids.take(10, 10, 1)).isTrue();
        assertThat(ids.take(10, 10, 1)).isFalse();
    }

    @Test
    void a_late_trade_is_new_once_and_no_longer_missing() {
        ids.take(10, 10, 1);
        ids.take(13, 13, 2);
        assertThat(ids.missing()).isEqualTo(2);
        assertThat(ids.take(11, 11, 1)).isTrue();
        assertThat(ids.take(11, 11, 1)).isFalse();
        assertThat(ids.missing()).isEqualTo(1);
    }

    @Test
    void merged_trades_cover_all_their_ids() {
        ids.take(10, 10, 1);
        assertThat(ids.take(11, 14, 2)).isTrue();
        assertThat(ids.take(12, 12, 2)).isFalse();
        assertThat(ids.missing()).isZero();
    }

    @Test
    void a_venue_that_counts_anew_is_not_silenced_for_ever() {
        ids.take(1_000_000, 1_000_000, 100);
        assertThat(ids.take(5, 5, 50)).as("an old trade").isFalse();
        assertThat(ids.take(6, 6, 200)).as("a newer trade with a small number").isTrue();
        assertThat(ids.restarts()).isEqualTo(1);
    }

    @Test
    void each_id_is_new_exactly_once_in_any_order_within_the_window() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        Set<Long> seen = new HashSet<>();
        long base = 500;
        for (int i = 0; i < 50_000; i++) {
            base += random.nextInt(3);
            long id = Math.max(500, base - random.nextInt(1_000));
            assertThat(ids.take(id, id, i)).as("id " + id).isEqualTo(seen.add(id));
        }
        assertThat(ids.missing()).isBetween(0L, 50_000L);
    }
}
