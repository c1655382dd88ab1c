package voltage.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final long QUIET = 25 * Scenery.MINUTE;

    @Test
    void a_seed_has_one_schedule() {
        assertThat(FaultSchedule.of(5, QUIET))
                .isEqualTo(FaultSchedule.of(5, QUIET))
                .isNotEqualTo(FaultSchedule.of(6, QUIET));
    }

    @Test
    void faults_are_numbered_in_order_of_time_and_none_begins_in_the_quiet() {
        List<PlannedFault> schedule = FaultSchedule.of(5, QUIET);
        for (int i = 0; i < schedule.size(); i++) {
            assertThat(schedule.get(i).number()).isEqualTo(i);
            assertThat(schedule.get(i).atNanos())
                    .isBetween(i == 0 ? 0 : schedule.get(i - 1).atNanos(), QUIET);
        }
    }

    @Test
    void every_kind_is_planned_often_enough() {
        int[] planned = new int[FaultKind.values().length];
        for (int seed = 0; seed < 500; seed++) {
            FaultSchedule.of(seed, QUIET).forEach(fault -> planned[fault.kind().ordinal()]++);
        }
        for (FaultKind kind : FaultKind.values()) {
            assertThat(planned[kind.ordinal()]).as(kind.name()).isGreaterThan(75);
        }
    }

    @Test
    void a_list_of_numbers_is_read_and_written() {
        List<PlannedFault> schedule = FaultSchedule.of(5, QUIET);
        assertThat(FaultSchedule.text(FaultSchedule.only(schedule, FaultSchedule.numbers("17, 3"))))
                .isEqualTo("3,17");
        assertThat(FaultSchedule.numbers("")).isEmpty();
        assertThat(FaultSchedule.numbers("3")).isEqualTo(Set.of(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultSchedule.numbers("3,x"))
                .withMessageContaining("3,x");
    }
}
