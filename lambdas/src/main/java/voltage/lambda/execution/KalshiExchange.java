package voltage.lambda.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import voltage.kalshi.KalshiFill;
import voltage.kalshi.KalshiOrder;
import voltage.kalshi.KalshiPosition;
import voltage.kalshi.rest.KalshiAccount;
import voltage.kalshi.rest.KalshiAccount.FillQuery;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.KalshiError;
import voltage.kalshi.rest.KalshiException;
import voltage.kalshi.rest.KalshiMarket;
import voltage.kalshi.rest.KalshiOrders.OrderAt;
import voltage.kalshi.rest.NewOrder;
import voltage.kalshi.rest.OrderAnswers.Amended;
import voltage.kalshi.rest.OrderAnswers.Canceled;
import voltage.kalshi.rest.OrderAnswers.Created;
import voltage.kalshi.rest.Priority;
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
 * Kalshi, or anything that speaks its REST interface. Every request names the market and its shard, without which a cancel looks on
 * the wrong one; the client has verified that each answer is about the order asked for.
 *
 * <p>Positions, fills of the whole account and cash are those of one shard: money elsewhere cannot pay for these orders.
 */
public final class KalshiExchange implements Exchange {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MILLI_NANOS = 1_000_000L;

    @FunctionalInterface
    private interface Read<T> {
        T get() throws KalshiException;
    }

    private final KalshiClient client;
    private final int exchangeIndex;
    private final KalshiOrderGroup orderGroup;

    /** @param exchangeIndex the shard that this lane trades on: 2 for crypto since 2026-08-24 */
    public KalshiExchange(KalshiClient client, int exchangeIndex) {
        this.client = client;
        this.exchangeIndex = exchangeIndex;
        orderGroup = new KalshiOrderGroup(client.orderGroups(), exchangeIndex);
    }

    @Override
    public Optional<OrderGroup> orderGroup() {
        return Optional.of(orderGroup);
    }

    @Override
    public Outcome place(RiskApproved<PlaceOrder> approved) {
        PlaceOrder order = approved.command();
        OrderTerms terms = order.terms();
        String group = terms.reduceOnly() ? "" : orderGroup.id();
        if (group.isEmpty() && !terms.reduceOnly()) {
            return new Outcome.Rejected(Rejection.NO_ORDER_GROUP, "not sent: the lane's order group is not known");
        }
        NewOrder request = new NewOrder(
                terms.ticker(),
                order.id(),
                direction(terms.bookSide()),
                terms.yesPriceE4(),
                terms.countE2(),
                switch (terms.timeInForce()) {
                    case IMMEDIATE_OR_CANCEL -> NewOrder.TimeInForce.IMMEDIATE_OR_CANCEL;
                    case FILL_OR_KILL -> NewOrder.TimeInForce.FILL_OR_KILL;
                    case GOOD_TILL_TIME -> NewOrder.TimeInForce.GOOD_TILL_CANCELED;
                },
                NewOrder.SelfTrade.TAKER_AT_CROSS,
                terms.expiresNanos() / SECOND_NANOS,
                terms.postOnly(),
                terms.reduceOnly(),
                terms.timeInForce() == TimeInForce.GOOD_TILL_TIME,
                group,
                0,
                terms.exchangeIndex());
        Priority priority = terms.reduceOnly() ? Priority.EXIT : Priority.ENTRY;
        Outcome outcome = outcome(
                client.orders().create(request, priority),
                (Created created) -> new Outcome.Accepted(
                        created.orderId(),
                        created.filledE2(),
                        created.remainingE2(),
                        created.tsMillis() * MILLI_NANOS));
        if (outcome instanceof Outcome.Rejected no && no.rejection() == Rejection.NO_ORDER_GROUP) {
            orderGroup.forget();
        }
        return outcome;
    }

    @Override
    public CancelOutcome cancel(String ticker, int shard, String orderId) {
        voltage.kalshi.rest.Outcome<Canceled> outcome =
                client.orders().cancel(new OrderAt(orderId, ticker, shard < 0 ? exchangeIndex : shard, 0));
        return cancelOutcome(outcome, Canceled::reducedByE2);
    }

    @Override
    public CancelOutcome cancelEverything() {
        return cancelOutcome(client.orders().cancelEverything(), done -> 0L);
    }

    @Override
    public List<OrderView> resting() {
        return read(() -> client.account().allOrders("", "resting", 0)).stream()
                .filter(order -> order.exchangeIndex() == exchangeIndex)
                .map(KalshiExchange::view)
                .filter(order -> order.status() == OrderStatus.RESTING)
                .toList();
    }

    private static <T> CancelOutcome cancelOutcome(
            voltage.kalshi.rest.Outcome<T> outcome, Function<T, Long> reducedE2) {
        return switch (outcome) {
            case voltage.kalshi.rest.Outcome.Accepted<T> accepted ->
                new CancelOutcome.Cancelled(reducedE2.apply(accepted.answer()));
            case voltage.kalshi.rest.Outcome.Unknown<T> unknown -> new CancelOutcome.Unknown(unknown.cause());
            case voltage.kalshi.rest.Outcome.Rejected<T> rejected -> {
                KalshiError error = rejected.error();
                if (isUnauthorised(error)) {
                    yield new CancelOutcome.NotAuthorised(detail(error));
                }
                yield error.code() == KalshiError.Code.NOT_FOUND
                        ? new CancelOutcome.NotFound()
                        : new CancelOutcome.Rejected(rejection(error.code()), detail(error));
            }
        };
    }

    @Override
    public Outcome amend(RiskApproved<AmendOrder> approved, String orderId) {
        AmendOrder amend = approved.command();
        OrderTerms terms = amend.terms();
        // The client order id stays the first one: it is what an unknown outcome is looked up by.
        return outcome(
                client.orders()
                        .amend(
                                new OrderAt(orderId, terms.ticker(), terms.exchangeIndex(), 0),
                                amend.targetCommandId(),
                                direction(terms.bookSide()),
                                terms.yesPriceE4(),
                                terms.countE2(),
                                Priority.ENTRY),
                (Amended amended) -> new Outcome.Accepted(
                        orderId,
                        amended.filledE2().orElse(0),
                        amended.remainingE2().orElse(terms.countE2()),
                        amended.tsMillis() * MILLI_NANOS));
    }

    private static <T> Outcome outcome(voltage.kalshi.rest.Outcome<T> outcome, Function<T, Outcome.Accepted> accepted) {
        return switch (outcome) {
            case voltage.kalshi.rest.Outcome.Accepted<T> yes -> accepted.apply(yes.answer());
            case voltage.kalshi.rest.Outcome.Unknown<T> unknown -> new Outcome.Unknown(unknown.cause());
            case voltage.kalshi.rest.Outcome.Rejected<T> no ->
                isUnauthorised(no.error())
                        ? new Outcome.NotAuthorised(detail(no.error()))
                        : new Outcome.Rejected(rejection(no.error().code()), detail(no.error()));
        };
    }

    private static boolean isUnauthorised(KalshiError error) {
        return error instanceof KalshiError.Unauthorized || error.code() == KalshiError.Code.FORBIDDEN;
    }

    private static Rejection rejection(KalshiError.Code code) {
        return switch (code) {
            case ORDER_ALREADY_EXISTS -> Rejection.ORDER_EXISTS;
            case MARKET_CLOSED -> Rejection.MARKET_CLOSED;
            case INSUFFICIENT_BALANCE -> Rejection.INSUFFICIENT_CASH;
            case FILL_OR_KILL_UNFILLED -> Rejection.NOT_FILLABLE;
            case RATE_LIMITED, NOT_SENT_BUDGET -> Rejection.RATE_LIMITED;
            case INVALID_PRICE -> Rejection.PRICE_INVALID;
            case NOT_FOUND -> Rejection.NOT_FOUND;
            case ORDER_GROUP_NOT_FOUND -> Rejection.NO_ORDER_GROUP;
            case ORDER_GROUP_LIMIT, ORDER_GROUP_CANCEL -> Rejection.ORDER_GROUP_TRIPPED;
            case BAD_REQUEST,
                    INVALID_ORDER,
                    POST_ONLY_CROSS,
                    REDUCE_ONLY,
                    INVALID_ORDER_SIZE,
                    ORDER_MISMATCH,
                    PAUSED,
                    CLOCK_SKEW,
                    UNAUTHORIZED,
                    FORBIDDEN,
                    DEPRECATED,
                    SERVER,
                    NOT_SENT_UNREACHABLE,
                    UNKNOWN -> Rejection.OTHER;
        };
    }

    static String detail(KalshiError error) {
        String raw = error.rawCode().isEmpty() ? error.code().name() : error.rawCode();
        return error.httpStatus() + " " + raw + " " + error.message()
                + (error.details().isEmpty() ? "" : ": " + error.details());
    }

    @Override
    public Optional<OrderView> findByClientOrderId(String ticker, String clientOrderId) {
        return read(() -> client.account().allOrders(ticker, "", 0)).stream()
                .filter(order -> order.clientOrderId().equals(clientOrderId))
                .map(KalshiExchange::view)
                .findFirst();
    }

    @Override
    public Optional<OrderView> order(String ticker, String orderId) {
        try {
            return Optional.of(view(client.account().order(orderId)));
        } catch (KalshiException e) {
            if (e.error()
                    .map(KalshiError::code)
                    .filter(code -> code == KalshiError.Code.NOT_FOUND)
                    .isPresent()) {
                return Optional.empty();
            }
            throw new ExchangeUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static OrderView view(KalshiOrder order) {
        OrderStatus status = switch (order.status()) {
            case CANCELED -> OrderStatus.CANCELLED;
            case EXECUTED -> OrderStatus.EXECUTED;
            // A status not known here is no end: it is asked for again.
            case RESTING, UNKNOWN -> OrderStatus.RESTING;
        };
        return new OrderView(
                order.orderId(),
                order.clientOrderId(),
                order.ticker(),
                bookSide(order.direction()),
                order.yesPriceE4(),
                status,
                order.filledE2(),
                order.remainingE2());
    }

    @Override
    public List<Fill> fillsOfOrder(String ticker, String orderId) {
        return fills(FillQuery.ofOrder(orderId), fill -> fill.orderId().equals(orderId));
    }

    @Override
    public List<Fill> fillsOfMarket(String ticker) {
        return fills(FillQuery.ofTicker(ticker), fill -> fill.ticker().equals(ticker));
    }

    @Override
    public List<Fill> fillsSince(long nanos) {
        return fills(
                new FillQuery("", "", nanos / SECOND_NANOS),
                fill -> fill.exchangeIndex() == exchangeIndex && fill.exchangeNanos() >= nanos);
    }

    private List<Fill> fills(FillQuery query, java.util.function.Predicate<KalshiFill> wanted) {
        return read(() -> client.account().allFills(query)).stream()
                .filter(wanted)
                .map(KalshiExchange::fill)
                .sorted(Comparator.comparingLong(Fill::exchangeNanos).thenComparing(Fill::tradeId))
                .toList();
    }

    private static Fill fill(KalshiFill fill) {
        return new Fill(
                fill.tradeId(),
                fill.orderId(),
                fill.ticker(),
                bookSide(fill.direction()),
                fill.yesPriceE4(),
                fill.countE2(),
                fill.feeE6()
                        .orElseThrow(() -> new ExchangeUnavailableException(
                                "fill " + fill.tradeId() + " does not say its fee; nothing is booked without one")),
                fill.isTaker(),
                fill.exchangeNanos());
    }

    @Override
    public Map<String, Long> positions() {
        Map<String, Long> positions = new TreeMap<>();
        for (KalshiPosition position : read(() -> client.account().allPositions())) {
            if (position.positionE2() != 0 && position.exchangeIndex() == exchangeIndex) {
                positions.put(position.ticker(), position.positionE2());
            }
        }
        return positions;
    }

    @Override
    public Optional<Settlement> settlement(String ticker) {
        for (KalshiAccount.Settlement row : read(() -> client.account().allSettlements(ticker, 0))) {
            Optional<Side> result = side(row.result());
            if (row.ticker().equals(ticker) && result.isPresent()) {
                return Optional.of(new Settlement(
                        ticker, result.get(), row.yesCountE2(), row.noCountE2(), row.revenueE6(), row.settledNanos()));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<MarketResult> marketResult(String ticker) {
        return result(read(() -> client.markets().market(ticker)));
    }

    /** A market's result once it is final: one that is merely determined may still be disputed. */
    static Optional<MarketResult> result(KalshiMarket market) {
        if (!market.status().equals("finalized")) {
            return Optional.empty();
        }
        long settledNanos = market.settlementNanos() == 0 ? market.closeNanos() : market.settlementNanos();
        return side(market.result()).map(side -> new MarketResult(side, settledNanos));
    }

    private static Optional<Side> side(String text) {
        return switch (text) {
            case "yes" -> Optional.of(Side.YES);
            case "no" -> Optional.of(Side.NO);
            default -> Optional.empty();
        };
    }

    @Override
    public long cashE6() {
        return read(() -> client.account().balance(exchangeIndex)).cashE6();
    }

    @Override
    public long userDataNanos() {
        return read(() -> client.account().userDataAsOfNanos());
    }

    @Override
    public long latestNowNanos() {
        return read(() -> client.account().latestNowNanos());
    }

    private static <T> T read(Read<T> read) {
        try {
            return read.get();
        } catch (KalshiException e) {
            throw new ExchangeUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Side direction(BookSide side) {
        return side == BookSide.BID ? Side.YES : Side.NO;
    }

    private static BookSide bookSide(Side direction) {
        return direction == Side.YES ? BookSide.BID : BookSide.ASK;
    }
}
