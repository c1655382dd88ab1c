package voltage.research.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class PeriodTest {
    private static final LocalDate SUNDAY = LocalDate.of(2026, 5, 10);

    @Test
    void midnight_belongs_to_the_day_that_begins() {
        long midnight = SeededTrades.nanos("2026-05-13T00:00:00Z");
        Period day = Period.of(Period.Kind.DAY, midnight);
        assertThat(day.first()).isEqualTo(LocalDate.of(2026, 5, 13));
        assertThat(day.fromNanos()).isEqualTo(midnight);
        assertThat(day.contains(midnight)).isTrue();
        assertThat(day.contains(midnight - 1)).isFalse();
        assertThat(day.contains(day.toNanos())).isFalse();
        assertThat(Period.of(Period.Kind.DAY, midnight - 1).next()).isEqualTo(day);
    }

    @Test
    void the_first_instant_of_a_sunday_belongs_to_the_week_that_begins() {
        long sunday = SeededTrades.nanos("2026-05-10T00:00:00Z");
        Period week = Period.of(Period.Kind.WEEK, sunday);
        assertThat(week.first()).isEqualTo(SUNDAY);
        assertThat(week.toNanos()).isEqualTo(SeededTrades.nanos("2026-05-17T00:00:00Z"));
        assertThat(Period.of(Period.Kind.WEEK, sunday - 1).first()).isEqualTo(SUNDAY.minusDays(7));
        assertThat(Period.of(Period.Kind.WEEK, week.toNanos() - 1)).isEqualTo(week);
        assertThat(Period.of(Period.Kind.WEEK, week.toNanos())).isEqualTo(week.next());
    }

    /** The job of Sunday 00:10 asks for the week that has just ended. */
    @Test
    void a_week_is_found_by_any_of_its_days() {
        for (int i = 0; i < 7; i++) {
            assertThat(Period.of(Period.Kind.WEEK, SUNDAY.plusDays(i))).isEqualTo(new Period(Period.Kind.WEEK, SUNDAY));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Period(Period.Kind.WEEK, SUNDAY.plusDays(1)))
                .withMessageContaining("a week begins on a Sunday, was 2026-05-11, a MONDAY");
    }

    @ParameterizedTest
    @EnumSource
    void any_instant_is_in_its_period_and_in_neither_of_its_neighbours(Period.Kind kind) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 2_000; i++) {
            long nanos = random.nextLong(-1_000_000_000_000_000_000L, 4_000_000_000_000_000_000L);
            Period period = Period.of(kind, nanos);
            assertThat(period.contains(nanos)).isTrue();
            assertThat(period.next().contains(nanos)).isFalse();
            assertThat(Period.of(kind, period.fromNanos() - 1).contains(nanos)).isFalse();
            assertThat(period.next().fromNanos()).isEqualTo(period.toNanos());
        }
    }
}
