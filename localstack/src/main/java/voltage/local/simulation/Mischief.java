package voltage.local.simulation;

import java.util.List;
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

    Mischief(World world, WorkerHost workers, ExecutorHost executors) {
        this.world = world;
        this.workers = workers;
        this.executors = executors;
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
            world.time.plan(
                    2 * stale.lastsNanos() + 5 * World.SECOND,
                    () -> world.exchange.faults().lagReads(0));
        }
        PlannedFault step = board.take(FaultKind.CLOCK_STEPPED);
        if (step != null) {
            long by = STEPS[step.pick() % STEPS.length] * (step.pick() / 8 % 2 == 0 ? 1 : -1);
            world.clockOffsetNanos += by;
            world.time.plan(step.lastsNanos(), () -> world.clockOffsetNanos -= by);
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
            world.time.plan(trading.lastsNanos(), world.exchange::resumeExchange);
        }
        PlannedFault exchange = world.board.take(FaultKind.EXCHANGE_PAUSED);
        if (exchange != null) {
            world.exchange.pauseExchange();
            world.time.plan(exchange.lastsNanos(), world.exchange::resumeExchange);
        }
        if (!open.isEmpty()) {
            PlannedFault market = world.board.take(FaultKind.MARKET_PAUSED);
            if (market != null) {
                String ticker = open.get(market.pick() % open.size()).ticker();
                world.exchange.pauseMarket(ticker);
                world.time.plan(market.lastsNanos(), () -> world.exchange.resumeMarket(ticker));
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
        PlannedFault crossed = world.board.take(FaultKind.CROSSED_BOOK);
        if (crossed != null) {
            SessionMarket market = open.get(crossed.pick() % open.size());
            int cents = Math.min(98, world.scenery.bidCents(market.ticker()) + 4);
            cross(market.ticker(), cents * 100, 3_000);
            world.time.plan(crossed.lastsNanos(), () -> cross(market.ticker(), cents * 100, -3_000));
        }
    }

    private void cross(String ticker, int priceE4, long deltaE2) {
        world.exchange.apply(new SessionEvent.BookChange(world.now(), ticker, Side.YES, priceE4, deltaE2, world.now()));
    }
}
