package voltage.local.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.local.exchange.Inspection;
import voltage.local.exchange.Inspection.FillFact;
import voltage.local.exchange.Inspection.OrderFact;
import voltage.local.exchange.Inspection.SettlementFact;
import voltage.local.play.VirtualTime;
import voltage.order.Account;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Fill;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.Settlement;
import voltage.risk.RiskLimits;

/**
 * What must hold, checked whenever money or orders have changed. Compares the exchange's own books, which nobody else sees, with the
 * ledger; keeps its own account and takes nothing of the executor's word.
 */
final class Rules {
    private static final long BOOK_AGE_NANOS = 500 * World.MILLI;
    private static final int TOKENS = 100;
    /** What an entry must leave for exits and cancels, and an exit for cancels. */
    private static final int RESERVE = 20;

    private static final long HALT_SEEN_NANOS = 2 * World.SECOND;

    private final VirtualTime time;
    private final EventLog log;
    private final Inspection exchange;
    private final Ledger ledger;
    private final RiskLimits limits;

    private final Account account = new Account();
    private final Map<String, FillFact> fills = new HashMap<>();
    private final Map<String, SettlementFact> settlements = new HashMap<>();
    private final Set<String> bookedFills = new HashSet<>();
    private final Set<String> bookedSettlements = new HashSet<>();
    private final Map<String, String> orderByCommand = new HashMap<>();
    private final Map<String, Long> reconcilingSinceNanos = new HashMap<>();
    private final Deque<long[]> spent = new ArrayDeque<>();
    private long spentTokens;
    private int ordersSeen;
    private int fillsSeen;
    private int settlementsSeen;
    private long version;
    private long checks;
    private long haltedNanos = Long.MAX_VALUE;
    private long byHandE2;

    Rules(VirtualTime time, EventLog log, Inspection exchange, Ledger ledger, RiskLimits limits) {
        this.time = time;
        this.log = log;
        this.exchange = exchange;
        this.ledger = ledger;
        this.limits = limits;
    }

    long checks() {
        return checks;
    }

    private void must(boolean holds, Rule rule, Supplier<String> facts) {
        checks++;
        if (!holds) {
            Violation violation = new Violation(rule, log.at(time.nowNanos()), facts.get());
            log.add(() -> "VIOLATION " + violation.getMessage());
            throw violation;
        }
    }

    // At the exchange.

    /** Something of the account has changed at the exchange. */
    void exchangeChanged() {
        int orders = exchange.orders();
        if (orders > ordersSeen) {
            for (OrderFact order : exchange.ordersFrom(ordersSeen)) {
                placed(order);
            }
            ordersSeen = orders;
        }
        for (; fillsSeen < exchange.fills(); fillsSeen++) {
            filled(exchange.fill(fillsSeen));
        }
        for (; settlementsSeen < exchange.settlements(); settlementsSeen++) {
            SettlementFact settlement = exchange.settlement(settlementsSeen);
            log.add(() -> "exchange pays " + settlement);
            settlements.put(settlement.ticker(), settlement);
        }
        balance();
    }

    /** An order stands in for another: that one has ended, and both together ask for no more than was wanted. */
    private void replaced(OrderFact order, String target, long asked) {
        String targetOrder = orderByCommand.get(target);
        if (targetOrder != null) {
            OrderFact old = exchange.order(targetOrder);
            must(!old.isResting(), Rule.NO_DUPLICATE, () -> order + " beside " + old + ", which it replaces");
            must(
                    old.filledE2() + order.initialE2() <= asked,
                    Rule.NO_OVERFILL,
                    () -> order + " after " + old + ", both for " + asked);
        }
    }

    private static boolean isByHand(OrderFact order) {
        return order.clientOrderId().startsWith(World.BY_HAND);
    }

    private void placed(OrderFact order) {
        log.add(() -> "exchange has " + order);
        if (isByHand(order)) {
            byHandE2 += order.initialE2();
            return;
        }
        Optional<CommandRecord> found = ledger.find(World.LANE, order.clientOrderId());
        must(
                found.isPresent() && !(found.get().state() instanceof CommandState.Received),
                Rule.NO_ORPHAN,
                () -> order + ", in the ledger: "
                        + found.map(record -> record.state().label()).orElse("nothing"));
        String before = orderByCommand.putIfAbsent(order.clientOrderId(), order.orderId());
        must(before == null, Rule.NO_DUPLICATE, () -> order + " after " + before);
        Command command = found.orElseThrow().command();
        long asked = asked(command);
        must(order.initialE2() <= asked, Rule.NO_OVERFILL, () -> order + " of " + command);
        if (command instanceof Command.PlaceOrder placed) {
            placed.replaces().ifPresent(target -> replaced(order, target, asked));
        }
        if (isExit(command)) {
            must(order.reduceOnly(), Rule.EXITS_REDUCE, () -> order + " of " + command);
            return;
        }
        must(order.initialE2() <= limits.orderSizeE2(), Rule.NO_CAP_BREACH, () -> order + " is larger than allowed");
        long otherEntries = exchange.resting().stream()
                .filter(other -> other.ticker().equals(order.ticker())
                        && !other.orderId().equals(order.orderId())
                        && !other.reduceOnly()
                        && !isByHand(other))
                .count();
        must(otherEntries == 0, Rule.NO_DUPLICATE, () -> order + " beside another live entry of its market");
        long risk = exchange.costE6();
        for (OrderFact resting : exchange.resting()) {
            risk += resting.remainingE2() * (resting.sign() > 0 ? resting.yesPriceE4() : 10_000 - resting.yesPriceE4());
        }
        long atRisk = risk;
        // What a person does beside it is not in the ledger before the next reconciliation.
        long most = Math.max(0, account.equityAtCostE6()) * limits.exposureShareE4() / 10_000 + 10_000 * byHandE2;
        must(
                atRisk <= most,
                Rule.NO_CAP_BREACH,
                () -> "with " + order + " " + atRisk + " E6 are at risk, limit " + most);
    }

    private static boolean isExit(Command command) {
        return command instanceof Command.ClosePosition
                || command instanceof Command.PlaceOrder order
                        && order.purpose().isExit();
    }

    private static long asked(Command command) {
        return command instanceof Command.PlaceOrder order ? order.terms().countE2() : Long.MAX_VALUE;
    }

    private void filled(FillFact fill) {
        log.add(() -> "exchange fills " + fill);
        fills.put(fill.tradeId(), fill);
        OrderFact order = exchange.order(fill.orderId());
        must(
                order.filledE2() <= order.initialE2(),
                Rule.NO_OVERFILL,
                () -> order + " has filled for more than it asked for");
        long after = fill.positionAfterE2();
        long before = after - fill.signedE2();
        if (order.reduceOnly()) {
            must(
                    Math.abs(after) < Math.abs(before) && Long.signum(after) * Long.signum(before) >= 0,
                    Rule.NO_SIGN_FLIP,
                    () -> fill + " of an exit takes the position from " + before + " to " + after);
        }
        must(
                Math.abs(after) <= Math.max(limits.positionE2() + byHandE2, Math.abs(before)),
                Rule.NO_CAP_BREACH,
                () -> fill + " takes the position to " + after);
    }

    // In the ledger.

    /** Something was written to the ledger. */
    void ledgerChanged() {
        Ledger.Entries fresh = ledger.entries(World.LANE, version);
        if (fresh.version() == version) {
            return;
        }
        version = fresh.version();
        for (LedgerEntry entry : fresh.entries()) {
            must(account.apply(entry), Rule.NO_PHANTOM, () -> entry + " is booked twice");
            switch (entry) {
                case LedgerEntry.Deposited deposit -> {}
                case LedgerEntry.Filled filled -> booked(filled.fill());
                case LedgerEntry.Settled settled -> booked(settled.settlement());
            }
        }
        balance();
    }

    private void booked(Fill fill) {
        FillFact fact = fills.get(fill.tradeId());
        must(
                fact != null
                        && fact.signedE2() == fill.signedCountE2()
                        && fact.yesPriceE4() == fill.yesPriceE4()
                        && fact.feeE6() == fill.feeE6()
                        && fact.ticker().equals(fill.ticker()),
                Rule.NO_PHANTOM,
                () -> fill + " is booked, the exchange has " + fact);
        bookedFills.add(fill.tradeId());
    }

    private void booked(Settlement settlement) {
        SettlementFact fact = settlements.get(settlement.ticker());
        long paid = fact == null ? 0 : fact.payoutE6();
        must(
                paid == settlement.revenueE6() && (fact == null || fact.result() == settlement.result()),
                Rule.NO_PHANTOM,
                () -> settlement + " is booked, the exchange paid " + fact);
        bookedSettlements.add(settlement.ticker());
    }

    private boolean isEverythingBooked() {
        return bookedFills.size() == fills.size() && bookedSettlements.containsAll(settlements.keySet());
    }

    /** When both know the same events, both have the same money. */
    private void balance() {
        if (isEverythingBooked()) {
            must(
                    account.cashE6() == exchange.cashE6(),
                    Rule.BALANCE,
                    () -> "the ledger has " + account.cashE6() + " E6, the exchange " + exchange.cashE6());
        }
    }

    /** A command was written down. */
    void recorded(Command command) {
        if (command instanceof Command.Reconcile) {
            reconcilingSinceNanos.put(command.id(), time.nowNanos());
        }
    }

    /** A command has ended well. */
    void done(String commandId) {
        Long since = reconcilingSinceNanos.remove(commandId);
        if (since == null) {
            return;
        }
        for (FillFact fill : fills.values()) {
            must(
                    fill.nanos() > since || bookedFills.contains(fill.tradeId()),
                    Rule.RECONCILED,
                    () -> commandId + " is done and has not booked " + fill);
        }
        for (SettlementFact settlement : settlements.values()) {
            must(
                    settlement.nanos() > since || bookedSettlements.contains(settlement.ticker()),
                    Rule.RECONCILED,
                    () -> commandId + " is done and has not booked " + settlement);
        }
    }

    // On the way to the exchange.

    /** The executor sends a request. */
    void requestSent(HttpRequest request, @Nullable LaneState seen) {
        if (request.method().equals("GET")) {
            return;
        }
        String path = request.uri().getPath();
        boolean isCancel = request.method().equals("DELETE");
        String body = new String(request.body(), StandardCharsets.UTF_8);
        boolean isReduceOnly = body.contains("\"reduce_only\":true");
        spend(isCancel ? 2 : 10, isCancel, isReduceOnly);
        if (!isCancel && !isReduceOnly && path.contains("/portfolio/events/orders")) {
            must(
                    seen == null || !seen.halted() && seen.armed() && !seen.paused(),
                    Rule.KILL_SWITCH,
                    () -> request + " although the executor had read " + seen);
            must(
                    time.nowNanos() - HALT_SEEN_NANOS < haltedNanos,
                    Rule.KILL_SWITCH,
                    () -> request + " long after the halt at " + log.at(haltedNanos));
        }
        if (isReduceOnly && path.endsWith("/portfolio/events/orders")) {
            reducing(request, body);
        }
    }

    private void reducing(HttpRequest request, String body) {
        String ticker = text(body, "ticker");
        long count = Math.round(Double.parseDouble(text(body, "count")) * 100);
        long held = account.positionE2(ticker);
        long sign = text(body, "side").equals("bid") ? 1 : -1;
        must(
                held != 0 && sign == -Long.signum(held) && count <= Math.abs(held),
                Rule.EXITS_REDUCE,
                () -> request + " " + body + " with " + held + " held");
    }

    private static String text(String body, String name) {
        int at = body.indexOf("\"" + name + "\":\"");
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 4;
        return body.substring(from, body.indexOf('"', from));
    }

    private void spend(int tokens, boolean isCancel, boolean isExit) {
        long now = time.nowNanos();
        while (!spent.isEmpty() && spent.getFirst()[0] <= now - World.SECOND) {
            spentTokens -= spent.removeFirst()[1];
        }
        spent.addLast(new long[] {now, tokens});
        spentTokens += tokens;
        int most = isCancel ? TOKENS : isExit ? TOKENS - RESERVE : TOKENS - 2 * RESERVE;
        must(
                spentTokens <= most,
                Rule.RATE,
                () -> spentTokens + " write tokens within a second, " + most + " are allowed to "
                        + (isCancel ? "a cancel" : isExit ? "an exit" : "an entry"));
    }

    /** The lane's state as it is in the tables now. */
    void laneIs(LaneState state) {
        if (!state.halted()) {
            haltedNanos = Long.MAX_VALUE;
        } else if (haltedNanos == Long.MAX_VALUE) {
            haltedNanos = time.nowNanos();
        }
    }

    /** The kill switch has been pulled, and says that it has done what it is for. */
    void stopped(boolean isFenced, boolean isCancelled) {
        if (isFenced && isCancelled) {
            for (OrderFact order : exchange.resting()) {
                must(
                        order.createdNanos() >= haltedNanos || isByHand(order),
                        Rule.KILL_SWITCH,
                        () -> order + " rests although everything is said to be cancelled");
            }
        }
    }

    // In the worker.

    /** A worker wants a command sent. */
    void intended(Command command, boolean isBookWhole, long bookNanos) {
        if (command instanceof Command.PlaceOrder order && order.purpose() == Command.Purpose.ENTRY) {
            must(isBookWhole, Rule.GAP, () -> order + " is decided without a whole book");
            long age = time.nowNanos() - bookNanos;
            must(
                    age <= BOOK_AGE_NANOS,
                    Rule.BOOK_AGE,
                    () -> order + " is decided on a book that is " + age / World.MILLI + " ms old");
        }
    }

    // At the end.

    /** Whether nothing of the lane is unknown and both books agree. */
    boolean isReconciled() {
        return isEverythingBooked()
                && account.cashE6() == exchange.cashE6()
                && ledger.unfinished(World.LANE).stream()
                        .noneMatch(record -> record.state() instanceof CommandState.Sending
                                || record.state() instanceof CommandState.Unknown);
    }

    void mustBeReconciled(boolean wasReconciled) {
        must(
                wasReconciled,
                Rule.LIVENESS,
                () -> "fills booked " + bookedFills.size() + " of " + fills.size() + ", settlements "
                        + bookedSettlements.size() + " of " + settlements.size() + ", unfinished "
                        + ledger.unfinished(World.LANE));
    }

    /** Everything that the ledger says of money. */
    String state() {
        return version + " " + account.cashE6() + " "
                + account.positions().keySet().stream()
                        .map(ticker -> ticker + account.positionE2(ticker))
                        .toList();
    }

    void mustBeTheSame(String before, String after) {
        must(before.equals(after), Rule.IDEMPOTENT, () -> "was " + before + ", is " + after);
    }

    void mustReplay(String difference) {
        must(difference.isEmpty(), Rule.REPLAY, () -> difference);
    }

    long fills() {
        return fillsSeen;
    }

    long orders() {
        return ordersSeen;
    }

    long settlements() {
        return settlementsSeen;
    }
}
