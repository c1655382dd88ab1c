package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Accepted;
import voltage.order.ExecutionReport.Cancelled;
import voltage.order.ExecutionReport.Filled;
import voltage.order.ExecutionReport.Refused;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.RefusalReason;
import voltage.risk.RiskLimits;

/** Cancel and replace as one command. */
@Timeout(30)
class OrderReplaceTest {
    private static final String OTHER = "KXBTC15M-OTHER";

    private final TestLane lane = new TestLane();

    /** In place of "old", which rests at 0.40 for 5 contracts. */
    private PlaceOrder replacement(String id, int yesPriceE4, long countE2) {
        return lane.rest(id, M, BookSide.BID, yesPriceE4, countE2).replacing("old");
    }

    private void oldRests() {
        lane.run(lane.rest("old", M, BookSide.BID, 4_000, 500));
        lane.time.pause(VirtualTime.SECOND);
    }

    private long restingE2() {
        lane.time.pause(VirtualTime.SECOND);
        return lane.exchange.resting().stream()
                .mapToLong(Exchange.OrderView::remainingE2)
                .sum();
    }

    private void assertRefused(List<ExecutionReport> reports, RefusalReason reason) {
        assertThat(reports.getLast())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private void assertOldIsUntouched() {
        assertThat(lane.exchange.cancels).isZero();
        assertThat(lane.stateOf("old")).isEqualTo("RESTING");
    }

    private void assertBooksBalance() {
        assertThat(lane.account().cashE6()).isEqualTo(lane.exchange.cashNowE6());
        assertThat(lane.account().positionE2(M)).isEqualTo(lane.exchange.positionNowE2(M));
    }

    @Test
    void the_old_order_ends_first_and_the_new_one_takes_its_place() {
        oldRests();
        List<ExecutionReport> reports = lane.run(replacement("new", 4_100, 500));
        assertThat(reports).hasSize(2);
        assertThat(reports.getFirst())
                .isInstanceOfSatisfying(
                        Cancelled.class, end -> assertThat(end.commandId()).isEqualTo("old"));
        assertThat(reports.getLast()).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.commandId()).isEqualTo("new");
            assertThat(accepted.restingE2()).isEqualTo(500);
        });
        assertThat(lane.stateOf("old")).isEqualTo("DONE");
        assertThat(lane.stateOf("new")).isEqualTo("RESTING");
        assertThat(restingE2()).isEqualTo(500);
    }

    @Test
    void what_the_old_order_has_filled_by_its_end_is_booked_first_and_taken_off() {
        oldRests();
        lane.exchange.fillResting("old", 120);
        // And a part between the decision and the cancel's arrival.
        lane.exchange.onceCancelling = () -> lane.exchange.fillResting("old", 80);
        List<ExecutionReport> reports = lane.run(replacement("new", 4_100, 600));
        assertThat(reports.getFirst()).isInstanceOfSatisfying(Filled.class, filled -> {
            assertThat(filled.commandId()).isEqualTo("old");
            assertThat(LaneDesk.totalE2(filled.fills())).isEqualTo(200);
            assertThat(filled.isDone()).isTrue();
        });
        assertThat(restingE2()).isEqualTo(400);
        assertBooksBalance();
    }

    @Test
    void nothing_is_placed_if_the_old_order_filled_whole_meanwhile() {
        oldRests();
        lane.exchange.onceCancelling = () -> lane.exchange.fillResting("old", 500);
        int posts = lane.exchange.posts;
        List<ExecutionReport> reports = lane.run(replacement("new", 4_100, 500));
        assertRefused(reports, RefusalReason.NOT_OPEN);
        assertThat(reports.getFirst()).isInstanceOf(Filled.class);
        assertThat(lane.exchange.posts).isEqualTo(posts);
        assertThat(lane.account().positionE2(M)).isEqualTo(500);
        assertBooksBalance();
    }

    @Test
    void an_old_order_that_has_more_than_both_may_have_is_taken_down_and_not_replaced() {
        oldRests();
        lane.exchange.fillResting("old", 200);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.reconcile("books the fill"));
        assertRefused(lane.run(replacement("new", 4_100, 150)), RefusalReason.NOT_OPEN);
        assertThat(restingE2()).isZero();
        assertThat(lane.unfinished()).isZero();
    }

    @Test
    void while_the_old_orders_end_is_not_certain_nothing_is_placed_and_it_is_resolved_like_any_other() {
        oldRests();
        lane.exchange.onceCancelling = () -> lane.exchange.fillResting("old", 100);
        lane.exchange.listingLagNanos = 3_600 * VirtualTime.SECOND;
        int posts = lane.exchange.posts;
        assertRefused(lane.run(replacement("new", 4_100, 500)), RefusalReason.NOT_YET);
        assertThat(lane.exchange.posts).isEqualTo(posts);
        assertThat(lane.stateOf("old")).isEqualTo("UNKNOWN");
        lane.exchange.listingLagNanos = 0;
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.reconcile("later"));
        assertThat(lane.stateOf("old")).isEqualTo("DONE");
        assertThat(lane.exchange.posts).isEqualTo(posts);
        assertThat(restingE2()).isZero();
        assertBooksBalance();
    }

    @Test
    void a_cancel_whose_answer_or_request_is_lost_changes_nothing_about_the_outcome() {
        for (Fault fault : List.of(Fault.ANSWER_LOST, Fault.LOST_ON_THE_WAY)) {
            TestLane other = new TestLane();
            other.run(other.rest("old", M, BookSide.BID, 4_000, 500));
            other.time.pause(VirtualTime.SECOND);
            other.exchange.cancelFaults.add(fault);
            other.run(lasting(other.rest("new", M, BookSide.BID, 4_100, 500)).replacing("old"));
            assertThat(other.stateOf("old")).as("%s", fault).isEqualTo("DONE");
            assertThat(other.stateOf("new")).as("%s", fault).isEqualTo("RESTING");
        }
    }

    private static PlaceOrder lasting(PlaceOrder order) {
        Header header = order.header();
        return new PlaceOrder(
                new Header(header.id(), Lane.PAPER, header.decidedNanos(), Long.MAX_VALUE, 0, header.fenceEpoch()),
                order.terms(),
                order.purpose(),
                order.seen());
    }

    @Test
    void what_the_gate_would_not_let_out_leaves_the_old_order_where_it_is() {
        oldRests();
        assertRefused(lane.run(replacement("big", 4_100, 2_600)), RefusalReason.ORDER_SIZE_LIMIT);
        lane.state(true, true, false, 0, 0);
        assertRefused(lane.run(replacement("paused", 4_100, 500)), RefusalReason.PAUSED);
        lane.state(true, false, true, 1, 0);
        assertRefused(lane.run(replacement("fenced", 4_100, 500)), RefusalReason.FENCED);
        assertOldIsUntouched();
    }

    @Test
    void without_a_group_the_old_order_is_left_where_it_is() {
        oldRests();
        lane.restart(new Crash.Fuse(0));
        lane.exchange.group.failures.add("HTTP 503");
        assertRefused(lane.run(replacement("new", 4_100, 500)), RefusalReason.NO_ORDER_GROUP);
        assertOldIsUntouched();
    }

    @Test
    void limits_are_judged_in_place_of_the_old_order() {
        RiskLimits wide = TestLane.WIDE;
        lane.withLimits(new RiskLimits(
                500,
                500,
                1,
                wide.dailyLossE6(),
                wide.dailyLossShareE4(),
                wide.weeklyLossShareE4(),
                wide.drawdownShareE4(),
                // 0.25 % of a thousand dollars: one of the two, not both.
                25,
                wide.flow(),
                wide.closeCutoffNanos(),
                wide.series()));
        oldRests();
        lane.exchange.fillResting("old", 200);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.reconcile("books the fill"));
        lane.run(replacement("new", 4_100, 500));
        assertThat(lane.stateOf("new")).isEqualTo("RESTING");
        assertThat(restingE2()).isEqualTo(300);
    }

    @Test
    void only_an_open_order_of_the_same_market_and_side_can_be_replaced() {
        oldRests();
        assertRefused(
                lane.run(lane.rest("a", OTHER, BookSide.BID, 4_100, 500).replacing("old")), RefusalReason.NOT_OPEN);
        assertRefused(lane.run(lane.rest("b", M, BookSide.ASK, 6_000, 500).replacing("old")), RefusalReason.NOT_OPEN);
        assertRefused(
                lane.run(lane.rest("c", M, BookSide.BID, 4_100, 500).replacing("nobody")), RefusalReason.NOT_OPEN);
        assertOldIsUntouched();
        lane.run(lane.cancel("cancel", M, "old"));
        int posts = lane.exchange.posts;
        assertRefused(lane.run(replacement("d", 4_100, 500)), RefusalReason.NOT_OPEN);
        assertThat(lane.exchange.posts).isEqualTo(posts);
    }

    @Test
    void one_order_is_replaced_once_even_if_its_replacement_has_filled_already() {
        oldRests();
        PlaceOrder second =
                lasting(lane.rest("second", M, BookSide.BID, 4_200, 500)).replacing("old");
        lane.run(replacement("first", 4_100, 500));
        lane.exchange.fillResting("first", 500);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.reconcile("books the fill"));
        assertRefused(lane.run(second), RefusalReason.NOT_OPEN);
        assertThat(lane.account().positionE2(M)).isEqualTo(500);
        assertThat(restingE2()).isZero();
    }

    @Test
    void a_post_only_replacement_that_would_take_is_a_normal_refusal() {
        oldRests();
        lane.exchange.refusesToCross = true;
        lane.exchange.offer(M, 4_500, 500);
        assertRefused(lane.run(replacement("new", 4_500, 500)), RefusalReason.EXCHANGE_REJECTED);
        assertThat(lane.unfinished()).isZero();
        assertThat(restingE2()).isZero();
    }

    @Test
    void a_replacement_that_became_late_while_the_old_order_was_taken_down_is_not_placed() {
        oldRests();
        lane.exchange.lagNanos = 2 * VirtualTime.SECOND;
        int posts = lane.exchange.posts;
        assertRefused(lane.run(replacement("new", 4_100, 500)), RefusalReason.LATE);
        assertThat(lane.exchange.posts).isEqualTo(posts);
        assertThat(lane.stateOf("old")).isEqualTo("DONE");
    }

    @Test
    void a_replacement_delivered_again_reports_again_and_sends_nothing() {
        oldRests();
        PlaceOrder replacement = replacement("new", 4_100, 500);
        lane.run(replacement);
        int posts = lane.exchange.posts;
        int cancels = lane.exchange.cancels;
        assertThat(lane.run(replacement)).singleElement().isInstanceOf(Accepted.class);
        assertThat(lane.exchange.posts).isEqualTo(posts);
        assertThat(lane.exchange.cancels).isEqualTo(cancels);
    }

    @Test
    void one_that_died_half_way_and_is_never_delivered_again_is_given_up_by_the_reconciliation() {
        oldRests();
        PlaceOrder replacement = replacement("new", 4_100, 500);
        lane.ledger.record(replacement, lane.time.getAsLong());
        lane.ledger.apply(
                Lane.PAPER,
                new Ledger.LedgerChange(
                        "new", new CommandState.Received(), new CommandState.Replacing(), List.of(), List.of()));
        lane.run(lane.reconcile("r"));
        assertThat(lane.ledger.find(Lane.PAPER, "new").orElseThrow().state())
                .isEqualTo(new CommandState.Refused(RefusalReason.LATE));
        assertThat(lane.stateOf("old")).isEqualTo("RESTING");
    }

    @Test
    void a_key_that_may_not_cancel_places_nothing() {
        oldRests();
        int posts = lane.exchange.posts;
        lane.exchange.cancelFaults.add(Fault.NOT_AUTHORISED);
        assertRefused(lane.run(replacement("new", 4_100, 500)), RefusalReason.NOT_AUTHORISED);
        assertThat(lane.exchange.posts).isEqualTo(posts);
        assertThat(lane.stateOf("old")).isEqualTo("RESTING");
    }

    @Test
    void an_entry_that_is_taken_at_once_can_take_the_place_of_one_that_rests() {
        oldRests();
        lane.exchange.offer(M, 5_000, 1_000);
        lane.run(lane.buy("new", M, Side.YES, 5_500, 500).replacing("old"));
        assertThat(lane.account().positionE2(M)).isEqualTo(500);
        assertThat(restingE2()).isZero();
        assertThat(lane.stateOf("old")).isEqualTo("DONE");
        assertBooksBalance();
    }
}
