package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.SwitchLane;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Refused;
import voltage.order.ExecutionReport.Unknown;
import voltage.order.Lane;
import voltage.order.LaneState;

/** A command that is delivered again, in each state in which the first delivery may have left it. */
@Timeout(20)
class ExecutorDeliveryTest {
    private final TestLane lane = new TestLane();

    @BeforeEach
    void reads_are_current() {
        lane.exchange.lagNanos = 0;
    }

    private Executor reportingTo(ReportSink sink) {
        return new Executor(
                Lane.PAPER,
                lane.ledger,
                lane.exchange,
                sink,
                lane.time,
                lane.time,
                TestLane.WIDE,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
    }

    @Test
    void the_end_of_a_command_is_written_before_it_is_reported_so_that_no_report_runs_ahead_of_the_books() {
        List<String> statesWhenReported = new ArrayList<>();
        Executor executor = reportingTo((of, reports) ->
                statesWhenReported.add(lane.stateOf(reports.getFirst().commandId())));
        executor.execute(lane.settle("a", M));
        executor.execute(lane.close("b", M));
        assertThat(statesWhenReported).containsExactly("REFUSED", "REFUSED");
    }

    @Test
    void a_report_that_the_queue_did_not_take_is_sent_from_the_record_by_the_next_delivery() {
        Command command = lane.settle("a", M);
        Executor failing = reportingTo((of, reports) -> {
            throw new IllegalStateException("queue is down");
        });
        assertThatThrownBy(() -> failing.execute(command)).hasMessage("queue is down");
        assertThat(lane.run(command)).hasExactlyElementsOfTypes(Refused.class);
    }

    @Test
    void an_order_that_rests_is_reported_again_and_not_sent_again() {
        PlaceOrder order = lane.rest("r", M, BookSide.BID, 4_000, 500);
        List<ExecutionReport> first = lane.run(order);
        assertThat(first).isNotEmpty();
        assertThat(lane.run(order)).isEqualTo(first);
        assertThat(lane.exchange.posts).isEqualTo(1);
    }

    @Test
    void a_refusal_is_reported_again_word_for_word() {
        PlaceOrder order = lane.buy("a", M, Side.YES, 5_000, 100);
        lane.time.pause(2 * VirtualTime.SECOND);
        List<ExecutionReport> first = lane.run(order);
        assertThat(first).hasExactlyElementsOfTypes(Refused.class);
        assertThat(lane.run(order)).isEqualTo(first);
    }

    @Test
    void what_is_known_of_an_unknown_order_is_reported_again_before_it_is_asked_for() {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        PlaceOrder order = lane.buy("a", M, Side.YES, 5_000, 100);
        List<ExecutionReport> first = lane.run(order);
        assertThat(first).hasExactlyElementsOfTypes(Unknown.class);
        assertThat(lane.run(order)).isEqualTo(first);
        assertThat(lane.exchange.posts).isEqualTo(1);
    }

    @Test
    void a_switch_changes_what_it_says_and_one_that_says_what_is_so_writes_nothing() {
        LaneState before = lane.ledger.laneState(Lane.PAPER);
        lane.run(new SwitchLane(lane.header("a"), before.armed(), before.paused(), "as it is"));
        assertThat(lane.ledger.laneState(Lane.PAPER)).isEqualTo(before);
        lane.run(new SwitchLane(lane.header("b"), before.armed(), true, "pause"));
        LaneState paused = lane.ledger.laneState(Lane.PAPER);
        assertThat(paused).isEqualTo(before.switched(before.armed(), true));
        lane.run(new SwitchLane(lane.header("c"), false, true, "disarm"));
        assertThat(lane.ledger.laneState(Lane.PAPER)).isEqualTo(paused.switched(false, true));
    }
}
