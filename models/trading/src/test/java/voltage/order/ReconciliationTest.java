package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.order.Reconciliation.Finding;
import voltage.order.Reconciliation.Subject;
import voltage.order.Reconciliation.Verdict;

class ReconciliationTest {
    @Test
    void cash_that_resting_orders_bind_is_no_difference() {
        assertThat(new Reconciliation(List.of(), 1_000, 300, 700, 1).differenceE6())
                .isZero();
        assertThat(new Reconciliation(List.of(), 1_000, 300, 650, 1).differenceE6())
                .isEqualTo(-50);
    }

    @Test
    void only_what_is_unexplained_makes_it_unclean() {
        Finding adopted = new Finding(Verdict.ADOPTED, Subject.FILL, "M", "a fill");
        Finding suspect = new Finding(Verdict.SUSPECT, Subject.BALANCE, "", "a fee");
        Finding unexplained = new Finding(Verdict.UNEXPLAINED, Subject.BALANCE, "", "50");
        assertThat(new Reconciliation(List.of(adopted, adopted, suspect), 0, 0, 0, 1))
                .matches(Reconciliation::isClean)
                .satisfies(clean -> assertThat(clean.count(Verdict.ADOPTED)).isEqualTo(2));
        assertThat(new Reconciliation(List.of(adopted, unexplained), 0, 0, 0, 1).isClean())
                .isFalse();
    }
}
