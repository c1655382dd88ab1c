package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.Header;
import voltage.order.Command.Reconcile;
import voltage.order.CommandQueue;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.order.Reconciliation;
import voltage.order.Reconciliation.Verdict;
import voltage.order.RefusalReason;

@Timeout(30)
class KillSwitchTest {
    private static final String M = TestLane.M;

    private final TestLane lane = new TestLane();
    private final List<Command> queue = new ArrayList<>();

    private KillSwitch killSwitch(Ledger ledger, CommandQueue commands) {
        return new KillSwitch(
                Lane.PAPER,
                new KillSwitch.Ports(ledger, lane.exchange, commands),
                lane.time,
                lane.time,
                Runnable::run,
                KillSwitch.Settings.DEFAULT);
    }

    private KillSwitch.Result pull() {
        return killSwitch(lane.ledger, queue::add).pull("test");
    }

    @Test
    void it_raises_the_fence_has_the_exchange_cancel_everything_and_reconciles() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        lane.run(lane.rest("b", "KXBTC15M-OTHER", BookSide.ASK, 6_000, 700));

        KillSwitch.Result result = pull();

        assertThat(result.isDone()).isTrue();
        assertThat(result.fenceEpoch()).contains(1L);
        assertThat(result.cancelSentNanos()).isLessThan(2 * VirtualTime.SECOND);
        assertThat(lane.ledger.laneState(Lane.PAPER).halted()).isTrue();
        lane.time.pause(VirtualTime.SECOND);
        assertThat(lane.exchange.resting()).isEmpty();
        assertThat(queue).singleElement().isInstanceOf(Reconcile.class);
        lane.run(queue.getFirst());
        assertThat(lane.unfinished()).isZero();
        assertThat(reconciliation(queue.getFirst().id()).isClean()).isTrue();
    }

    @Test
    void no_command_from_before_the_stop_reaches_the_exchange_and_cancels_still_do() {
        lane.exchange.offer(M, 5_000, 1_000);
        Command entry = lane.buy("late", M, Side.YES, 5_000, 100);
        lane.run(lane.buy("held", M, Side.YES, 5_000, 100));
        Command exit = lane.exit("exit", M, Side.YES, 100, 100);
        int posts = lane.exchange.posts;
        pull();

        assertThat(lane.run(entry))
                .singleElement()
                .isInstanceOfSatisfying(
                        ExecutionReport.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.FENCED));
        lane.run(exit);
        assertThat(lane.exchange.posts).isEqualTo(posts);
    }

    @Test
    void a_fence_that_rises_between_the_check_and_the_send_stops_the_send() {
        lane.exchange.offer(M, 5_000, 1_000);
        Command entry = lane.buy("racing", M, Side.YES, 5_000, 100);
        // The stop comes in exactly when the executor has marked the order as being sent.
        Ledger racing = new ForwardingLedger(lane.ledger) {
            @Override
            public List<LedgerEntry> apply(Lane of, LedgerChange change) {
                List<LedgerEntry> booked = super.apply(of, change);
                if (change.to() instanceof CommandState.Sending) {
                    pull();
                }
                return booked;
            }
        };
        Executor executor = new Executor(
                Lane.PAPER,
                racing,
                lane.exchange,
                (of, reports) -> lane.reports.addAll(reports),
                lane.time,
                lane.time,
                TestLane.WIDE,
                voltage.market.FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);

        executor.execute(entry);

        assertThat(lane.exchange.posts).isZero();
        assertThat(lane.stateOf("racing")).isEqualTo("REFUSED");
    }

    @Test
    void an_order_that_was_on_the_wire_is_taken_down_by_the_reconciliation() {
        lane.exchange.placeFaults.add(FakeExchange.Fault.NONE);
        pull();
        // The group that should have stopped it was not closed in time.
        lane.exchange.group.isClosed = false;
        // It had passed its check before the stop: it arrives afterwards.
        lane.state(true, false, false, 0, 0);
        lane.run(lane.rest("wire", M, BookSide.BID, 4_000, 500));
        lane.state(true, false, true, 1, 0);
        lane.run(queue.getFirst());

        lane.time.pause(VirtualTime.SECOND);
        assertThat(lane.exchange.resting()).isEmpty();
        assertThat(lane.stateOf("wire")).isEqualTo("DONE");
    }

    @Test
    void a_ledger_that_is_down_does_not_stop_the_cancelling_and_is_told_loudly() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        Ledger down = new ForwardingLedger(lane.ledger) {
            @Override
            public LaneState laneState(Lane of) {
                throw new IllegalStateException("connection refused");
            }
        };

        KillSwitch.Result result = killSwitch(down, queue::add).pull("test");

        assertThat(result.fence().isDone()).isFalse();
        assertThat(result.fence().text()).contains("THE FENCE IS NOT UP").contains("connection refused");
        assertThat(result.cancel().isDone()).isTrue();
        assertThat(result.cancelSentNanos()).isLessThan(2 * VirtualTime.SECOND);
        lane.time.pause(VirtualTime.SECOND);
        assertThat(lane.exchange.resting()).isEmpty();
    }

    @Test
    void a_ledger_that_hangs_holds_the_cancelling_up_for_its_patience_and_no_longer() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        KillSwitch.Settings impatient =
                new KillSwitch.Settings(3, 1_000_000, 2_000_000, 10 * VirtualTime.SECOND, 100_000_000);

        KillSwitch.Result result = new KillSwitch(
                        Lane.PAPER,
                        new KillSwitch.Ports(lane.ledger, lane.exchange, queue::add),
                        lane.time,
                        lane.time,
                        task -> {},
                        impatient)
                .pull("test");

        assertThat(result.fence().isDone()).isFalse();
        assertThat(result.cancel().isDone()).isTrue();
    }

    @Test
    void a_queue_that_is_down_leaves_the_fence_up_and_everything_cancelled() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));

        KillSwitch.Result result = killSwitch(lane.ledger, command -> {
                    throw new CommandQueue.QueueUnavailableException("no queue", new IllegalStateException());
                })
                .pull("test");

        assertThat(result.fence().isDone()).isTrue();
        assertThat(result.cancel().isDone()).isTrue();
        assertThat(result.reconcile().isDone()).isFalse();
        assertThat(result.reconcile().text()).contains("NO RECONCILE COMMAND");
    }

    @Test
    void an_exchange_that_is_down_still_leaves_the_fence_up_and_is_told_loudly() {
        lane.exchange.readsFail = true;
        for (int i = 0; i < 1_000; i++) {
            lane.exchange.cancelFaults.add(FakeExchange.Fault.LOST_ON_THE_WAY);
        }

        KillSwitch.Result result = pull();

        assertThat(result.fence().isDone()).isTrue();
        assertThat(result.cancel().isDone()).isFalse();
        assertThat(result.cancel().text()).contains("CANCELLING IS NOT CERTAIN");
        assertThat(result.reconcile().isDone()).isTrue();
    }

    @Test
    void without_the_right_to_cancel_all_it_cancels_one_by_one() {
        lane.run(lane.rest("a", M, BookSide.BID, 4_000, 500));
        lane.run(lane.rest("b", "KXBTC15M-OTHER", BookSide.BID, 3_000, 500));
        lane.time.pause(VirtualTime.SECOND);
        lane.exchange.cancelFaults.add(FakeExchange.Fault.NOT_AUTHORISED);

        assertThat(pull().cancel().isDone()).isTrue();
        assertThat(lane.exchange.resting()).isEmpty();
    }

    @Test
    void other_writers_of_the_state_do_not_keep_the_fence_down() {
        Ledger contended = new ForwardingLedger(lane.ledger) {
            private int conflicts = 5;

            @Override
            public void changeLaneState(Lane of, LaneState next) {
                if (conflicts-- > 0) {
                    throw new LedgerConflictException("somebody else was first");
                }
                super.changeLaneState(of, next);
            }
        };

        assertThat(killSwitch(contended, queue::add).pull("test").fence().isDone())
                .isTrue();
    }

    @Test
    void a_lane_is_resumed_only_by_a_clean_reconciliation_and_keeps_its_fence() {
        pull();
        lane.exchange.strayOrder(M, BookSide.BID, 4_000, 100);
        lane.exchange.fillLagNanos = Long.MAX_VALUE / 4;

        lane.run(resume("r1", 1));
        assertThat(lane.stateOf("r1")).isEqualTo("REFUSED");
        assertThat(refusal("r1")).isEqualTo(RefusalReason.NOT_RECONCILED);
        assertThat(lane.ledger.laneState(Lane.PAPER).halted()).isTrue();

        lane.exchange.fillLagNanos = 0;
        lane.run(resume("r2", 1));
        assertThat(lane.stateOf("r2")).isEqualTo("DONE");
        LaneState state = lane.ledger.laneState(Lane.PAPER);
        assertThat(state.halted()).isFalse();
        assertThat(state.fenceEpoch()).isEqualTo(1);
    }

    @Test
    void a_resume_from_before_a_later_halt_is_void() {
        pull();
        Command resume = resume("r", 1);
        pull();
        lane.run(resume);

        assertThat(refusal("r")).isEqualTo(RefusalReason.FENCED);
        assertThat(lane.ledger.laneState(Lane.PAPER).halted()).isTrue();
    }

    @Test
    void an_order_of_ours_that_no_command_explains_is_taken_down_and_a_strangers_is_reported() {
        lane.exchange.restingOf("v-paper-entry-lost", M, BookSide.BID, 3_000, 200);
        lane.exchange.restingOf("by-hand", "KXBTC15M-OTHER", BookSide.BID, 2_000, 100);
        lane.time.pause(VirtualTime.SECOND);

        lane.run(lane.reconcile("r"));

        Reconciliation result = reconciliation("r");
        assertThat(result.findings())
                .anySatisfy(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.ADOPTED);
                    assertThat(finding.text()).contains("v-paper-entry-lost").contains("cancelled");
                })
                .anySatisfy(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.UNEXPLAINED);
                    assertThat(finding.text()).contains("by-hand");
                });
        assertThat(result.differenceE6()).isZero();
        assertThat(lane.exchange.resting())
                .singleElement()
                .satisfies(order -> assertThat(order.clientOrderId()).isEqualTo("by-hand"));
    }

    @Test
    void cash_that_nobody_explains_is_reported_to_the_last_unit_with_suspects_and_never_patched() {
        lane.exchange.move(12_340_000);
        lane.time.pause(VirtualTime.SECOND);

        lane.run(lane.reconcile("r"));

        Reconciliation result = reconciliation("r");
        assertThat(result.isClean()).isFalse();
        assertThat(result.differenceE6()).isEqualTo(12_340_000);
        assertThat(result.findings()).anySatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECT);
            assertThat(finding.text()).contains("deposit of 12.340000");
        });
        assertThat(lane.account().cashE6()).isEqualTo(TestLane.DEPOSIT);
    }

    private Reconcile resume(String id, long fence) {
        return new Reconcile(new Header(id, Lane.PAPER, lane.time.getAsLong(), Long.MAX_VALUE, 0, fence), true);
    }

    private Reconciliation reconciliation(String id) {
        return record(id).reports().stream()
                .filter(ExecutionReport.Reconciled.class::isInstance)
                .map(report -> ((ExecutionReport.Reconciled) report).result())
                .findFirst()
                .orElseThrow();
    }

    private RefusalReason refusal(String id) {
        return record(id).reports().stream()
                .filter(ExecutionReport.Refused.class::isInstance)
                .map(report -> ((ExecutionReport.Refused) report).reason())
                .findFirst()
                .orElseThrow();
    }

    private CommandRecord record(String id) {
        return lane.ledger.find(Lane.PAPER, id).orElseThrow();
    }

    private static class ForwardingLedger implements Ledger {
        private final Ledger inner;

        ForwardingLedger(Ledger inner) {
            this.inner = inner;
        }

        @Override
        public LaneState laneState(Lane of) {
            return inner.laneState(of);
        }

        @Override
        public void changeLaneState(Lane of, LaneState next) {
            inner.changeLaneState(of, next);
        }

        @Override
        public Optional<CommandRecord> record(Command command, long nowNanos) {
            return inner.record(command, nowNanos);
        }

        @Override
        public Optional<CommandRecord> find(Lane of, String commandId) {
            return inner.find(of, commandId);
        }

        @Override
        public List<voltage.order.SentOrder> sentSince(Lane of, long nanos) {
            return inner.sentSince(of, nanos);
        }

        @Override
        public List<CommandRecord> unfinished(Lane of) {
            return inner.unfinished(of);
        }

        @Override
        public List<LedgerEntry> apply(Lane of, LedgerChange change) {
            return inner.apply(of, change);
        }

        @Override
        public List<LedgerEntry> book(Lane of, List<LedgerEntry> entries) {
            return inner.book(of, entries);
        }

        @Override
        public Entries entries(Lane of, long afterVersion) {
            return inner.entries(of, afterVersion);
        }
    }
}
