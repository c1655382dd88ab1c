package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.order.BookSide;
import voltage.order.Command.PlaceOrder;
import voltage.order.ExecutionReport.Refused;
import voltage.order.RefusalReason;

/** Why nothing takes an order's place, in words. */
@Timeout(20)
class OrderReplaceEdgesTest {
    private final TestLane lane = new TestLane();

    @BeforeEach
    void reads_are_current() {
        lane.exchange.lagNanos = 0;
    }

    private PlaceOrder replacement(String id, long countE2) {
        return lane.rest(id, M, BookSide.BID, 4_100, countE2).replacing("old");
    }

    private String detail(PlaceOrder order) {
        Refused refused = (Refused) lane.run(order).getLast();
        assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_OPEN);
        return refused.detail();
    }

    @Test
    void an_order_that_has_ended_is_told_with_its_end_and_one_never_seen_as_unknown() {
        assertThat(detail(replacement("a", 500))).isEqualTo("old is not known, RESTING is needed");
        lane.run(lane.rest("old", M, BookSide.BID, 4_000, 500));
        lane.run(lane.cancel("c", M, "old"));
        assertThat(detail(replacement("b", 500))).isEqualTo("old is DONE, RESTING is needed");
    }

    @Test
    void what_has_filled_is_told_beside_what_both_may_have() {
        lane.run(lane.rest("old", M, BookSide.BID, 4_000, 500));
        lane.exchange.onceCancelling = () -> lane.exchange.fillResting("old", 200);
        assertThat(detail(replacement("new", 150)))
                .isEqualTo("old has filled, 2.00 of the 1.50 that it and its replacement may have: nothing is left");
    }

    @Test
    void an_order_that_turns_out_never_to_have_arrived_is_followed_by_none() {
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        lane.run(lane.rest("old", M, BookSide.BID, 4_000, 500));
        assertThat(lane.stateOf("old")).isEqualTo("UNKNOWN");
        lane.time.pause(10 * VirtualTime.SECOND);
        int posts = lane.exchange.posts;
        assertThat(detail(replacement("new", 500))).isEqualTo("old never was at the exchange: nothing takes its place");
        assertThat(lane.exchange.posts).isEqualTo(posts);
    }
}
