package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.Header;
import voltage.order.Command.Reconcile;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Corrected;
import voltage.order.ExecutionReport.Refused;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.RefusalReason;

/** How often and how long the order group is asked, and what is said when a step of it fails. */
@Timeout(30)
class OrderGroupEdgesTest {
    private static final ExecutorSettings SETTINGS = ExecutorSettings.DEFAULT;

    private final TestLane lane = new TestLane();
    private final FakeOrderGroup group = lane.exchange.group;

    @BeforeEach
    void reads_are_current() {
        lane.exchange.lagNanos = 0;
    }

    private LaneState state() {
        return lane.ledger.laneState(Lane.PAPER);
    }

    private Refused refused(Command command) {
        return (Refused) lane.run(command).getLast();
    }

    @Test
    void an_entry_is_not_sent_if_the_adapter_fails_while_its_group_is_obtained() {
        lane.exchange.offer(M, 5_000, 1_000);
        group.isBroken = true;
        Refused refused = refused(lane.buy("a", M, Side.YES, 5_500, 100));
        assertThat(refused.reason()).isEqualTo(RefusalReason.NO_ORDER_GROUP);
        assertThat(refused.detail()).startsWith("the adapter failed: ").contains("the adapter is broken");
        assertThat(lane.exchange.posts).isZero();
    }

    @Test
    void opening_it_again_is_tried_three_times_with_a_pause_between() {
        lane.state(true, false, true, 1, 0);
        group.failures.addAll(List.of("1", "2", "3", "4"));
        long begun = lane.time.getAsLong();
        lane.run(new Reconcile(new Header("r", Lane.PAPER, begun, Long.MAX_VALUE, 0, 1), true));
        assertThat(group.resets).isEqualTo(3);
        // And what the lane adds after a command.
        assertThat(lane.time.getAsLong() - begun).isEqualTo(2 * SETTINGS.pauseNanos() + 100 * VirtualTime.MILLI);
        assertThat(state().halted()).isTrue();
    }

    @Test
    void a_lane_that_cannot_be_halted_when_its_group_has_tripped_is_told_to_be_halted_by_hand() {
        lane.run(lane.buy("first", M, Side.YES, 5_500, 100));
        group.isClosed = true;
        List<String> writes = new ArrayList<>();
        Ledger contended = Intercepted.of(Ledger.class, lane.ledger, (method, arguments) -> {
            if (method.equals("changeLaneState")) {
                writes.add(method);
                throw new LedgerConflictException("somebody else was first");
            }
        });
        List<ExecutionReport> reports = new ArrayList<>();
        new Executor(
                        Lane.PAPER,
                        contended,
                        lane.exchange,
                        (of, sent) -> reports.addAll(sent),
                        lane.time,
                        lane.time,
                        TestLane.WIDE,
                        FeeSchedule.QUADRATIC,
                        SETTINGS)
                .execute(lane.buy("a", M, Side.YES, 5_500, 100));
        assertThat(writes).hasSize(3);
        assertThat(reports).hasExactlyElementsOfTypes(Refused.class, Corrected.class);
        assertThat(((Corrected) reports.getLast()).explanation())
                .startsWith("ALERT: the exchange's own limit on the lane's entries has tripped")
                .endsWith("and the lane could not be halted: halt it");
    }

    @Test
    void an_amendment_that_finds_nothing_to_amend_is_refused_and_halts_nobody() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.fillResting("r", 500);
        AmendOrder amend = new AmendOrder(
                lane.header("a"),
                "r",
                lane.rest("x", M, BookSide.BID, 3_900, 500).terms());
        Refused refused = refused(amend);
        assertThat(refused.detail()).isEqualTo("404 not_found");
        assertThat(refused.reason()).isNotEqualTo(RefusalReason.ORDER_GROUP_TRIPPED);
        assertThat(state().halted()).isFalse();
    }

    private KillSwitch.Result pull(java.util.concurrent.Executor runner) {
        return new KillSwitch(
                        Lane.PAPER,
                        new KillSwitch.Ports(lane.ledger, lane.exchange, command -> {}),
                        lane.time,
                        lane.time,
                        runner,
                        new KillSwitch.Settings(
                                3, 1_000_000, 1_000_000, 10 * VirtualTime.SECOND, 100 * VirtualTime.MILLI))
                .pull("test");
    }

    @Test
    void closing_it_is_tried_three_times_with_a_pause_between() {
        group.failures.addAll(List.of("1", "2"));
        KillSwitch.Result result = pull(Runnable::run);
        assertThat(group.triggers).isEqualTo(3);
        assertThat(result.group().isDone()).isTrue();
        assertThat(result.group().afterNanos()).isEqualTo(2 * 100 * VirtualTime.MILLI);
    }

    @Test
    void a_thread_that_is_interrupted_does_not_claim_that_it_is_closed_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        KillSwitch.Result result = pull(task -> {});
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.group().isDone()).isFalse();
        assertThat(result.group().text()).contains("interrupted while waiting for the exchange");
        assertThat(result.cancel().isDone()).isTrue();
    }
}
