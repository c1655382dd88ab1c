package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Cancelled;
import voltage.order.ExecutionReport.Filled;
import voltage.order.ExecutionReport.Refused;
import voltage.order.ExecutionReport.Settled;
import voltage.order.Lane;
import voltage.order.RefusalReason;

/** What has gone wrong in live trading, by its number in facts/incidents.md, and what happens here instead. */
@Timeout(20)
class IncidentsTest {
    private final TestLane lane = new TestLane();

    private static RefusalReason reason(List<ExecutionReport> reports) {
        return ((Refused) reports.getFirst()).reason();
    }

    private void hold(long countE2) {
        lane.exchange.offer(M, 5_000, countE2);
        lane.run(lane.buy("held", M, Side.YES, 5_000, countE2));
        lane.exchange.emptyBook(M);
    }

    private void assertBooksBalance() {
        assertThat(lane.account().cashE6()).isEqualTo(lane.exchange.cashNowE6());
    }

    @Test
    void incident_1_a_second_entry_while_the_first_is_in_flight_is_refused() {
        lane.run(lane.rest("first", M, BookSide.BID, 4_000, 100));
        assertThat(reason(lane.run(lane.buy("second", M, Side.YES, 5_000, 100))))
                .isEqualTo(RefusalReason.IN_FLIGHT);
        assertThat(lane.exchange.orderCount()).isEqualTo(1);
    }

    @Test
    void incident_2_positions_that_lag_decide_nothing() {
        hold(500);
        lane.exchange.lagNanos = 300 * VirtualTime.SECOND;
        lane.run(lane.reconcile("r"));
        assertThat(lane.account().positionE2(M)).isEqualTo(500);
        lane.exchange.lagNanos = 0;
        lane.exchange.bid(M, 4_800, 500);
        assertThat(lane.run(lane.close("c", M))).hasOnlyElementsOfType(Filled.class);
    }

    @Test
    void incident_3_a_settlement_whose_verification_fails_is_booked_later_and_once() {
        hold(500);
        lane.exchange.settle(M, Side.YES);
        lane.exchange.readsFail = true;
        for (int i = 0; i < 5; i++) {
            assertThat(reason(lane.run(lane.settle("s" + i, M)))).isEqualTo(RefusalReason.NOT_YET);
        }
        lane.exchange.readsFail = false;
        lane.time.pause(6 * 3_600 * VirtualTime.SECOND);
        lane.run(lane.settle("late", M));
        lane.run(lane.settle("later", M));
        assertThat(lane.account().settlements()).isEqualTo(1);
        assertBooksBalance();
    }

    @Test
    void incident_4_closing_leaves_what_did_not_fill_in_the_books() {
        hold(500);
        lane.exchange.bid(M, 4_800, 200);
        lane.run(lane.close("c", M));
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        assertThat(lane.exchange.positionNowE2(M)).isEqualTo(300);
    }

    @Test
    void incident_5_a_settled_market_stays_settled_across_restarts() {
        hold(500);
        lane.exchange.settle(M, Side.NO);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.reconcile("r"));
        List<?> entries = lane.entries();
        for (int i = 0; i < 16; i++) {
            lane.restart(new Crash.Fuse(0));
            lane.run(i % 2 == 0 ? lane.reconcile("r" + i) : lane.settle("s" + i, M));
        }
        assertThat(lane.entries()).isEqualTo(entries);
        assertBooksBalance();
    }

    @Test
    void incident_6_an_exit_that_the_exchange_refuses_is_sent_once_a_command() {
        hold(500);
        for (int i = 0; i < 3; i++) {
            lane.exchange.placeFaults.add(Fault.RATE_LIMITED);
        }
        int before = lane.exchange.posts;
        lane.run(lane.close("c", M));
        assertThat(lane.exchange.posts).isEqualTo(before + 1);
    }

    @Test
    void incident_9_the_purpose_of_an_order_is_what_the_command_said_first() {
        PlaceOrder first = lane.buy("a", M, Side.YES, 5_000, 100);
        lane.run(first);
        lane.run(new PlaceOrder(first.header(), first.terms(), Purpose.SIGNAL_EXIT, first.seen()));
        assertThat(lane.ledger.find(Lane.PAPER, "a").orElseThrow().command()).isEqualTo(first);
    }

    @Test
    void incident_9_the_reason_of_an_exit_survives_whatever_a_retry_calls_itself() {
        lane.exchange.offer(M, 5_000, 100);
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        PlaceOrder exit = lane.exit("x", M, Side.YES, 4_000, 100);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(exit);
        lane.exchange.readsFail = false;
        lane.run(new PlaceOrder(exit.header(), exit.terms(), Purpose.OPERATOR_CLOSE, exit.seen()));
        lane.run(lane.reconcile("r"));
        assertThat(lane.stateOf("x")).isEqualTo("DONE");
        assertThat(lane.ledger.find(Lane.PAPER, "x").orElseThrow().command()).isEqualTo(exit);
        assertThat(lane.exchange.posts).isEqualTo(2);
    }

    @Test
    void incident_10_reconciling_seventy_times_adds_a_difference_once() {
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);
        lane.time.pause(VirtualTime.SECOND);
        for (int i = 0; i < 70; i++) {
            lane.run(lane.reconcile("r" + i));
        }
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        assertBooksBalance();
    }

    @Test
    void incident_11_a_no_trade_moves_the_ledger_as_it_moves_the_wallet() {
        lane.exchange.bid(M, 4_800, 1_000);
        lane.run(lane.buy("a", M, Side.NO, 5_300, 1_000));
        assertThat(lane.account().positionE2(M)).isEqualTo(-1_000);
        lane.exchange.offer(M, 4_790, 1_000);
        lane.run(lane.close("b", M));
        assertThat(lane.account().cashE6() - TestLane.DEPOSIT)
                .isEqualTo(lane.exchange.cashNowE6() - TestLane.DEPOSIT)
                .isNegative();
    }

    @Test
    void incident_12_a_closed_market_leads_to_one_settlement_query() {
        hold(500);
        lane.exchange.settle(M, Side.YES);
        lane.time.pause(VirtualTime.SECOND);
        int posts = lane.exchange.posts;
        List<ExecutionReport> reports = lane.run(lane.close("c", M));
        assertThat(reason(reports)).isEqualTo(RefusalReason.MARKET_CLOSED);
        assertThat(reports.getLast()).isInstanceOf(Settled.class);
        assertThat(lane.exchange.posts).isEqualTo(posts + 1);
        assertThat(lane.exchange.settlementReads).isEqualTo(1);
        assertBooksBalance();
    }

    @Test
    void incident_13_repeated_exits_never_cross_zero() {
        hold(500);
        lane.exchange.bid(M, 4_800, 5_000);
        for (int i = 0; i < 5; i++) {
            lane.run(lane.exit("x" + i, M, Side.YES, 4_000, 500));
        }
        assertThat(lane.exchange.positionNowE2(M)).isZero();
        assertThat(lane.stateOf("x4")).isEqualTo("REFUSED");
    }

    @Test
    void incident_13_an_exit_whose_end_is_unknown_is_not_doubled() {
        hold(500);
        lane.exchange.bid(M, 4_800, 5_000);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.lagNanos = 60 * VirtualTime.SECOND;
        lane.run(lane.exit("x", M, Side.YES, 4_000, 500));
        assertThat(reason(lane.run(lane.exit("y", M, Side.YES, 4_000, 500)))).isEqualTo(RefusalReason.IN_FLIGHT);
        assertThat(lane.exchange.ordersOf("y")).isZero();
    }

    @Test
    void incident_14_a_no_position_is_negative_and_closed_by_buying() {
        lane.exchange.bid(M, 4_800, 600);
        lane.run(lane.buy("a", M, Side.NO, 5_200, 600));
        assertThat(lane.account().positionE2(M)).isEqualTo(-600);
        assertThat(reason(lane.run(lane.exit("wrong", M, Side.YES, 4_000, 600))))
                .isEqualTo(RefusalReason.NOTHING_TO_REDUCE);
        lane.exchange.offer(M, 5_000, 600);
        lane.run(lane.close("b", M));
        assertThat(lane.exchange.positionNowE2(M)).isZero();
        assertBooksBalance();
    }

    @Test
    void incident_15_what_closes_at_any_price_never_rests() {
        hold(500);
        lane.exchange.bid(M, 4_800, 200);
        lane.run(lane.close("c", M));
        assertThat(lane.exchange.resting()).isEmpty();
        lane.exchange.bid(M, 4_800, 300);
        lane.time.pause(600 * VirtualTime.SECOND);
        lane.run(lane.reconcile("r"));
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        assertBooksBalance();
    }

    @Test
    void incident_16_an_order_whose_answer_timed_out_is_taken_down_and_its_fills_are_booked() {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        lane.exchange.fillResting("a", 200);
        lane.exchange.readsFail = false;
        assertThat(reason(lane.run(lane.buy("b", M, Side.YES, 5_000, 100)))).isEqualTo(RefusalReason.IN_FLIGHT);
        lane.run(lane.reconcile("r"));
        assertThat(lane.account().positionE2(M)).isEqualTo(200);
        assertThat(lane.exchange.cancels).isPositive();
        assertThat(lane.unfinished()).isZero();
        assertBooksBalance();
    }

    @Test
    void incident_16_a_cancel_that_finds_nothing_is_no_proof_for_the_order_had_filled() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        lane.exchange.fillResting("a", 500);
        List<ExecutionReport> reports = lane.run(lane.cancel("c", M, "a"));
        assertThat(reports.getFirst()).isInstanceOf(Filled.class);
        assertThat(reports.getLast())
                .isInstanceOfSatisfying(
                        Cancelled.class,
                        cancelled -> assertThat(cancelled.cancelledE2()).isZero());
        assertThat(lane.account().positionE2(M)).isEqualTo(500);
    }

    @Test
    void incident_17_an_exit_is_booked_at_its_execution_not_at_its_quote() {
        hold(500);
        lane.exchange.bid(M, 9_000, 500);
        List<ExecutionReport> reports = lane.run(lane.exit("x", M, Side.YES, 8_700, 500));
        assertThat(((Filled) reports.getFirst()).fills().getFirst().yesPriceE4())
                .isEqualTo(9_000);
        assertBooksBalance();
    }

    @Test
    void incident_19_contracts_sold_before_settlement_are_paid_nothing() {
        hold(500);
        lane.exchange.bid(M, 4_800, 500);
        lane.run(lane.close("c", M));
        lane.exchange.settle(M, Side.YES);
        lane.time.pause(VirtualTime.SECOND);
        long before = lane.account().cashE6();
        assertThat(lane.run(lane.settle("s", M)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Settled.class,
                        settled -> assertThat(settled.revenueE6()).isZero());
        assertThat(lane.account().cashE6()).isEqualTo(before).isEqualTo(lane.exchange.cashNowE6());
    }

    @Test
    void incident_23_an_order_that_a_crash_left_open_without_a_position_blocks_entries_only_until_it_is_reconciled() {
        lane.exchange.offer(M, 5_000, 100);
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        lane.restart(new Crash.Fuse(0));
        assertThat(lane.run(lane.buy("b", M, Side.YES, 5_000, 100)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.IN_FLIGHT));
        lane.time.pause(10 * VirtualTime.SECOND);
        lane.run(lane.reconcile("r"));
        assertThat(lane.unfinished()).isZero();
        assertThat(lane.run(lane.buy("c", M, Side.YES, 5_000, 100))).hasOnlyElementsOfType(Filled.class);
    }
}
