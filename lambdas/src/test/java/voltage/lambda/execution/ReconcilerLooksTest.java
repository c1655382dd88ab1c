package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.FeeSchedule;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.Header;
import voltage.order.Command.Reconcile;
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Corrected;
import voltage.order.ExecutionReport.Reconciled;
import voltage.order.ExecutionReport.Refused;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.order.Reconciliation;
import voltage.order.Reconciliation.Verdict;
import voltage.order.RefusalReason;

/** How often a reconciliation looks, how far back, and what becomes of it when something happens in the middle. */
@Timeout(20)
class ReconcilerLooksTest {
    private static final ExecutorSettings SETTINGS = ExecutorSettings.DEFAULT;

    private final TestLane lane = new TestLane();
    private final List<Long> fillsReadSince = new ArrayList<>();
    private final List<String> ledgerCalls = new ArrayList<>();
    /** What happens before the exchange is asked for the cash. */
    private Runnable beforeCash = () -> {};
    /** What happens before the lane's state is written. */
    private Runnable beforeStateWrite = () -> {};

    @BeforeEach
    void reads_are_current() {
        lane.exchange.lagNanos = 0;
    }

    private List<ExecutionReport> run(Ledger ledger, Command command) {
        Exchange exchange = Intercepted.of(Exchange.class, lane.exchange, (method, arguments) -> {
            switch (method) {
                case "cashE6" -> beforeCash.run();
                case "fillsSince" -> fillsReadSince.add((Long) arguments[0]);
                default -> {}
            }
        });
        Ledger watched = Intercepted.of(Ledger.class, ledger, (method, arguments) -> {
            ledgerCalls.add(method);
            if (method.equals("changeLaneState")) {
                beforeStateWrite.run();
            }
        });
        List<ExecutionReport> reports = new ArrayList<>();
        new Executor(
                        Lane.PAPER,
                        watched,
                        exchange,
                        (of, sent) -> reports.addAll(sent),
                        lane.time,
                        lane.time,
                        TestLane.WIDE,
                        FeeSchedule.QUADRATIC,
                        SETTINGS)
                .execute(command);
        return reports;
    }

    private List<ExecutionReport> run(Command command) {
        return run(lane.ledger, command);
    }

    private static Reconciliation result(List<ExecutionReport> reports) {
        return reports.stream()
                .filter(Reconciled.class::isInstance)
                .map(report -> ((Reconciled) report).result())
                .findFirst()
                .orElseThrow();
    }

    private long calls(String method) {
        return ledgerCalls.stream().filter(method::equals).count();
    }

    private Reconcile resume(String id, long fence) {
        return new Reconcile(new Header(id, Lane.PAPER, lane.time.getAsLong(), Long.MAX_VALUE, 0, fence), true);
    }

    private void halt(long fence) {
        lane.state(true, false, true, fence, 0);
    }

    private LaneState state() {
        return lane.ledger.laneState(Lane.PAPER);
    }

    @Test
    void a_fill_that_the_cash_shows_before_the_fills_do_is_waited_for_and_is_no_difference() {
        lane.exchange.fillLagNanos = VirtualTime.SECOND;
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);
        long begun = lane.time.getAsLong();
        Reconciliation result = result(run(lane.reconcile("r")));
        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.ADOPTED));
        assertThat(result.differenceE6()).isZero();
        // Four pauses of 0.4 s until the data have passed the margin of 1.5 s.
        assertThat(lane.time.getAsLong() - begun).isEqualTo(4 * SETTINGS.pauseNanos());
    }

    @Test
    void books_that_agree_are_looked_at_once_and_nothing_but_the_end_is_written() {
        long begun = lane.time.getAsLong();
        assertThat(result(run(lane.reconcile("r"))).isClean()).isTrue();
        assertThat(lane.time.getAsLong()).isEqualTo(begun);
        assertThat(fillsReadSince).hasSize(1);
        assertThat(calls("apply")).isEqualTo(1);
    }

    @Test
    void what_the_last_day_explains_is_not_looked_for_further_back() {
        lane.time.pause(3 * SETTINGS.lookbackNanos());
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);
        long since = lane.time.getAsLong() - SETTINGS.lookbackNanos();
        assertThat(result(run(lane.reconcile("r1"))).isClean()).isTrue();
        assertThat(fillsReadSince).containsExactly(since);
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        fillsReadSince.clear();
        run(lane.reconcile("r2"));
        assertThat(fillsReadSince).containsExactly(since);
    }

    @Test
    void what_was_booked_before_the_exchange_went_silent_stays_booked_and_is_reported() {
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);
        beforeCash = () -> {
            throw new ExchangeUnavailableException("HTTP 503");
        };
        List<ExecutionReport> reports = run(lane.reconcile("r1"));
        assertThat(reports).hasExactlyElementsOfTypes(Corrected.class, Refused.class);
        assertThat(((Refused) reports.getLast()).reason()).isEqualTo(RefusalReason.NOT_YET);
        assertThat(((Refused) reports.getLast()).detail()).isEqualTo("the exchange gave no answer: HTTP 503");
        assertThat(lane.account().positionE2(M)).isEqualTo(300);
        beforeCash = () -> {};
        assertThat(result(run(lane.reconcile("r2"))).findings()).isEmpty();
        assertThat(lane.account().cashE6()).isEqualTo(lane.exchange.cashNowE6());
    }

    @Test
    void a_ledger_that_is_empty_begins_with_the_balance_once_and_explains_nothing_from_before() {
        lane.exchange.strayOrder(M, BookSide.BID, 5_000, 300);
        lane.exchange.settle(M, voltage.market.Side.NO);
        lane.time.pause(VirtualTime.SECOND);
        InMemoryLedger empty = new InMemoryLedger();
        assertThat(result(run(empty, lane.reconcile("r1"))).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text())
                        .isEqualTo("the ledger was empty and begins with the balance of 998.447500"));
        assertThat(result(run(empty, lane.reconcile("r2"))).findings()).isEmpty();
        assertThat(empty.entries(Lane.PAPER, 0).entries())
                .containsExactly(new LedgerEntry.Deposited("opening", 998_447_500, lane.time.getAsLong()));
    }

    @Test
    void an_account_without_money_opens_no_books() {
        lane.exchange.move(-TestLane.DEPOSIT);
        InMemoryLedger empty = new InMemoryLedger();
        assertThat(result(run(empty, lane.reconcile("r"))).findings()).isEmpty();
        assertThat(empty.entries(Lane.PAPER, 0).entries()).isEmpty();
        assertThat(fillsReadSince).isEmpty();
    }

    @Test
    void a_hundred_findings_are_all_told() {
        for (int i = 0; i < 100; i++) {
            lane.exchange.restingOf("somebody-" + i, M, BookSide.BID, 100, 1);
        }
        assertThat(result(run(lane.reconcile("r"))).findings())
                .hasSize(100)
                .noneMatch(finding -> finding.text().contains("left out"));
    }

    @Test
    void a_fence_that_rises_while_the_books_are_compared_leaves_the_lane_halted() {
        halt(1);
        beforeCash = () -> {
            if (state().fenceEpoch() == 1) {
                halt(2);
            }
        };
        List<ExecutionReport> reports = run(resume("r", 1));
        assertThat(reports).hasExactlyElementsOfTypes(Reconciled.class, Refused.class);
        assertThat(((Refused) reports.getLast()).reason()).isEqualTo(RefusalReason.FENCED);
        assertThat(((Refused) reports.getLast()).detail()).isEqualTo("asked for under fence 1, the fence is 2");
        assertThat(lane.stateOf("r")).isEqualTo("REFUSED");
        assertThat(state().halted()).isTrue();
        assertThat(calls("changeLaneState")).isZero();
        // It was not opened, so there is nothing to close.
        assertThat(lane.exchange.group.resets).isZero();
        assertThat(lane.exchange.group.triggers).isZero();
    }

    @Test
    void a_halt_that_others_keep_changing_is_tried_three_times_and_then_told() {
        halt(1);
        beforeStateWrite = () -> {
            throw new LedgerConflictException("somebody else was first");
        };
        List<ExecutionReport> reports = run(resume("r", 1));
        assertThat(calls("changeLaneState")).isEqualTo(3);
        assertThat(((Refused) reports.getLast()).reason()).isEqualTo(RefusalReason.NOT_YET);
        assertThat(((Refused) reports.getLast()).detail()).contains("changed by others all the time");
        assertThat(lane.stateOf("r")).isEqualTo("REFUSED");
        assertThat(state().halted()).isTrue();
        // The exchange's own limit was opened for nothing.
        assertThat(lane.exchange.group.isClosed).isTrue();
    }

    @Test
    void a_lane_that_was_not_halted_keeps_its_group_open_when_others_keep_changing_its_state() {
        beforeStateWrite = () -> {
            throw new LedgerConflictException("somebody else was first");
        };
        List<ExecutionReport> reports = run(resume("r", 0));
        assertThat(((Refused) reports.getLast()).reason()).isEqualTo(RefusalReason.NOT_YET);
        assertThat(lane.exchange.group.triggers).isZero();
    }

    @Test
    void a_halt_that_somebody_changed_meanwhile_is_lifted_at_the_next_attempt() {
        halt(1);
        beforeStateWrite = () -> {
            if (calls("changeLaneState") == 1) {
                throw new LedgerConflictException("somebody else was first");
            }
        };
        run(resume("r", 1));
        assertThat(calls("changeLaneState")).isEqualTo(2);
        assertThat(lane.stateOf("r")).isEqualTo("DONE");
        assertThat(state().halted()).isFalse();
    }
}
