package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.lambda.execution.TestLane.M;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.AmendOrder;
import voltage.order.ExecutionReport.Refused;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.RefusalReason;

/** How often and how long the outcome of a command is asked for, to the last question. */
@Timeout(20)
class ResolverBoundsTest {
    private static final ExecutorSettings SETTINGS = ExecutorSettings.DEFAULT;
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

    private void restart() {
        startedNanos = lane.time.getAsLong();
    }

    private int rounds(String id) {
        return lane.ledger.find(Lane.PAPER, id).orElseThrow().rounds();
    }

    private AmendOrder amend(String id) {
        return new AmendOrder(
                lane.header(id),
                "r",
                lane.rest("x", M, BookSide.BID, 3_900, 500).terms());
    }

    private void unknown(String id) {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(lane.exit(id, M, Side.YES, 100, 10));
        assertThat(lane.stateOf(id)).isEqualTo("UNKNOWN");
    }

    private void hold() {
        lane.exchange.offer(M, 5_000, 500);
        lane.run(lane.buy("held", M, Side.YES, 5_000, 500));
    }

    @Test
    void an_order_of_which_nothing_can_be_read_is_asked_for_eight_times_with_pauses_between() {
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(tookNanos()).isEqualTo((SETTINGS.asks() - 1) * SETTINGS.pauseNanos() + REQUEST_AND_REST);
    }

    @Test
    void an_amendment_of_which_nothing_can_be_read_is_asked_for_eight_times_with_pauses_between() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        restart();
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(amend("a"));
        assertThat(tookNanos()).isEqualTo((SETTINGS.asks() - 1) * SETTINGS.pauseNanos() + REQUEST_AND_REST);
    }

    @Test
    void an_order_is_absent_in_data_that_have_just_reached_the_end_of_its_signature() {
        long sent = startedNanos;
        lane.exchange.placeFaults.add(Fault.LOST_ON_THE_WAY);
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        // The fifth answer of this round is of exactly ten seconds after the send, the sixth agrees.
        lane.time.pause(sent + SETTINGS.acceptNanos() - 4 * SETTINGS.pauseNanos() - lane.time.getAsLong());
        restart();
        lane.run(lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
        assertThat(tookNanos()).isEqualTo(5 * SETTINGS.pauseNanos() + 100 * VirtualTime.MILLI);
    }

    @Test
    void earlier_orders_of_a_market_are_asked_for_in_as_many_rounds_as_allowed_and_then_left_to_reconciliation() {
        hold();
        unknown("a");
        for (int i = 0; i < 2 * SETTINGS.maxRounds(); i++) {
            lane.run(lane.close("c" + i, M));
        }
        assertThat(rounds("a")).isEqualTo(SETTINGS.maxRounds());
    }

    @Test
    void an_exit_spends_one_round_on_earlier_orders_and_begins_none_when_its_time_is_up() {
        hold();
        unknown("a");
        unknown("b");
        int before = rounds("a") + rounds("b");
        // Eight reads and seven pauses take exactly a round's time.
        lane.exchange.readNanos =
                (SETTINGS.roundNanos() - (SETTINGS.asks() - 1) * SETTINGS.pauseNanos()) / SETTINGS.asks();
        lane.run(lane.close("c", M));
        assertThat(rounds("a") + rounds("b")).isEqualTo(before + 1);
    }

    @Test
    void a_cancel_that_names_an_amendment_is_refused_and_leaves_the_order() {
        lane.run(lane.rest("r", M, BookSide.BID, 4_000, 500));
        lane.exchange.placeFaults.add(Fault.ANSWER_LOST);
        lane.exchange.readsFail = true;
        lane.run(amend("a"));

        Refused refused = (Refused) lane.run(lane.cancel("c", M, "a")).getLast();

        assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_OPEN);
        assertThat(refused.detail()).contains("a placed no order");
        assertThat(lane.stateOf("r")).isEqualTo("RESTING");
        assertThat(lane.stateOf("a")).isEqualTo("UNKNOWN");
        assertThat(lane.exchange.cancels).isZero();
    }

    private void run(Ledger ledger, Exchange exchange, Command command) {
        new Executor(
                        Lane.PAPER,
                        ledger,
                        exchange,
                        (of, reports) -> {},
                        lane.time,
                        lane.time,
                        TestLane.WIDE,
                        FeeSchedule.QUADRATIC,
                        SETTINGS)
                .execute(command);
    }

    @Test
    void the_end_of_an_order_that_nothing_explains_is_looked_for_eight_times() {
        lane.exchange.restingOf("v-paper-lost", M, BookSide.BID, 4_000, 500);
        lane.exchange.cancelFaults.add(Fault.LOST_ON_THE_WAY);
        List<String> asked = new ArrayList<>();
        Exchange exchange = Intercepted.of(Exchange.class, lane.exchange, (method, arguments) -> asked.add(method));
        run(lane.ledger, exchange, lane.reconcile("r"));
        // Once to see that it still rests, and then for its end.
        assertThat(asked.stream().filter("order"::equals).count()).isEqualTo(1 + SETTINGS.asks());
    }

    @Test
    void disarming_for_a_refused_key_is_tried_twice_against_other_writers() {
        List<String> writes = new ArrayList<>();
        Ledger contended = Intercepted.of(Ledger.class, lane.ledger, (method, arguments) -> {
            if (method.equals("changeLaneState")) {
                writes.add(method);
                throw new LedgerConflictException("somebody else was first");
            }
        });
        lane.exchange.placeFaults.add(Fault.NOT_AUTHORISED);
        run(contended, lane.exchange, lane.buy("a", M, Side.YES, 5_000, 100));
        assertThat(writes).hasSize(2);
        assertThat(lane.stateOf("a")).isEqualTo("REFUSED");
    }
}
