package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Header;
import voltage.order.Command.Purpose;
import voltage.order.Command.Reconcile;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.RefusalReason;

/** The exchange's own limit behind the lane's: no entry without it, and what follows when it trips. */
@Timeout(30)
class OrderGroupTest {
    private final TestLane lane = new TestLane();
    private final FakeOrderGroup group = lane.exchange.group;
    private final List<Command> queue = new ArrayList<>();

    private LaneState state() {
        return lane.ledger.laneState(Lane.PAPER);
    }

    private static RefusalReason reason(List<ExecutionReport> reports) {
        return reports.stream()
                .filter(ExecutionReport.Refused.class::isInstance)
                .map(report -> ((ExecutionReport.Refused) report).reason())
                .findFirst()
                .orElseThrow();
    }

    private Reconcile resume(String id) {
        return new Reconcile(
                new Header(id, Lane.PAPER, lane.time.getAsLong(), Long.MAX_VALUE, 0, state().fenceEpoch()), true);
    }

    private KillSwitch.Result pull(Executor runner) {
        return new KillSwitch(
                        Lane.PAPER,
                        new KillSwitch.Ports(lane.ledger, lane.exchange, queue::add),
                        lane.time,
                        lane.time,
                        runner,
                        new KillSwitch.Settings(3, 1_000_000, 2_000_000, 10 * VirtualTime.SECOND, 100_000_000))
                .pull("test");
    }

    @Test
    void the_first_entry_of_a_process_obtains_the_group_with_the_lanes_limit_and_later_ones_do_not_ask() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 100));
        assertThat(group.limitE2).isEqualTo(TestLane.WIDE.groupLimitE2());
        lane.run(lane.buy("b", M, Side.YES, 5_500, 100));
        assertThat(group.obtains).isEqualTo(1);
        lane.restart(new Crash.Fuse(0));
        lane.run(lane.buy("c", M, Side.YES, 5_500, 100));
        assertThat(group.obtains).isEqualTo(2);
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
    }

    @Test
    void an_entry_for_which_no_group_can_be_had_is_refused_and_not_sent() {
        lane.exchange.offer(M, 5_000, 1_000);
        group.failures.add("HTTP 503");
        List<ExecutionReport> reports = lane.run(lane.buy("a", M, Side.YES, 5_500, 100));
        assertThat(reports).singleElement().isInstanceOfSatisfying(ExecutionReport.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(RefusalReason.NO_ORDER_GROUP);
            assertThat(refused.detail()).isEqualTo("HTTP 503");
        });
        assertThat(lane.exchange.posts).isZero();
        group.isBroken = true;
        assertThat(reason(lane.run(lane.buy("b", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.NO_ORDER_GROUP);
        group.isBroken = false;
        lane.run(lane.buy("c", M, Side.YES, 5_500, 100));
        assertThat(lane.account().positionE2(M)).isEqualTo(100);
    }

    @Test
    void what_the_gate_refuses_costs_no_request_for_a_group() {
        lane.state(true, true, false, 0, 0);
        assertThat(reason(lane.run(lane.buy("a", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.PAUSED);
        assertThat(group.obtains).isZero();
    }

    @Test
    void an_entry_that_became_late_while_its_group_was_made_is_refused() {
        lane.exchange.offer(M, 5_000, 1_000);
        group.requestNanos = 2 * VirtualTime.SECOND;
        assertThat(reason(lane.run(lane.buy("a", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.LATE);
        assertThat(lane.exchange.posts).isZero();
    }

    @Test
    void exits_need_no_group_and_a_closed_one_does_not_hold_them() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.bid(M, 4_800, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 300));
        lane.restart(new Crash.Fuse(0));
        group.isClosed = true;
        group.isBroken = true;
        lane.run(lane.exit("exit", M, Side.YES, 4_000, 100));
        lane.run(lane.close("close", M));
        assertThat(lane.account().positionE2(M)).isZero();
        assertThat(group.obtains).isEqualTo(1);
    }

    @Test
    void a_group_that_is_gone_is_obtained_anew_by_the_next_entry() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 100));
        group.isThere = false;
        assertThat(reason(lane.run(lane.buy("b", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.NO_ORDER_GROUP);
        assertThat(state().halted()).isFalse();
        lane.run(lane.buy("c", M, Side.YES, 5_500, 100));
        assertThat(lane.account().positionE2(M)).isEqualTo(200);
    }

    @Test
    void a_group_that_has_tripped_halts_the_lane_and_raises_an_alert() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.bid(M, 4_800, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 100));
        group.isClosed = true;

        List<ExecutionReport> reports = lane.run(lane.buy("b", M, Side.YES, 5_500, 100));

        assertThat(reason(reports)).isEqualTo(RefusalReason.ORDER_GROUP_TRIPPED);
        assertThat(reports.getLast())
                .isInstanceOfSatisfying(
                        ExecutionReport.Corrected.class,
                        alert -> assertThat(alert.explanation())
                                .startsWith("ALERT: the lane is halted")
                                .contains("exceeded_order_group_risk_limit"));
        assertThat(state().halted()).isTrue();
        assertThat(state().fenceEpoch()).isEqualTo(1);
        assertThat(lane.unfinished()).isZero();
        // What is held can be left, decided under the new fence.
        Header header = new Header("close", Lane.PAPER, lane.time.getAsLong(), Long.MAX_VALUE, 0, 1);
        lane.run(new ClosePosition(header, M, 2, 100, Purpose.OPERATOR_CLOSE));
        assertThat(lane.account().positionE2(M)).isZero();
    }

    @Test
    void a_lane_that_is_halted_already_is_not_fenced_once_more_by_the_entry_that_was_on_the_wire() {
        // The stop comes in while the request is under way.
        lane.exchange.onceArrived = () -> pull(Runnable::run);
        List<ExecutionReport> reports = lane.run(lane.buy("a", M, Side.YES, 5_500, 100));
        assertThat(reports).singleElement().isInstanceOf(ExecutionReport.Refused.class);
        assertThat(reason(reports)).isEqualTo(RefusalReason.ORDER_GROUP_TRIPPED);
        assertThat(state().fenceEpoch()).isEqualTo(1);
    }

    @Test
    void a_resume_opens_the_group_before_the_halt_ends() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 100));
        pull(Runnable::run);
        assertThat(group.isClosed).isTrue();
        group.onceReset = () -> assertThat(state().halted()).isTrue();
        lane.time.pause(VirtualTime.SECOND);

        lane.run(resume("r"));

        assertThat(lane.stateOf("r")).isEqualTo("DONE");
        assertThat(group.isClosed).isFalse();
        assertThat(state().halted()).isFalse();
    }

    @Test
    void a_group_that_cannot_be_opened_keeps_the_lane_halted_and_says_so() {
        pull(Runnable::run);
        group.failures.addAll(List.of("HTTP 503", "HTTP 502", "HTTP 504"));
        lane.time.pause(VirtualTime.SECOND);

        List<ExecutionReport> reports = lane.run(resume("r"));

        assertThat(reports.getLast()).isInstanceOfSatisfying(ExecutionReport.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(RefusalReason.NO_ORDER_GROUP);
            assertThat(refused.detail()).contains("stays halted").contains("HTTP 504");
        });
        assertThat(group.resets).isEqualTo(3);
        assertThat(state().halted()).isTrue();
        // Two lost answers in a row are overcome, since asking again does no harm.
        group.failures.addAll(List.of("HTTP 503", "HTTP 502"));
        lane.run(resume("r2"));
        assertThat(state().halted()).isFalse();
    }

    @Test
    void a_reconciliation_that_is_not_clean_or_lifts_nothing_leaves_the_group_closed() {
        pull(Runnable::run);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.reconcile("plain"));
        lane.exchange.move(1_000_000);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(resume("r"));
        assertThat(group.isClosed).isTrue();
        assertThat(group.resets).isZero();
    }

    @Test
    void a_halt_that_comes_while_another_ends_closes_the_group_again() {
        pull(Runnable::run);
        lane.time.pause(VirtualTime.SECOND);
        group.onceReset = () -> lane.ledger.changeLaneState(Lane.PAPER, state().halt());

        assertThat(reason(lane.run(resume("r")))).isEqualTo(RefusalReason.FENCED);

        assertThat(group.isClosed).isTrue();
        assertThat(state().halted()).isTrue();
    }

    @Test
    void the_kill_switch_closes_the_group_so_that_an_entry_on_the_wire_is_refused() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        KillSwitch.Result result = pull(Runnable::run);
        assertThat(result.isDone()).isTrue();
        assertThat(result.group().isDone()).isTrue();
        assertThat(result.group().text()).isEqualTo("order group g1: closed");
        // It had passed its check before the stop: it arrives afterwards.
        lane.state(true, false, false, 0, 0);
        assertThat(reason(lane.run(lane.rest("wire", "KXBTC15M-OTHER", BookSide.BID, 4_000, 500))))
                .isEqualTo(RefusalReason.ORDER_GROUP_TRIPPED);
        lane.time.pause(VirtualTime.SECOND);
        assertThat(lane.exchange.resting()).isEmpty();
    }

    @Test
    void a_group_that_cannot_be_closed_is_told_and_keeps_nothing_else_from_being_done() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        group.failures.addAll(List.of("HTTP 503", "HTTP 502", "HTTP 504"));
        KillSwitch.Result result = pull(Runnable::run);
        assertThat(result.isDone()).isFalse();
        assertThat(result.group().isDone()).isFalse();
        assertThat(result.group().text())
                .startsWith("THE ORDER GROUP IS NOT KNOWN TO BE CLOSED: HTTP 504")
                .contains("halt again");
        assertThat(result.fence().isDone()).isTrue();
        assertThat(result.cancel().isDone()).isTrue();
        assertThat(result.reconcile().isDone()).isTrue();
        assertThat(group.triggers).isEqualTo(3);
    }

    @Test
    void a_group_whose_closing_fails_once_or_throws_is_closed_by_the_next_attempt() {
        group.failures.add("HTTP 503");
        assertThat(pull(Runnable::run).group().isDone()).isTrue();
        group.isBroken = true;
        assertThat(pull(Runnable::run).group().text()).contains("the adapter is broken");
    }

    @Test
    void a_closing_that_hangs_is_given_up_after_its_bound() {
        List<Runnable> held = new ArrayList<>();
        KillSwitch.Result result = pull(task -> {
            if (held.isEmpty()) {
                held.add(task);
                task.run();
            }
        });
        assertThat(result.fence().isDone()).isTrue();
        assertThat(result.cancel().isDone()).isTrue();
        assertThat(result.group().isDone()).isFalse();
        assertThat(result.group().text()).contains("did not answer in time");
    }

    @Test
    void an_exchange_without_groups_says_so_and_everything_goes_on_without() {
        lane.exchange.hasGroups = false;
        lane.exchange.offer(M, 5_000, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 100));
        assertThat(lane.account().positionE2(M)).isEqualTo(100);
        KillSwitch.Result result = pull(Runnable::run);
        assertThat(result.isDone()).isTrue();
        assertThat(result.group().text()).isEqualTo("this exchange has no order groups");
        lane.time.pause(VirtualTime.SECOND);
        lane.run(resume("r"));
        assertThat(state().halted()).isFalse();
        assertThat(group.obtains + group.triggers + group.resets).isZero();
    }
}
