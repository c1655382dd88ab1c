package voltage.kalshi.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import voltage.kalshi.JsonFields;
import voltage.kalshi.rest.OrderAnswers.Amended;
import voltage.kalshi.rest.OrderAnswers.Canceled;
import voltage.kalshi.rest.OrderAnswers.Created;
import voltage.kalshi.rest.OrderAnswers.Decreased;
import voltage.kalshi.rest.OrderAnswers.Done;
import voltage.market.FixedPoint;
import voltage.market.MalformedFrameException;
import voltage.market.Side;

/** Orders (V2). Each request is sent at most once. */
public final class KalshiOrders {
    private static final String ORDERS = "/portfolio/events/orders";

    private final Requests requests;

    KalshiOrders(Requests requests) {
        this.requests = requests;
    }

    /**
     * Where an order is. Without the market and the shard Kalshi looks on shard 0 and answers 404 although the order rests elsewhere.
     */
    public record OrderAt(String orderId, String ticker, int exchangeIndex, int subaccount) {}

    /** @param priority EXIT for an order that reduces a position, else ENTRY */
    public Outcome<Created> create(NewOrder order, Priority priority) {
        return requests.write(
                Endpoint.CREATE,
                order.exchangeIndex(),
                1,
                priority,
                "POST",
                Query.of(ORDERS),
                Json.bytes(order::write),
                body -> Created.read(body, order.clientOrderId()));
    }

    /** A 404 does not mean cancelled: the order may have been filled. */
    public Outcome<Canceled> cancel(OrderAt order) {
        Query query = Query.of(ORDERS + "/" + Query.step(order.orderId()))
                .with("market_ticker", order.ticker())
                .with("exchange_index", order.exchangeIndex())
                .with("subaccount", order.subaccount());
        return requests.write(
                Endpoint.CANCEL,
                order.exchangeIndex(),
                1,
                Priority.CANCEL,
                "DELETE",
                query,
                Json.NONE,
                body -> Canceled.read(body, order.orderId()));
    }

    /**
     * Changes price and size. The place in the queue is kept only if nothing but the size changes, downwards.
     *
     * @param direction must be the order's own
     * @param countE2 already filled and wanted resting together
     */
    public Outcome<Amended> amend(
            OrderAt order, String clientOrderId, Side direction, int yesPriceE4, long countE2, Priority priority) {
        byte[] body = Json.object(json -> {
            json.writeStringField("ticker", order.ticker());
            json.writeStringField("side", NewOrder.bookSide(direction));
            json.writeStringField("price", FixedPoint.format(yesPriceE4, 4));
            json.writeStringField("count", FixedPoint.format(countE2, 2));
            if (!clientOrderId.isEmpty()) {
                json.writeStringField("client_order_id", clientOrderId);
            }
            json.writeNumberField("exchange_index", order.exchangeIndex());
        });
        return requests.write(
                Endpoint.AMEND,
                order.exchangeIndex(),
                1,
                priority,
                "POST",
                action(order, "amend"),
                body,
                answer -> Amended.read(answer, order.orderId()));
    }

    /** Makes an order smaller by so much; it keeps its place. */
    public Outcome<Decreased> decreaseBy(OrderAt order, long countE2) {
        return decrease(order, "reduce_by", countE2);
    }

    /** Makes an order smaller, to so much resting; it keeps its place. */
    public Outcome<Decreased> decreaseTo(OrderAt order, long countE2) {
        return decrease(order, "reduce_to", countE2);
    }

    private Outcome<Decreased> decrease(OrderAt order, String how, long countE2) {
        byte[] body = Json.object(json -> {
            json.writeStringField(how, FixedPoint.format(countE2, 2));
            json.writeNumberField("exchange_index", order.exchangeIndex());
            json.writeStringField("market_ticker", order.ticker());
        });
        return requests.write(
                Endpoint.DECREASE,
                order.exchangeIndex(),
                1,
                Priority.EXIT,
                "POST",
                action(order, "decrease"),
                body,
                answer -> Decreased.read(answer, order.orderId()));
    }

    private static Query action(OrderAt order, String name) {
        return Query.of(ORDERS + "/" + Query.step(order.orderId()) + "/" + name).with("subaccount", order.subaccount());
    }

    /**
     * Creates several orders. Kalshi takes the batch or refuses it whole for want of tokens; otherwise each order has an outcome of its
     * own, in the order given.
     */
    public Outcome<List<Outcome<Created>>> createAll(List<NewOrder> orders, Priority priority) {
        byte[] body = batch(orders, (order, json) -> order.write(json));
        return requests.write(
                Endpoint.BATCH_CREATE,
                0,
                orders.size(),
                priority,
                "POST",
                Query.of(ORDERS + "/batched"),
                body,
                answer -> items(answer, orders, (item, order) -> Created.read(item, order.clientOrderId())));
    }

    /** Cancels several orders, each with an outcome of its own, in the order given. */
    public Outcome<List<Outcome<Canceled>>> cancelAll(List<OrderAt> orders) {
        byte[] body = batch(orders, (order, json) -> {
            json.writeStartObject();
            json.writeStringField("order_id", order.orderId());
            json.writeNumberField("subaccount", order.subaccount());
            json.writeNumberField("exchange_index", order.exchangeIndex());
            json.writeStringField("market_ticker", order.ticker());
            json.writeEndObject();
        });
        return requests.write(
                Endpoint.BATCH_CANCEL,
                0,
                orders.size(),
                Priority.CANCEL,
                "DELETE",
                Query.of(ORDERS + "/batched"),
                body,
                answer -> items(answer, orders, (item, order) -> Canceled.read(item, order.orderId())));
    }

    /** Cancels everything of the account, on all shards; it may also catch orders placed in the following minute. */
    public Outcome<Done> cancelEverything() {
        return requests.write(
                Endpoint.CANCEL_ALL, 0, 1, Priority.CANCEL, "DELETE", Query.of(ORDERS), Json.NONE, body -> new Done());
    }

    @FunctionalInterface
    private interface ItemWriter<R> {
        void write(R request, JsonGenerator json) throws IOException;
    }

    @FunctionalInterface
    private interface ItemReader<T, R> {
        T read(JsonFields item, R request) throws MalformedFrameException;
    }

    private static <R> byte[] batch(List<R> requests, ItemWriter<R> writer) {
        return Json.object(json -> {
            json.writeArrayFieldStart("orders");
            for (R request : requests) {
                writer.write(request, json);
            }
            json.writeEndArray();
        });
    }

    private static <T, R> List<Outcome<T>> items(JsonFields answer, List<R> requests, ItemReader<T, R> reader)
            throws MalformedFrameException {
        List<JsonFields> items = answer.objects("orders");
        if (items.size() != requests.size()) {
            throw new MalformedFrameException(
                    "a batch of " + requests.size() + " needs as many answers, was " + items.size());
        }
        List<Outcome<T>> outcomes = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            outcomes.add(item(items.get(i), requests.get(i), reader));
        }
        return outcomes;
    }

    private static <T, R> Outcome<T> item(JsonFields item, R request, ItemReader<T, R> reader) {
        try {
            JsonFields error = item.objectOrNull("error");
            return error == null
                    ? new Outcome.Accepted<>(reader.read(item, request))
                    : new Outcome.Rejected<>(KalshiError.ofItem(error));
        } catch (MalformedFrameException unreadable) {
            return new Outcome.Unknown<>("unreadable item: " + unreadable.getMessage(), 200);
        }
    }
}
