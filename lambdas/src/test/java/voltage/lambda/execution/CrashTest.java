package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.ExecutionReport;

/** The process dies before or after each write, each order and each report of a trade's whole life, and is started again. */
@Timeout(60)
class CrashTest {
    /** Entry, lost entry, resting order and its cancel, exit, close, settlement, reconciliation. */
    private static List<Step> life() {
        List<Step> steps = new ArrayList<>();
        steps.add(lane -> lane.buy("entry", M, Side.YES, 5_500, 1_000));
        steps.add(lane -> {
            lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
            lane.exchange.lagNanos = 60 * VirtualTime.SECOND;
            return lane.buy("lost", M, Side.YES, 5_500, 300);
        });
        steps.add(lane -> {
            lane.exchange.placeFaults.clear();
            lane.exchange.lagNanos = 400 * VirtualTime.MILLI;
            return lane.exit("exit", M, Side.YES, 4_000, 400);
        });
        steps.add(lane -> lane.rest("resting", "OTHER", BookSide.BID, 3_000, 200));
        steps.add(lane -> {
            if (lane.exchange.ordersOf("resting") > 0) {
                lane.exchange.fillResting("resting", 50);
            }
            return lane.cancel("cancel", "OTHER", "resting");
        });
        steps.add(lane -> lane.close("close", "THIRD"));
        steps.add(lane -> lane.reconcile("first"));
        steps.add(lane -> {
            lane.exchange.settle(M, Side.YES);
            lane.time.pause(VirtualTime.SECOND);
            return lane.settle("settle", M);
        });
        steps.add(lane -> lane.reconcile("last"));
        return steps;
    }

    private interface Step {
        Command at(TestLane lane);
    }

    private static TestLane market() {
        TestLane lane = new TestLane();
        lane.exchange.offer(M, 5_000, 800);
        lane.exchange.offer(M, 5_100, 5_000);
        lane.exchange.bid(M, 4_800, 5_000);
        lane.exchange.offer("THIRD", 7_000, 500);
        lane.exchange.bid("THIRD", 6_500, 500);
        lane.run(lane.buy("third", "THIRD", Side.YES, 7_000, 150));
        return lane;
    }

    private static boolean play(TestLane lane, Crash.Fuse fuse) {
        lane.restart(fuse);
        for (Step step : life()) {
            Command command = step.at(lane);
            try {
                lane.run(command);
            } catch (Crash e) {
                // The queue delivers the same message again once its visibility has timed out.
                lane.restart(new Crash.Fuse(0));
                lane.time.pause(VirtualTime.SECOND);
                lane.run(command);
                // The worker has what is still unknown asked for, once nothing can arrive any more.
                lane.time.pause(11 * VirtualTime.SECOND);
                lane.run(lane.reconcile("after-" + command.id()));
            }
        }
        return fuse.isBlown();
    }

    @Test
    void death_at_any_step_loses_nothing_and_doubles_nothing() {
        TestLane whole = market();
        play(whole, new Crash.Fuse(0));
        int step = 1;
        for (boolean died = true; died; step++) {
            TestLane lane = market();
            died = play(lane, new Crash.Fuse(step));
            String when = "death at step " + step;
            assertThat(lane.unfinished()).as(when).isZero();
            assertThat(lane.account().cashE6()).as(when).isEqualTo(lane.exchange.cashNowE6());
            assertThat(lane.account().fills())
                    .as(when)
                    .isEqualTo(lane.exchange.allFills().size());
            for (String id : List.of("third", "entry", "lost", "resting", "exit", "close")) {
                assertThat(lane.exchange.ordersOf(id))
                        .as(when + ", orders of " + id)
                        .isLessThanOrEqualTo(1);
            }
            assertThat(lane.account().positionE2(M)).as(when).isZero();
            assertThat(lane.account().positionE2("THIRD")).as(when).isEqualTo(lane.exchange.positionNowE2("THIRD"));
            if (lane.exchange.orderCount() == whole.exchange.orderCount()) {
                assertThat(lane.account().cashE6())
                        .as(when)
                        .isEqualTo(whole.account().cashE6());
            } else {
                // Died between writing down the intent to send and sending: that one order never was, and none else is
                // missing.
                assertThat(lane.exchange.orderCount()).as(when).isEqualTo(whole.exchange.orderCount() - 1);
            }
            assertReported(lane, when);
        }
        assertThat(step).isGreaterThan(40);
    }

    /** Every booked fill was in some report: the worker learns of all of them. */
    private static void assertReported(TestLane lane, String when) {
        List<String> reported = new ArrayList<>();
        for (ExecutionReport report : lane.reports) {
            if (report instanceof ExecutionReport.Filled filled) {
                filled.fills().forEach(fill -> reported.add(fill.tradeId()));
            } else if (report instanceof ExecutionReport.Corrected corrected) {
                corrected.fills().forEach(fill -> reported.add(fill.tradeId()));
            }
        }
        lane.exchange.allFills().forEach(fill -> assertThat(reported).as(when).contains(fill.tradeId()));
    }

    @Test
    void a_hundred_reconciliations_equal_one() {
        TestLane lane = market();
        lane.exchange.strayOrder(M, BookSide.BID, 4_000, 300);
        lane.time.pause(VirtualTime.SECOND);
        lane.run(lane.reconcile("r"));
        List<?> once = lane.entries();
        for (int i = 0; i < 100; i++) {
            lane.run(lane.reconcile("r" + i));
        }
        assertThat(lane.entries()).isEqualTo(once);
    }
}
