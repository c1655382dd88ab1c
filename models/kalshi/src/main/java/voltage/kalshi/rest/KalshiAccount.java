package voltage.kalshi.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import voltage.kalshi.JsonFields;
import voltage.kalshi.KalshiFill;
import voltage.kalshi.KalshiOrder;
import voltage.kalshi.KalshiPosition;
import voltage.market.MalformedFrameException;

/**
 * Reads of our own account. They lag behind the matching engine by some hundred milliseconds: what an order's own answer or the stream
 * said is newer.
 */
public final class KalshiAccount {
    private static final int PAGE = 1_000;
    private static final int MAX_PAGES = 100;

    private final Requests requests;

    KalshiAccount(Requests requests) {
        this.requests = requests;
    }

    /**
     * What an order on one shard may spend, in micro-dollars.
     *
     * @param portfolioValueE6 what the positions are worth
     */
    public record Balance(long cashE6, long portfolioValueE6, long updatedNanos) {
        static Balance read(JsonFields body, int exchangeIndex) throws MalformedFrameException {
            long cashE6 =
                    body.has("balance_dollars") ? body.decimal("balance_dollars", 6) : body.integer("balance") * 10_000;
            // Asked for one shard, Kalshi answers for it; where it breaks the sum down, the shard's own line is what
            // counts.
            for (JsonFields shard : body.objects("balance_breakdown")) {
                if (shard.integer("exchange_index") == exchangeIndex) {
                    cashE6 = shard.decimal("balance", 6);
                }
            }
            return new Balance(
                    cashE6, body.integerOr("portfolio_value", 0) * 10_000, body.secondsAsNanosOr0("updated_ts"));
        }
    }

    /** The balance on one shard; the sum over all shards is not what an order may spend. */
    public Balance balance(int exchangeIndex) throws KalshiException {
        Query query = Query.of("/portfolio/balance")
                .with("exchange_index", exchangeIndex)
                .with("subaccount", 0);
        return requests.read(Endpoint.READ, query, Priority.EXIT, body -> Balance.read(body, exchangeIndex));
    }

    /**
     * @param ticker empty for all markets
     * @param status {@code resting}, {@code canceled}, {@code executed}, or empty for any
     * @param minSeconds unix seconds from which on, 0 for all
     */
    public Page<KalshiOrder> orders(String ticker, String status, long minSeconds, String cursor)
            throws KalshiException {
        Query query = Query.of("/portfolio/orders")
                .with("ticker", ticker)
                .with("status", status)
                .withUnless0("min_ts", minSeconds)
                .with("limit", PAGE)
                .with("cursor", cursor);
        return requests.read(
                Endpoint.READ, query, Priority.EXIT, body -> KalshiMarkets.page(body, "orders", KalshiOrder::read));
    }

    /** All pages of {@link #orders(String, String, long, String)}. There is no filter by client order id: look through these. */
    public List<KalshiOrder> allOrders(String ticker, String status, long minSeconds) throws KalshiException {
        return Page.all(cursor -> orders(ticker, status, minSeconds, cursor), MAX_PAGES);
    }

    public KalshiOrder order(String orderId) throws KalshiException {
        KalshiOrder order = requests.read(
                Endpoint.READ_ORDER,
                Query.of("/portfolio/orders/" + Query.step(orderId)),
                Priority.EXIT,
                body -> KalshiOrder.read(body.object("order")));
        if (!order.orderId().equals(orderId)) {
            throw new KalshiException(
                    "GET order " + orderId,
                    new MalformedFrameException("the answer is about another order, " + order.orderId()));
        }
        return order;
    }

    /** What to list fills by; empty fields are no filter. */
    public record FillQuery(String ticker, String orderId, long minSeconds) {
        public static final FillQuery ALL = new FillQuery("", "", 0);

        public static FillQuery ofOrder(String orderId) {
            return new FillQuery("", orderId, 0);
        }

        public static FillQuery ofTicker(String ticker) {
            return new FillQuery(ticker, "", 0);
        }
    }

    /** Newest first. */
    public Page<KalshiFill> fills(FillQuery filter, String cursor) throws KalshiException {
        Query query = Query.of("/portfolio/fills")
                .with("ticker", filter.ticker())
                .with("order_id", filter.orderId())
                .withUnless0("min_ts", filter.minSeconds())
                .with("limit", PAGE)
                .with("cursor", cursor);
        return requests.read(
                Endpoint.READ, query, Priority.EXIT, body -> KalshiMarkets.page(body, "fills", KalshiFill::readRest));
    }

    public List<KalshiFill> allFills(FillQuery filter) throws KalshiException {
        return Page.all(cursor -> fills(filter, cursor), MAX_PAGES);
    }

    /** Positions in unsettled markets; a settled one is in {@link #settlements}. */
    public Page<KalshiPosition> positions(String ticker, String cursor) throws KalshiException {
        Query query = Query.of("/portfolio/positions")
                .with("ticker", ticker)
                .with("limit", PAGE)
                .with("cursor", cursor);
        return requests.read(
                Endpoint.READ,
                query,
                Priority.EXIT,
                body -> KalshiMarkets.page(body, "market_positions", KalshiPosition::readRest));
    }

    public List<KalshiPosition> allPositions() throws KalshiException {
        return Page.all(cursor -> positions("", cursor), MAX_PAGES);
    }

    /**
     * What a market paid us. Counts are hundredths, amounts micro-dollars.
     *
     * @param result {@code yes}, {@code no} or {@code scalar}
     * @param revenueE6 what was paid; may read 0 for an account that held both sides, so check it against counts and result
     * @param valueE6 paid per YES contract; empty if not said
     */
    public record Settlement(
            String ticker,
            String eventTicker,
            String result,
            long yesCountE2,
            long yesCostE6,
            long noCountE2,
            long noCostE6,
            long revenueE6,
            long feesE6,
            OptionalLong valueE6,
            int exchangeIndex,
            long settledNanos) {
        static Settlement read(JsonFields body) throws MalformedFrameException {
            return new Settlement(
                    body.ticker("ticker"),
                    body.textOr("event_ticker", ""),
                    body.text("market_result"),
                    body.decimalOr("yes_count_fp", 2, 0),
                    body.decimalOr("yes_total_cost_dollars", 6, 0),
                    body.decimalOr("no_count_fp", 2, 0),
                    body.decimalOr("no_total_cost_dollars", 6, 0),
                    Math.multiplyExact(body.integerOr("revenue", 0), 10_000L),
                    body.decimalOr("fee_cost", 6, 0),
                    body.has("value") ? OptionalLong.of(body.integer("value") * 10_000) : OptionalLong.empty(),
                    body.smallIntOr("exchange_index", 0),
                    body.timeNanosOr0("settled_time"));
        }
    }

    /** Newest first. */
    public Page<Settlement> settlements(String ticker, long minSeconds, String cursor) throws KalshiException {
        Query query = Query.of("/portfolio/settlements")
                .with("ticker", ticker)
                .withUnless0("min_ts", minSeconds)
                .with("limit", PAGE)
                .with("cursor", cursor);
        return requests.read(
                Endpoint.READ, query, Priority.EXIT, body -> KalshiMarkets.page(body, "settlements", Settlement::read));
    }

    public List<Settlement> allSettlements(String ticker, long minSeconds) throws KalshiException {
        return Page.all(cursor -> settlements(ticker, minSeconds, cursor), MAX_PAGES);
    }

    /** How fresh these reads are: up to when they reflect what happened, epoch nanoseconds. */
    public long userDataAsOfNanos() throws KalshiException {
        return requests.read(
                Endpoint.READ,
                Query.of("/exchange/user_data_timestamp"),
                Priority.EXIT,
                body -> body.timeNanosOr0("as_of_time"));
    }

    /**
     * A moment by the exchange's clock that has not passed yet when it is asked, by at most a second: what has happened there up to now
     * bears no later time. Our own clock, which may be off, has no part in it as long as answers are dated.
     */
    public long latestNowNanos() throws KalshiException {
        long unused = userDataAsOfNanos();
        return requests.latestNowNanos();
    }

    public AccountLimits limits() throws KalshiException {
        return requests.read(Endpoint.READ, Query.of("/account/limits"), Priority.ENTRY, AccountLimits::read);
    }

    /** Tokens that endpoints cost where it is not the default. */
    public record EndpointCosts(int defaultCost, List<Cost> costs) {
        public EndpointCosts {
            costs = List.copyOf(costs);
        }

        /** One endpoint's; the path has {@code :name} for its parameters. */
        public record Cost(String method, String path, int tokens) {}

        static EndpointCosts read(JsonFields body) throws MalformedFrameException {
            List<Cost> costs = new ArrayList<>();
            for (JsonFields cost : body.objects("endpoint_costs")) {
                costs.add(new Cost(cost.text("method"), cost.text("path"), cost.smallIntOr("cost", 0)));
            }
            return new EndpointCosts(body.smallIntOr("default_cost", 0), costs);
        }
    }

    public EndpointCosts endpointCosts() throws KalshiException {
        return requests.read(Endpoint.READ, Query.of("/account/endpoint_costs"), Priority.ENTRY, EndpointCosts::read);
    }

    /** Contracts ahead of an order in its queue, in hundredths. */
    public long queuePositionE2(String orderId) throws KalshiException {
        return requests.read(
                Endpoint.READ,
                Query.of("/portfolio/orders/" + Query.step(orderId) + "/queue_position"),
                Priority.ENTRY,
                body -> body.decimal("queue_position_fp", 2));
    }
}
