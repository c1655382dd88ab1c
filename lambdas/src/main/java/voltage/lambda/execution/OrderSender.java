package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import voltage.lambda.execution.Exchange.Outcome;
import voltage.lambda.execution.Exchange.Rejection;
import voltage.order.Command.PlaceOrder;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.LaneState;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;
import voltage.order.TimeInForce;
import voltage.risk.RiskApproved;

/** Sends an approved order exactly once and books what the exchange says came of it. */
final class OrderSender {
    private final LaneDesk desk;
    private final Resolver resolver;
    private final Settler settler;
    private final OrderGroupGuard group;

    OrderSender(LaneDesk desk, Resolver resolver, Settler settler, OrderGroupGuard group) {
        this.desk = desk;
        this.resolver = resolver;
        this.settler = settler;
        this.group = group;
    }

    void send(CommandRecord received, RiskApproved<PlaceOrder> approved) {
        CommandRecord record = desk.sending(received);
        if (desk.isFencedNow(record)) {
            return;
        }
        switch (outcome(approved)) {
            case Outcome.Accepted accepted -> book(record, approved.command(), accepted);
            case Outcome.Rejected rejected -> rejected(record, approved.command(), rejected);
            case Outcome.Unknown unknown -> unknown(record, unknown.cause());
            case Outcome.NotAuthorised notAuthorised -> {
                disarm();
                desk.refuse(record, RefusalReason.NOT_AUTHORISED, notAuthorised.detail());
            }
        }
    }

    private Outcome outcome(RiskApproved<PlaceOrder> approved) {
        try {
            return desk.exchange.place(approved);
        } catch (RuntimeException e) {
            // An adapter that fails in an unforeseen way has said nothing about the order.
            return new Outcome.Unknown("the adapter failed: " + e);
        }
    }

    private void unknown(CommandRecord record, String cause) {
        List<ExecutionReport> reports = List.of(resolver.unknown(record, cause));
        CommandRecord unknown = desk.move(record, new CommandState.Unknown(Optional.empty(), 0), reports, List.of());
        desk.send(reports);
        resolver.resolve(unknown);
    }

    private void book(CommandRecord record, PlaceOrder order, Outcome.Accepted accepted) {
        String ticker = order.terms().ticker();
        String id = record.command().id();
        if (accepted.filledE2() == 0) {
            boolean rests = accepted.remainingE2() > 0;
            ExecutionReport report = rests
                    ? accepted(record, ticker, accepted)
                    : resolver.ended(
                            record, accepted.orderId(), List.of(), order.terms().countE2());
            desk.finish(record, rests ? resting(accepted) : done(accepted), List.of(report), List.of());
            return;
        }
        List<Fill> fills = resolver.awaitFills(ticker, accepted.orderId(), accepted.filledE2());
        long bookedE2 = LaneDesk.totalE2(fills);
        long restingE2 = Math.max(0, accepted.remainingE2() - Math.max(0, bookedE2 - accepted.filledE2()));
        boolean complete = bookedE2 >= accepted.filledE2();
        List<ExecutionReport> reports = new ArrayList<>();
        if (complete && restingE2 > 0) {
            reports.add(accepted(record, ticker, accepted));
        }
        if (!fills.isEmpty()) {
            reports.add(new ExecutionReport.Filled(
                    id,
                    ticker,
                    accepted.orderId(),
                    fills,
                    complete && restingE2 == 0,
                    fills.getLast().exchangeNanos(),
                    0));
        }
        if (!complete) {
            reports.add(resolver.unknown(
                    record, "fills due: " + bookedE2 + " of " + accepted.filledE2() + " E2 are listed"));
        }
        CommandState next = !complete
                ? new CommandState.Unknown(Optional.of(accepted.orderId()), 0)
                : restingE2 > 0 ? resting(accepted) : done(accepted);
        desk.finish(record, next, reports, LaneDesk.entries(fills, id));
    }

    private static CommandState resting(Outcome.Accepted accepted) {
        return new CommandState.Resting(accepted.orderId());
    }

    private static CommandState done(Outcome.Accepted accepted) {
        return new CommandState.Done(Optional.of(accepted.orderId()));
    }

    private ExecutionReport accepted(CommandRecord record, String ticker, Outcome.Accepted accepted) {
        return new ExecutionReport.Accepted(
                record.command().id(), ticker, accepted.orderId(), accepted.remainingE2(), accepted.exchangeNanos(), 0);
    }

    private void rejected(CommandRecord record, PlaceOrder order, Outcome.Rejected rejected) {
        switch (rejected.rejection()) {
            case ORDER_EXISTS -> unknown(record, "the exchange has an order with this id already");
            case NOT_FILLABLE -> {
                if (order.terms().timeInForce() == TimeInForce.FILL_OR_KILL) {
                    List<ExecutionReport> reports = List.of(
                            resolver.ended(record, "", List.of(), order.terms().countE2()));
                    desk.finish(record, new CommandState.Done(Optional.empty()), reports, List.of());
                } else {
                    desk.refuse(record, RefusalReason.EXCHANGE_REJECTED, rejected.detail());
                }
            }
            case MARKET_CLOSED -> closed(record, order, rejected.detail());
            case ORDER_GROUP_TRIPPED -> group.tripped(record, rejected.detail());
            case INSUFFICIENT_CASH, RATE_LIMITED, PRICE_INVALID, NOT_FOUND, NO_ORDER_GROUP, UNSUPPORTED, OTHER ->
                desk.refuse(record, reason(rejected.rejection()), rejected.detail());
        }
    }

    static RefusalReason reason(Rejection rejection) {
        return switch (rejection) {
            case MARKET_CLOSED -> RefusalReason.MARKET_CLOSED;
            case INSUFFICIENT_CASH -> RefusalReason.INSUFFICIENT_CASH;
            case RATE_LIMITED -> RefusalReason.ORDER_RATE_LIMIT;
            case PRICE_INVALID -> RefusalReason.PRICE_INVALID;
            case NOT_FOUND -> RefusalReason.NOT_OPEN;
            case ORDER_EXISTS -> RefusalReason.DUPLICATE;
            case NO_ORDER_GROUP -> RefusalReason.NO_ORDER_GROUP;
            case ORDER_GROUP_TRIPPED -> RefusalReason.ORDER_GROUP_TRIPPED;
            case NOT_FILLABLE, UNSUPPORTED, OTHER -> RefusalReason.EXCHANGE_REJECTED;
        };
    }

    /** A closed market ends in a settlement: it is asked for once, and the order is not tried again. */
    private void closed(CommandRecord record, PlaceOrder order, String detail) {
        List<ExecutionReport> reports = new ArrayList<>();
        List<LedgerEntry> entries = List.of();
        reports.add(desk.refused(record.command(), RefusalReason.MARKET_CLOSED, detail));
        try {
            if (settler.ask(order.terms().ticker()) instanceof Settler.Answer.Pays pays) {
                reports.addAll(Settler.reports("", pays, desk.now()));
                entries = pays.entries();
            }
        } catch (ExchangeUnavailableException e) {
            // A settle command or the reconciliation will ask again.
        }
        desk.finish(record, new CommandState.Refused(RefusalReason.MARKET_CLOSED), reports, entries);
    }

    /** No order can work with this key: entries stop until an operator arms the lane again. */
    private void disarm() {
        for (int i = 0; i < 2; i++) {
            LaneState state = desk.ledger.laneState(desk.lane);
            if (!state.armed()) {
                return;
            }
            try {
                desk.ledger.changeLaneState(desk.lane, state.switched(false, state.paused()));
                return;
            } catch (LedgerConflictException e) {
                // Somebody else changed it just now; theirs is read and ours is laid over it once more.
            }
        }
    }
}
