package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Side;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Refused;
import voltage.order.RefusalReason;
import voltage.risk.OrderFlowLimits;
import voltage.risk.RiskLimits;

/** What the gate is told of the lane's past, by a process that remembers it and by one that has just started. */
@Timeout(20)
class ExecutorLimitsTest {
    private final TestLane lane = new TestLane();

    private static RiskLimits losing(long dailyLossE6) {
        return new RiskLimits(
                2_500,
                10_000,
                10,
                dailyLossE6,
                10_000,
                10_000,
                10_000,
                10_000,
                TestLane.WIDE.flow(),
                TestLane.WIDE.closeCutoffNanos(),
                TestLane.WIDE.series());
    }

    private static RefusalReason reason(List<ExecutionReport> reports) {
        return ((Refused) reports.getFirst()).reason();
    }

    private List<ExecutionReport> buy(String id) {
        return lane.run(lane.buy(id, "KXBTCD-" + id, Side.YES, 5_000, 100));
    }

    @Test
    void orders_are_counted_by_one_process_and_by_the_next() {
        lane.withLimits(TestLane.WIDE.withFlow(new OrderFlowLimits(2, 2, 1_000, 1_000, 10_000, 0)));
        buy("a");
        buy("b");
        assertThat(reason(buy("c"))).isEqualTo(RefusalReason.ORDER_RATE_LIMIT);
        lane.restart(new Crash.Fuse(0));
        assertThat(reason(buy("d"))).isEqualTo(RefusalReason.ORDER_RATE_LIMIT);
        lane.time.pause(60 * VirtualTime.SECOND);
        int posts = lane.exchange.posts;
        buy("e");
        assertThat(lane.exchange.posts).isEqualTo(posts + 1);
    }

    @Test
    void exits_are_remembered_for_as_long_as_the_longest_market_lives_and_no_longer() {
        lane.withLimits(TestLane.WIDE.withFlow(new OrderFlowLimits(1_000, 1_000, 1_000, 1, 10_000, 0)));
        lane.exchange.offer(M, 5_000, 100);
        lane.run(lane.buy("in", M, Side.YES, 5_000, 100));
        lane.exchange.bid(M, 4_800, 100);
        long leftNanos = lane.time.getAsLong();
        lane.run(lane.exit("out", M, Side.YES, 4_000, 100));
        assertThat(reason(lane.run(lane.buy("again", M, Side.YES, 5_000, 100)))).isEqualTo(RefusalReason.QUARANTINED);
        lane.time.pause(OrderFlowLimits.MEMORY_NANOS - (lane.time.getAsLong() - leftNanos));
        assertThat(reason(lane.run(lane.buy("still", M, Side.YES, 5_000, 100)))).isEqualTo(RefusalReason.QUARANTINED);
        lane.time.pause(VirtualTime.SECOND);
        assertThat(lane.run(lane.buy("later", M, Side.YES, 5_000, 100))).noneMatch(report -> report instanceof Refused);
    }

    @Test
    void what_was_lost_today_stops_entries_of_this_process_and_of_the_next_until_tomorrow() {
        lane.withLimits(losing(10_000_000));
        lane.exchange.offer(M, 5_000, 2_500);
        lane.run(lane.buy("in", M, Side.YES, 5_000, 2_500));
        lane.exchange.bid(M, 100, 2_500);
        lane.run(lane.close("out", M));
        assertThat(lane.account().cashE6()).isLessThan(TestLane.DEPOSIT - 10_000_000);
        assertThat(reason(buy("a"))).isEqualTo(RefusalReason.DAILY_LOSS_LIMIT);
        lane.restart(new Crash.Fuse(0));
        assertThat(reason(buy("b"))).isEqualTo(RefusalReason.DAILY_LOSS_LIMIT);
        lane.time.pause(86_400 * VirtualTime.SECOND);
        assertThat(buy("c")).noneMatch(report -> report instanceof Refused);
    }
}
