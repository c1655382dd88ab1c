package voltage.lambda.execution;

import java.util.List;
import java.util.Optional;
import voltage.lambda.execution.Exchange.CancelOutcome;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.lambda.execution.Exchange.Outcome;
import voltage.lambda.execution.Exchange.Rejection;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.PlaceOrder;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.RefusalReason;
import voltage.risk.RiskApproved;

/** Cancels and amends resting orders. A cancel may be repeated, so a lost answer to one needs no state of its own. */
final class OrderChanger {
    private final LaneDesk desk;
    private final Resolver resolver;
    private final OrderGroupGuard group;

    OrderChanger(LaneDesk desk, Resolver resolver, OrderGroupGuard group) {
        this.desk = desk;
        this.resolver = resolver;
        this.group = group;
    }

    /** What has become of an order that was to be taken down. */
    sealed interface TakenDown {
        /** All that it filled is booked. */
        record Ended(CommandRecord target) implements TakenDown {}

        /** Its end cannot be seen yet: it is unknown and blocks its market. */
        record Open() implements TakenDown {}

        record NotAuthorised(String detail) implements TakenDown {}
    }

    /**
     * Takes an order down and waits, within bounds, until its end can be seen: a cancel that finds nothing proves nothing, the order may
     * have filled. May be repeated; one that has ended is left alone.
     */
    TakenDown takeDown(CommandRecord target) {
        if (target.state().isFinished()) {
            return new TakenDown.Ended(target);
        }
        if (target.state() instanceof CommandState.Resting resting && target.command() instanceof PlaceOrder order) {
            CancelOutcome outcome =
                    desk.exchange.cancel(order.terms().ticker(), order.terms().exchangeIndex(), resting.id());
            if (outcome instanceof CancelOutcome.NotAuthorised no) {
                return new TakenDown.NotAuthorised(no.detail());
            }
            // Whatever the answer was, only the order's own end counts.
        }
        CommandRecord end = resolver.resolve(target);
        return end.state().isFinished() ? new TakenDown.Ended(end) : new TakenDown.Open();
    }

    void cancel(CommandRecord record, CancelOrder cancel) {
        Optional<CommandRecord> found = desk.ledger.find(desk.lane, cancel.targetCommandId());
        if (found.isEmpty() || found.get().state().isFinished()) {
            desk.refuse(
                    record,
                    RefusalReason.NOT_OPEN,
                    cancel.targetCommandId() + " is "
                            + found.map(target -> target.state().label()).orElse("not known") + ", RESTING is needed");
            return;
        }
        if (!(found.get().command() instanceof PlaceOrder)) {
            // What became of an amendment says nothing of the order.
            desk.refuse(
                    record,
                    RefusalReason.NOT_OPEN,
                    cancel.targetCommandId() + " placed no order; name the command that did");
            return;
        }
        switch (takeDown(found.get())) {
            case TakenDown.Ended ended -> cancelled(record, cancel, ended.target());
            case TakenDown.Open open ->
                desk.refuse(
                        record,
                        RefusalReason.NOT_YET,
                        "the end of " + cancel.targetCommandId() + " cannot be seen yet");
            case TakenDown.NotAuthorised no -> desk.refuse(record, RefusalReason.NOT_AUTHORISED, no.detail());
        }
    }

    private void cancelled(CommandRecord record, CancelOrder cancel, CommandRecord end) {
        desk.finish(
                record,
                new CommandState.Done(end.orderId()),
                List.of(new ExecutionReport.Cancelled(
                        record.command().id(),
                        cancel.ticker(),
                        end.orderId().orElse(""),
                        cancelledE2(end),
                        desk.now(),
                        0)),
                List.of());
    }

    private long cancelledE2(CommandRecord target) {
        long filled = 0;
        for (ExecutionReport report : target.reports()) {
            filled += report instanceof ExecutionReport.Filled fills ? LaneDesk.totalE2(fills.fills()) : 0;
        }
        return target.command() instanceof PlaceOrder order ? Math.max(0, desk.placedE2(order) - filled) : 0;
    }

    void amend(CommandRecord received, RiskApproved<AmendOrder> approved) {
        AmendOrder amend = approved.command();
        Optional<CommandRecord> target = desk.ledger.find(desk.lane, amend.targetCommandId());
        if (target.isEmpty() || !(target.get().state() instanceof CommandState.Resting resting)) {
            desk.refuse(
                    received,
                    RefusalReason.NOT_OPEN,
                    amend.targetCommandId() + " is "
                            + target.map(found -> found.state().label()).orElse("not known") + ", RESTING is needed");
            return;
        }
        CommandRecord record = desk.sending(received);
        if (desk.isFencedNow(record)) {
            return;
        }
        switch (outcome(approved, resting.id())) {
            case Outcome.Accepted accepted -> accepted(record, target.get(), amend, accepted);
            case Outcome.Rejected rejected -> {
                if (rejected.rejection() == Rejection.ORDER_GROUP_TRIPPED) {
                    group.tripped(record, rejected.detail());
                } else {
                    desk.refuse(record, OrderSender.reason(rejected.rejection()), rejected.detail());
                }
            }
            case Outcome.NotAuthorised no -> desk.refuse(record, RefusalReason.NOT_AUTHORISED, no.detail());
            case Outcome.Unknown unknown -> {
                List<ExecutionReport> reports = List.of(resolver.unknown(record, unknown.cause()));
                CommandRecord moved =
                        desk.move(record, new CommandState.Unknown(Optional.empty(), 0), reports, List.of());
                desk.send(reports);
                resolver.resolve(moved);
            }
        }
    }

    private Outcome outcome(RiskApproved<AmendOrder> approved, String orderId) {
        try {
            return desk.exchange.amend(approved, orderId);
        } catch (RuntimeException e) {
            return new Outcome.Unknown("the adapter failed: " + e);
        }
    }

    private void accepted(CommandRecord record, CommandRecord target, AmendOrder amend, Outcome.Accepted accepted) {
        desk.finish(
                record,
                new CommandState.Done(Optional.of(accepted.orderId())),
                List.of(new ExecutionReport.Accepted(
                        record.command().id(),
                        amend.terms().ticker(),
                        accepted.orderId(),
                        accepted.remainingE2(),
                        accepted.exchangeNanos(),
                        0)),
                List.of());
        try {
            Optional<OrderView> seen = desk.exchange.order(amend.terms().ticker(), accepted.orderId());
            if (seen.isPresent()) {
                resolver.sync(target);
            }
        } catch (ExchangeUnavailableException e) {
            // Fills that the amendment caused are found by the next reconciliation.
        }
    }
}
