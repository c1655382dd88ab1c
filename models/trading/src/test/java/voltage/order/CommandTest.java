package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.market.Side;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.Command.Reconcile;
import voltage.order.Command.SeenBook;
import voltage.order.Command.Settle;
import voltage.order.Command.SwitchLane;

class CommandTest {
    private static final Header HEADER = new Header("c", Lane.PAPER, 1, 2, 0, 0);
    private static final SeenBook SEEN = new SeenBook(4_900, 5_000, 1, 1, 1);

    private static Header header(String id, long leaseEpoch) {
        return new Header(id, Lane.PAPER, 1, 2, leaseEpoch, 0);
    }

    @Test
    void an_id_has_one_to_sixty_four_characters() {
        assertThat(header("x".repeat(64), 0).id()).hasSize(64);
        assertThatThrownBy(() -> header("x".repeat(65), 0)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> header("", 0)).hasMessageContaining("1 to 64");
    }

    @Test
    void no_lease_is_the_lowest_epoch_that_there_is() {
        assertThat(header("c", Header.NO_LEASE).hasLease()).isFalse();
        assertThat(header("c", 0).hasLease()).isTrue();
        assertThatThrownBy(() -> header("c", -2)).hasMessageContaining("was -2");
    }

    @Test
    void a_command_names_the_one_market_that_it_touches() {
        OrderTerms terms = OrderTerms.take("M", 2, Side.YES, 5_000, 100);
        assertThat(new PlaceOrder(HEADER, terms, Purpose.ENTRY, SEEN).market()).contains("M");
        assertThat(new AmendOrder(HEADER, "t", terms).market()).contains("M");
        assertThat(new CancelOrder(HEADER, "M", "t").market()).contains("M");
        assertThat(new ClosePosition(HEADER, "M", 2, 100, Purpose.STOP).market())
                .contains("M");
        assertThat(new Settle(HEADER, "M").market()).contains("M");
        assertThat(new Reconcile(HEADER).market()).isEmpty();
        assertThat(new SwitchLane(HEADER, true, false, "go").market()).isEmpty();
    }

    @Test
    void what_enters_arms_resumes_or_lifts_a_halt_does_not_reduce_risk_and_all_else_does() {
        OrderTerms entry = OrderTerms.take("M", 2, Side.YES, 5_000, 100);
        OrderTerms exit = OrderTerms.reduce("M", 2, Side.YES, 5_000, 100);
        assertThat(new PlaceOrder(HEADER, entry, Purpose.ENTRY, SEEN).reducesRisk())
                .isFalse();
        assertThat(new AmendOrder(HEADER, "t", entry).reducesRisk()).isFalse();
        assertThat(new SwitchLane(HEADER, true, false, "go").reducesRisk()).isFalse();
        assertThat(new Reconcile(HEADER, true).reducesRisk()).isFalse();

        assertThat(new PlaceOrder(HEADER, exit, Purpose.STOP, SEEN).reducesRisk())
                .isTrue();
        assertThat(new CancelOrder(HEADER, "M", "t").reducesRisk()).isTrue();
        assertThat(new ClosePosition(HEADER, "M", 2, 100, Purpose.STOP).reducesRisk())
                .isTrue();
        assertThat(new Settle(HEADER, "M").reducesRisk()).isTrue();
        assertThat(new Reconcile(HEADER).reducesRisk()).isTrue();
        assertThat(new SwitchLane(HEADER, false, false, "disarm").reducesRisk()).isTrue();
        assertThat(new SwitchLane(HEADER, true, true, "pause").reducesRisk()).isTrue();
    }

    @Test
    void an_order_replaces_another_and_only_as_an_entry() {
        OrderTerms entry = OrderTerms.take("M", 2, Side.YES, 5_000, 100);
        PlaceOrder order = new PlaceOrder(HEADER, entry, Purpose.ENTRY, SEEN);
        assertThat(order.replaces()).isEmpty();
        PlaceOrder replacement = order.replacing("t");
        assertThat(replacement).isEqualTo(new PlaceOrder(HEADER, entry, Purpose.ENTRY, SEEN, Optional.of("t")));
        assertThat(replacement.withCount(40))
                .isEqualTo(new PlaceOrder(
                        HEADER, OrderTerms.take("M", 2, Side.YES, 5_000, 40), Purpose.ENTRY, SEEN, Optional.of("t")));
        assertThatThrownBy(() -> order.replacing(HEADER.id())).hasMessageContaining("replaces another order");
        OrderTerms exit = OrderTerms.reduce("M", 2, Side.YES, 5_000, 100);
        assertThatThrownBy(() -> new PlaceOrder(HEADER, exit, Purpose.STOP, SEEN).replacing("t"))
                .hasMessageContaining("reduce-only");
    }

    @Test
    void a_switch_changes_only_what_it_names_and_its_risk_is_judged_by_that_alone() {
        LaneState state = new LaneState(false, true, true, 3, 4, 5);
        assertThat(SwitchLane.arming(HEADER, true, "go").switched(state))
                .isEqualTo(new LaneState(true, true, true, 3, 4, 6));
        assertThat(SwitchLane.pausing(HEADER, false, "go").switched(state))
                .isEqualTo(new LaneState(false, false, true, 3, 4, 6));
        assertThat(new SwitchLane(HEADER, true, false, "go").switched(state))
                .isEqualTo(new LaneState(true, false, true, 3, 4, 6));
        assertThat(SwitchLane.arming(HEADER, false, "off").isDone(state)).isTrue();
        assertThat(SwitchLane.arming(HEADER, true, "go").isDone(state)).isFalse();
        assertThat(SwitchLane.pausing(HEADER, true, "off").isDone(state)).isTrue();
        assertThat(SwitchLane.pausing(HEADER, false, "go").isDone(state)).isFalse();

        assertThat(SwitchLane.arming(HEADER, true, "go").reducesRisk()).isFalse();
        assertThat(SwitchLane.pausing(HEADER, false, "go").reducesRisk()).isFalse();
        assertThat(SwitchLane.arming(HEADER, false, "off").reducesRisk()).isTrue();
        assertThat(SwitchLane.pausing(HEADER, true, "off").reducesRisk()).isTrue();
        assertThatThrownBy(() -> new SwitchLane(HEADER, Optional.empty(), Optional.empty(), "nothing"))
                .hasMessageContaining("at least one switch");
    }

    @Test
    void every_purpose_but_an_entry_is_an_exit() {
        for (Purpose purpose : Purpose.values()) {
            assertThat(purpose.isExit()).as("%s", purpose).isEqualTo(purpose != Purpose.ENTRY);
        }
    }
}
