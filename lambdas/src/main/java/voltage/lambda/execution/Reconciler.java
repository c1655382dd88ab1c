package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.market.FixedPoint;
import voltage.order.Account;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;

/**
 * Compares the ledger with the exchange over the union of both sides' markets and books what is missing. Only fills and settlements
 * are ever booked, by their own keys, so any number of reconciliations equals one; a difference that none explains is reported
 * and never patched.
 */
final class Reconciler {
    /** A DynamoDB transaction holds at most 100 items; the record and the version take two. */
    private static final int ENTRIES_PER_WRITE = 40;

    private final LaneDesk desk;
    private final Resolver resolver;
    private final Settler settler;

    Reconciler(LaneDesk desk, Resolver resolver, Settler settler) {
        this.desk = desk;
        this.resolver = resolver;
        this.settler = settler;
    }

    void reconcile(CommandRecord received) {
        CommandRecord record = received;
        try {
            if (!awaitFreshData(desk.now())) {
                desk.refuse(record, RefusalReason.NOT_YET, "the exchange's data are older than this reconciliation");
                return;
            }
            resolveUnfinished(record.command().id());
            desk.books.refresh();
            record = openBooks(record);
            record = adoptFills(record);
            record = bookSettlements(record);
            List<ExecutionReport> alerts = differences();
            CommandRecord done = desk.move(record, new CommandState.Done(Optional.empty()), alerts, List.of());
            desk.send(done.reports());
        } catch (ExchangeUnavailableException e) {
            // What was booked so far stays booked; the next reconciliation goes on from there.
            desk.send(record.reports());
            desk.refuse(record, RefusalReason.NOT_YET, "the exchange gave no answer: " + e.getMessage());
        }
    }

    /**
     * Whether the exchange's data have moved past the start. That they move is not enough: reads may lag by more than they move while
     * we wait. Should our clock be ahead, nothing is concluded.
     */
    private boolean awaitFreshData(long startNanos) {
        for (int i = 0; i < desk.settings.asks(); i++) {
            if (i > 0) {
                desk.pause.pause(desk.settings.pauseNanos());
            }
            if (desk.exchange.userDataNanos() >= startNanos) {
                return true;
            }
        }
        return false;
    }

    private void resolveUnfinished(String currentId) {
        for (CommandRecord other : desk.others(currentId)) {
            if (other.state() instanceof CommandState.Resting) {
                resolver.sync(other);
            } else {
                resolver.resolve(other);
            }
        }
    }

    /** An empty ledger starts from what the account holds; what came before is not ours to explain. */
    private CommandRecord openBooks(CommandRecord record) {
        long cashE6 = desk.books.isEmpty() ? desk.exchange.cashE6() : 0;
        if (cashE6 == 0) {
            return record;
        }
        return desk.move(
                record,
                new CommandState.Received(),
                List.of(),
                List.of(new LedgerEntry.Deposited("opening", cashE6, desk.exchange.userDataNanos())));
    }

    private CommandRecord adoptFills(CommandRecord received) {
        if (desk.books.isEmpty()) {
            return received;
        }
        long firstNanos = desk.books.firstNanos();
        List<Fill> missing = missingSince(Math.max(firstNanos, desk.now() - desk.settings.lookbackNanos()));
        if (!explains(missing)) {
            missing = missingSince(firstNanos);
        }
        Map<String, String> commandByOrder = new HashMap<>();
        CommandRecord record = received;
        for (int from = 0; from < missing.size(); from += ENTRIES_PER_WRITE) {
            List<Fill> chunk = missing.subList(from, Math.min(missing.size(), from + ENTRIES_PER_WRITE));
            Map<String, List<Fill>> byOrder = new LinkedHashMap<>();
            for (Fill fill : chunk) {
                byOrder.computeIfAbsent(fill.orderId(), order -> new ArrayList<>())
                        .add(fill);
            }
            List<LedgerEntry> entries = new ArrayList<>();
            List<ExecutionReport> reports = new ArrayList<>();
            for (List<Fill> fills : byOrder.values()) {
                String commandId = commandByOrder.computeIfAbsent(
                        fills.getFirst().orderId(), order -> commandOf(fills.getFirst()));
                entries.addAll(LaneDesk.entries(fills, commandId));
                reports.add(new ExecutionReport.Corrected(
                        commandId,
                        fills.getFirst().ticker(),
                        fills,
                        commandId.isEmpty() ? "fills of an order that is not ours" : "fills that were not booked",
                        desk.now(),
                        0));
            }
            record = desk.move(record, new CommandState.Received(), reports, entries);
        }
        return record;
    }

    private List<Fill> missingSince(long nanos) {
        return desk.unbooked(desk.exchange.fillsSince(nanos));
    }

    /** Whether the ledger with these fills holds what the exchange holds, as far as that lists it. */
    private boolean explains(List<Fill> missing) {
        Map<String, Long> projected = new HashMap<>();
        for (Fill fill : missing) {
            projected.merge(fill.ticker(), fill.signedCountE2(), Long::sum);
        }
        for (Map.Entry<String, Long> position : desk.exchange.positions().entrySet()) {
            long ours =
                    desk.books.account().positionE2(position.getKey()) + projected.getOrDefault(position.getKey(), 0L);
            if (ours != position.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** The command of ours whose client order id the fill's order bears, or empty text. */
    private String commandOf(Fill fill) {
        Optional<OrderView> order = desk.exchange.order(fill.ticker(), fill.orderId());
        return order.map(OrderView::clientOrderId)
                .filter(id -> desk.ledger.find(desk.lane, id).isPresent())
                .orElse("");
    }

    private CommandRecord bookSettlements(CommandRecord received) {
        CommandRecord record = received;
        for (Account.Position position :
                List.copyOf(desk.books.account().positions().values())) {
            if (position.isOpen()
                    && !position.isSettled()
                    && settler.ask(position.ticker()) instanceof Settler.Answer.Pays pays) {
                record = desk.move(
                        record, new CommandState.Received(), Settler.reports("", pays, desk.now()), pays.entries());
            }
        }
        return record;
    }

    private List<ExecutionReport> differences() {
        Map<String, Long> theirs = desk.exchange.positions();
        TreeSet<String> tickers = new TreeSet<>(theirs.keySet());
        for (Account.Position position : desk.books.account().positions().values()) {
            if (position.isOpen()) {
                tickers.add(position.ticker());
            }
        }
        List<ExecutionReport> alerts = new ArrayList<>();
        for (String ticker : tickers) {
            long held = desk.books.account().positionE2(ticker);
            long there = theirs.getOrDefault(ticker, 0L);
            // A market that has ended leaves the exchange's list before it is paid.
            if (held != there && desk.exchange.marketResult(ticker).isEmpty()) {
                alerts.add(alert(
                        ticker,
                        "ALERT: the ledger holds " + FixedPoint.format(held, 2) + ", the exchange "
                                + FixedPoint.format(there, 2) + ", and no fill explains it"));
            }
        }
        boolean hasResting = desk.ledger.unfinished(desk.lane).stream()
                .anyMatch(other -> other.state() instanceof CommandState.Resting);
        long cashE6 = desk.exchange.cashE6();
        long bookedE6 = desk.books.account().cashE6();
        // Resting orders bind cash at the exchange and not in the ledger; with any, the two differ rightly.
        if (!hasResting && cashE6 != bookedE6) {
            alerts.add(alert(
                    "",
                    "ALERT: ledger cash is " + FixedPoint.format(bookedE6, 6) + ", the exchange has "
                            + FixedPoint.format(cashE6, 6)));
        }
        return alerts;
    }

    private ExecutionReport alert(String ticker, String text) {
        return new ExecutionReport.Corrected("", ticker, List.of(), text, desk.now(), 0);
    }
}
