package voltage.kalshi.rest;

import java.util.List;
import voltage.kalshi.JsonFields;
import voltage.kalshi.rest.OrderAnswers.Done;
import voltage.market.FixedPoint;
import voltage.market.MalformedFrameException;

/**
 * Order groups: a kill switch on Kalshi's side. If more contracts of a group than its limit are matched within 15 seconds, Kalshi cancels
 * the group's orders and takes no new ones until it is reset. A group lives on one shard.
 */
public final class KalshiOrderGroups {
    private static final String GROUPS = "/portfolio/order_groups";

    private final Requests requests;

    KalshiOrderGroups(Requests requests) {
        this.requests = requests;
    }

    /** A group was made. */
    public record CreatedGroup(String orderGroupId, int subaccount) {}

    /**
     * A group.
     *
     * @param limitE2 hundredths of contracts in 15 seconds, 0 if not said
     * @param orderIds only where one group was asked for
     */
    public record OrderGroup(
            String id, boolean isAutoCancelEnabled, long limitE2, int exchangeIndex, List<String> orderIds) {
        public OrderGroup {
            orderIds = List.copyOf(orderIds);
        }

        static OrderGroup read(JsonFields group, String id) throws MalformedFrameException {
            return new OrderGroup(
                    id,
                    group.flagOr("is_auto_cancel_enabled", false),
                    group.decimalOr("contracts_limit_fp", 2, 0),
                    group.smallIntOr("exchange_index", 0),
                    group.texts("orders"));
        }
    }

    /** @param limitE2 hundredths of contracts matched in any 15 seconds, whole contracts from 100 to 100 000 000 */
    public Outcome<CreatedGroup> create(long limitE2, int exchangeIndex) {
        byte[] body = Json.object(json -> {
            json.writeStringField("contracts_limit_fp", FixedPoint.format(limitE2, 2));
            json.writeNumberField("subaccount", 0);
            json.writeNumberField("exchange_index", exchangeIndex);
        });
        return requests.write(
                Endpoint.ORDER_GROUP,
                exchangeIndex,
                1,
                Priority.ENTRY,
                "POST",
                Query.of(GROUPS + "/create"),
                body,
                answer -> new CreatedGroup(answer.text("order_group_id"), answer.smallIntOr("subaccount", 0)));
    }

    /** All groups of the account, on all shards. Asked for once: who waits for it has bounds of his own. */
    public List<OrderGroup> list(Priority priority) throws KalshiException {
        return requests.readOnce(
                Endpoint.READ,
                Query.of(GROUPS),
                priority,
                body -> KalshiMarkets.page(body, "order_groups", group -> OrderGroup.read(group, group.text("id")))
                        .items());
    }

    public OrderGroup get(String id) throws KalshiException {
        return requests.read(Endpoint.READ, Query.of(path(id, "")), Priority.EXIT, body -> OrderGroup.read(body, id));
    }

    /** Cancels the group's orders and forgets it. */
    public Outcome<Done> delete(String id, int exchangeIndex) {
        return change("DELETE", path(id, ""), exchangeIndex, Priority.CANCEL, Json.NONE);
    }

    /** Lets a triggered group take orders again; what was matched so far no longer counts. */
    public Outcome<Done> reset(String id, int exchangeIndex) {
        return change("PUT", path(id, "/reset"), exchangeIndex, Priority.EXIT, empty());
    }

    /** Cancels the group's orders and takes no new ones. */
    public Outcome<Done> trigger(String id, int exchangeIndex) {
        return change("PUT", path(id, "/trigger"), exchangeIndex, Priority.CANCEL, empty());
    }

    /** Triggers the group if more than that was matched in the last 15 seconds. */
    public Outcome<Done> limit(String id, long limitE2, int exchangeIndex) {
        byte[] body = Json.object(json -> json.writeStringField("contracts_limit_fp", FixedPoint.format(limitE2, 2)));
        return change("PUT", path(id, "/limit"), exchangeIndex, Priority.EXIT, body);
    }

    private Outcome<Done> change(String method, String path, int exchangeIndex, Priority priority, byte[] body) {
        Query query = Query.of(path).with("subaccount", 0).with("exchange_index", exchangeIndex);
        return requests.write(
                Endpoint.ORDER_GROUP, exchangeIndex, 1, priority, method, query, body, answer -> new Done());
    }

    private static String path(String id, String action) {
        return GROUPS + "/" + Query.step(id) + action;
    }

    private static byte[] empty() {
        return Json.object(json -> {});
    }
}
