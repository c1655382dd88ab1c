package voltage.research.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TradingSessionTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    @Test
    void each_hour_of_a_day_belongs_to_exactly_one_session() {
        for (int hour = 0; hour < 24; hour++) {
            int each = hour;
            assertThat(Arrays.stream(TradingSession.values())
                            .filter(session -> session.fromHour() <= each && each < session.toHour()))
                    .as("hour %d", hour)
                    .hasSize(1)
                    .containsExactly(TradingSession.of(hour * HOUR_NANOS));
        }
    }

    @Test
    void any_instant_is_in_the_hours_of_its_session() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong(-2_000_000_000_000_000_000L, 2_000_000_000_000_000_000L);
            TradingSession session = TradingSession.of(nanos);
            long ofDay = Math.floorMod(nanos, 24 * HOUR_NANOS);
            assertThat(ofDay).isBetween(session.fromHour() * HOUR_NANOS, session.toHour() * HOUR_NANOS - 1);
        }
    }

    @Test
    void a_session_ends_in_the_nanosecond_before_the_next() {
        long eight = SeededTrades.nanos("2026-05-13T08:00:00Z");
        assertThat(TradingSession.of(eight - 1)).isEqualTo(TradingSession.ASIA);
        assertThat(TradingSession.of(eight)).isEqualTo(TradingSession.LONDON);
        long one = SeededTrades.nanos("2026-05-13T13:00:00Z");
        assertThat(TradingSession.of(one - 1)).isEqualTo(TradingSession.LONDON);
        assertThat(TradingSession.of(one)).isEqualTo(TradingSession.US);
        long midnight = SeededTrades.nanos("2026-05-14T00:00:00Z");
        assertThat(TradingSession.of(midnight - 1)).isEqualTo(TradingSession.US);
        assertThat(TradingSession.of(midnight)).isEqualTo(TradingSession.ASIA);
    }
}
