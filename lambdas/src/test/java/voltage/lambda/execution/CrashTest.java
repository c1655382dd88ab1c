package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.ExecutionReport;
import voltage.order.Lane;

/** The process dies before or after each write, each order and each report of a trade's whole life, and is started again. */
@Timeout(60)
class CrashTest {
    /** Entry, lost entry, resting order and its cancel, one that is replaced and cancelled, exit, close, settlement, reconciliation. */
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
        steps.add(lane -> lane.rest("resting", "KXBTC15M-OTHER", BookSide.BID, 3_000, 200));
        steps.add(lane -> {
            if (lane.exchange.ordersOf("resting") > 0) {
                lane.exchange.fillResting("resting", 50);
            }
            return lane.cancel("cancel", "KXBTC15M-OTHER", "resting");
        });
        steps.add(lane -> lane.rest("maker", FOURTH, BookSide.BID, 3_000, 400));
        steps.add(lane -> {
            fill(lane, "maker", 100);
            lane.exchange.onceCancelling = () -> fill(lane, "maker", 50);
            return replacement(lane);
        });
        steps.add(lane -> {
            lane.exchange.onceCancelling = () -> {};
            return lane.cancel("cancel-replacement", FOURTH, "replacement");
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

    private static final String FOURTH = "KXBTC15M-FOURTH";

    private interface Step {
        Command at(TestLane lane);
    }

    /** Never late. */
    private static PlaceOrder replacement(TestLane lane) {
        PlaceOrder order = lane.rest("replacement", FOURTH, BookSide.BID, 3_100, 400);
        Header header = new Header("replacement", Lane.PAPER, lane.time.getAsLong(), Long.MAX_VALUE, 0, 0);
        return new PlaceOrder(header, order.terms(), order.purpose(), order.seen()).replacing("maker");
    }

    private static void fill(TestLane lane, String id, long countE2) {
        if (lane.exchange.rests(id)) {
            lane.exchange.fillResting(id, countE2);
        }
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
            for (String id : List.of("third", "entry", "lost", "resting", "maker", "replacement", "exit", "close")) {
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
                // missing, but for what would have replaced it.
                int missing = lane.exchange.ordersOf("maker") == 0 ? 2 : 1;
                assertThat(lane.exchange.orderCount()).as(when).isEqualTo(whole.exchange.orderCount() - missing);
            }
            assertReplaced(lane, when, Exchange.OrderStatus.CANCELLED);
            assertReported(lane, when);
        }
        assertThat(step).isGreaterThan(90);
    }

    @Test
    void a_replacement_is_placed_after_a_death_at_any_step_but_right_before_it_is_sent() {
        int neverSent = 0;
        int step = 1;
        for (boolean died = true; died; step++) {
            String when = "death at step " + step;
            TestLane lane = market();
            lane.run(lane.rest("maker", FOURTH, BookSide.BID, 3_000, 400));
            lane.time.pause(VirtualTime.SECOND);
            lane.exchange.onceCancelling = () -> fill(lane, "maker", 150);
            Crash.Fuse fuse = new Crash.Fuse(step);
            lane.restart(fuse);
            PlaceOrder replacement = replacement(lane);
            try {
                lane.run(replacement);
            } catch (Crash e) {
                lane.restart(new Crash.Fuse(0));
                lane.time.pause(VirtualTime.SECOND);
                lane.run(replacement);
                lane.time.pause(11 * VirtualTime.SECOND);
                lane.run(lane.reconcile("after"));
            }
            died = fuse.isBlown();
            assertThat(lane.exchange.ordersOf("replacement")).as(when).isLessThanOrEqualTo(1);
            assertThat(lane.exchange.rests("maker")).as(when).isFalse();
            assertThat(lane.account().positionE2(FOURTH)).as(when).isEqualTo(150);
            neverSent += lane.exchange.ordersOf("replacement") == 0 ? 1 : 0;
            assertReplaced(lane, when, Exchange.OrderStatus.RESTING, Exchange.OrderStatus.CANCELLED);
            assertReported(lane, when);
        }
        assertThat(step).isGreaterThan(20);
        // After the mark and before the request: two steps with nothing between them.
        assertThat(neverSent).isEqualTo(2);
    }

    /** What the maker filled and its replacement was placed for are together what both may have. */
    private static void assertReplaced(TestLane lane, String when, Exchange.OrderStatus... ends) {
        List<Exchange.OrderView> orders = Stream.of("maker", "replacement")
                .flatMap(id -> lane.exchange.findByClientOrderId(FOURTH, id).stream())
                .toList();
        if (orders.size() == 2) {
            assertThat(orders.getFirst().filledE2()).as(when).isEqualTo(150);
            assertThat(lane.exchange.placedE2("replacement")).as(when).isEqualTo(250);
        }
        assertThat(orders).as(when).extracting(Exchange.OrderView::status).isSubsetOf(List.of(ends));
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
