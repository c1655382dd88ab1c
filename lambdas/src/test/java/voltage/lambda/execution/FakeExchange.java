package voltage.lambda.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import voltage.market.FeeAccumulator;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.PlaceOrder;
import voltage.order.Fill;
import voltage.order.OrderTerms;
import voltage.order.Settlement;
import voltage.order.TimeInForce;
import voltage.risk.RiskApproved;

/**
 * A small exchange that can be told to misbehave. It keeps money its own way, as YES and NO contracts that pay a dollar when a pair
 * meets, so that agreement with the ledger means something. Reads show the state as it was {@link #lagNanos} ago.
 */
final class FakeExchange implements Exchange {
    enum Fault {
        NONE,
        ANSWER_LOST,
        LOST_ON_THE_WAY,
        RATE_LIMITED,
        SERVER_ERROR_AFTER,
        SERVER_ERROR_BEFORE,
        NOT_AUTHORISED,
        ADAPTER_FAILS
    }

    private record Offer(int yesPriceE4, long countE2) {}

    private record Versioned(long nanos, OrderView view) {}

    private static final class Market {
        /** What a bid can take: cheapest first. */
        private final ArrayDeque<Offer> asks = new ArrayDeque<>();
        /** What an ask can take: dearest first. */
        private final ArrayDeque<Offer> bids = new ArrayDeque<>();

        private boolean closed;
        private long yesE2;
        private long noE2;
        private Optional<MarketResult> result = Optional.empty();
    }

    private final VirtualTime time;
    private final Map<String, Market> markets = new HashMap<>();
    private final Map<String, List<Versioned>> orders = new LinkedHashMap<>();
    private final Map<String, FeeAccumulator> fees = new HashMap<>();
    private final Map<String, OrderTerms> termsByOrder = new HashMap<>();
    private final List<Fill> fills = new ArrayList<>();
    private final TreeMap<Long, Long> cashByTime = new TreeMap<>();
    private final Map<String, Settlement> settlements = new LinkedHashMap<>();
    private long trades;
    private long cash;

    final ArrayDeque<Fault> placeFaults = new ArrayDeque<>();
    final ArrayDeque<Fault> cancelFaults = new ArrayDeque<>();
    long lagNanos = 400 * VirtualTime.MILLI;
    long fillLagNanos;
    /** How much older than its own claim the listing of orders is. */
    long listingLagNanos;

    long settlementLagNanos;
    boolean readsFail;
    /** How far its clock is ahead of ours. */
    long aheadNanos;

    /** How long each read takes. */
    long readNanos;
    /** How many of the newest fills the exchange does not list yet. */
    int hiddenFills;
    /** What happens between the exchange's answer to the next order and our first look at its fills. */
    Runnable onceAccepted = () -> {};

    /** What happens just before the next order arrives. */
    Runnable onceArrived = () -> {};

    /** What happens just before the next cancel arrives. */
    Runnable onceCancelling = () -> {};

    int cancelledIndex = Integer.MIN_VALUE;
    boolean revenueReadsZero;
    /** How much more than it is a settlement's revenue reads. */
    long revenueOffE6;

    /** Whether a post-only order that would take is refused. */
    boolean refusesToCross;

    final FakeOrderGroup group;
    /** Whether the exchange has such a thing. */
    boolean hasGroups = true;

    int posts;
    int cancels;
    int settlementReads;

    FakeExchange(VirtualTime time, long depositE6) {
        this.time = time;
        group = new FakeOrderGroup(time);
        cashByTime.put(0L, depositE6);
        cash = depositE6;
    }

    // ---- the script ----

    void offer(String ticker, int yesPriceE4, long countE2) {
        market(ticker).asks.add(new Offer(yesPriceE4, countE2));
    }

    void bid(String ticker, int yesPriceE4, long countE2) {
        market(ticker).bids.add(new Offer(yesPriceE4, countE2));
    }

    void emptyBook(String ticker) {
        market(ticker).asks.clear();
        market(ticker).bids.clear();
    }

    void close(String ticker) {
        market(ticker).closed = true;
    }

    /** The market is final: what is held is paid. */
    void settle(String ticker, Side side) {
        Market market = market(ticker);
        market.closed = true;
        market.result = Optional.of(new MarketResult(side, time.getAsLong()));
        for (String orderId : List.copyOf(orders.keySet())) {
            OrderView view = latest(orderId);
            if (view.ticker().equals(ticker) && view.status() == OrderStatus.RESTING) {
                put(with(view, OrderStatus.CANCELLED, view.filledE2(), 0));
            }
        }
        if (market.yesE2 > 0 || market.noE2 > 0) {
            long revenue = (side == Side.YES ? market.yesE2 : market.noE2) * 10_000;
            settlements.put(ticker, new Settlement(ticker, side, market.yesE2, market.noE2, revenue, time.getAsLong()));
            move(revenue);
        }
    }

    /** Somebody takes part of an order that rests. */
    void fillResting(String clientOrderId, long countE2) {
        OrderView view = orders.keySet().stream()
                .map(this::latest)
                .filter(order -> order.clientOrderId().equals(clientOrderId))
                .findFirst()
                .orElseThrow();
        execute(view, view.yesPriceE4(), countE2, false);
    }

    /** An order by somebody else with our key: the operator in a browser. */
    void strayOrder(String ticker, BookSide side, int yesPriceE4, long countE2) {
        String orderId = "order-" + (orders.size() + 1);
        OrderView view =
                new OrderView(orderId, "stray-" + orderId, ticker, side, yesPriceE4, OrderStatus.RESTING, 0, countE2);
        put(view);
        execute(view, yesPriceE4, countE2, true);
    }

    /** An order that rests, by whoever chose that id. */
    void restingOf(String clientOrderId, String ticker, BookSide side, int yesPriceE4, long countE2) {
        put(new OrderView(
                "order-" + (orders.size() + 1),
                clientOrderId,
                ticker,
                side,
                yesPriceE4,
                OrderStatus.RESTING,
                0,
                countE2));
    }

    long cashNowE6() {
        return cash;
    }

    long positionNowE2(String ticker) {
        return market(ticker).yesE2 - market(ticker).noE2;
    }

    List<Fill> allFills() {
        return List.copyOf(fills);
    }

    long ordersOf(String clientOrderId) {
        return orders.keySet().stream()
                .filter(id -> latest(id).clientOrderId().equals(clientOrderId))
                .count();
    }

    boolean rests(String clientOrderId) {
        return orders.keySet().stream()
                .map(this::latest)
                .anyMatch(view -> view.clientOrderId().equals(clientOrderId) && view.status() == OrderStatus.RESTING);
    }

    /** For how many contracts it was placed. */
    long placedE2(String clientOrderId) {
        return orders.values().stream()
                .map(versions -> versions.getFirst().view())
                .filter(view -> view.clientOrderId().equals(clientOrderId))
                .mapToLong(OrderView::remainingE2)
                .sum();
    }

    int orderCount() {
        return orders.size();
    }

    // ---- the port ----

    @Override
    public Outcome place(RiskApproved<PlaceOrder> approved) {
        PlaceOrder order = approved.command();
        posts++;
        time.pause(20 * VirtualTime.MILLI);
        onceArrived.run();
        onceArrived = () -> {};
        Fault fault = placeFaults.isEmpty() ? Fault.NONE : placeFaults.poll();
        switch (fault) {
            case LOST_ON_THE_WAY -> {
                return new Outcome.Unknown("connection reset");
            }
            case SERVER_ERROR_BEFORE -> {
                return new Outcome.Unknown("HTTP 503");
            }
            case RATE_LIMITED -> {
                return new Outcome.Rejected(Rejection.RATE_LIMITED, "429 too many requests");
            }
            case NOT_AUTHORISED -> {
                return new Outcome.NotAuthorised("401 NOT_FOUND");
            }
            case ADAPTER_FAILS -> throw new IllegalStateException("the adapter is broken");
            case NONE, ANSWER_LOST, SERVER_ERROR_AFTER -> {}
        }
        Outcome outcome = accept(order);
        onceAccepted.run();
        onceAccepted = () -> {};
        return switch (fault) {
            case ANSWER_LOST -> new Outcome.Unknown("read timed out");
            case SERVER_ERROR_AFTER -> new Outcome.Unknown("HTTP 500");
            case NONE, LOST_ON_THE_WAY, SERVER_ERROR_BEFORE, RATE_LIMITED, NOT_AUTHORISED, ADAPTER_FAILS -> outcome;
        };
    }

    private Outcome accept(PlaceOrder order) {
        OrderTerms terms = order.terms();
        Market market = market(terms.ticker());
        if (hasGroups && !terms.reduceOnly() && !(group.isKnown && group.isThere)) {
            group.isKnown = false;
            return new Outcome.Rejected(Rejection.NO_ORDER_GROUP, "404 order_group_not_found");
        }
        if (hasGroups && !terms.reduceOnly() && group.isClosed) {
            return new Outcome.Rejected(Rejection.ORDER_GROUP_TRIPPED, "400 exceeded_order_group_risk_limit");
        }
        if (refusesToCross && terms.postOnly() && takable(market, terms) > 0) {
            return new Outcome.Rejected(Rejection.OTHER, "400 invalid_order: post only cross");
        }
        if (ordersOf(order.id()) > 0) {
            return new Outcome.Rejected(Rejection.ORDER_EXISTS, "409 order_already_exists");
        }
        if (market.closed) {
            return new Outcome.Rejected(Rejection.MARKET_CLOSED, "409 MARKET_INACTIVE");
        }
        long count = terms.countE2();
        if (terms.reduceOnly()) {
            long held = market.yesE2 - market.noE2;
            boolean reduces = held != 0 && Long.signum(held) != terms.bookSide().sign();
            count = reduces ? Math.min(count, Math.abs(held)) : 0;
        }
        if (terms.timeInForce() == TimeInForce.FILL_OR_KILL && takable(market, terms) < count) {
            return new Outcome.Rejected(Rejection.NOT_FILLABLE, "409 fill_or_kill_insufficient_resting_volume");
        }
        String orderId = "order-" + (orders.size() + 1);
        OrderView view = new OrderView(
                orderId,
                order.id(),
                terms.ticker(),
                terms.bookSide(),
                terms.yesPriceE4(),
                OrderStatus.RESTING,
                0,
                count);
        termsByOrder.put(orderId, terms);
        put(view);
        ArrayDeque<Offer> book = terms.bookSide() == BookSide.BID ? market.asks : market.bids;
        while (count > 0 && !book.isEmpty() && crosses(terms, book.peek())) {
            Offer best = book.poll();
            long taken = Math.min(count, best.countE2());
            if (taken < best.countE2()) {
                book.addFirst(new Offer(best.yesPriceE4(), best.countE2() - taken));
            }
            execute(latest(orderId), best.yesPriceE4(), taken, true);
            count -= taken;
        }
        OrderView after = latest(orderId);
        if (after.status() == OrderStatus.RESTING && terms.timeInForce() != TimeInForce.GOOD_TILL_TIME) {
            put(with(after, OrderStatus.CANCELLED, after.filledE2(), 0));
        }
        OrderView end = latest(orderId);
        return new Outcome.Accepted(orderId, end.filledE2(), end.remainingE2(), time.getAsLong());
    }

    private static boolean crosses(OrderTerms terms, Offer offer) {
        return terms.bookSide() == BookSide.BID
                ? offer.yesPriceE4() <= terms.yesPriceE4()
                : offer.yesPriceE4() >= terms.yesPriceE4();
    }

    private static long takable(Market market, OrderTerms terms) {
        return (terms.bookSide() == BookSide.BID ? market.asks : market.bids)
                .stream()
                        .filter(offer -> crosses(terms, offer))
                        .mapToLong(Offer::countE2)
                        .sum();
    }

    private void execute(OrderView view, int yesPriceE4, long countE2, boolean taker) {
        Market market = market(view.ticker());
        boolean buysYes = view.bookSide() == BookSide.BID;
        long flow = -countE2 * (buysYes ? yesPriceE4 : 10_000 - yesPriceE4);
        market.yesE2 += buysYes ? countE2 : 0;
        market.noE2 += buysYes ? 0 : countE2;
        long pairs = Math.min(market.yesE2, market.noE2);
        market.yesE2 -= pairs;
        market.noE2 -= pairs;
        flow += pairs * 10_000;
        long fee = fees.computeIfAbsent(view.orderId(), id -> new FeeAccumulator(FeeSchedule.QUADRATIC))
                .feeE6(countE2, yesPriceE4, taker, flow);
        move(flow - fee);
        fills.add(new Fill(
                "trade-" + ++trades,
                view.orderId(),
                view.ticker(),
                view.bookSide(),
                yesPriceE4,
                countE2,
                fee,
                taker,
                time.getAsLong()));
        long remaining = view.remainingE2() - countE2;
        put(with(
                view,
                remaining == 0 ? OrderStatus.EXECUTED : OrderStatus.RESTING,
                view.filledE2() + countE2,
                remaining));
    }

    @Override
    public CancelOutcome cancel(String ticker, int exchangeIndex, String orderId) {
        cancels++;
        cancelledIndex = exchangeIndex;
        onceCancelling.run();
        onceCancelling = () -> {};
        time.pause(20 * VirtualTime.MILLI);
        Fault fault = cancelFaults.isEmpty() ? Fault.NONE : cancelFaults.poll();
        if (fault == Fault.LOST_ON_THE_WAY) {
            return new CancelOutcome.Unknown("connection reset");
        }
        if (fault == Fault.NOT_AUTHORISED) {
            return new CancelOutcome.NotAuthorised("401 NOT_FOUND");
        }
        OrderView view = latest(orderId);
        if (view.status() != OrderStatus.RESTING) {
            return new CancelOutcome.NotFound();
        }
        put(with(view, OrderStatus.CANCELLED, view.filledE2(), 0));
        return fault == Fault.ANSWER_LOST
                ? new CancelOutcome.Unknown("read timed out")
                : new CancelOutcome.Cancelled(view.remainingE2());
    }

    @Override
    public Optional<OrderGroup> orderGroup() {
        return hasGroups ? Optional.of(group) : Optional.empty();
    }

    @Override
    public CancelOutcome cancelEverything() {
        cancels++;
        time.pause(20 * VirtualTime.MILLI);
        Fault fault = cancelFaults.isEmpty() ? Fault.NONE : cancelFaults.poll();
        if (fault == Fault.LOST_ON_THE_WAY) {
            return new CancelOutcome.Unknown("connection reset");
        }
        if (fault == Fault.NOT_AUTHORISED) {
            return new CancelOutcome.Rejected(Rejection.OTHER, "403 direct members only");
        }
        for (String orderId : List.copyOf(orders.keySet())) {
            OrderView view = latest(orderId);
            if (view.status() == OrderStatus.RESTING) {
                put(with(view, OrderStatus.CANCELLED, view.filledE2(), 0));
            }
        }
        return new CancelOutcome.Cancelled(0);
    }

    @Override
    public List<OrderView> resting() {
        read();
        return orders.keySet().stream()
                .map(this::seen)
                .flatMap(Optional::stream)
                .filter(view -> view.status() == OrderStatus.RESTING)
                .toList();
    }

    @Override
    public Outcome amend(RiskApproved<AmendOrder> approved, String orderId) {
        posts++;
        time.pause(20 * VirtualTime.MILLI);
        Fault fault = placeFaults.isEmpty() ? Fault.NONE : placeFaults.poll();
        if (fault == Fault.ADAPTER_FAILS) {
            throw new IllegalStateException("the adapter is broken");
        }
        OrderTerms terms = approved.command().terms();
        OrderView view = latest(orderId);
        if (fault == Fault.LOST_ON_THE_WAY) {
            return new Outcome.Unknown("connection reset");
        }
        if (view.status() != OrderStatus.RESTING) {
            return new Outcome.Rejected(Rejection.NOT_FOUND, "404 not_found");
        }
        put(new OrderView(
                orderId,
                view.clientOrderId(),
                view.ticker(),
                view.bookSide(),
                terms.yesPriceE4(),
                OrderStatus.RESTING,
                view.filledE2(),
                terms.countE2() - view.filledE2()));
        return fault == Fault.ANSWER_LOST
                ? new Outcome.Unknown("read timed out")
                : new Outcome.Accepted(orderId, view.filledE2(), terms.countE2() - view.filledE2(), time.getAsLong());
    }

    @Override
    public Optional<OrderView> findByClientOrderId(String ticker, String clientOrderId) {
        read();
        return orders.keySet().stream()
                .map(this::seen)
                .flatMap(Optional::stream)
                .filter(view ->
                        view.ticker().equals(ticker) && view.clientOrderId().equals(clientOrderId))
                .findFirst();
    }

    @Override
    public Optional<OrderView> order(String ticker, String orderId) {
        read();
        return orders.containsKey(orderId) ? seen(orderId) : Optional.empty();
    }

    @Override
    public List<Fill> fillsOfOrder(String ticker, String orderId) {
        return fillsOfMarket(ticker).stream()
                .filter(fill -> fill.orderId().equals(orderId))
                .toList();
    }

    @Override
    public List<Fill> fillsOfMarket(String ticker) {
        return fillsSince(0).stream()
                .filter(fill -> fill.ticker().equals(ticker))
                .toList();
    }

    @Override
    public List<Fill> fillsSince(long nanos) {
        read();
        return fills.stream()
                .limit(Math.max(0, fills.size() - hiddenFills))
                .filter(fill -> fill.exchangeNanos() >= nanos
                        && fill.exchangeNanos() <= time.getAsLong() - lagNanos - fillLagNanos)
                .sorted(Comparator.comparingLong(Fill::exchangeNanos))
                .toList();
    }

    @Override
    public Map<String, Long> positions() {
        read();
        Map<String, Long> positions = new TreeMap<>();
        for (Fill fill : fillsSince(0)) {
            if (marketResult(fill.ticker()).isEmpty()) {
                positions.merge(fill.ticker(), fill.signedCountE2(), Long::sum);
            }
        }
        positions.values().removeIf(count -> count == 0);
        return positions;
    }

    @Override
    public Optional<Settlement> settlement(String ticker) {
        settlementReads++;
        read();
        return Optional.ofNullable(settlements.get(ticker))
                .filter(row -> row.exchangeNanos() <= time.getAsLong() - lagNanos - settlementLagNanos)
                .map(row -> revenueOffE6 == 0
                        ? row
                        : new Settlement(
                                ticker,
                                row.result(),
                                row.yesCountE2(),
                                row.noCountE2(),
                                row.revenueE6() + revenueOffE6,
                                row.exchangeNanos()))
                .map(row -> revenueReadsZero
                        ? new Settlement(
                                ticker, row.result(), row.yesCountE2(), row.noCountE2(), 0, row.exchangeNanos())
                        : row);
    }

    @Override
    public Optional<MarketResult> marketResult(String ticker) {
        read();
        return market(ticker).result;
    }

    @Override
    public long cashE6() {
        read();
        // Orders that rest bind what they would open.
        long boundE6 = 0;
        for (OrderView order : resting()) {
            boolean buysYes = order.bookSide() == BookSide.BID;
            Market market = market(order.ticker());
            long opens = Math.max(0, order.remainingE2() - (buysYes ? market.noE2 : market.yesE2));
            boundE6 += opens * (buysYes ? order.yesPriceE4() : 10_000 - order.yesPriceE4());
        }
        return cashByTime.floorEntry(time.getAsLong() - lagNanos).getValue() - boundE6;
    }

    @Override
    public long userDataNanos() {
        read();
        return time.getAsLong() + aheadNanos - lagNanos;
    }

    @Override
    public long latestNowNanos() {
        read();
        return time.getAsLong() + aheadNanos;
    }

    private void read() {
        time.pause(readNanos);
        if (readsFail) {
            throw new ExchangeUnavailableException("HTTP 504");
        }
    }

    private Market market(String ticker) {
        return markets.computeIfAbsent(ticker, name -> new Market());
    }

    private List<Versioned> versions(String orderId) {
        return orders.getOrDefault(orderId, List.of());
    }

    private OrderView latest(String orderId) {
        return versions(orderId).getLast().view();
    }

    private Optional<OrderView> seen(String orderId) {
        long asOf = time.getAsLong() - lagNanos - listingLagNanos;
        return versions(orderId).reversed().stream()
                .filter(version -> version.nanos() <= asOf)
                .map(Versioned::view)
                .findFirst();
    }

    private void put(OrderView view) {
        orders.computeIfAbsent(view.orderId(), id -> new ArrayList<>()).add(new Versioned(time.getAsLong(), view));
    }

    /** Money comes, or goes if negative. */
    void move(long amountE6) {
        cash += amountE6;
        cashByTime.put(time.getAsLong(), cash);
    }

    private static OrderView with(OrderView view, OrderStatus status, long filledE2, long remainingE2) {
        return new OrderView(
                view.orderId(),
                view.clientOrderId(),
                view.ticker(),
                view.bookSide(),
                view.yesPriceE4(),
                status,
                filledE2,
                remainingE2);
    }
}
