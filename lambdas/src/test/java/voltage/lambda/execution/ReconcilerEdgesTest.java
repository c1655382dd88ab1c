package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command.Header;
import voltage.order.Command.Reconcile;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Corrected;
import voltage.order.ExecutionReport.Reconciled;
import voltage.order.ExecutionReport.Refused;
import voltage.order.ExecutionReport.Settled;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LedgerEntry;
import voltage.order.Reconciliation;
import voltage.order.Reconciliation.Finding;
import voltage.order.Reconciliation.Subject;
import voltage.order.Reconciliation.Verdict;
import voltage.order.RefusalReason;

/** What reconciliation and settlement find, word by word: the mutants that the tests of behaviour leave alive. */
@Timeout(20)
class ReconcilerEdgesTest {
    private final TestLane lane = new TestLane();

    @BeforeEach
    void reads_are_current() {
        lane.exchange.lagNanos = 0;
    }

    private void hold(Side side, long countE2) {
        lane.exchange.offer(M, 5_000, countE2);
        lane.exchange.bid(M, 5_000, countE2);
        lane.run(lane.buy("held", M, side, 5_000, countE2));
        lane.exchange.emptyBook(M);
    }

    private Reconciliation reconcile(String id) {
        lane.run(lane.reconcile(id));
        return ((Reconciled) lane.reports.getLast()).result();
    }

    private static Refused refused(List<ExecutionReport> reports) {
        return (Refused) reports.getLast();
    }

    private void assertBooksBalance() {
        assertThat(lane.account().cashE6()).isEqualTo(lane.exchange.cashNowE6());
    }

    @Test
    void books_that_agree_have_nothing_to_be_said_about_them() {
        hold(Side.YES, 500);
        Reconciliation result = reconcile("r");
        assertThat(result.findings()).isEmpty();
        assertThat(result.differenceE6()).isZero();
    }

    @Test
    void a_fill_older_than_the_usual_look_back_is_found_because_the_positions_differ() {
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);
        lane.time.pause(2 * ExecutorSettings.DEFAULT.lookbackNanos());
        assertThat(reconcile("r").findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(Subject.FILL);
            assertThat(finding.text()).contains("1 fills of order order-1, 3.00 contracts, which is not ours");
        });
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        assertBooksBalance();
    }

    @Test
    void data_are_new_enough_by_the_exchanges_clock_whatever_ours_shows() {
        lane.exchange.lagNanos = 2 * VirtualTime.SECOND;
        lane.exchange.aheadNanos = 3 * VirtualTime.SECOND;
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);

        assertThat(reconcile("r").findings())
                .as("its data are of after our now, and do not show it yet")
                .hasSize(1);
        assertBooksBalance();
    }

    @Test
    void a_fill_of_an_order_that_was_given_up_is_booked_to_its_command() {
        lane.exchange.offer(M, 5_000, 300);
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        // The listing is older than the exchange says it is, so that the order seems never to have arrived.
        lane.exchange.listingLagNanos = 60 * VirtualTime.SECOND;
        lane.run(lane.buy("a", M, Side.YES, 5_000, 300));
        lane.time.pause(10 * VirtualTime.SECOND);
        lane.run(lane.buy("a", M, Side.YES, 5_000, 300));
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
        lane.exchange.listingLagNanos = 0;
        assertThat(lane.run(lane.reconcile("r"))).singleElement().isInstanceOfSatisfying(Corrected.class, corrected -> {
            assertThat(corrected.commandId()).isEqualTo("a");
            assertThat(corrected.explanation()).isEqualTo("fills that were not booked");
        });
        assertThat(((Reconciled) lane.reports.getLast()).result().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("which a placed"));
        assertBooksBalance();
    }

    @Test
    void a_position_that_the_exchange_does_not_have_is_an_alert_and_is_never_patched() {
        Fill phantom = new Fill("phantom", "o", M, BookSide.BID, 5_000, 100, 0, true, lane.time.getAsLong());
        lane.ledger.book(Lane.PAPER, List.of(new LedgerEntry.Filled(phantom, "c")));
        List<ExecutionReport> reports = lane.run(lane.reconcile("r"));
        assertThat(reports)
                .anySatisfy(report -> assertThat(report)
                        .isInstanceOfSatisfying(
                                Corrected.class,
                                alert -> assertThat(alert.explanation())
                                        .startsWith("ALERT: the ledger holds 1.00, the exchange 0.00")));
        assertThat(lane.account().positionE2(M)).isEqualTo(100);
    }

    @Test
    void what_a_market_that_has_ended_will_pay_is_told_before_it_is_paid() {
        hold(Side.YES, 500);
        lane.exchange.settlementLagNanos = 600 * VirtualTime.SECOND;
        lane.exchange.settle(M, Side.YES);
        Reconciliation result = reconcile("r");
        assertThat(result.differenceE6()).isEqualTo(5_000_000);
        assertThat(result.findings())
                .extracting(Finding::text)
                .anySatisfy(text -> assertThat(text).contains("5.00 held, ended YES, not paid yet"))
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo("the exchange has 5.000000 more: payouts that are in the balance and not listed"
                                + " yet"));
        assertThat(result.isClean()).isTrue();
    }

    @Test
    void findings_are_bounded_and_what_is_unexplained_is_kept() {
        lane.exchange.restingOf("v-paper-lost", M, BookSide.BID, 100, 1);
        for (int i = 0; i < 110; i++) {
            lane.exchange.restingOf("somebody-" + i, M, BookSide.BID, 100, 1);
        }
        Reconciliation result = reconcile("r");
        assertThat(result.findings().size()).isEqualTo(101);
        assertThat(result.findings().getLast().text()).isEqualTo("11 further findings are left out");
        assertThat(result.findings().subList(0, result.findings().size() - 1))
                .allMatch(finding -> finding.verdict() == Verdict.UNEXPLAINED);
    }

    @Test
    void a_halt_is_lifted_under_the_fence_that_is_and_refused_with_both_fences_named() {
        lane.state(true, false, true, 1, 0);
        Header old = new Header("r1", Lane.PAPER, lane.time.getAsLong(), Long.MAX_VALUE, 0, 0);
        assertThat(refused(lane.run(new Reconcile(old, true))).detail())
                .isEqualTo("asked for under fence 0, the fence is 1");
        Header now = new Header("r2", Lane.PAPER, lane.time.getAsLong(), Long.MAX_VALUE, 0, 1);
        lane.run(new Reconcile(now, true));
        assertThat(lane.ledger.laneState(Lane.PAPER).halted()).isFalse();
        assertThat(lane.ledger.laneState(Lane.PAPER).fenceEpoch()).isEqualTo(1);
    }

    @Test
    void a_market_whose_order_is_not_finished_is_not_settled_at_nothing() {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        lane.exchange.readsFail = false;
        lane.exchange.lagNanos = 600 * VirtualTime.SECOND;
        lane.exchange.settle(M, Side.YES);
        lane.exchange.settle("OTHER", Side.YES);
        assertThat(refused(lane.run(lane.settle("s1", M))).detail())
                .isEqualTo("final, but an order of it is not finished");
        assertThat(lane.run(lane.settle("s2", "OTHER"))).hasOnlyElementsOfType(Settled.class);
    }

    @Test
    void a_settlement_brings_the_fills_that_nobody_reported_and_waits_for_those_that_are_not_listed() {
        hold(Side.YES, 500);
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);
        lane.exchange.settle(M, Side.YES);
        lane.exchange.hiddenFills = 1;
        Refused refused = refused(lane.run(lane.settle("s1", M)));
        assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_YET);
        assertThat(refused.detail()).contains("settled 8.00 contracts, fills explain 5.00");
        lane.exchange.hiddenFills = 0;
        assertThat(lane.run(lane.settle("s2", M))).hasExactlyElementsOfTypes(Corrected.class, Settled.class);
        assertBooksBalance();
    }

    @Test
    void a_revenue_that_counts_and_result_contradict_is_an_alert_and_is_not_booked() {
        hold(Side.YES, 500);
        lane.exchange.settle(M, Side.YES);
        lane.exchange.revenueOffE6 = 1;
        assertThat(refused(lane.run(lane.settle("s1", M))).detail())
                .contains("ALERT: the exchange reports YES and 5.000001", "say 5.000000");
        assertThat(lane.account().settlements()).isZero();
        lane.exchange.revenueOffE6 = 0;
        lane.run(lane.settle("s2", M));
        assertBooksBalance();
    }

    @Test
    void a_no_position_is_paid_by_no_and_written_down_as_one() {
        hold(Side.NO, 500);
        lane.exchange.settle(M, Side.NO);
        lane.run(lane.settle("s", M));
        assertThat(lane.entries().getLast()).isInstanceOfSatisfying(LedgerEntry.Settled.class, settled -> {
            assertThat(settled.settlement().noCountE2()).isEqualTo(500);
            assertThat(settled.settlement().yesCountE2()).isZero();
            assertThat(settled.settlement().revenueE6()).isEqualTo(5_000_000);
        });
        assertBooksBalance();
    }

    @Test
    void a_market_that_was_left_before_its_end_is_settled_all_the_same() {
        hold(Side.YES, 500);
        lane.exchange.bid(M, 4_800, 500);
        lane.run(lane.close("c", M));
        lane.exchange.settle(M, Side.YES);
        lane.run(lane.settle("s", M));
        assertThat(lane.account().position(M)).isNotNull().matches(Account.Position::isSettled);
    }
}
