package voltage.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.order.BookSide;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.RefusalReason;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void what_is_reported_again_counts_once() {
        Fill fill = new Fill("t1", "o1", "T", BookSide.ASK, 5_400, 37, 123, true, 9);
        for (int i = 0; i < 3; i++) {
            tally.on(new ExecutionReport.Filled("c", "T", "o1", List.of(fill), true, 5, 0));
            tally.on(new ExecutionReport.Refused("d", "T", RefusalReason.LATE, "2 s late", 5, 0));
        }
        assertThat(tally.orders()).isEqualTo(1);
        assertThat(tally.fills()).isEqualTo(1);
        assertThat(tally.refused()).containsExactly(java.util.Map.entry("LATE", 1L));
    }

    @Test
    void a_long_life_counts_on_and_remembers_only_the_latest() {
        Tally.Once once = new Tally.Once();
        int many = 3 * Tally.Once.REMEMBERED;
        for (int i = 0; i < many; i++) {
            assertThat(once.add("id-" + i)).isTrue();
            assertThat(once.add("id-" + i)).isFalse();
        }
        assertThat(once.count()).isEqualTo(many);
        assertThat(once.remembered()).isEqualTo(Tally.Once.REMEMBERED);
    }
}
