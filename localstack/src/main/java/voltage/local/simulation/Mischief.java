package voltage.local.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.KalshiOrders;
import voltage.kalshi.rest.NewOrder;
import voltage.kalshi.rest.OrderAnswers;
import voltage.kalshi.rest.Outcome;
import voltage.kalshi.rest.Priority;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.market.Side;

/** The faults of the world itself, which wait for no message: looked at once a second. */
final class Mischief {
    private static final long[] STEPS = {
        300 * World.MILLI, 2 * World.SECOND, 4 * World.SECOND, 8 * World.SECOND, 60 * World.SECOND
    };

    private final World world;
    private final WorkerHost workers;
    private final ExecutorHost executors;
    private final KalshiOrders byHand;
    private final Set<Runnable> cures = new LinkedHashSet<>();

    /** @param person somebody who uses the same account */
    Mischief(World world, WorkerHost workers, ExecutorHost executors, KalshiClient person) {
        this.world = world;
        this.workers = workers;
        this.executors = executors;
        byHand = person.orders();
    }

    /** What goes wrong for a while is well again after it, or when everything is. */
    private void until(long nanos, Runnable cure) {
        Runnable once = new Runnable() {
            @Override
            public void run() {
                if (cures.remove(this)) {
                    cure.run();
                }
            }
        };
        cures.add(once);
        world.time.plan(nanos, once);
    }

    /** Ends all that lasts. */
    void cure() {
        List.copyOf(cures).forEach(Runnable::run);
    }

    void second() {
        FaultBoard board = world.board;
        List<SessionMarket> open = world.scenery.openAt(world.now());
        if (workers.isConnected() && !open.isEmpty() && board.take(FaultKind.SEQUENCE_GAP) != null) {
            world.exchange.faults().skipNextSequence();
        }
        PlannedFault stale = board.take(FaultKind.READS_STALE);
        if (stale != null) {
            world.exchange.faults().lagReads(stale.lastsNanos());
            until(
                    2 * stale.lastsNanos() + 5 * World.SECOND,
                    () -> world.exchange.faults().lagReads(0));
        }
        PlannedFault step = board.take(FaultKind.CLOCK_STEPPED);
        if (step != null) {
            long by = STEPS[step.pick() % STEPS.length] * (step.pick() / 8 % 2 == 0 ? 1 : -1);
            world.clockOffsetNanos += by;
            until(step.lastsNanos(), () -> world.clockOffsetNanos -= by);
        }
        if (board.take(FaultKind.POISON_MESSAGE) != null) {
            executors.sendPoison();
        }
        if (!executors.isBusy() && board.waits(FaultKind.EXECUTOR_KILLED_STARTING)) {
            executors.recycle();
        }
        if (board.waits(FaultKind.WORKER_KILLED_STARTING)) {
            workers.restart();
        }
        if (workers.hasOneLeader()) {
            PlannedFault second = board.take(FaultKind.TWO_LEADERS);
            if (second != null) {
                workers.secondLeader(second.lastsNanos());
            }
        }
        pauses(open);
        markets(open);
    }

    private void pauses(List<SessionMarket> open) {
        PlannedFault trading = world.board.take(FaultKind.TRADING_PAUSED);
        if (trading != null) {
            world.exchange.pauseTrading();
            until(trading.lastsNanos(), world.exchange::resumeExchange);
        }
        PlannedFault exchange = world.board.take(FaultKind.EXCHANGE_PAUSED);
        if (exchange != null) {
            world.exchange.pauseExchange();
            until(exchange.lastsNanos(), world.exchange::resumeExchange);
        }
        if (!open.isEmpty()) {
            PlannedFault market = world.board.take(FaultKind.MARKET_PAUSED);
            if (market != null) {
                String ticker = open.get(market.pick() % open.size()).ticker();
                world.exchange.pauseMarket(ticker);
                until(market.lastsNanos(), () -> world.exchange.resumeMarket(ticker));
            }
        }
    }

    private void markets(List<SessionMarket> open) {
        if (open.isEmpty()) {
            return;
        }
        String oldest = open.getFirst().ticker();
        PlannedFault late = world.board.takeIf(
                FaultKind.SETTLEMENT_LATE,
                fault -> world.exchange.disputeSettlement(oldest, fault.lastsNanos(), false));
        PlannedFault amended = late != null
                ? late
                : world.board.takeIf(
                        FaultKind.SETTLEMENT_AMENDED,
                        fault -> world.exchange.disputeSettlement(oldest, fault.lastsNanos(), true));
        assert amended == null || amended.lastsNanos() > 0;
        PlannedFault foreign = world.board.take(FaultKind.FOREIGN_ORDER);
        if (foreign != null) {
            trade(open.get(foreign.pick() % open.size()).ticker(), foreign.pick());
        }
        PlannedFault crossed = world.board.take(FaultKind.CROSSED_BOOK);
        if (crossed != null) {
            SessionMarket market = open.get(crossed.pick() % open.size());
            int cents = Math.min(98, world.scenery.bidCents(market.ticker()) + 4);
            cross(market.ticker(), cents * 100, 3_000);
            until(crossed.lastsNanos(), () -> cross(market.ticker(), cents * 100, -3_000));
        }
    }

    /** Somebody uses the account's own screen: takes a few contracts, or leaves an order there for half a minute. */
    private void trade(String ticker, int pick) {
        int bid = world.scenery.bidCents(ticker);
        boolean takes = pick % 3 != 0;
        boolean buys = pick / 4 % 2 == 0;
        int cents = takes ? (buys ? 99 : 1) : (buys ? bid - 3 : bid + 5);
        if (bid <= 10) {
            return;
        }
        Outcome<OrderAnswers.Created> outcome = byHand.create(
                new NewOrder(
                        ticker,
                        World.BY_HAND + pick,
                        buys ? Side.YES : Side.NO,
                        cents * 100,
                        100L * (1 + pick % 3),
                        takes ? NewOrder.TimeInForce.IMMEDIATE_OR_CANCEL : NewOrder.TimeInForce.GOOD_TILL_CANCELED,
                        NewOrder.SelfTrade.TAKER_AT_CROSS,
                        takes ? 0 : world.now() / World.SECOND + 30,
                        false,
                        false,
                        !takes,
                        "",
                        0,
                        World.SHARD),
                Priority.ENTRY);
        world.log.add(() -> "somebody trades by hand: " + outcome);
    }

    private void cross(String ticker, int priceE4, long deltaE2) {
        world.exchange.apply(new SessionEvent.BookChange(world.now(), ticker, Side.YES, priceE4, deltaE2, world.now()));
    }
}
