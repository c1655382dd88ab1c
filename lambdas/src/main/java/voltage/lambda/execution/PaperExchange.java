package voltage.lambda.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import voltage.lambda.execution.BookSource.MarketNow;
import voltage.market.FeeAccumulator;
import voltage.market.Side;
import voltage.market.Sweep;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.PlaceOrder;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.Settlement;
import voltage.order.TimeInForce;
import voltage.risk.RiskApproved;

/**
 * The paper lane's exchange: orders cross the real book as it stands when they arrive, level by level up to their limit, with
 * Kalshi's fees; what they have taken is not there for the next order. Orders that would rest are refused: how they fill
 * depends on a queue that is not modelled here.
 *
 * <p>Its memory is the lane's ledger and the orders since it started. A process that dies between a fill and its booking forgets
 * that fill: the order never was, and no money moved. Trade ids depend only on the command and the level.
 */
public final class PaperExchange implements Exchange {
    private static final int MAX_ORDERS_REMEMBERED = 1_000;
    /** So long after its settlement a market's fills are kept here; then they are looked up in the ledger. */
    private static final long SETTLED_KEPT_NANOS = 3_600_000_000_000L;

    private record Placed(OrderView view, List<Fill> fills) {}

    private final Lane lane;
    private final Ledger ledger;
    private final BookSource books;
    private final LongSupplier nowNanos;
    private final TakenLevels taken = new TakenLevels();
    private final Account account = new Account();
    /** By command; without those of markets settled long ago. */
    private final Map<String, List<Fill>> bookedFills = new LinkedHashMap<>();

    /** Settled markets whose fills are still kept, oldest first. */
    private final Deque<Settlement> settledLately = new ArrayDeque<>();

    /** Fills up to this moment may have been dropped; {@link Long#MIN_VALUE} if none was. */
    private long droppedUntilNanos = Long.MIN_VALUE;

    private final Map<String, Settlement> settlements = new TreeMap<>();
    private final Map<String, Placed> orders = new LinkedHashMap<>();
    private long version;

    public PaperExchange(Lane lane, Ledger ledger, BookSource books, LongSupplier nowNanos) {
        this.lane = lane;
        this.ledger = ledger;
        this.books = books;
        this.nowNanos = nowNanos;
    }

    @Override
    public Outcome place(RiskApproved<PlaceOrder> approved) {
        refresh();
        PlaceOrder order = approved.command();
        OrderTerms terms = order.terms();
        if (orders.containsKey(order.id()) || bookedFills.containsKey(order.id())) {
            return new Outcome.Rejected(Rejection.ORDER_EXISTS, "paper order " + order.id() + " exists already");
        }
        if (terms.timeInForce() == TimeInForce.GOOD_TILL_TIME || terms.postOnly()) {
            return new Outcome.Rejected(
                    Rejection.UNSUPPORTED, "the paper exchange rests no orders: use immediate ones");
        }
        Optional<MarketNow> found;
        try {
            found = books.market(terms.ticker());
        } catch (ExchangeUnavailableException e) {
            return new Outcome.Rejected(Rejection.OTHER, "no book to fill from: " + e.getMessage());
        }
        if (found.isEmpty()) {
            return new Outcome.Rejected(Rejection.NOT_FOUND, "no market " + terms.ticker());
        }
        MarketNow market = found.get();
        if (!market.isOpen() || nowNanos.getAsLong() >= market.definition().closeNanos()) {
            return new Outcome.Rejected(Rejection.MARKET_CLOSED, terms.ticker() + " is not open");
        }
        if (!market.book().isWhole()) {
            return new Outcome.Rejected(Rejection.OTHER, "the book of " + terms.ticker() + " is not whole");
        }
        if (!market.definition().grid().isOrderPrice(terms.yesPriceE4())) {
            return new Outcome.Rejected(
                    Rejection.PRICE_INVALID, terms.yesPriceE4() + " E4 is not on the grid of " + terms.ticker());
        }
        return fill(order, market);
    }

    private Outcome fill(PlaceOrder order, MarketNow market) {
        OrderTerms terms = order.terms();
        boolean buysYes = terms.bookSide() == BookSide.BID;
        Side bought = buysYes ? Side.YES : Side.NO;
        int limitE4 = buysYes ? terms.yesPriceE4() : 10_000 - terms.yesPriceE4();
        long held = account.positionE2(terms.ticker());
        boolean reduces = held != 0 && Long.signum(held) != terms.bookSide().sign();
        long countE2 = terms.reduceOnly() ? (reduces ? Math.min(terms.countE2(), Math.abs(held)) : 0) : terms.countE2();
        Sweep sweep =
                Sweep.of(taken.left(terms.ticker(), market.book(), bought.opposite()), limitE4, Math.max(0, countE2));
        if (terms.timeInForce() == TimeInForce.FILL_OR_KILL && sweep.countE2() < countE2) {
            return new Outcome.Rejected(Rejection.NOT_FILLABLE, "fill or kill: the book has too little");
        }
        List<Fill> fills = fills(order, market, sweep, buysYes, held);
        long cashE6 = account.cashE6();
        long position = held;
        for (Fill fill : fills) {
            cashE6 += Account.cashBeforeFeeE6(position, fill.signedCountE2(), fill.yesPriceE4()) - fill.feeE6();
            position += fill.signedCountE2();
        }
        if (cashE6 < 0 && cashE6 < account.cashE6()) {
            return new Outcome.Rejected(Rejection.INSUFFICIENT_CASH, "paper cash would be " + cashE6 + " E6");
        }
        for (Sweep.Level level : sweep.levels()) {
            taken.take(terms.ticker(), bought.opposite(), 10_000 - level.priceE4(), level.countE2());
        }
        for (Fill fill : fills) {
            account.apply(new LedgerEntry.Filled(fill, order.id()));
        }
        boolean isWhole = sweep.countE2() == terms.countE2();
        OrderView view = new OrderView(
                orderId(order.id()),
                order.id(),
                terms.ticker(),
                terms.bookSide(),
                terms.yesPriceE4(),
                isWhole ? OrderStatus.EXECUTED : OrderStatus.CANCELLED,
                sweep.countE2(),
                0);
        remember(order.id(), new Placed(view, fills));
        return new Outcome.Accepted(view.orderId(), sweep.countE2(), 0, nowNanos.getAsLong());
    }

    private List<Fill> fills(PlaceOrder order, MarketNow market, Sweep sweep, boolean buysYes, long held) {
        FeeAccumulator fees = new FeeAccumulator(market.definition().fees());
        List<Fill> fills = new ArrayList<>();
        long position = held;
        for (int i = 0; i < sweep.levels().size(); i++) {
            Sweep.Level level = sweep.levels().get(i);
            int yesPriceE4 = buysYes ? level.priceE4() : 10_000 - level.priceE4();
            long signed = buysYes ? level.countE2() : -level.countE2();
            long flowE6 = Account.cashBeforeFeeE6(position, signed, yesPriceE4);
            position += signed;
            fills.add(new Fill(
                    tradeId(order.id(), i),
                    orderId(order.id()),
                    order.terms().ticker(),
                    order.terms().bookSide(),
                    yesPriceE4,
                    level.countE2(),
                    fees.feeE6(level.countE2(), yesPriceE4, true, flowE6),
                    true,
                    nowNanos.getAsLong()));
        }
        return fills;
    }

    private void remember(String commandId, Placed placed) {
        orders.put(commandId, placed);
        if (orders.size() > MAX_ORDERS_REMEMBERED) {
            orders.remove(orders.keySet().iterator().next());
        }
    }

    private static String orderId(String commandId) {
        return "paper-" + commandId;
    }

    private static String tradeId(String commandId, int level) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((commandId + "#" + level).getBytes(StandardCharsets.UTF_8));
            return "paper-" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void refresh() {
        Ledger.Entries entries = ledger.entries(lane, version);
        for (LedgerEntry entry : entries.entries()) {
            account.apply(entry);
            switch (entry) {
                case LedgerEntry.Filled filled ->
                    bookedFills
                            .computeIfAbsent(filled.commandId(), id -> new ArrayList<>())
                            .add(filled.fill());
                case LedgerEntry.Settled settled -> {
                    settlements.put(settled.settlement().ticker(), settled.settlement());
                    settledLately.addLast(settled.settlement());
                }
                case LedgerEntry.Deposited deposited -> {}
            }
        }
        version = entries.version();
        dropSettled();
    }

    private void dropSettled() {
        long before = nowNanos.getAsLong() - SETTLED_KEPT_NANOS;
        Set<String> old = new HashSet<>();
        while (!settledLately.isEmpty() && settledLately.getFirst().exchangeNanos() < before) {
            old.add(settledLately.removeFirst().ticker());
        }
        if (old.isEmpty()) {
            return;
        }
        bookedFills.values().removeIf(fills -> {
            boolean isOld = old.contains(fills.getFirst().ticker());
            if (isOld) {
                droppedUntilNanos = Math.max(droppedUntilNanos, fills.getLast().exchangeNanos());
            }
            return isOld;
        });
    }

    /** Every fill of the ledger, by command: what was dropped is in there. */
    private Map<String, List<Fill>> allBookedFills() {
        Map<String, List<Fill>> all = new LinkedHashMap<>();
        for (LedgerEntry entry : ledger.entries(lane, 0).entries()) {
            if (entry instanceof LedgerEntry.Filled filled) {
                all.computeIfAbsent(filled.commandId(), id -> new ArrayList<>()).add(filled.fill());
            }
        }
        return all;
    }

    private boolean hasDropped() {
        return droppedUntilNanos != Long.MIN_VALUE;
    }

    @Override
    public CancelOutcome cancel(String ticker, int exchangeIndex, String orderId) {
        return new CancelOutcome.NotFound();
    }

    /** Paper has none: nothing stands behind the lane's own limits, and no money is behind it either. */
    @Override
    public Optional<OrderGroup> orderGroup() {
        return Optional.empty();
    }

    /** Nothing ever rests on paper. */
    @Override
    public CancelOutcome cancelEverything() {
        return new CancelOutcome.Cancelled(0);
    }

    @Override
    public List<OrderView> resting() {
        return List.of();
    }

    @Override
    public Outcome amend(RiskApproved<AmendOrder> amend, String orderId) {
        return new Outcome.Rejected(Rejection.NOT_FOUND, "no paper order rests");
    }

    @Override
    public Optional<OrderView> findByClientOrderId(String ticker, String clientOrderId) {
        refresh();
        Placed placed = orders.get(clientOrderId);
        if (placed != null) {
            return Optional.of(placed.view());
        }
        List<Fill> fills = bookedFills.getOrDefault(clientOrderId, List.of());
        if (fills.isEmpty() && hasDropped()) {
            fills = allBookedFills().getOrDefault(clientOrderId, List.of());
        }
        return fills.isEmpty()
                ? Optional.empty()
                : Optional.of(new OrderView(
                        orderId(clientOrderId),
                        clientOrderId,
                        fills.getFirst().ticker(),
                        fills.getFirst().bookSide(),
                        fills.getLast().yesPriceE4(),
                        OrderStatus.EXECUTED,
                        LaneDesk.totalE2(fills),
                        0));
    }

    @Override
    public Optional<OrderView> order(String ticker, String orderId) {
        return orderId.startsWith("paper-")
                ? findByClientOrderId(ticker, orderId.substring("paper-".length()))
                : Optional.empty();
    }

    @Override
    public List<Fill> fillsOfOrder(String ticker, String orderId) {
        return fillsOfMarket(ticker).stream()
                .filter(fill -> fill.orderId().equals(orderId))
                .toList();
    }

    @Override
    public List<Fill> fillsOfMarket(String ticker) {
        refresh();
        // Whole here as long as the market is not settled.
        return fills(settlements.containsKey(ticker) && hasDropped() ? allBookedFills() : bookedFills)
                .filter(fill -> fill.ticker().equals(ticker))
                .toList();
    }

    @Override
    public List<Fill> fillsSince(long nanos) {
        refresh();
        return fills(nanos <= droppedUntilNanos ? allBookedFills() : bookedFills)
                .filter(fill -> fill.exchangeNanos() >= nanos)
                .toList();
    }

    private Stream<Fill> fills(Map<String, List<Fill>> booked) {
        Map<String, Fill> fills = new LinkedHashMap<>();
        booked.values().forEach(each -> each.forEach(fill -> fills.put(fill.tradeId(), fill)));
        orders.values().forEach(placed -> placed.fills().forEach(fill -> fills.put(fill.tradeId(), fill)));
        return fills.values().stream();
    }

    @Override
    public Map<String, Long> positions() {
        refresh();
        Map<String, Long> positions = new TreeMap<>();
        for (Account.Position position : account.positions().values()) {
            if (position.isOpen()) {
                positions.put(position.ticker(), position.signedE2());
            }
        }
        return positions;
    }

    /** Pays what is held by the official result. The payout is money only once the executor has booked it. */
    @Override
    public Optional<Settlement> settlement(String ticker) {
        refresh();
        @Nullable Settlement booked = settlements.get(ticker);
        if (booked != null) {
            return Optional.of(booked);
        }
        long held = account.positionE2(ticker);
        if (held == 0) {
            return Optional.empty();
        }
        return books.result(ticker)
                .map(result -> new Settlement(
                        ticker,
                        result.side(),
                        Math.max(0, held),
                        Math.max(0, -held),
                        Math.max(0, held * result.side().sign()) * 10_000,
                        result.settledNanos()));
    }

    @Override
    public Optional<MarketResult> marketResult(String ticker) {
        return books.result(ticker);
    }

    @Override
    public long cashE6() {
        refresh();
        return account.cashE6();
    }

    @Override
    public long userDataNanos() {
        return nowNanos.getAsLong();
    }

    @Override
    public long latestNowNanos() {
        return nowNanos.getAsLong();
    }
}
