package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.PlaceOrder;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Accepted;
import voltage.order.ExecutionReport.Cancelled;
import voltage.order.ExecutionReport.Filled;
import voltage.order.ExecutionReport.Reconciled;
import voltage.order.ExecutionReport.Refused;
import voltage.order.ExecutionReport.Unknown;
import voltage.order.Lane;
import voltage.order.Reconciliation;
import voltage.order.RefusalReason;

/** How often, how long and in which order the exchange is asked: the mutants that the tests of behaviour leave alive. */
@Timeout(20)
class ExecutionEdgesTest {
    /** A request to the exchange, and what {@link TestLane#run} adds after a command. */
    private static final long REQUEST_AND_REST = 120 * VirtualTime.MILLI;

    private final TestLane lane = new TestLane();
    private long startedNanos;

    @BeforeEach
    void reads_are_current() {
        lane.exchange.lagNanos = 0;
        startedNanos = lane.time.getAsLong();
    }

    private long tookNanos() {
        return lane.time.getAsLong() - startedNanos;
    }

    private AmendOrder amend(String id, String target, int yesPriceE4, long countE2) {
        return new AmendOrder(
                lane.header(id),
                target,
                lane.rest("x", M, BookSide.BID, yesPriceE4, countE2).terms());
    }

    private static String detail(List<ExecutionReport> reports) {
        return ((Refused) reports.getLast()).detail();
    }

    private List<Reconciliation.Finding> findings() {
        return lane.reports.stream()
                .filter(Reconciled.class::isInstance)
                .map(report -> ((Reconciled) report).result().findings())
                .toList()
                .getLast();
    }

    @Test
    void what_can_be_seen_at_once_is_not_waited_for() {
        lane.exchange.offer(M, 5_000, 1_000);
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(tookNanos()).isEqualTo(REQUEST_AND_REST);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.run(lane.buy("b", M, Side.YES, 5_000, 100));
        assertThat(tookNanos()).isEqualTo(2 * REQUEST_AND_REST);
    }

    @Test
    void an_order_is_absent_after_two_answers_from_data_past_the_life_of_its_signature() {
        lane.exchange.lagNanos = 100 * VirtualTime.MILLI;
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        // Past ten seconds: the data of the second round's fifth answer is 1.5 s newer than its beginning, the sixth
        // agrees.
        lane.time.pause(startedNanos + 10 * VirtualTime.SECOND - lane.time.getAsLong());
        startedNanos = lane.time.getAsLong();
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(tookNanos()).isBetween(5 * 400 * VirtualTime.MILLI, 5 * 400 * VirtualTime.MILLI + REQUEST_AND_REST);
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
    }

    @Test
    void an_exchange_whose_clock_is_ahead_is_not_believed_sooner() {
        lane.exchange.lagNanos = -10 * VirtualTime.SECOND;
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(tookNanos()).isGreaterThan(1_500 * VirtualTime.MILLI);
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
    }

    @Test
    void a_round_of_asking_begins_no_question_after_its_time() {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.exchange.readNanos = 4 * VirtualTime.SECOND;
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        // The second begins in the round's last moment, a third does not.
        assertThat(tookNanos()).isEqualTo(8_400 * VirtualTime.MILLI + REQUEST_AND_REST);
    }

    @Test
    void an_order_found_resting_is_taken_down_on_its_shard_and_the_cancel_repeated_within_bounds() {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        for (int i = 0; i < 10; i++) {
            lane.exchange.cancelFaults.add(Fault.LOST_ON_THE_WAY);
        }
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 100));
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        assertThat(lane.exchange.cancels).isEqualTo(2);
        assertThat(lane.exchange.cancelledIndex).isEqualTo(2);
    }

    @Test
    void fills_are_waited_for_within_bounds_and_those_that_came_are_booked() {
        lane.exchange.offer(M, 4_000, 300);
        lane.exchange.offer(M, 5_000, 700);
        lane.exchange.hiddenFills = 1;
        List<ExecutionReport> reports = lane.run(lane.buy("a", M, Side.YES, 5_000, 1_000));
        assertThat(tookNanos()).isEqualTo(5 * 400 * VirtualTime.MILLI + REQUEST_AND_REST);
        assertThat(reports).hasSize(2);
        assertThat(reports.getFirst())
                .isInstanceOfSatisfying(
                        Filled.class, filled -> assertThat(filled.isDone()).isFalse());
        assertThat(reports.getLast())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.cause()).contains("fills due: 300 of 1000"));
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        lane.exchange.hiddenFills = 0;
        lane.run(lane.reconcile("r"));
        assertThat(lane.account().positionE2(M)).isEqualTo(1_000);
    }

    @Test
    void what_fills_after_the_answer_is_taken_off_what_rests() {
        lane.exchange.offer(M, 4_000, 200);
        lane.exchange.onceAccepted = () -> lane.exchange.fillResting("a", 100);
        List<ExecutionReport> reports = lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        assertThat(reports).hasExactlyElementsOfTypes(Accepted.class, Filled.class);
        assertThat(((Filled) reports.getLast()).isDone()).isFalse();
        assertThat(lane.stateOf("a")).isEqualTo("RESTING");
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
    }

    @Test
    void an_order_whose_rest_fills_after_the_answer_is_done() {
        lane.exchange.offer(M, 4_000, 200);
        lane.exchange.onceAccepted = () -> lane.exchange.fillResting("a", 300);
        assertThat(lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Filled.class, filled -> assertThat(filled.isDone()).isTrue());
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
    }

    @Test
    void an_adapter_that_fails_has_said_nothing_about_the_order() {
        lane.exchange.placeFaults.add(Fault.ADAPTER_FAILS);
        List<ExecutionReport> reports = lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(reports).hasExactlyElementsOfTypes(Unknown.class);
        assertGivenUp("a");
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.placeFaults.add(Fault.ADAPTER_FAILS);
        assertThat(lane.run(amend("b", "r", 3_900, 500))).hasExactlyElementsOfTypes(Unknown.class);
        assertGivenUp("b");
    }

    /** Once its signature has expired and newer data show nothing of it. */
    private void assertGivenUp(String id) {
        assertThat(lane.stateOf(id)).isEqualTo("UNKNOWN");
        lane.time.pause(10 * VirtualTime.SECOND);
        lane.run(lane.reconcile("after-" + id));
        assertThat(lane.stateOf(id)).isEqualTo("REFUSED");
    }

    @Test
    void a_cancel_goes_out_even_when_nothing_can_be_read() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.readsFail = true;
        List<ExecutionReport> reports = lane.run(lane.cancel("c", M, "r"));
        assertThat(lane.exchange.cancels).isEqualTo(1);
        assertThat(((Refused) reports.getLast()).reason()).isEqualTo(RefusalReason.NOT_YET);
        assertThat(lane.stateOf("r")).isEqualTo("UNKNOWN");
    }

    @Test
    void a_refused_change_says_what_became_of_its_target() {
        lane.run(lane.buy("done", M, Side.YES, 5_000, 100));
        assertThat(detail(lane.run(lane.cancel("c1", M, "done")))).contains("done is DONE");
        assertThat(detail(lane.run(lane.cancel("c2", M, "never")))).contains("never is not known");
        assertThat(detail(lane.run(amend("a1", "done", 3_900, 500)))).contains("done is DONE");
        assertThat(detail(lane.run(amend("a2", "never", 3_900, 500)))).contains("never is not known");
    }

    @Test
    void a_command_that_the_queue_has_passed_is_abandoned_and_so_can_be_cancelled() {
        PlaceOrder abandoned = lane.buy("a", M, Side.YES, 5_000, 100);
        lane.ledger.record(abandoned, lane.time.getAsLong());
        List<ExecutionReport> reports = lane.run(lane.cancel("c", M, "a"));
        assertThat(reports).hasExactlyElementsOfTypes(Refused.class, Cancelled.class);
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
        assertThat(lane.exchange.posts).isZero();
    }

    @Test
    void fills_that_an_amendment_meets_are_booked_with_it() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.fillResting("r", 200);
        lane.run(amend("a", "r", 3_900, 500));
        assertThat(lane.account().positionE2(M)).isEqualTo(200);
        assertThat(lane.stateOf("r")).isEqualTo("RESTING");
    }

    @Test
    void an_amendment_of_which_nothing_can_be_read_stays_unknown_and_blocks_entries() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(amend("a", "r", 3_900, 500));
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        assertThat(detail(lane.run(lane.buy("b", "KXBTCD-OTHER", Side.YES, 5_000, 100))))
                .contains("a is unknown");
        lane.exchange.readsFail = false;
        lane.run(lane.reconcile("rec"));
        assertThat(lane.stateOf("a")).isEqualTo("DONE");
    }

    @Test
    void an_amendment_is_void_only_once_data_newer_than_it_show_the_old_terms() {
        lane.exchange.lagNanos = 100 * VirtualTime.MILLI;
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        startedNanos = lane.time.getAsLong();
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        lane.run(amend("a", "r", 3_900, 500));
        assertGivenUp("a");
    }

    @Test
    void an_exchange_whose_clock_is_ahead_is_not_believed_sooner_about_an_amendment() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.lagNanos = -10 * VirtualTime.SECOND;
        startedNanos = lane.time.getAsLong();
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        assertThat(detail(lane.run(amend("a", "r", 3_900, 500)))).isEqualTo("the order has its old terms");
        assertThat(tookNanos()).isGreaterThan(ExecutorSettings.DEFAULT.freshMarginNanos());
    }

    @Test
    void an_executed_order_rests_in_the_ledger_until_all_its_fills_are_listed() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.fillResting("r", 200);
        lane.exchange.fillResting("r", 300);
        lane.exchange.hiddenFills = 1;
        lane.run(lane.reconcile("r1"));
        assertThat(lane.account().positionE2(M)).isEqualTo(200);
        assertThat(lane.stateOf("r")).isEqualTo("RESTING");
        lane.exchange.hiddenFills = 0;
        lane.run(lane.reconcile("r2"));
        assertThat(lane.account().positionE2(M)).isEqualTo(500);
        assertThat(lane.stateOf("r")).isEqualTo("DONE");
    }

    @Test
    void what_the_exchange_took_down_is_reported_less_what_had_filled() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.fillResting("r", 200);
        lane.run(lane.reconcile("r1"));
        lane.exchange.cancel(M, 2, "order-1");
        assertThat(lane.run(lane.reconcile("r2")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Cancelled.class,
                        cancelled -> assertThat(cancelled.cancelledE2()).isEqualTo(300));
    }

    @Test
    void an_order_of_the_lane_that_nothing_explains_and_that_does_not_go_is_unexplained() {
        lane.exchange.restingOf("v-" + Lane.PAPER.label() + "-lost", M, BookSide.BID, 4_000, 500);
        lane.exchange.cancelFaults.add(Fault.LOST_ON_THE_WAY);
        lane.run(lane.reconcile("r1"));
        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Reconciliation.Verdict.UNEXPLAINED);
            assertThat(finding.text())
                    .contains("order-1", "5.00 at 0.4000 of " + M, "its cancel is not seen to take effect");
        });
        lane.run(lane.reconcile("r2"));
        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Reconciliation.Verdict.ADOPTED);
            assertThat(finding.text()).contains("cancelled, 0.00 of it had filled");
        });
    }
}
