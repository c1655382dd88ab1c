package voltage.lambda.execution;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import voltage.market.FeeSchedule;
import voltage.order.Command;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Reconcile;
import voltage.order.Command.Settle;
import voltage.order.Command.SwitchLane;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.RefusalReason;
import voltage.risk.RiskGate;
import voltage.risk.RiskLimits;
import voltage.risk.RiskVerdict;
import voltage.risk.RiskView;

/**
 * Carries out a lane's commands, one at a time: the only writer of its orders, positions and cash.
 *
 * <p>A command is written down before anything else, so that one delivered twice is answered from its record even when it would by
 * now be late or fenced. Then: the lane's state and fence, the gate over the ledger's sums, {@code SENDING}, the exchange once, and
 * the outcome with the fills that prove it. Wherever the process dies, the next delivery goes on from what is written: not sent
 * yet means check again and send, perhaps sent means ask, finished means report again.
 *
 * <p>An exception out of {@link #execute} means that the ledger or the report queue failed; delivering the command again is right
 * then and sends nothing twice. Single-threaded.
 */
public final class Executor {
    private final LaneDesk desk;
    private final RiskGate gate;
    private final Resolver resolver;
    private final Settler settler;
    private final OrderSender sender;
    private final OrderChanger changer;
    private final Reconciler reconciler;
    private final OrderGroupGuard group;
    private final OrderReplacer replacer;

    /**
     * @param nowNanos epoch nanoseconds UTC
     * @param fees the dearest schedule of the lane's markets
     */
    public Executor(
            Lane lane,
            Ledger ledger,
            Exchange exchange,
            ReportSink sink,
            LongSupplier nowNanos,
            Pause pause,
            RiskLimits limits,
            FeeSchedule fees,
            ExecutorSettings settings) {
        desk = new LaneDesk(lane, ledger, exchange, sink, nowNanos, pause, settings);
        gate = new RiskGate(limits, fees);
        resolver = new Resolver(desk);
        settler = new Settler(desk);
        group = new OrderGroupGuard(desk, limits.groupLimitE2());
        sender = new OrderSender(desk, resolver, settler, group);
        changer = new OrderChanger(desk, resolver, group);
        replacer = new OrderReplacer(desk, changer);
        reconciler = new Reconciler(desk, resolver, settler, group, fees);
    }

    public Lane lane() {
        return desk.lane;
    }

    /**
     * Carries out a command, or finishes what an earlier delivery of it began.
     *
     * @throws IllegalArgumentException if it belongs to another lane
     */
    public void execute(Command command) {
        if (command.header().lane() != desk.lane) {
            throw new IllegalArgumentException("command " + command.id() + " belongs on the queue of lane "
                    + command.header().lane().label() + ", was on that of " + desk.lane.label());
        }
        desk.begin(command.id());
        Optional<CommandRecord> earlier = desk.ledger.record(command, desk.now());
        if (earlier.isEmpty()) {
            begin(CommandRecord.received(command));
            return;
        }
        CommandRecord record = earlier.get();
        switch (record.state()) {
            case CommandState.Received s -> begin(record);
            case CommandState.Replacing s -> {
                desk.books.refresh();
                takeDown(record);
            }
            case CommandState.Sending s -> ask(record);
            case CommandState.Unknown s -> ask(record);
            case CommandState.Resting s -> desk.send(record.reports());
            case CommandState.Done s -> desk.send(record.reports());
            case CommandState.Refused s -> desk.send(record.reports());
        }
    }

    /** It may have been sent by an earlier delivery: what has become of it is asked for, and nothing is sent. */
    private void ask(CommandRecord record) {
        desk.books.refresh();
        desk.send(record.reports());
        resolver.resolve(record);
    }

    private void begin(CommandRecord record) {
        desk.books.refresh();
        switch (record.command()) {
            case PlaceOrder order -> {
                if (order.reducesRisk()) {
                    clearTheWay(order);
                    decide(record, gate.check(order, view(order)));
                } else if (order.replaces().isPresent()) {
                    replace(record, order);
                } else {
                    enter(record, order);
                }
            }
            case ClosePosition close -> {
                clearTheWay(close);
                decide(record, gate.check(close, view(close)));
            }
            case AmendOrder amend -> {
                switch (gate.check(amend, view(amend))) {
                    case RiskVerdict.Approved<AmendOrder> approved -> changer.amend(record, approved.approved());
                    case RiskVerdict.Refused<AmendOrder> refused ->
                        desk.refuse(record, refused.reason(), refused.detail());
                }
            }
            case CancelOrder cancel -> {
                switch (gate.check(cancel)) {
                    case RiskVerdict.Approved<CancelOrder> approved ->
                        changer.cancel(record, approved.approved().command());
                    case RiskVerdict.Refused<CancelOrder> refused ->
                        desk.refuse(record, refused.reason(), refused.detail());
                }
            }
            case Reconcile reconcile -> reconciler.reconcile(record, reconcile);
            case Settle settle -> settler.settle(record, settle);
            case SwitchLane change -> switchLane(record, change);
        }
    }

    /** What is not worth a request for its group is refused first; what had to wait for its group is judged again. */
    private void enter(CommandRecord record, PlaceOrder order) {
        RiskVerdict<PlaceOrder> verdict = gate.check(order, view(order));
        if (verdict instanceof RiskVerdict.Refused<PlaceOrder> || group.isReady()) {
            decide(record, verdict);
        } else if (hasGroup(record)) {
            decide(record, gate.check(order, view(order)));
        }
    }

    /** Whether there is a group for an entry; it is refused if not. */
    private boolean hasGroup(CommandRecord record) {
        Optional<String> problem = group.isReady() ? Optional.empty() : group.obtain();
        problem.ifPresent(why -> desk.refuse(record, RefusalReason.NO_ORDER_GROUP, why));
        return problem.isEmpty();
    }

    /** Judged in place of the other order before that is touched: what could not be placed leaves it where it is. */
    private void replace(CommandRecord record, PlaceOrder order) {
        switch (replacer.room(order)) {
            case OrderReplacer.Room.None none -> desk.refuse(record, none.reason(), none.detail());
            case OrderReplacer.Room.Left left -> {
                RiskVerdict<PlaceOrder> verdict = gate.check(order.withCount(left.countE2()), view(order));
                if (verdict instanceof RiskVerdict.Refused<PlaceOrder> refused) {
                    desk.refuse(record, refused.reason(), refused.detail());
                } else if (hasGroup(record)) {
                    takeDown(desk.move(record, new CommandState.Replacing(), List.of(), List.of()));
                }
            }
        }
    }

    /** What the other order has left is judged once more, with its fills in the books, and placed. */
    private void takeDown(CommandRecord record) {
        if (record.command() instanceof PlaceOrder order) {
            switch (replacer.takeDown(order)) {
                case OrderReplacer.Room.None none -> desk.refuse(record, none.reason(), none.detail());
                case OrderReplacer.Room.Left left -> enter(record, order.withCount(left.countE2()));
            }
        }
    }

    /**
     * What an exit can reduce depends on earlier orders of its market whose end is not known: they are asked for once more. An entry
     * does not wait for that, it would only become late; it is refused, and reconciliation clears the way.
     */
    private void clearTheWay(Command exit) {
        resolver.resolveOthers(exit.id(), LaneDesk.ticker(exit));
        desk.books.refresh();
    }

    private RiskView view(Command command) {
        long now = desk.now();
        return new RiskView(
                desk.ledger.laneState(desk.lane),
                desk.books.account(),
                desk.books.equity(now),
                desk.others(command.id()),
                desk.sendLog.upTo(now),
                now);
    }

    private void decide(CommandRecord record, RiskVerdict<PlaceOrder> verdict) {
        switch (verdict) {
            case RiskVerdict.Approved<PlaceOrder> approved -> sender.send(record, approved.approved());
            case RiskVerdict.Refused<PlaceOrder> refused -> desk.refuse(record, refused.reason(), refused.detail());
        }
    }

    private void switchLane(CommandRecord record, SwitchLane change) {
        RiskView view = view(change);
        switch (gate.check(change, view)) {
            case RiskVerdict.Refused<SwitchLane> refused -> desk.refuse(record, refused.reason(), refused.detail());
            case RiskVerdict.Approved<SwitchLane> approved -> {
                LaneState state = view.state();
                if (!change.isDone(state)) {
                    desk.ledger.changeLaneState(desk.lane, change.switched(state));
                }
                // The worker watches the lane's state itself; there is nothing to report.
                desk.finish(record, new CommandState.Done(Optional.empty()), List.of(), List.of());
            }
        }
    }
}
