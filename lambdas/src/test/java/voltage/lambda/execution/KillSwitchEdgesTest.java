package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.order.BookSide;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;

/** The emergency stop at its bounds, and what it says of itself when a step has failed. */
@Timeout(30)
class KillSwitchEdgesTest {
    private static final KillSwitch.Settings IMPATIENT = settings(10 * VirtualTime.SECOND);

    private final TestLane lane = new TestLane();
    private final List<String> queued = new ArrayList<>();
    private int fenceWrites;

    private static KillSwitch.Settings settings(long sweepNanos) {
        return new KillSwitch.Settings(3, 1_000_000, VirtualTime.SECOND, sweepNanos, 100 * VirtualTime.MILLI);
    }

    private KillSwitch.Result pull(Ledger ledger, CommandQueue queue, Pause pause, Executor runner) {
        return pull(ledger, queue, pause, runner, IMPATIENT);
    }

    private KillSwitch.Result pull(
            Ledger ledger, CommandQueue queue, Pause pause, Executor runner, KillSwitch.Settings settings) {
        KillSwitch.Ports ports = new KillSwitch.Ports(ledger, lane.exchange, queue);
        return new KillSwitch(Lane.PAPER, ports, lane.time, pause, runner, settings).pull("test");
    }

    private KillSwitch.Result pull() {
        return pull(lane.ledger, command -> queued.add(command.id()), lane.time, Runnable::run);
    }

    /** The lane's ledger, whose state others change so often that the fence loses this many times. */
    private Ledger contended(int losses) {
        return Intercepted.of(Ledger.class, lane.ledger, (method, arguments) -> {
            if (method.equals("changeLaneState") && ++fenceWrites <= losses) {
                throw new LedgerConflictException("somebody else was first");
            }
        });
    }

    @Test
    void the_fence_is_tried_as_often_as_allowed_and_no_more() {
        assertThat(pull(contended(2), command -> {}, lane.time, Runnable::run)
                        .fence()
                        .isDone())
                .isTrue();
        assertThat(fenceWrites).isEqualTo(3);
        fenceWrites = 0;
        KillSwitch.Result result = pull(contended(1_000), command -> {}, lane.time, Runnable::run);
        assertThat(fenceWrites).isEqualTo(3);
        assertThat(result.fence().isDone()).isFalse();
        assertThat(result.fence().text()).contains("THE FENCE IS NOT UP").contains("somebody else was first");
        assertThat(result.fenceEpoch()).isEmpty();
    }

    @Test
    void a_fence_that_fails_is_not_waited_for_and_the_exchange_is_told_once() {
        pull(contended(1_000), command -> {}, lane.time, Runnable::run);
        assertThat(lane.exchange.cancels).isEqualTo(1);
    }

    @Test
    void it_is_done_only_if_all_its_steps_are() {
        assertThat(pull().isDone()).isTrue();
        assertThat(pull(contended(1_000), command -> {}, lane.time, Runnable::run)
                        .isDone())
                .isFalse();
        assertThat(pull(lane.ledger, this::noQueue, lane.time, Runnable::run).isDone())
                .isFalse();
        lane.exchange.lagNanos = 3_600 * VirtualTime.SECOND;
        assertThat(pull().isDone()).isFalse();
    }

    private void noQueue(Object command) {
        throw new CommandQueue.QueueUnavailableException("no queue", new IllegalStateException());
    }

    @Test
    void the_reconcile_command_to_follow_is_named_only_if_the_queue_took_it() {
        KillSwitch.Result result = pull();
        assertThat(result.reconcileId()).contains(queued.getFirst());
        assertThat(pull(lane.ledger, this::noQueue, lane.time, Runnable::run).reconcileId())
                .isEmpty();
    }

    @Test
    void orders_taken_down_one_by_one_count_as_sent_when_all_of_them_have_been_asked_for() {
        lane.exchange.lagNanos = 0;
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        lane.run(lane.rest("b", "KXBTC15M-OTHER", BookSide.BID, 3_000, 500));
        lane.exchange.cancelFaults.add(Fault.NOT_AUTHORISED);
        KillSwitch.Result result = pull();
        // The request that was refused, then two cancels, each 20 ms.
        assertThat(result.cancelSentNanos()).isEqualTo(60 * VirtualTime.MILLI);
        assertThat(result.cancel().text()).isEqualTo("the exchange has cancelled everything; nothing rests");
    }

    @Test
    void without_the_right_and_without_orders_it_claims_no_more_than_that_nothing_rests() {
        lane.exchange.cancelFaults.add(Fault.NOT_AUTHORISED);
        KillSwitch.Result result = pull();
        assertThat(result.cancel().isDone()).isTrue();
        assertThat(result.cancel().text()).isEqualTo("nothing rests");
    }

    @Test
    void when_the_cancel_went_out_is_told_of_the_first_one() {
        List<Runnable> fence = new ArrayList<>();
        Pause pause = nanos -> {
            fence.forEach(Runnable::run);
            fence.clear();
            lane.time.pause(nanos);
        };
        KillSwitch.Result result = pull(lane.ledger, command -> {}, pause, fence::add);
        assertThat(lane.exchange.cancels).isEqualTo(2);
        assertThat(result.cancelSentNanos()).isEqualTo(20 * VirtualTime.MILLI);
        lane.exchange.cancelFaults.addAll(List.of(Fault.NOT_AUTHORISED, Fault.NOT_AUTHORISED));
        result = pull(lane.ledger, command -> {}, pause, fence::add);
        assertThat(result.cancelSentNanos()).isEqualTo(20 * VirtualTime.MILLI);
    }

    @Test
    void a_cancel_that_is_answered_in_no_time_keeps_its_time() {
        for (int refused = 0; refused <= 2; refused += 2) {
            for (int i = 0; i < refused; i++) {
                lane.exchange.cancelFaults.add(Fault.NOT_AUTHORISED);
            }
            List<Runnable> fence = new ArrayList<>();
            long[] nanos = {lane.time.getAsLong()};
            Pause pause = waited -> {
                fence.forEach(Runnable::run);
                fence.clear();
                lane.time.pause(waited);
                nanos[0] += waited;
            };
            KillSwitch.Ports ports = new KillSwitch.Ports(lane.ledger, lane.exchange, command -> {});
            int before = lane.exchange.cancels;
            KillSwitch.Result result =
                    new KillSwitch(Lane.PAPER, ports, () -> nanos[0], pause, fence::add, IMPATIENT).pull("test");
            assertThat(lane.exchange.cancels - before).isEqualTo(2);
            assertThat(result.cancelSentNanos()).isZero();
        }
    }

    @Test
    void the_last_look_is_at_the_end_of_the_time_and_none_follows() {
        lane.exchange.lagNanos = 3_600 * VirtualTime.SECOND;
        // 20 ms for the cancel, then ten pauses.
        KillSwitch.Result result = pull(
                lane.ledger,
                command -> {},
                lane.time,
                Runnable::run,
                settings(20 * VirtualTime.MILLI + 10 * 100 * VirtualTime.MILLI));
        assertThat(result.cancel().afterNanos()).isEqualTo(1_020 * VirtualTime.MILLI);
    }

    @Test
    void a_thread_that_is_interrupted_still_cancels_and_stays_interrupted() {
        List<Runnable> fence = new ArrayList<>();
        Thread.currentThread().interrupt();
        KillSwitch.Result result = pull(
                lane.ledger,
                command -> {},
                nanos -> {
                    fence.forEach(Runnable::run);
                    fence.clear();
                    lane.time.pause(nanos);
                },
                fence::add);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.fence().isDone()).isTrue();
        // The fence came up during the first sweep: what was sent until then is cancelled by a second one.
        assertThat(lane.exchange.cancels).isEqualTo(2);
        LaneState state = lane.ledger.laneState(Lane.PAPER);
        assertThat(state.halted()).isTrue();
        assertThat(result.fenceEpoch()).contains(state.fenceEpoch());
    }
}
