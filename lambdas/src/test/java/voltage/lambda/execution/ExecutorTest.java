package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static voltage.lambda.execution.TestLane.M;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.PlaceOrder;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Accepted;
import voltage.order.ExecutionReport.Cancelled;
import voltage.order.ExecutionReport.Corrected;
import voltage.order.ExecutionReport.Filled;
import voltage.order.ExecutionReport.Refused;
import voltage.order.ExecutionReport.Settled;
import voltage.order.ExecutionReport.Unknown;
import voltage.order.Lane;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.TimeInForce;

@Timeout(20)
class ExecutorTest {
    private final TestLane lane = new TestLane();

    private static RefusalReason reason(List<ExecutionReport> reports) {
        return ((Refused) reports.getFirst()).reason();
    }

    private void assertBooksBalance() {
        assertThat(lane.account().cashE6()).isEqualTo(lane.exchange.cashNowE6());
    }

    @Test
    void an_order_is_booked_at_the_prices_and_fees_of_its_fills() {
        lane.exchange.offer(M, 4_000, 300);
        lane.exchange.offer(M, 5_000, 1_000);
        List<ExecutionReport> reports = lane.run(lane.buy("a", M, Side.YES, 5_500, 1_000));
        assertThat(reports).singleElement().isInstanceOfSatisfying(Filled.class, filled -> {
            assertThat(filled.isDone()).isTrue();
            assertThat(filled.fills()).hasSize(2);
        });
        assertThat(lane.account().positionE2(M)).isEqualTo(1_000);
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
        assertBooksBalance();
    }

    @Test
    void nothing_to_hit_is_a_cancelled_order() {
        assertThat(lane.run(lane.buy("a", M, Side.NO, 5_500, 1_000)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Cancelled.class,
                        cancelled -> assertThat(cancelled.cancelledE2()).isEqualTo(1_000));
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
    }

    @Test
    void a_finished_command_delivered_again_reports_again_and_does_nothing_even_when_late() {
        lane.exchange.offer(M, 5_000, 5_000);
        PlaceOrder order = lane.buy("a", M, Side.YES, 5_500, 1_000);
        List<ExecutionReport> first = lane.run(order);
        lane.time.pause(60 * VirtualTime.SECOND);
        assertThat(lane.run(order)).isEqualTo(first);
        assertThat(lane.exchange.posts).isEqualTo(1);
    }

    @Test
    void a_late_entry_is_refused_recorded_and_never_sent() {
        PlaceOrder order = lane.buy("a", M, Side.YES, 5_500, 1_000);
        lane.time.pause(2 * VirtualTime.SECOND);
        List<ExecutionReport> reports = lane.run(order);
        assertThat(reason(reports)).isEqualTo(RefusalReason.LATE);
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
        assertThat(lane.exchange.posts).isZero();
    }

    @Test
    void a_raised_fence_voids_entries_and_exits_but_no_cancel_and_no_book_keeping() {
        lane.run(lane.rest("r", M, BookSide.BID, 3_000, 100));
        lane.state(true, false, false, 1, 0);
        assertThat(reason(lane.run(lane.buy("a", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.FENCED);
        assertThat(reason(lane.run(lane.close("b", M)))).isEqualTo(RefusalReason.FENCED);
        assertThat(lane.run(lane.cancel("c", M, "r"))).hasOnlyElementsOfType(Cancelled.class);
        lane.run(lane.reconcile("d"));
        assertThat(lane.stateOf("d")).isEqualTo("DONE");
    }

    @Test
    void a_stale_lease_a_pause_a_halt_and_a_disarmed_lane_stop_entries_and_let_exits_run() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.bid(M, 4_800, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 400));
        lane.state(true, false, false, 0, 7);
        assertThat(reason(lane.run(lane.buy("b", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.STALE_LEASE);
        lane.state(true, true, false, 0, 0);
        assertThat(reason(lane.run(lane.buy("c", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.PAUSED);
        lane.state(true, true, true, 0, 0);
        assertThat(reason(lane.run(lane.buy("d", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.HALTED);
        lane.state(false, true, true, 0, 0);
        assertThat(reason(lane.run(lane.buy("e", M, Side.YES, 5_500, 100)))).isEqualTo(RefusalReason.DISARMED);
        lane.state(false, true, true, 0, 7);
        assertThat(lane.run(lane.exit("f", M, Side.YES, 4_000, 400))).hasOnlyElementsOfType(Filled.class);
        assertThat(lane.account().positionE2(M)).isZero();
    }

    @Test
    void a_lost_answer_is_unknown_then_found_and_booked_and_never_sent_again() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        List<ExecutionReport> reports = lane.run(lane.buy("a", M, Side.YES, 5_500, 1_000));
        assertThat(reports.getFirst()).isInstanceOf(Unknown.class);
        assertThat(reports.getLast()).isInstanceOf(Filled.class);
        assertThat(lane.exchange.posts).isEqualTo(1);
        assertBooksBalance();
    }

    @Test
    void
            an_order_lost_on_the_way_is_refused_only_once_its_signature_has_expired_and_data_newer_than_that_show_nothing() {
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        long sent = lane.time.getAsLong();
        assertThat(lane.run(lane.buy("a", M, Side.YES, 5_500, 1_000))).hasOnlyElementsOfType(Unknown.class);
        lane.time.pause(sent + 5 * VirtualTime.SECOND - lane.time.getAsLong());
        lane.run(lane.reconcile("early"));
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        lane.time.pause(sent + 11 * VirtualTime.SECOND - lane.time.getAsLong());
        lane.run(lane.reconcile("later"));
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
        assertThat(lane.exchange.posts).isEqualTo(1);
    }

    @Test
    void stale_reads_leave_it_unknown_which_blocks_entries_until_reconciliation_finds_it() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.lagNanos = 60 * VirtualTime.SECOND;
        lane.run(lane.buy("a", M, Side.YES, 5_500, 500));
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        assertThat(reason(lane.run(lane.buy("b", "KXBTC15M-OTHER", Side.YES, 5_500, 500))))
                .isEqualTo(RefusalReason.IN_FLIGHT);
        lane.exchange.lagNanos = 0;
        assertThat(lane.run(lane.reconcile("r"))).hasOnlyElementsOfType(Filled.class);
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
        assertBooksBalance();
    }

    @Test
    void fills_that_do_not_come_leave_the_order_unknown_and_are_booked_later() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.fillLagNanos = 30 * VirtualTime.SECOND;
        List<ExecutionReport> reports = lane.run(lane.buy("a", M, Side.YES, 5_500, 1_000));
        assertThat(reports)
                .singleElement()
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.cause()).contains("fills due: 0 of 1000"));
        assertThat(lane.account().positionE2(M)).isZero();
        lane.time.pause(30 * VirtualTime.SECOND);
        assertThat(lane.run(lane.close("b", M)).getFirst()).isInstanceOf(Filled.class);
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
        assertBooksBalance();
    }

    @Test
    void a_lost_order_is_not_ended_before_all_its_fills_are_there() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.fillLagNanos = 60 * VirtualTime.SECOND;
        lane.run(lane.buy("a", M, Side.YES, 5_500, 500));
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        lane.exchange.fillLagNanos = 0;
        assertThat(lane.run(lane.reconcile("r")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Filled.class, filled -> assertThat(filled.commandId()).isEqualTo("a"));
    }

    @Test
    void an_order_that_was_answered_exists_whatever_the_listing_says() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.fillLagNanos = 60 * VirtualTime.SECOND;
        lane.exchange.listingLagNanos = 60 * VirtualTime.SECOND;
        lane.run(lane.buy("a", M, Side.YES, 5_500, 500));
        for (int i = 0; i < 3; i++) {
            lane.run(lane.close("c" + i, M));
        }
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        lane.time.pause(60 * VirtualTime.SECOND);
        lane.run(lane.reconcile("r"));
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
        assertBooksBalance();
    }

    @Test
    void asking_is_bounded_and_ends_in_an_alert() {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(lane.buy("a", M, Side.YES, 5_500, 500));
        for (int i = 0; i < 10; i++) {
            lane.run(lane.close("x" + i, M));
        }
        assertThat(lane.reports.stream()
                        .filter(report -> report instanceof Unknown unknown
                                && unknown.cause().startsWith("ALERT")))
                .hasSize(1);
        long before = lane.time.getAsLong();
        lane.run(lane.close("y", M));
        assertThat(lane.time.getAsLong() - before).isLessThan(VirtualTime.SECOND);
        assertThat(lane.exchange.posts).isEqualTo(1);
    }

    @Test
    void a_duplicate_client_order_id_is_asked_for() {
        lane.exchange.offer(M, 5_000, 1_000);
        // The order of an earlier life whose ledger write never happened.
        lane.exchange.strayOrder("KXBTC15M-ELSEWHERE", BookSide.BID, 5_000, 100);
        PlaceOrder order = lane.buy("stray-order-1", "KXBTC15M-ELSEWHERE", Side.YES, 5_500, 100);
        List<ExecutionReport> reports = lane.run(order);
        assertThat(reports.getFirst()).isInstanceOf(Unknown.class);
        assertThat(reports.getLast()).isInstanceOf(Filled.class);
        assertBooksBalance();
    }

    @Test
    void rejections_are_refusals_with_their_reason() {
        lane.exchange.placeFaults.add(Fault.RATE_LIMITED);
        assertThat(reason(lane.run(lane.buy("a", M, Side.YES, 5_500, 500)))).isEqualTo(RefusalReason.ORDER_RATE_LIMIT);
        assertThat(lane.exchange.posts).isEqualTo(1);
    }

    @Test
    void a_key_that_is_not_accepted_disarms_the_lane() {
        lane.exchange.placeFaults.add(Fault.NOT_AUTHORISED);
        assertThat(reason(lane.run(lane.buy("a", M, Side.YES, 5_500, 500)))).isEqualTo(RefusalReason.NOT_AUTHORISED);
        assertThat(reason(lane.run(lane.buy("b", M, Side.YES, 5_500, 500)))).isEqualTo(RefusalReason.DISARMED);
        lane.run(new Command.SwitchLane(lane.header("c"), true, false, "new key"));
        lane.exchange.offer(M, 5_000, 500);
        assertThat(lane.run(lane.buy("d", M, Side.YES, 5_500, 500))).hasOnlyElementsOfType(Filled.class);
    }

    @Test
    void a_switch_leaves_the_other_as_somebody_else_has_set_it_meanwhile() {
        // Sent while the lane was armed and not paused; disarmed before it was carried out.
        Command pause = Command.SwitchLane.pausing(lane.header("pause"), true, "for now");
        lane.run(Command.SwitchLane.arming(lane.header("disarm"), false, "no more"));
        lane.run(pause);
        assertThat(lane.ledger.laneState(Lane.PAPER).armed()).isFalse();
        assertThat(lane.ledger.laneState(Lane.PAPER).paused()).isTrue();
        lane.run(Command.SwitchLane.arming(lane.header("arm"), true, "go"));
        assertThat(lane.ledger.laneState(Lane.PAPER).paused()).isTrue();
        lane.run(Command.SwitchLane.pausing(lane.header("unpause"), false, "go"));
        assertThat(lane.ledger.laneState(Lane.PAPER).armed()).isTrue();
        assertThat(lane.ledger.laneState(Lane.PAPER).paused()).isFalse();
    }

    @Test
    void server_errors_before_and_after_acceptance_end_in_what_really_happened() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.exchange.placeFaults.add(Fault.SERVER_ERROR_BEFORE);
        assertThat(lane.run(lane.buy("a", M, Side.YES, 5_500, 500)).getLast()).isInstanceOf(Unknown.class);
        lane.time.pause(10 * VirtualTime.SECOND);
        lane.run(lane.reconcile("x"));
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
        lane.exchange.placeFaults.add(Fault.SERVER_ERROR_AFTER);
        assertThat(lane.run(lane.buy("b", M, Side.YES, 5_500, 500)).getLast()).isInstanceOf(Filled.class);
        assertThat(lane.account().positionE2(M)).isEqualTo(500);
        assertBooksBalance();
    }

    @Test
    void a_killed_fill_or_kill_order_is_a_normal_end() {
        lane.exchange.offer(M, 5_000, 100);
        OrderTerms terms = new OrderTerms(M, 2, BookSide.BID, 5_500, 500, TimeInForce.FILL_OR_KILL, 0, false, false);
        PlaceOrder order = new PlaceOrder(
                lane.header("a"), terms, Command.Purpose.ENTRY, new Command.SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE));
        assertThat(lane.run(order)).hasOnlyElementsOfType(Cancelled.class);
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
    }

    @Test
    void a_resting_order_fills_in_parts_and_is_cancelled() {
        assertThat(lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.restingE2()).isEqualTo(500));
        lane.exchange.fillResting("r", 200);
        lane.time.pause(VirtualTime.SECOND);
        assertThat(lane.run(lane.reconcile("c1"))).singleElement().isInstanceOfSatisfying(Filled.class, filled -> {
            assertThat(filled.isDone()).isFalse();
            assertThat(filled.commandId()).isEqualTo("r");
        });
        lane.exchange.fillResting("r", 100);
        List<ExecutionReport> reports = lane.run(lane.cancel("c", M, "r"));
        assertThat(reports.getFirst()).isInstanceOf(Filled.class);
        assertThat(reports.getLast())
                .isInstanceOfSatisfying(
                        Cancelled.class,
                        cancelled -> assertThat(cancelled.cancelledE2()).isEqualTo(200));
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        assertThat(lane.unfinished()).isZero();
        assertThat(reason(lane.run(lane.cancel("again", M, "r")))).isEqualTo(RefusalReason.NOT_OPEN);
        assertBooksBalance();
    }

    @Test
    void an_amendment_changes_the_resting_order_and_a_lost_answer_to_one_is_looked_up() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_500, 600));
        OrderTerms terms = lane.rest("x", M, BookSide.BID, 4_100, 600).terms();
        assertThat(lane.run(new Command.AmendOrder(lane.header("a"), "r", terms)))
                .hasOnlyElementsOfType(Accepted.class);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        OrderTerms again = lane.rest("x", M, BookSide.BID, 4_200, 600).terms();
        List<ExecutionReport> reports = lane.run(new Command.AmendOrder(lane.header("b"), "r", again));
        assertThat(reports.getFirst()).isInstanceOf(Unknown.class);
        assertThat(reports.getLast()).isInstanceOf(Accepted.class);
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        OrderTerms third = lane.rest("x", M, BookSide.BID, 4_300, 600).terms();
        assertThat(lane.run(new Command.AmendOrder(lane.header("c"), "r", third))
                        .getLast())
                .isInstanceOf(Unknown.class);
        lane.time.pause(10 * VirtualTime.SECOND);
        lane.run(lane.reconcile("x"));
        assertThat(lane.stateOf("c")).isEqualTo("REFUSED");
        OrderTerms elsewhere =
                lane.rest("x", "KXBTC15M-OTHER", BookSide.BID, 4_300, 600).terms();
        assertThat(reason(lane.run(new Command.AmendOrder(lane.header("d"), "none", elsewhere))))
                .isEqualTo(RefusalReason.NOT_OPEN);
    }

    @Test
    void a_settlement_is_not_yet_until_it_is_paid_and_then_booked_once() {
        lane.exchange.offer(M, 5_000, 500);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 500));
        assertThat(reason(lane.run(lane.settle("s1", M)))).isEqualTo(RefusalReason.NOT_YET);
        lane.exchange.settlementLagNanos = 5 * VirtualTime.SECOND;
        lane.exchange.settle(M, Side.YES);
        assertThat(reason(lane.run(lane.settle("s2", M)))).isEqualTo(RefusalReason.NOT_YET);
        lane.time.pause(6 * VirtualTime.SECOND);
        assertThat(lane.run(lane.settle("s3", M)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Settled.class,
                        settled -> assertThat(settled.revenueE6()).isEqualTo(5_000_000));
        assertThat(lane.run(lane.settle("s4", M))).hasOnlyElementsOfType(Settled.class);
        assertThat(lane.account().settlements()).isEqualTo(1);
        assertBooksBalance();
    }

    @Test
    void a_market_in_which_nothing_was_held_settles_at_nothing() {
        lane.exchange.settle(M, Side.NO);
        assertThat(lane.run(lane.settle("s", M)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Settled.class,
                        settled -> assertThat(settled.revenueE6()).isZero());
        assertThat(lane.account().settlements()).isZero();
    }

    @Test
    void a_revenue_of_zero_is_computed_from_counts_and_result() {
        lane.exchange.offer(M, 5_000, 500);
        lane.run(lane.buy("a", M, Side.YES, 5_500, 500));
        lane.exchange.revenueReadsZero = true;
        lane.exchange.settle(M, Side.YES);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.settle("s", M));
        assertBooksBalance();
    }

    @Test
    void reconciliation_adopts_fills_that_nobody_reported_and_a_second_one_finds_nothing() {
        lane.exchange.strayOrder(M, BookSide.ASK, 4_000, 300);
        lane.time.pause(VirtualTime.SECOND);
        assertThat(lane.run(lane.reconcile("r1")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Corrected.class,
                        corrected -> assertThat(corrected.fills()).hasSize(1));
        assertThat(lane.account().positionE2(M)).isEqualTo(-300);
        assertThat(lane.run(lane.reconcile("r2"))).isEmpty();
        assertBooksBalance();
    }

    @Test
    void an_exchange_that_does_not_answer_makes_reconciliation_wait() {
        lane.exchange.readsFail = true;
        assertThat(reason(lane.run(lane.reconcile("r")))).isEqualTo(RefusalReason.NOT_YET);
    }

    @Test
    void a_command_of_another_lane_is_not_carried_out() {
        Command.Header live = new Command.Header("a", Lane.LIVE, 0, Long.MAX_VALUE, 0, 0);
        assertThatThrownBy(() -> lane.run(new Command.Reconcile(live)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("live");
    }
}
