package voltage.local.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Finds what a REST request asks for: faults first, then who asks, whether they may ask so often, and what. */
final class RestApi {
    static final String ROOT = "/trade-api/v2";
    private static final int DEFAULT_COST = 10;
    private static final int CANCEL_COST = 2;

    private final ExchangeState state;
    private final Access access;
    private final PublicApi publicApi;
    private final PortfolioApi portfolio;
    private final OrdersApi orders;
    private final MoneyApi money;
    private final RateLimits anonymous = new RateLimits(ExchangeSettings.Tier.EXPERT);

    RestApi(ExchangeState state, Access access, OrderEntry entry, Matching matching) {
        this.state = state;
        this.access = access;
        publicApi = new PublicApi(state);
        portfolio = new PortfolioApi(state);
        orders = new OrdersApi(state, entry, matching);
        money = new MoneyApi(state, matching);
    }

    ExchangeResponse handle(ExchangeRequest request) {
        Faults.Answer fault = state.faults.answer(request.method(), request.path());
        if (fault == null) {
            return answer(request);
        }
        return switch (fault) {
            case TOO_MANY_REQUESTS -> Refusal.tooManyRequests().response();
            case SERVER_ERROR -> Refusal.of(500, "internal_error").response();
            case BAD_GATEWAY -> ExchangeResponse.html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>");
            case LOST_ANSWER -> {
                answer(request);
                yield ExchangeResponse.lost();
            }
            case GATEWAY_TIMEOUT -> {
                answer(request);
                yield ExchangeResponse.html(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>");
            }
        };
    }

    private ExchangeResponse answer(ExchangeRequest request) {
        try {
            if (!request.path().startsWith(ROOT + "/")) {
                throw Refusal.notFound();
            }
            List<String> path =
                    Arrays.asList(request.path().substring(ROOT.length() + 1).split("/"));
            Query query = new Query(request.query());
            return isPublic(path) ? publicAnswer(request, path, query) : privateAnswer(request, path, query);
        } catch (Refusal refusal) {
            return refusal.response();
        }
    }

    private static boolean isPublic(List<String> path) {
        return switch (path.getFirst()) {
            case "series", "events", "markets", "historical", "live_data" -> true;
            case "exchange" -> !path.getLast().equals("user_data_timestamp");
            default -> false;
        };
    }

    private ExchangeResponse publicAnswer(ExchangeRequest request, List<String> path, Query query) {
        if (!request.method().equals("GET")) {
            throw Refusal.of(405, "method_not_allowed");
        }
        boolean signed = request.headers().containsKey("kalshi-access-key");
        RateLimits limits = signed ? access.account(request.headers(), "GET", request.path()).limits : anonymous;
        pay(limits.read(DEFAULT_COST, state.nowNanos));
        return publicApi.get(path, query);
    }

    private ExchangeResponse privateAnswer(ExchangeRequest request, List<String> path, Query query) {
        Account account = access.account(request.headers(), request.method(), request.path());
        account.view.catchUp(state.readsAsOfNanos());
        String resource = String.join("/", path);
        if (request.method().equals("GET")) {
            boolean singleOrder = path.size() == 3 && resource.startsWith("portfolio/orders/");
            pay(account.limits.read(singleOrder ? CANCEL_COST : DEFAULT_COST, state.nowNanos));
            ExchangeResponse answer = money.get(account, path, query);
            return answer != null ? answer : portfolio.get(account, path, query);
        }
        if (resource.equals("portfolio/orders") || resource.startsWith("portfolio/orders/")) {
            throw Refusal.legacyOrderPath();
        }
        if (path.size() >= 3 && path.get(1).equals("events") && path.get(2).equals("orders")) {
            return orderWrite(account, request, path, query);
        }
        OrderBody body = request.body().length == 0
                ? new OrderBody(OrdersApi.NO_FIELDS, "Request")
                : OrderBody.parse(request.body(), struct(resource));
        pay(account.limits.write(DEFAULT_COST, state.nowNanos));
        return money.write(account, request.method(), path, query, body);
    }

    private static String struct(String resource) {
        return resource.endsWith("create") ? "CreateOrderGroupRequest" : "Request";
    }

    private ExchangeResponse orderWrite(Account account, ExchangeRequest request, List<String> path, Query query) {
        String method = request.method();
        String tail = String.join("/", path.subList(3, path.size()));
        if (method.equals("POST") && tail.isEmpty()) {
            OrderBody body = OrderBody.parse(request.body(), "CreateOrderV2Request");
            payWrite(account, OrderEntry.shardNamed(body), DEFAULT_COST);
            return orders.create(account, body);
        }
        if (method.equals("DELETE") && tail.isEmpty()) {
            pay(account.limits.write(CANCEL_COST, state.nowNanos));
            return orders.cancelAll(account);
        }
        if (tail.equals("batched")) {
            return batch(account, request);
        }
        if (method.equals("DELETE") && path.size() == 4) {
            payWrite(account, query.shard(), CANCEL_COST);
            return orders.cancel(account, path.get(3), query.text("market_ticker"), query.shard());
        }
        if (method.equals("POST") && path.size() == 5 && path.get(4).equals("amend")) {
            OrderBody body = OrderBody.parse(request.body(), "AmendOrderV2Request");
            payWrite(account, OrderEntry.shardNamed(body), DEFAULT_COST);
            return orders.amend(account, path.get(3), body);
        }
        if (method.equals("POST") && path.size() == 5 && path.get(4).equals("decrease")) {
            OrderBody body = OrderBody.parse(request.body(), "DecreaseOrderV2Request");
            payWrite(account, OrderEntry.shardNamed(body), DEFAULT_COST);
            return orders.decrease(account, path.get(3), body);
        }
        throw Refusal.notFound();
    }

    /** A batch pays for all its items at once from the unscoped bucket, or is refused whole. */
    private ExchangeResponse batch(Account account, ExchangeRequest request) {
        boolean create = request.method().equals("POST");
        if (!create && !request.method().equals("DELETE")) {
            throw Refusal.of(405, "method_not_allowed");
        }
        var items = OrderBody.tree(request.body(), create ? "BatchCreateOrdersV2Request" : "BatchCancelOrdersV2Request")
                .path("orders");
        if (!items.isArray() || items.isEmpty()) {
            String operation = create ? "BatchCreateOrdersV2" : "BatchCancelOrdersV2";
            throw Refusal.parameter(operation, operation + "Request", "Orders", "required");
        }
        pay(account.limits.write(items.size() * (create ? DEFAULT_COST : CANCEL_COST), state.nowNanos));
        return create ? orders.createAll(account, items) : orders.cancelAll(account, items);
    }

    private void payWrite(Account account, OptionalInt shard, int tokens) {
        pay(
                shard.isPresent() && shard.getAsInt() >= 1
                        ? account.limits.write(shard.getAsInt(), tokens, state.nowNanos)
                        : account.limits.write(tokens, state.nowNanos));
    }

    private void pay(boolean paid) {
        if (!paid && state.settings.rateLimited()) {
            throw Refusal.tooManyRequests();
        }
    }

    static ExchangeResponse ok(JsonText json) {
        return ExchangeResponse.json(200, json.toString());
    }

    static @Nullable String single(List<String> path, String... expected) {
        if (path.size() != expected.length + 1) {
            return null;
        }
        for (int i = 0; i < expected.length; i++) {
            if (!path.get(i).equals(expected[i])) {
                return null;
            }
        }
        return path.getLast();
    }
}
