package voltage.local.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.KalshiException;
import voltage.kalshi.rest.KalshiOrderGroups.OrderGroup;
import voltage.kalshi.rest.Pause;
import voltage.kalshi.rest.Priority;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.KalshiExchange;
import voltage.lambda.execution.KillSwitch;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Header;
import voltage.order.Command.Purpose;
import voltage.order.Command.Reconcile;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.TimeInForce;
import voltage.risk.OrderFlowLimits;
import voltage.risk.RiskLimits;

/** Order groups from the executor to the local exchange and back, over HTTP. */
@Timeout(120)
class OrderGroupWireTest {
    private static final Lane LANE = Lane.CANARY;
    private static final RiskLimits LIMITS = RiskLimits.DEFAULT;

    @TempDir
    private Path folder;

    private LocalLane outside;
    private KalshiClient client;
    private Executor executor;
    private final InMemoryLedger ledger = new InMemoryLedger(lane -> 0L);
    private final List<ExecutionReport> reports = new ArrayList<>();
    private int number;

    @BeforeEach
    void start() {
        outside = new LocalLane(folder);
        client = client();
        executor = executor(LIMITS);
        ledger.changeLaneState(LANE, new LaneState(true, false, false, 0, 0, 1));
        run(new Reconcile(header()));
        assertThat(last()).isInstanceOf(ExecutionReport.Reconciled.class);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    private KalshiClient client() {
        InstantSource clock = outside.clock;
        ApiKey key = new ApiKey(
                outside.venues.credentials().keyId(),
                RequestSigner.ofPem(outside.venues.credentials().privateKeyPem(), "the local exchange's key"));
        return new KalshiClient(
                URI.create(outside.venues.restUrl()),
                Optional.of(key),
                new JdkHttpTransport(),
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                Pause.sleeping(),
                new SplittableRandom(1));
    }

    /** A new process. */
    private Executor executor(RiskLimits limits) {
        return new Executor(
                LANE,
                ledger,
                new KalshiExchange(client, 2),
                (lane, sent) -> reports.addAll(sent),
                () -> LaneAccess.nanos(outside.clock),
                LockSupport::parkNanos,
                limits,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
    }

    private Header header() {
        return new Header(
                "v-canary-test-" + ++number,
                LANE,
                LaneAccess.nanos(outside.clock),
                Long.MAX_VALUE,
                0,
                ledger.laneState(LANE).fenceEpoch());
    }

    private CommandState run(Command command) {
        executor.execute(command);
        return ledger.find(LANE, command.id()).orElseThrow().state();
    }

    private ExecutionReport last() {
        return reports.getLast();
    }

    /** Rests at one cent, where nobody sells; where tokens are short for a moment, one more is sent. */
    private CommandState rest() {
        CommandState state = run(resting(header(), 100));
        while (state.equals(new CommandState.Refused(RefusalReason.ORDER_RATE_LIMIT))) {
            LockSupport.parkNanos(200_000_000L);
            state = run(resting(header(), 100));
        }
        return state;
    }

    private Command.PlaceOrder resting(Header header, int yesPriceE4) {
        return LocalLane.order(
                header,
                new OrderTerms(
                        outside.ticker(),
                        2,
                        BookSide.BID,
                        yesPriceE4,
                        100,
                        TimeInForce.GOOD_TILL_TIME,
                        header.decidedNanos() + 60_000_000_000L,
                        true,
                        false));
    }

    private CommandState buy(long countE2) {
        return run(LocalLane.order(header(), OrderTerms.take(outside.ticker(), 2, Side.YES, 9_900, countE2)));
    }

    private void cancel(String target) {
        run(new Command.CancelOrder(header(), outside.ticker(), target));
    }

    private OrderGroup theGroup() {
        try {
            List<OrderGroup> all = client.orderGroups().list(Priority.EXIT);
            assertThat(all).hasSize(1);
            return all.getFirst();
        } catch (KalshiException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> members() {
        try {
            return client.orderGroups().get(theGroup().id()).orderIds();
        } catch (KalshiException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void entries_join_one_group_that_a_new_process_finds_again_and_whose_limit_follows_the_lanes() {
        CommandState first = rest();
        assertThat(first).isInstanceOf(CommandState.Resting.class);
        assertThat(theGroup().limitE2()).isEqualTo(LIMITS.groupLimitE2());
        assertThat(theGroup().exchangeIndex()).isEqualTo(2);
        assertThat(members()).containsExactly(first.orderId().orElseThrow());
        cancel("v-canary-test-" + number);

        RiskLimits tighter = LIMITS.withFlow(new OrderFlowLimits(10, 20, 20, 3, 500, 1));
        executor = executor(tighter);
        CommandState second = rest();
        assertThat(theGroup().limitE2()).isEqualTo(tighter.groupLimitE2()).isLessThan(LIMITS.groupLimitE2());
        assertThat(members()).containsExactly(second.orderId().orElseThrow());
    }

    @Test
    void an_order_is_replaced_by_one_of_the_same_group_and_a_crossing_one_is_refused() {
        CommandState old = rest();
        String target = "v-canary-test-" + number;
        CommandState replacement = run(resting(header(), 200).replacing(target));
        assertThat(replacement).isInstanceOf(CommandState.Resting.class).isNotEqualTo(old);
        assertThat(ledger.find(LANE, target).orElseThrow().state()).isInstanceOf(CommandState.Done.class);
        assertThat(members()).containsExactly(replacement.orderId().orElseThrow());

        CommandState crossing = run(resting(header(), 9_900).replacing("v-canary-test-" + (number - 1)));
        assertThat(crossing).isEqualTo(new CommandState.Refused(RefusalReason.EXCHANGE_REJECTED));
        assertThat(members()).isEmpty();
        assertThat(ledger.unfinished(LANE)).isEmpty();
    }

    @Test
    void the_exchanges_limit_trips_halts_the_lane_and_a_resume_opens_it_again() {
        assertThat(buy(300)).isInstanceOf(CommandState.Done.class);
        // Less than was matched just now: the exchange trips the group.
        client.orderGroups().limit(theGroup().id(), 100, 2);

        assertThat(buy(200)).isEqualTo(new CommandState.Refused(RefusalReason.ORDER_GROUP_TRIPPED));
        assertThat(ledger.laneState(LANE).halted()).isTrue();
        assertThat(last())
                .isInstanceOfSatisfying(
                        ExecutionReport.Corrected.class,
                        alert -> assertThat(alert.explanation()).startsWith("ALERT"));
        // Leaving needs no group.
        CommandState closed = run(new ClosePosition(header(), outside.ticker(), 2, 100, Purpose.OPERATOR_CLOSE));
        assertThat(closed).isInstanceOf(CommandState.Done.class);

        assertThat(run(new Reconcile(header(), true))).isInstanceOf(CommandState.Done.class);
        assertThat(ledger.laneState(LANE).halted()).isFalse();
        executor = executor(LIMITS);
        assertThat(rest()).isInstanceOf(CommandState.Resting.class);
        assertThat(theGroup().limitE2()).isEqualTo(LIMITS.groupLimitE2());
    }

    @Test
    void the_kill_switch_closes_the_group_a_resume_opens_it_and_a_deleted_one_is_made_anew() {
        assertThat(rest()).isInstanceOf(CommandState.Resting.class);
        String old = theGroup().id();
        List<Command> queue = new ArrayList<>();
        // A process of its own, which knows no group.
        KillSwitch.Result stop = new KillSwitch(
                        LANE,
                        new KillSwitch.Ports(ledger, new KalshiExchange(client(), 2), queue::add),
                        () -> LaneAccess.nanos(outside.clock),
                        LockSupport::parkNanos,
                        task -> Thread.ofPlatform().daemon(true).start(task),
                        KillSwitch.Settings.DEFAULT)
                .pull("test");
        assertThat(stop.isDone()).isTrue();
        assertThat(stop.group().text()).isEqualTo("order group " + old + ": closed");
        assertThat(members()).isEmpty();
        queue.forEach(this::run);

        // As if an executor had not seen the fence.
        LaneState halted = ledger.laneState(LANE);
        ledger.changeLaneState(LANE, halted.resume());
        assertThat(rest()).isEqualTo(new CommandState.Refused(RefusalReason.ORDER_GROUP_TRIPPED));
        assertThat(ledger.laneState(LANE).halted()).isTrue();

        assertThat(run(new Reconcile(header(), true))).isInstanceOf(CommandState.Done.class);
        CommandState resting = rest();
        assertThat(members()).containsExactly(resting.orderId().orElseThrow());
        cancel("v-canary-test-" + number);

        client.orderGroups().delete(old, 2);
        assertThat(rest()).isEqualTo(new CommandState.Refused(RefusalReason.NO_ORDER_GROUP));
        assertThat(rest()).isInstanceOf(CommandState.Resting.class);
        assertThat(theGroup().id()).isNotEqualTo(old);
    }
}
