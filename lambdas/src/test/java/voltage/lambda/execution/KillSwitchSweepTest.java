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
import voltage.order.Lane;

/** How often and how long the emergency stop asks the exchange, and what it tells the operator. */
@Timeout(30)
class KillSwitchSweepTest {
    private final TestLane lane = new TestLane();

    private KillSwitch.Result pull(Executor runner, Pause pause) {
        KillSwitch.Settings impatient =
                new KillSwitch.Settings(3, 1_000_000, VirtualTime.SECOND, 10 * VirtualTime.SECOND, 100_000_000);
        return new KillSwitch(
                        Lane.PAPER,
                        new KillSwitch.Ports(lane.ledger, lane.exchange, command -> {}),
                        lane.time,
                        pause,
                        runner,
                        impatient)
                .pull("test");
    }

    @Test
    void one_cancel_is_enough_and_is_believed_once_the_data_are_newer_than_it() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        KillSwitch.Result result = pull(Runnable::run, lane.time);
        assertThat(lane.exchange.cancels).isEqualTo(1);
        assertThat(result.cancelSentNanos()).isEqualTo(20 * VirtualTime.MILLI);
        assertThat(result.cancel().text()).isEqualTo("the exchange has cancelled everything; nothing rests");
        // 20 ms for the request, and the 400 ms by which the data lag.
        assertThat(result.cancel().afterNanos()).isEqualTo(420 * VirtualTime.MILLI);
    }

    @Test
    void a_cancel_that_never_takes_effect_is_repeated_until_the_time_is_up_and_then_told() {
        lane.exchange.lagNanos = 0;
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        for (int i = 0; i < 1_000; i++) {
            lane.exchange.cancelFaults.add(Fault.LOST_ON_THE_WAY);
        }
        KillSwitch.Result result = pull(Runnable::run, lane.time);
        assertThat(result.cancel().isDone()).isFalse();
        assertThat(result.cancel().text())
                .startsWith("CANCELLING IS NOT CERTAIN: 1 orders still rest, the first is order order-1");
        assertThat(result.cancel().afterNanos())
                .isBetween(10 * VirtualTime.SECOND, 10 * VirtualTime.SECOND + 140 * VirtualTime.MILLI);
        // Each 140 ms: everything, then the one order that is listed, then a pause.
        assertThat(lane.exchange.cancels).isBetween(140, 146);
    }

    @Test
    void data_that_stay_old_are_waited_for_no_longer_than_the_time_allows() {
        lane.exchange.lagNanos = 3_600 * VirtualTime.SECOND;
        KillSwitch.Result result = pull(Runnable::run, lane.time);
        assertThat(result.cancel().isDone()).isFalse();
        assertThat(result.cancel().text()).contains("it is not seen that nothing rests", "the data stay old");
        assertThat(result.cancel().afterNanos())
                .isBetween(10 * VirtualTime.SECOND, 10 * VirtualTime.SECOND + 220 * VirtualTime.MILLI);
        assertThat(lane.exchange.cancels).isEqualTo(1);
    }

    @Test
    void when_the_fence_comes_up_late_the_exchange_is_told_once_more() {
        List<Runnable> waiting = new ArrayList<>();
        KillSwitch.Result result = pull(waiting::add, nanos -> {
            waiting.forEach(Runnable::run);
            waiting.clear();
            lane.time.pause(nanos);
        });
        assertThat(result.fence().isDone()).isTrue();
        assertThat(result.fenceEpoch()).contains(1L);
        assertThat(lane.exchange.cancels).isEqualTo(2);
    }
}
