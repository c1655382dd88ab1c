package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.market.TradedSeries;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.Command.Reconcile;
import voltage.order.Command.SeenBook;
import voltage.order.Command.Settle;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.Settlement;
import voltage.order.TimeInForce;
import voltage.risk.OrderFlowLimits;
import voltage.risk.RiskApproved;
import voltage.risk.RiskLimits;

/** A lane with a fake exchange, a thousand dollars and virtual time; its process can be made to die at any step. */
final class TestLane {
    static final String M = "KXBTC15M-T";
    static final long DEPOSIT = 1_000_000_000L;
    /** Losses and exposure wide open, so that a test meets only the limit that it is about. */
    static final RiskLimits WIDE = new RiskLimits(
            2_500,
            10_000,
            10,
            900_000_000L,
            10_000,
            10_000,
            10_000,
            10_000,
            new OrderFlowLimits(1_000, 1_000, 1_000, 1_000, 10_000, 0),
            60_000_000_000L,
            TradedSeries.BITCOIN);

    final VirtualTime time = new VirtualTime();
    private long leaseEpoch;
    final InMemoryLedger ledger = new InMemoryLedger(lane -> leaseEpoch);
    final FakeExchange exchange = new FakeExchange(time, DEPOSIT);
    final List<ExecutionReport> reports = new ArrayList<>();
    RiskLimits limits = WIDE;
    private Executor executor;

    TestLane() {
        ledger.book(Lane.PAPER, List.of(new LedgerEntry.Deposited("opening", DEPOSIT, time.getAsLong())));
        executor = start(new Crash.Fuse(0));
        time.pause(VirtualTime.SECOND);
    }

    /** A new process: nothing in memory, the same ledger and exchange. */
    void restart(Crash.Fuse fuse) {
        executor = start(fuse);
    }

    private Executor start(Crash.Fuse fuse) {
        exchange.group.isKnown = false;
        return new Executor(
                Lane.PAPER,
                new MortalLedger(ledger, fuse),
                new MortalExchange(exchange, fuse),
                (lane, sent) -> {
                    fuse.step();
                    reports.addAll(sent);
                    fuse.step();
                },
                time,
                time,
                limits,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
    }

    void withLimits(RiskLimits newLimits) {
        limits = newLimits;
        restart(new Crash.Fuse(0));
    }

    /** What the command itself was answered with, in order. */
    List<ExecutionReport> run(Command command) {
        int before = reports.size();
        executor.execute(command);
        time.pause(100 * VirtualTime.MILLI);
        // The end of a reconciliation is looked at by the tests that are about it.
        return reports.subList(before, reports.size()).stream()
                .filter(report -> !(report instanceof ExecutionReport.Reconciled))
                .toList();
    }

    Header header(String id) {
        return new Header(id, Lane.PAPER, time.getAsLong(), time.getAsLong() + 1_500_000_000L, 0, 0);
    }

    private Header lasting(String id) {
        return new Header(id, Lane.PAPER, time.getAsLong(), Long.MAX_VALUE, 0, 0);
    }

    PlaceOrder buy(String id, String ticker, Side side, int limitE4, long countE2) {
        return new PlaceOrder(
                header(id),
                OrderTerms.take(ticker, 2, side, limitE4, countE2),
                Purpose.ENTRY,
                new SeenBook(4_900, 5_000, 1, time.getAsLong(), Long.MAX_VALUE));
    }

    PlaceOrder exit(String id, String ticker, Side held, int limitE4, long countE2) {
        return new PlaceOrder(
                lasting(id),
                OrderTerms.reduce(ticker, 2, held, limitE4, countE2),
                Purpose.STOP,
                new SeenBook(4_900, 5_000, 1, time.getAsLong(), Long.MAX_VALUE));
    }

    PlaceOrder rest(String id, String ticker, BookSide side, int yesPriceE4, long countE2) {
        return new PlaceOrder(
                header(id),
                new OrderTerms(
                        ticker,
                        2,
                        side,
                        yesPriceE4,
                        countE2,
                        TimeInForce.GOOD_TILL_TIME,
                        time.getAsLong() + 60 * VirtualTime.SECOND,
                        true,
                        false),
                Purpose.ENTRY,
                new SeenBook(4_900, 5_000, 1, time.getAsLong(), Long.MAX_VALUE));
    }

    ClosePosition close(String id, String ticker) {
        return new ClosePosition(lasting(id), ticker, 2, 100, Purpose.OPERATOR_CLOSE);
    }

    CancelOrder cancel(String id, String ticker, String target) {
        return new CancelOrder(lasting(id), ticker, target);
    }

    Settle settle(String id, String ticker) {
        return new Settle(lasting(id), ticker);
    }

    Reconcile reconcile(String id) {
        return new Reconcile(lasting(id));
    }

    void state(boolean armed, boolean paused, boolean halted, long fence, long lease) {
        leaseEpoch = lease;
        LaneState now = ledger.laneState(Lane.PAPER);
        ledger.changeLaneState(Lane.PAPER, new LaneState(armed, paused, halted, fence, lease, now.version() + 1));
    }

    List<LedgerEntry> entries() {
        return ledger.entries(Lane.PAPER, 0).entries();
    }

    Account account() {
        Account account = new Account();
        entries().forEach(account::apply);
        return account;
    }

    String stateOf(String id) {
        return ledger.find(Lane.PAPER, id).orElseThrow().state().label();
    }

    long unfinished() {
        return ledger.unfinished(Lane.PAPER).size();
    }

    private record MortalLedger(Ledger inner, Crash.Fuse fuse) implements Ledger {
        @Override
        public LaneState laneState(Lane lane) {
            return inner.laneState(lane);
        }

        @Override
        public void changeLaneState(Lane lane, LaneState next) {
            fuse.step();
            inner.changeLaneState(lane, next);
            fuse.step();
        }

        @Override
        public Optional<voltage.order.CommandRecord> record(Command command, long nowNanos) {
            fuse.step();
            Optional<voltage.order.CommandRecord> earlier = inner.record(command, nowNanos);
            fuse.step();
            return earlier;
        }

        @Override
        public Optional<voltage.order.CommandRecord> find(Lane lane, String commandId) {
            return inner.find(lane, commandId);
        }

        @Override
        public List<voltage.order.SentOrder> sentSince(Lane lane, long nanos) {
            return inner.sentSince(lane, nanos);
        }

        @Override
        public List<voltage.order.CommandRecord> unfinished(Lane lane) {
            return inner.unfinished(lane);
        }

        @Override
        public List<LedgerEntry> apply(Lane lane, LedgerChange change) {
            fuse.step();
            List<LedgerEntry> booked = inner.apply(lane, change);
            fuse.step();
            return booked;
        }

        @Override
        public List<LedgerEntry> book(Lane lane, List<LedgerEntry> entries) {
            fuse.step();
            List<LedgerEntry> booked = inner.book(lane, entries);
            fuse.step();
            return booked;
        }

        @Override
        public Entries entries(Lane lane, long afterVersion) {
            return inner.entries(lane, afterVersion);
        }
    }

    private record MortalExchange(Exchange inner, Crash.Fuse fuse) implements Exchange {
        @Override
        public Outcome place(RiskApproved<PlaceOrder> order) {
            fuse.step();
            Outcome outcome = inner.place(order);
            fuse.step();
            return outcome;
        }

        @Override
        public CancelOutcome cancel(String ticker, int exchangeIndex, String orderId) {
            fuse.step();
            CancelOutcome outcome = inner.cancel(ticker, exchangeIndex, orderId);
            fuse.step();
            return outcome;
        }

        @Override
        public CancelOutcome cancelEverything() {
            return inner.cancelEverything();
        }

        @Override
        public Optional<OrderGroup> orderGroup() {
            return inner.orderGroup().map(group -> new MortalGroup(group, fuse));
        }

        @Override
        public List<OrderView> resting() {
            return inner.resting();
        }

        @Override
        public Outcome amend(RiskApproved<Command.AmendOrder> amend, String orderId) {
            fuse.step();
            Outcome outcome = inner.amend(amend, orderId);
            fuse.step();
            return outcome;
        }

        @Override
        public Optional<OrderView> findByClientOrderId(String ticker, String clientOrderId) {
            return inner.findByClientOrderId(ticker, clientOrderId);
        }

        @Override
        public Optional<OrderView> order(String ticker, String orderId) {
            return inner.order(ticker, orderId);
        }

        @Override
        public List<Fill> fillsOfOrder(String ticker, String orderId) {
            return inner.fillsOfOrder(ticker, orderId);
        }

        @Override
        public List<Fill> fillsOfMarket(String ticker) {
            return inner.fillsOfMarket(ticker);
        }

        @Override
        public List<Fill> fillsSince(long nanos) {
            return inner.fillsSince(nanos);
        }

        @Override
        public Map<String, Long> positions() {
            return inner.positions();
        }

        @Override
        public Optional<Settlement> settlement(String ticker) {
            return inner.settlement(ticker);
        }

        @Override
        public Optional<MarketResult> marketResult(String ticker) {
            return inner.marketResult(ticker);
        }

        @Override
        public long cashE6() {
            return inner.cashE6();
        }

        @Override
        public long userDataNanos() {
            return inner.userDataNanos();
        }

        @Override
        public long latestNowNanos() {
            return inner.latestNowNanos();
        }
    }

    private record MortalGroup(OrderGroup inner, Crash.Fuse fuse) implements OrderGroup {
        @Override
        public boolean isKnown() {
            return inner.isKnown();
        }

        @Override
        public Answer obtain(long limitE2) {
            fuse.step();
            Answer answer = inner.obtain(limitE2);
            fuse.step();
            return answer;
        }

        @Override
        public Answer trigger() {
            fuse.step();
            Answer answer = inner.trigger();
            fuse.step();
            return answer;
        }

        @Override
        public Answer reset() {
            fuse.step();
            Answer answer = inner.reset();
            fuse.step();
            return answer;
        }
    }
}
