package voltage.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final List<PlannedFault> SCHEDULE = FaultSchedule.of(7, 25 * Scenery.MINUTE);

    private static Set<Integer> numbers(List<PlannedFault> faults) {
        Set<Integer> numbers = new HashSet<>();
        faults.forEach(fault -> numbers.add(fault.number()));
        return numbers;
    }

    @Test
    void what_takes_two_faults_is_shrunk_to_these_two() {
        Shrinker shrinker = new Shrinker(faults -> numbers(faults).containsAll(Set.of(3, 17)), 200);
        assertThat(FaultSchedule.text(shrinker.shrink(SCHEDULE))).isEqualTo("3,17");
    }

    @Test
    void what_needs_no_fault_is_shrunk_to_none() {
        assertThat(new Shrinker(faults -> true, 200).shrink(SCHEDULE)).isEmpty();
    }

    @Test
    void tries_are_bounded() {
        int[] tries = new int[1];
        Shrinker shrinker = new Shrinker(
                faults -> {
                    tries[0]++;
                    return numbers(faults).contains(40);
                },
                5);
        assertThat(shrinker.shrink(SCHEDULE)).isNotEmpty();
        assertThat(tries[0]).isLessThanOrEqualTo(5);
    }
}
