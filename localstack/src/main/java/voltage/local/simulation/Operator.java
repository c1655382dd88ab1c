package voltage.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import voltage.kalshi.rest.KalshiClient;
import voltage.lambda.execution.KalshiExchange;
import voltage.lambda.execution.KillSwitch;
import voltage.local.session.Dice;
import voltage.local.session.SessionMarket;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.LaneState;
import voltage.order.OrderTerms;
import voltage.order.TimeInForce;

/**
 * A person beside the engine, through the same queue: passive orders, amendments, cancels, closing of positions, reconciliations,
 * pauses and halts. Arms the lane again when something has disarmed it.
 */
final class Operator {
    private static final long SECOND = World.SECOND;
    private static final long RECONCILES_EVERY = 60 * SECOND;

    private static final int LOOKED_AT = 4;
    /** Commands that wait on the queue when the kill switch is pulled. */
    private static final int BACKLOG = 12;

    private final World world;
    private final Dice dice;
    private final CommandQueue queue;
    private final KalshiExchange exchange;
    private final List<String> passive = new ArrayList<>();
    private long number;
    private boolean isLeaving;
    private long switchNanos;

    /**
     * @param queue takes commands for the executor
     * @param client the operator's own
     */
    Operator(World world, long seed, CommandQueue queue, KalshiClient client) {
        this.world = world;
        this.queue = queue;
        exchange = new KalshiExchange(client, World.SHARD);
        dice = Dice.ofCounted(seed, "operator");
    }

    void start() {
        arm();
        world.time.plan(RECONCILES_EVERY, this::reconcileRegularly);
        world.time.plan(5 * SECOND, this::act);
    }

    /** From here on only what is needed to bring everything to an end. */
    void leave() {
        isLeaving = true;
    }

    private Command.Header header(String kind) {
        return Command.Header.withoutLease(
                id(kind), World.LANE, world.laneNanos(), Long.MAX_VALUE, state().fenceEpoch());
    }

    /** As the leading worker would send it: nobody enters without a lease. */
    private Command.Header leaders(String kind) {
        LaneState state = state();
        return new Command.Header(
                id(kind), World.LANE, world.laneNanos(), Long.MAX_VALUE, state.leaseEpoch(), state.fenceEpoch());
    }

    private String id(String kind) {
        return "v-" + World.LANE.label() + "-op-" + kind + "-" + ++number;
    }

    private LaneState state() {
        return world.ledger.laneState(World.LANE);
    }

    private void send(Command command) {
        world.log.add(() -> "operator wants " + command);
        queue.send(command);
    }

    private void arm() {
        send(new Command.SwitchLane(header("arm"), true, false, "arming"));
    }

    String reconcile() {
        Command command = new Command.Reconcile(header("reconcile"));
        send(command);
        return command.id();
    }

    private void reconcileRegularly() {
        if (!isLeaving) {
            reconcile();
            world.time.plan(RECONCILES_EVERY, this::reconcileRegularly);
        }
    }

    private void act() {
        if (isLeaving) {
            return;
        }
        world.time.plan(dice.between(3 * SECOND, 13 * SECOND), this::act);
        LaneState state = state();
        if (world.now() > switchNanos && (state.halted() || !state.armed() || state.paused())) {
            switchNanos = world.now() + 10 * SECOND;
            if (state.halted()) {
                send(new Command.Reconcile(header("resume"), true));
            } else {
                arm();
            }
            return;
        }
        List<SessionMarket> open = world.scenery.openAt(world.now());
        if (open.isEmpty()) {
            return;
        }
        SessionMarket market = open.get(dice.below(open.size()));
        double what = dice.uniform();
        if (what < 0.40) {
            place(market);
        } else if (what < 0.55) {
            move();
        } else if (what < 0.70) {
            cancel();
        } else if (what < 0.80) {
            close(market);
        } else if (what < 0.86) {
            reconcile();
        } else if (what < 0.90) {
            pause();
        } else if (what < 0.94) {
            halt(state, market);
        } else if (what < 0.97) {
            settle();
        }
    }

    private void place(SessionMarket market) {
        int bid = world.scenery.bidCents(market.ticker());
        if (bid <= 10) {
            return;
        }
        BookSide side = dice.chance(0.5) ? BookSide.BID : BookSide.ASK;
        // Mostly joins the best, sometimes improves on it.
        int improved = dice.chance(0.3) ? 1 : 0;
        int cents = side == BookSide.BID ? bid + improved : bid + 2 - improved;
        long expires = (world.now() / SECOND + dice.between(15, 90)) * SECOND;
        Command.Header header = leaders("place");
        OrderTerms terms = new OrderTerms(
                market.ticker(),
                World.SHARD,
                side,
                cents * 100,
                100L * dice.between(1, 20),
                TimeInForce.GOOD_TILL_TIME,
                expires,
                true,
                false);
        passive.add(header.id());
        send(new Command.PlaceOrder(header, terms, Command.Purpose.ENTRY, seen(market, bid)));
    }

    private Command.SeenBook seen(SessionMarket market, int bidCents) {
        return new Command.SeenBook(bidCents * 100, (bidCents + 2) * 100, 0, world.laneNanos(), market.closeNanos());
    }

    private Optional<CommandRecord> resting() {
        // Older ones have expired.
        for (String id : passive.reversed().subList(0, Math.min(LOOKED_AT, passive.size()))) {
            Optional<CommandRecord> record = world.ledger.find(World.LANE, id);
            if (record.isPresent() && !record.get().state().isFinished()) {
                return record;
            }
        }
        return Optional.empty();
    }

    /** Moves an order with the market: by amending it, or by another in its place. */
    private void move() {
        Optional<CommandRecord> target = resting();
        if (target.isPresent() && target.get().command() instanceof Command.PlaceOrder order) {
            OrderTerms old = order.terms();
            int bid = world.scenery.bidCents(old.ticker());
            int cents = bid <= 10 ? old.yesPriceE4() / 100 : old.bookSide() == BookSide.BID ? bid : bid + 2;
            long count = dice.chance(0.5) ? old.countE2() : Math.max(100, old.countE2() / 200 * 100);
            OrderTerms terms = new OrderTerms(
                    old.ticker(),
                    old.exchangeIndex(),
                    old.bookSide(),
                    cents * 100,
                    count,
                    old.timeInForce(),
                    old.expiresNanos(),
                    old.postOnly(),
                    false);
            if (dice.chance(0.5)) {
                send(new Command.AmendOrder(leaders("amend"), order.id(), terms));
            } else {
                Command.PlaceOrder placed = new Command.PlaceOrder(
                                leaders("replace"), terms, Command.Purpose.ENTRY, order.seen())
                        .replacing(order.id());
                passive.add(placed.id());
                send(placed);
            }
        }
    }

    private void cancel() {
        Optional<CommandRecord> target = resting();
        if (target.isPresent() && target.get().command() instanceof Command.PlaceOrder order) {
            send(new Command.CancelOrder(header("cancel"), order.terms().ticker(), order.id()));
        }
    }

    private void close(SessionMarket market) {
        send(new Command.ClosePosition(
                header("close"), market.ticker(), World.SHARD, 100, Command.Purpose.OPERATOR_CLOSE));
    }

    private void settle() {
        List<SessionMarket> closed = world.scenery.markets().stream()
                .filter(market -> market.closeNanos() < world.now())
                .toList();
        if (!closed.isEmpty()) {
            send(new Command.Settle(
                    header("settle"), closed.get(dice.below(closed.size())).ticker()));
        }
    }

    private void pause() {
        switchNanos = world.now() + dice.between(5 * SECOND, 20 * SECOND);
        send(Command.SwitchLane.pausing(header("pause"), true, "pausing"));
    }

    /** The kill switch, with a backlog of entries on the queue that must all come to nothing. */
    private void halt(LaneState state, SessionMarket market) {
        if (state.halted()) {
            return;
        }
        for (int i = dice.below(BACKLOG); i > 0; i--) {
            place(market);
        }
        switchNanos = world.now() + dice.between(3 * SECOND, 20 * SECOND);
        world.log.add(() -> "operator pulls the kill switch");
        KillSwitch.Result result = new KillSwitch(
                        World.LANE,
                        new KillSwitch.Ports(world.ledger, exchange, queue),
                        world::now,
                        world::pause,
                        Runnable::run,
                        KillSwitch.Settings.DEFAULT)
                .pull("simulated");
        world.log.add(() -> "the kill switch: " + result);
        world.rules.stopped(result.fence().isDone(), result.cancel().isDone());
    }

    /** Whether a command has come to its end. */
    boolean isFinished(String commandId) {
        return world.ledger
                .find(World.LANE, commandId)
                .map(CommandRecord::state)
                .filter(CommandState::isFinished)
                .isPresent();
    }
}
