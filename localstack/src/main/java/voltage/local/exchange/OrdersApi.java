package voltage.local.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The V2 order operations: request bodies in, flat answers out. */
final class OrdersApi {
    static final JsonNode NO_FIELDS = JsonNodeFactory.instance.objectNode();

    private final ExchangeState state;
    private final OrderEntry entry;
    private final Matching matching;

    OrdersApi(ExchangeState state, OrderEntry entry, Matching matching) {
        this.state = state;
        this.entry = entry;
        this.matching = matching;
    }

    ExchangeResponse create(Account account, OrderBody body) {
        JsonText json = new JsonText();
        writeCreated(json, entry.place(account, body));
        return ExchangeResponse.json(201, json.toString());
    }

    private void writeCreated(JsonText json, OrderEntry.Outcome outcome) {
        Order order = outcome.order();
        json.object();
        writeAverages(json, outcome);
        json.optional("client_order_id", order.clientOrderId)
                .count("fill_count", outcome.filledE2())
                .field("order_id", order.id)
                .count("remaining_count", order.remainingE2)
                .field("ts_ms", WireTime.millis(state.nowNanos))
                .end();
    }

    /** Both are per contract. */
    private static void writeAverages(JsonText json, OrderEntry.Outcome outcome) {
        long filledE2 = outcome.filledE2();
        if (filledE2 > 0) {
            json.price("average_fee_paid", Math.floorDiv(2 * outcome.feesE6() + filledE2, 2 * filledE2))
                    .price("average_fill_price", Math.floorDiv(2 * outcome.turnoverE6() + filledE2, 2 * filledE2));
        }
    }

    ExchangeResponse cancel(Account account, String orderId, @Nullable String ticker, OptionalInt shard) {
        long reducedE2 = entry.cancel(account, orderId, ticker, shard);
        JsonText json = new JsonText().object();
        return RestApi.ok(cancelled(json, orderId, reducedE2));
    }

    private JsonText cancelled(JsonText json, String orderId, long reducedE2) {
        return json.field("order_id", orderId)
                .count("reduced_by", reducedE2)
                .field("ts_ms", WireTime.millis(state.nowNanos))
                .end();
    }

    /** Everything that rests, on all shards. */
    ExchangeResponse cancelAll(Account account) {
        if (state.exchangePaused) {
            throw Refusal.of(409, "exchange_paused");
        }
        for (Order order : new ArrayList<>(account.resting)) {
            if (order.market.phase == Market.Phase.OPEN) {
                matching.cancel(order, null);
            }
        }
        return ExchangeResponse.empty(204);
    }

    ExchangeResponse decrease(Account account, String orderId, OrderBody body) {
        Order order = entry.decrease(account, orderId, body);
        return RestApi.ok(new JsonText()
                .object()
                .optional("client_order_id", order.clientOrderId)
                .field("order_id", order.id)
                .count("remaining_count", order.remainingE2)
                .field("ts_ms", WireTime.millis(state.nowNanos))
                .end());
    }

    /** Counts are given only if something filled or the size changed. */
    ExchangeResponse amend(Account account, String orderId, OrderBody body) {
        OrderEntry.Outcome outcome = entry.amend(account, orderId, body);
        JsonText json = new JsonText().object();
        writeAverages(json, outcome);
        json.optional("client_order_id", outcome.order().clientOrderId);
        boolean counts = outcome.filledE2() > 0 || outcome.sizeChanged();
        if (counts) {
            json.count("fill_count", outcome.filledE2());
        }
        json.field("order_id", outcome.order().id);
        if (counts) {
            json.count("remaining_count", outcome.order().remainingE2);
        }
        return RestApi.ok(json.field("ts_ms", WireTime.millis(state.nowNanos)).end());
    }

    ExchangeResponse createAll(Account account, JsonNode items) {
        // A wrong type anywhere makes the whole batch undecodable.
        var bodies = new ArrayList<OrderBody>();
        items.forEach(item -> bodies.add(new OrderBody(item, "CreateOrderV2Request")));
        JsonText json = new JsonText().object().array("orders");
        for (OrderBody body : bodies) {
            try {
                writeCreated(json, entry.place(account, body));
            } catch (Refusal refusal) {
                json.object().optional("client_order_id", body.text("client_order_id"));
                writeError(json, refusal).end();
            }
        }
        return ExchangeResponse.json(201, json.endArray().end().toString());
    }

    ExchangeResponse cancelAll(Account account, JsonNode items) {
        var bodies = new ArrayList<OrderBody>();
        items.forEach(item -> bodies.add(new OrderBody(item, "BatchCancelOrdersV2Request")));
        JsonText json = new JsonText().object().array("orders");
        for (OrderBody body : bodies) {
            String orderId = body.text("order_id");
            try {
                String id = orderId == null ? "" : orderId;
                long reducedE2 = entry.cancel(account, id, body.text("market_ticker"), OrderEntry.shardNamed(body));
                Order order = account.orders.get(id);
                json.object().optional("client_order_id", order == null ? null : order.clientOrderId);
                cancelled(json, id, reducedE2);
            } catch (Refusal refusal) {
                json.object();
                writeError(json, refusal)
                        .field("order_id", orderId == null ? "" : orderId)
                        .count("reduced_by", 0)
                        .field("ts_ms", WireTime.millis(state.nowNanos))
                        .end();
            }
        }
        return RestApi.ok(json.endArray().end());
    }

    /** The refusal's own error object; a bare message becomes one. */
    private static JsonText writeError(JsonText json, Refusal refusal) {
        String body = refusal.body();
        String nested = "{\"error\":";
        if (body.startsWith(nested)) {
            return json.raw("error", body.substring(nested.length(), body.length() - 1));
        }
        return json.object("error")
                .field("code", "invalid_parameters")
                .field("message", "invalid parameters")
                .end();
    }
}
