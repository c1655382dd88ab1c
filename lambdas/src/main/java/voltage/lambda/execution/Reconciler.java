package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import voltage.lambda.execution.Exchange.MarketResult;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.market.FeeSchedule;
import voltage.market.FixedPoint;
import voltage.order.Account;
import voltage.order.Command.Reconcile;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.LaneState;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.order.Reconciliation;
import voltage.order.Reconciliation.Finding;
import voltage.order.Reconciliation.Subject;
import voltage.order.Reconciliation.Verdict;
import voltage.order.RefusalReason;

/**
 * Compares the ledger with the exchange over the union of both sides' markets and books what is missing. Only fills and settlements
 * are ever booked, by their own keys, so any number of reconciliations equals one; a difference that none explains is reported
 * and never patched.
 */
final class Reconciler {
    /** A DynamoDB transaction holds at most 100 items; the record and the version take two. */
    private static final int ENTRIES_PER_WRITE = 40;

    private static final int MAX_FINDINGS = 100;
    private static final int LIFT_ATTEMPTS = 3;

    private final LaneDesk desk;
    private final Settler settler;
    private final OrderGroupGuard group;
    private final FeeSchedule fees;
    private final DataClock clock;
    private final RestingOrders orders;

    Reconciler(LaneDesk desk, Resolver resolver, Settler settler, OrderGroupGuard group, FeeSchedule fees) {
        this.desk = desk;
        this.settler = settler;
        this.group = group;
        this.fees = fees;
        clock = new DataClock(desk);
        orders = new RestingOrders(desk, resolver, clock);
    }

    void reconcile(CommandRecord received, Reconcile command) {
        CommandRecord record = received;
        LaneState state = desk.ledger.laneState(desk.lane);
        if (command.liftsHalt() && command.header().fenceEpoch() < state.fenceEpoch()) {
            desk.refuse(record, RefusalReason.FENCED, fenced(command, state));
            return;
        }
        try {
            if (!clock.awaitNow(0)) {
                desk.refuse(record, RefusalReason.NOT_YET, "the exchange's data are older than this reconciliation");
                return;
            }
            orders.resolveUnfinished(command.id(), state.halted());
            desk.books.refresh();
            List<Finding> findings = new ArrayList<>();
            record = openBooks(record, findings);
            findings.addAll(orders.compare(command.id()));
            record = bookMissing(record, findings);
            Reconciliation result = compare(findings);
            if (!result.isClean() && clock.awaitNow(desk.settings.freshMarginNanos())) {
                // Something may have happened between two of the reads: what stays in newer data is a difference.
                record = bookMissing(record, findings);
                result = compare(findings);
            }
            finish(record, command, result, alerts(result));
        } catch (ExchangeUnavailableException e) {
            // What was booked so far stays booked; the next reconciliation goes on from there.
            desk.send(record.reports());
            desk.refuse(record, RefusalReason.NOT_YET, "the exchange gave no answer: " + e.getMessage());
        }
    }

    private void finish(CommandRecord record, Reconcile command, Reconciliation result, List<ExecutionReport> alerts) {
        List<ExecutionReport> reports = new ArrayList<>(alerts);
        reports.add(new ExecutionReport.Reconciled(command.id(), result, desk.now(), 0));
        CommandState end = new CommandState.Done(Optional.empty());
        if (command.liftsHalt()) {
            Optional<ExecutionReport.Refused> refusal = result.isClean()
                    ? lift(command)
                    : Optional.of(desk.refused(
                            command,
                            RefusalReason.NOT_RECONCILED,
                            "the lane stays halted: " + result.count(Verdict.UNEXPLAINED)
                                    + " differences are unexplained"));
            if (refusal.isPresent()) {
                reports.add(refusal.get());
                end = new CommandState.Refused(refusal.get().reason());
            }
        }
        CommandRecord done = desk.move(record, end, reports, List.of());
        desk.send(done.reports());
    }

    /**
     * The exchange's own limit is opened before entries are possible. The state is written even if it was not halted: an engine that has
     * halted itself goes on when it sees a newer version.
     */
    private Optional<ExecutionReport.Refused> lift(Reconcile command) {
        for (int i = 0; i < LIFT_ATTEMPTS; i++) {
            LaneState state = desk.ledger.laneState(desk.lane);
            if (command.header().fenceEpoch() < state.fenceEpoch()) {
                if (i > 0) {
                    group.closeAgain();
                }
                return Optional.of(desk.refused(command, RefusalReason.FENCED, fenced(command, state)));
            }
            Optional<String> closed = i > 0 ? Optional.empty() : group.reset();
            if (closed.isPresent()) {
                return Optional.of(desk.refused(
                        command,
                        RefusalReason.NO_ORDER_GROUP,
                        "the lane stays halted, for the exchange's own limit could not be opened again: "
                                + closed.get()));
            }
            try {
                desk.ledger.changeLaneState(desk.lane, state.resume());
                return Optional.empty();
            } catch (LedgerConflictException e) {
                // Somebody changed it just now: perhaps the fence, so look again.
            }
        }
        if (desk.ledger.laneState(desk.lane).halted()) {
            // What was opened for entries that will not come.
            group.closeAgain();
        }
        return Optional.of(desk.refused(
                command, RefusalReason.NOT_YET, "the lane's state was changed by others all the time; try again"));
    }

    private static String fenced(Reconcile command, LaneState state) {
        return "asked for under fence " + command.header().fenceEpoch() + ", the fence is " + state.fenceEpoch();
    }

    private CommandRecord bookMissing(CommandRecord received, List<Finding> findings) {
        return bookSettlements(adoptFills(received, findings), findings);
    }

    /** An empty ledger starts from what the account holds; what came before is not ours to explain. */
    private CommandRecord openBooks(CommandRecord record, List<Finding> findings) {
        long cashE6 = desk.books.isEmpty() ? desk.exchange.cashE6() : 0;
        if (cashE6 == 0) {
            return record;
        }
        findings.add(new Finding(
                Verdict.ADOPTED,
                Subject.BALANCE,
                "",
                "the ledger was empty and begins with the balance of " + FixedPoint.format(cashE6, 6)));
        return desk.move(
                record,
                new CommandState.Received(),
                List.of(),
                List.of(new LedgerEntry.Deposited("opening", cashE6, desk.exchange.userDataNanos())));
    }

    private CommandRecord adoptFills(CommandRecord received, List<Finding> findings) {
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
                findings.add(new Finding(
                        Verdict.ADOPTED,
                        Subject.FILL,
                        fills.getFirst().ticker(),
                        fills.size() + " fills of order " + fills.getFirst().orderId() + ", "
                                + FixedPoint.format(LaneDesk.totalE2(fills), 2) + " contracts, "
                                + (commandId.isEmpty() ? "which is not ours" : "which " + commandId + " placed")));
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

    private CommandRecord bookSettlements(CommandRecord received, List<Finding> findings) {
        CommandRecord record = received;
        for (Account.Position position :
                List.copyOf(desk.books.account().positions().values())) {
            if (position.isOpen()
                    && !position.isSettled()
                    && settler.ask(position.ticker()) instanceof Settler.Answer.Pays pays) {
                findings.add(new Finding(
                        Verdict.ADOPTED,
                        Subject.SETTLEMENT,
                        position.ticker(),
                        "settled " + pays.settlement().result() + ", paid "
                                + FixedPoint.format(pays.settlement().revenueE6(), 6)));
                record = desk.move(
                        record, new CommandState.Received(), Settler.reports("", pays, desk.now()), pays.entries());
            }
        }
        return record;
    }

    private Reconciliation compare(List<Finding> booked) {
        List<Finding> findings = new ArrayList<>(booked);
        List<String> ended = comparePositions(findings);
        List<OrderView> resting = desk.exchange.resting();
        Account account = desk.books.account();
        Reconciliation sums = new Reconciliation(
                List.of(),
                account.cashE6(),
                BoundCash.boundE6(resting, account),
                desk.exchange.cashE6(),
                desk.exchange.userDataNanos());
        if (sums.differenceE6() != 0) {
            findings.addAll(CashSuspects.of(
                    sums.differenceE6(),
                    new CashSuspects.Circumstances(
                            payoutE6(ended), BoundCash.feesE6(resting, fees), resting.size(), account.fills())));
        }
        return new Reconciliation(
                bounded(findings), sums.ledgerCashE6(), sums.boundE6(), sums.exchangeCashE6(), sums.dataNanos());
    }

    /** Returns the markets that have ended and are not paid yet. */
    private List<String> comparePositions(List<Finding> findings) {
        Map<String, Long> theirs = desk.exchange.positions();
        TreeSet<String> tickers = new TreeSet<>(theirs.keySet());
        for (Account.Position position : desk.books.account().positions().values()) {
            if (position.isOpen()) {
                tickers.add(position.ticker());
            }
        }
        List<String> ended = new ArrayList<>();
        for (String ticker : tickers) {
            long held = desk.books.account().positionE2(ticker);
            long there = theirs.getOrDefault(ticker, 0L);
            Optional<MarketResult> result = desk.exchange.marketResult(ticker);
            // A market that has ended leaves the exchange's list before it is paid.
            if (result.isPresent()) {
                ended.add(ticker);
                findings.add(new Finding(
                        Verdict.EXPLAINED,
                        Subject.POSITION,
                        ticker,
                        FixedPoint.format(held, 2) + " held, ended "
                                + result.get().side() + ", not paid yet"));
            } else if (held != there) {
                findings.add(new Finding(
                        Verdict.UNEXPLAINED,
                        Subject.POSITION,
                        ticker,
                        "the ledger holds " + FixedPoint.format(held, 2) + ", the exchange "
                                + FixedPoint.format(there, 2) + ", and no fill explains it"));
            }
        }
        return ended;
    }

    private long payoutE6(List<String> ended) {
        long payoutE6 = 0;
        for (String ticker : ended) {
            long held = desk.books.account().positionE2(ticker);
            Optional<MarketResult> result = desk.exchange.marketResult(ticker);
            payoutE6 += result.isEmpty()
                    ? 0
                    : Math.max(0, held * result.get().side().sign()) * 10_000;
        }
        return payoutE6;
    }

    /** A record of a command must fit into one item of the ledger. */
    private static List<Finding> bounded(List<Finding> findings) {
        if (findings.size() <= MAX_FINDINGS) {
            return findings;
        }
        // What is unexplained comes first, so that it is not what is left out.
        List<Finding> kept = new ArrayList<>(findings);
        kept.sort(Comparator.comparing(finding -> finding.verdict() != Verdict.UNEXPLAINED));
        kept = new ArrayList<>(kept.subList(0, MAX_FINDINGS));
        kept.add(new Finding(
                Verdict.EXPLAINED,
                Subject.BALANCE,
                "",
                findings.size() - MAX_FINDINGS + " further findings are left out"));
        return kept;
    }

    private List<ExecutionReport> alerts(Reconciliation result) {
        return result.findings().stream()
                .filter(finding -> finding.verdict() == Verdict.UNEXPLAINED)
                .<ExecutionReport>map(finding -> new ExecutionReport.Corrected(
                        "", finding.ticker(), List.of(), "ALERT: " + finding.text(), desk.now(), 0))
                .toList();
    }
}
