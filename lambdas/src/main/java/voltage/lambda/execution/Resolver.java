package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import voltage.lambda.execution.Exchange.OrderStatus;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Reconcile;
import voltage.order.Command.Settle;
import voltage.order.Command.SwitchLane;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.RefusalReason;

/**
 * Finds out what became of commands by asking the exchange. It never sends an order again. Absence is concluded only from data
 * newer than any moment at which the exchange could still have taken the request, several times over; presence only with all the
 * fills that the exchange counts.
 */
final class Resolver {
    private static final int CANCELS_PER_ROUND = 2;

    /** What a round of asking has learnt. */
    private sealed interface Finding {
        record Ended(OrderView order, List<Fill> fills) implements Finding {}

        record Absent() implements Finding {}

        /** @param orderId known if the exchange has listed it */
        record Open(Optional<String> orderId, String why) implements Finding {}
    }

    private final LaneDesk desk;

    Resolver(LaneDesk desk) {
        this.desk = desk;
    }

    /**
     * Earlier commands of a market that a crash or a lost answer left behind. Bounded by the settings' budget; a command whose rounds
     * are used up waits for reconciliation.
     */
    void resolveOthers(String currentId, String ticker) {
        long deadline = desk.now() + desk.settings.roundNanos();
        for (CommandRecord other : desk.others(currentId)) {
            if (LaneDesk.ticker(other.command()).equals(ticker)
                    && !(other.state() instanceof CommandState.Resting)
                    && other.rounds() < desk.settings.maxRounds()
                    && desk.now() < deadline) {
                resolve(other);
            }
        }
    }

    /**
     * One round of asking for a command that is not finished. An order that rests is taken down, and stays unknown while its end cannot
     * be seen.
     */
    CommandRecord resolve(CommandRecord record) {
        if (record.state() instanceof CommandState.Received || record.state() instanceof CommandState.Replacing) {
            // Never sent, and the queue has moved past it: it went to the dead letters.
            return desk.refuse(record, RefusalReason.LATE, "abandoned before it was sent");
        }
        return switch (record.command()) {
            case PlaceOrder order -> resolveOrder(record);
            case ClosePosition close -> resolveOrder(record);
            case AmendOrder amend -> resolveAmend(record, amend);
            // These never leave RECEIVED before they end; carried out again, they change nothing.
            case CancelOrder c -> record;
            case Reconcile r -> record;
            case Settle s -> record;
            case SwitchLane s -> record;
        };
    }

    private CommandRecord resolveOrder(CommandRecord record) {
        return switch (ask(record)) {
            case Finding.Ended ended -> end(record, ended.order(), ended.fills());
            case Finding.Absent() ->
                desk.refuse(record, RefusalReason.EXCHANGE_REJECTED, "the exchange does not have it: it never arrived");
            case Finding.Open open -> stillUnknown(record, open.orderId(), open.why());
        };
    }

    private Finding ask(CommandRecord record) {
        String ticker = LaneDesk.ticker(record.command());
        // The send happened before this moment and before this reading of the exchange's clock.
        long askedNanos = desk.now();
        long firstDataNanos = Long.MIN_VALUE;
        int absent = 0;
        int cancels = 0;
        String why = "no answer";
        Optional<String> orderId = record.orderId();
        for (int i = 0; i < desk.settings.asks() && isInTime(askedNanos); i++) {
            if (i > 0) {
                desk.pause.pause(desk.settings.pauseNanos());
            }
            try {
                long dataNanos = desk.exchange.userDataNanos();
                firstDataNanos = firstDataNanos == Long.MIN_VALUE ? dataNanos : firstDataNanos;
                Optional<OrderView> found = find(record, ticker);
                if (found.isEmpty()) {
                    boolean fresh = isPast(record, dataNanos, Math.max(askedNanos, firstDataNanos));
                    absent = fresh ? absent + 1 : 0;
                    why = "not listed in data as of " + dataNanos;
                    // An order id or a booked fill proves that it exists, whatever the listing says.
                    if (absent >= desk.settings.agreeingAsks() && orderId.isEmpty()) {
                        return new Finding.Absent();
                    }
                    continue;
                }
                absent = 0;
                OrderView order = found.get();
                orderId = Optional.of(order.orderId());
                if (order.status() == OrderStatus.RESTING) {
                    why = "order " + order.orderId() + " is listed as resting";
                    if (cancels++ < CANCELS_PER_ROUND) {
                        desk.exchange.cancel(ticker, exchangeIndex(record), order.orderId());
                    }
                    continue;
                }
                List<Fill> fills = desk.exchange.fillsOfOrder(ticker, order.orderId());
                if (LaneDesk.totalE2(fills) == order.filledE2()) {
                    return new Finding.Ended(order, fills);
                }
                why = "fills due: " + LaneDesk.totalE2(fills) + " of " + order.filledE2() + " E2";
            } catch (ExchangeUnavailableException e) {
                absent = 0;
                why = String.valueOf(e.getMessage());
            }
        }
        return new Finding.Open(orderId, why);
    }

    /**
     * Whether data show a moment at which the command can no longer arrive: newer than this round's beginning by a margin, and past
     * the time for which the exchange would still take the signed request, wherever that may have been held up.
     */
    private boolean isPast(CommandRecord record, long dataNanos, long begunNanos) {
        long sentNanos = desk.sendLog.sentNanos(record.command().id(), desk.now());
        return dataNanos >= begunNanos + desk.settings.freshMarginNanos()
                && dataNanos >= sentNanos + desk.settings.acceptNanos();
    }

    /** Reads that fail take their time; a round must not take the Lambda's. */
    private boolean isInTime(long askedNanos) {
        return desk.now() - askedNanos <= desk.settings.roundNanos();
    }

    private Optional<OrderView> find(CommandRecord record, String ticker) {
        return record.orderId().isPresent()
                ? desk.exchange.order(ticker, record.orderId().get())
                : desk.exchange.findByClientOrderId(ticker, record.command().id());
    }

    private static int exchangeIndex(CommandRecord record) {
        return switch (record.command()) {
            case PlaceOrder order -> order.terms().exchangeIndex();
            case ClosePosition close -> close.exchangeIndex();
            case AmendOrder amend -> amend.terms().exchangeIndex();
            case CancelOrder c -> -1;
            case Reconcile r -> -1;
            case Settle s -> -1;
            case SwitchLane s -> -1;
        };
    }

    private CommandRecord end(CommandRecord record, OrderView order, List<Fill> fills) {
        desk.books.refresh();
        List<Fill> fresh = desk.unbooked(fills);
        return desk.finish(
                record,
                new CommandState.Done(Optional.of(order.orderId())),
                List.of(ended(record, order.orderId(), fresh, unfilledE2(record, order))),
                LaneDesk.entries(fresh, record.command().id()));
    }

    private long unfilledE2(CommandRecord record, OrderView order) {
        return record.command() instanceof PlaceOrder place ? Math.max(0, desk.placedE2(place) - order.filledE2()) : 0;
    }

    /** The last report of an order: its new fills, or that nothing of it is left. */
    ExecutionReport ended(CommandRecord record, String orderId, List<Fill> fresh, long unfilledE2) {
        String id = record.command().id();
        String ticker = LaneDesk.ticker(record.command());
        return fresh.isEmpty()
                ? new ExecutionReport.Cancelled(id, ticker, orderId, unfilledE2, desk.now(), 0)
                : new ExecutionReport.Filled(
                        id, ticker, orderId, fresh, true, fresh.getLast().exchangeNanos(), 0);
    }

    private CommandRecord stillUnknown(CommandRecord record, Optional<String> orderId, String why) {
        int rounds = record.rounds() + 1;
        List<ExecutionReport> reports = new ArrayList<>();
        if (!(record.state() instanceof CommandState.Unknown)) {
            reports.add(unknown(record, why));
        }
        if (rounds == desk.settings.maxRounds()) {
            reports.add(unknown(
                    record,
                    "ALERT: still unknown after " + rounds + " rounds of asking (" + why
                            + "); its owner is now the reconcile command"));
        }
        CommandRecord moved = desk.move(record, new CommandState.Unknown(orderId, rounds), reports, List.of());
        desk.send(reports);
        return moved;
    }

    ExecutionReport.Unknown unknown(CommandRecord record, String cause) {
        return new ExecutionReport.Unknown(
                record.command().id(), LaneDesk.ticker(record.command()), cause, desk.now(), 0);
    }

    /** The amended order shows the new terms, or data past the send shows the old ones. */
    private CommandRecord resolveAmend(CommandRecord record, AmendOrder amend) {
        String why = "no answer";
        long askedNanos = desk.now();
        long firstDataNanos = Long.MIN_VALUE;
        for (int i = 0; i < desk.settings.asks() && isInTime(askedNanos); i++) {
            if (i > 0) {
                desk.pause.pause(desk.settings.pauseNanos());
            }
            try {
                long dataNanos = desk.exchange.userDataNanos();
                firstDataNanos = firstDataNanos == Long.MIN_VALUE ? dataNanos : firstDataNanos;
                Optional<OrderView> found =
                        desk.exchange.findByClientOrderId(amend.terms().ticker(), amend.targetCommandId());
                boolean taken = found.isPresent() && hasTerms(found.get(), amend);
                if (taken || isPast(record, dataNanos, Math.max(askedNanos, firstDataNanos))) {
                    return taken
                            ? amended(record, amend, found.get())
                            : desk.refuse(record, RefusalReason.EXCHANGE_REJECTED, "the order has its old terms");
                }
                why = "the order still has its old terms";
            } catch (ExchangeUnavailableException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        return stillUnknown(record, record.orderId(), why);
    }

    private static boolean hasTerms(OrderView order, AmendOrder amend) {
        return order.yesPriceE4() == amend.terms().yesPriceE4()
                && order.filledE2() + order.remainingE2() == amend.terms().countE2();
    }

    private CommandRecord amended(CommandRecord record, AmendOrder amend, OrderView order) {
        return desk.finish(
                record,
                new CommandState.Done(Optional.of(order.orderId())),
                List.of(new ExecutionReport.Accepted(
                        record.command().id(),
                        amend.terms().ticker(),
                        order.orderId(),
                        order.remainingE2(),
                        desk.now(),
                        0)),
                List.of());
    }

    /** Books what a resting order has filled meanwhile, and its end if it has ended. One look; more come later. */
    void sync(CommandRecord record) {
        String ticker = LaneDesk.ticker(record.command());
        Optional<OrderView> found = find(record, ticker);
        if (found.isEmpty()) {
            return;
        }
        OrderView order = found.get();
        List<Fill> fills = desk.exchange.fillsOfOrder(ticker, order.orderId());
        if (order.status() != OrderStatus.RESTING && LaneDesk.totalE2(fills) == order.filledE2()) {
            end(record, order, fills);
            return;
        }
        desk.books.refresh();
        List<Fill> fresh = desk.unbooked(fills);
        if (fresh.isEmpty()) {
            return;
        }
        desk.finish(
                record,
                record.state(),
                List.of(new ExecutionReport.Filled(
                        record.command().id(),
                        ticker,
                        order.orderId(),
                        fresh,
                        false,
                        fresh.getLast().exchangeNanos(),
                        0)),
                LaneDesk.entries(fresh, record.command().id()));
    }

    /** Reads an order's fills until they add up to what its answer counted, or the bound is reached. */
    List<Fill> awaitFills(String ticker, String orderId, long expectedE2) {
        List<Fill> fills = List.of();
        for (int i = 0; i < desk.settings.fillPolls(); i++) {
            if (i > 0) {
                desk.pause.pause(desk.settings.pauseNanos());
            }
            try {
                fills = desk.exchange.fillsOfOrder(ticker, orderId);
                if (LaneDesk.totalE2(fills) >= expectedE2) {
                    return fills;
                }
            } catch (ExchangeUnavailableException e) {
                // The bound is the answer: what has not come is due.
            }
        }
        return fills;
    }
}
