package voltage.local.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Order groups, transfers between shards, and an account's limits. */
final class MoneyApi {
    private static final long MAX_GROUP_LIMIT_E2 = 100_000_000L;
    private static final String ENDPOINT_COSTS = "{\"default_cost\":10,\"endpoint_costs\":["
            + "{\"cost\":50,\"method\":\"GET\",\"path\":\"/trade-api/v2/cfbenchmarks/*endpoint\"},"
            + "{\"cost\":2,\"method\":\"DELETE\",\"path\":\"/trade-api/v2/portfolio/events/orders\"},"
            + "{\"cost\":2,\"method\":\"DELETE\",\"path\":\"/trade-api/v2/portfolio/events/orders/:order_id\"},"
            + "{\"cost\":2,\"method\":\"DELETE\",\"path\":\"/trade-api/v2/portfolio/events/orders/batched\"},"
            + "{\"cost\":2,\"method\":\"GET\",\"path\":\"/trade-api/v2/portfolio/orders/:order_id\"}]}";

    private final ExchangeState state;
    private final Matching matching;

    MoneyApi(ExchangeState state, Matching matching) {
        this.state = state;
        this.matching = matching;
    }

    @Nullable
    ExchangeResponse get(Account account, List<String> path, Query query) {
        String resource = String.join("/", path);
        switch (resource) {
            case "account/limits" -> {
                return limits(account);
            }
            case "account/endpoint_costs" -> {
                return ExchangeResponse.json(200, ENDPOINT_COSTS);
            }
            case "api_keys" -> {
                return keys(account);
            }
            case "portfolio/order_groups" -> {
                return groups(account, query);
            }
            case "portfolio/intra_exchange_instance_transfers" -> {
                return transfers(account);
            }
            default -> {}
        }
        String groupId = RestApi.single(path, "portfolio", "order_groups");
        if (groupId != null) {
            return group(account, groupNamed(account, groupId));
        }
        String transferId = RestApi.single(path, "portfolio", "intra_exchange_instance_transfers");
        if (transferId != null) {
            Transfer transfer = account.transfers.get(transferId);
            if (transfer == null) {
                throw Refusal.notFound();
            }
            JsonText one = new JsonText();
            transfer.write(one);
            return RestApi.ok(
                    new JsonText().object().raw("transfer", one.toString()).end());
        }
        return null;
    }

    ExchangeResponse write(Account account, String method, List<String> path, Query query, OrderBody body) {
        String resource = String.join("/", path);
        if (method.equals("POST") && resource.equals("portfolio/order_groups/create")) {
            return createGroup(account, body);
        }
        if (method.equals("POST") && resource.equals("portfolio/intra_exchange_instance_transfer")) {
            return transfer(account, body);
        }
        String groupId = RestApi.single(path, "portfolio", "order_groups");
        if (method.equals("DELETE") && groupId != null) {
            OrderGroup group = groupOn(account, groupId, query);
            group.tripped = true;
            matching.cancelGroup(group);
            account.groups.remove(groupId);
            state.transaction.changed(account, group);
            state.hub.groupChanged(account, group, "deleted");
            return ExchangeResponse.json(200, "{}");
        }
        if (method.equals("PUT") && path.size() == 4 && path.get(1).equals("order_groups")) {
            return updateGroup(account, groupOn(account, path.get(2), query), path.get(3), body);
        }
        throw Refusal.notFound();
    }

    private static OrderGroup groupNamed(Account account, String id) {
        OrderGroup group = account.groups.get(id);
        if (group == null) {
            throw Refusal.notFound();
        }
        return group;
    }

    /** Looked for on the shard that the request names, on shard 0 if it names none. */
    private static OrderGroup groupOn(Account account, String id, Query query) {
        OrderGroup group = groupNamed(account, id);
        if (group.shard != query.shard().orElse(0)) {
            throw Refusal.notFound();
        }
        return group;
    }

    private static long limitE2(OrderBody body) {
        long limitE2 = body.has("contracts_limit_fp")
                ? body.count("contracts_limit_fp", "ContractsLimitFp")
                : body.number("contracts_limit").orElse(0) * 100;
        if (limitE2 < 100 || limitE2 > MAX_GROUP_LIMIT_E2 || limitE2 % 100 != 0) {
            throw Refusal.of(400, "invalid_parameters", "contracts_limit must be 1 to 1000000, in whole contracts");
        }
        return limitE2;
    }

    private ExchangeResponse createGroup(Account account, OrderBody body) {
        int shard = (int) body.number("exchange_index").orElse(0);
        OrderGroup group = new OrderGroup(state.ids.next(), shard, limitE2(body));
        account.groups.put(group.id, group);
        state.transaction.changed(account, group);
        state.hub.groupChanged(account, group, "created");
        return ExchangeResponse.json(
                201,
                new JsonText()
                        .object()
                        .field("exchange_index", shard)
                        .field("order_group_id", group.id)
                        .field("subaccount", 0)
                        .end()
                        .toString());
    }

    private ExchangeResponse updateGroup(Account account, OrderGroup group, String action, OrderBody body) {
        boolean wasTripped = group.tripped;
        switch (action) {
            case "reset" -> group.reset();
            case "trigger" -> {
                group.tripped = true;
                matching.cancelGroup(group);
            }
            case "limit" -> {
                group.limitE2 = limitE2(body);
                if (group.isExceeded(state.nowNanos)) {
                    group.tripped = true;
                    matching.cancelGroup(group);
                }
            }
            default -> throw Refusal.notFound();
        }
        state.transaction.changed(account, group);
        state.hub.groupChanged(
                account,
                group,
                switch (action) {
                    case "reset" -> "reset";
                    case "trigger" -> "triggered";
                    default -> "limit_updated";
                });
        if (action.equals("limit") && group.tripped && !wasTripped) {
            state.hub.groupChanged(account, group, "triggered");
        }
        return ExchangeResponse.json(200, "{}");
    }

    private static ExchangeResponse groups(Account account, Query query) {
        JsonText json = new JsonText().object().array("order_groups");
        for (OrderGroup group : account.groups.values()) {
            if (query.shard().isEmpty() || query.shard().getAsInt() == group.shard) {
                json.object()
                        .count("contracts_limit_fp", group.limitE2)
                        .field("exchange_index", group.shard)
                        .field("id", group.id)
                        .field("is_auto_cancel_enabled", true)
                        .end();
            }
        }
        return RestApi.ok(json.endArray().end());
    }

    private static ExchangeResponse group(Account account, OrderGroup group) {
        JsonText json = new JsonText()
                .object()
                .count("contracts_limit_fp", group.limitE2)
                .field("exchange_index", group.shard)
                .field("is_auto_cancel_enabled", true)
                .array("orders");
        account.resting.stream().filter(order -> order.group == group).forEach(order -> json.value(order.id));
        return RestApi.ok(json.endArray().end());
    }

    private ExchangeResponse transfer(Account account, OrderBody body) {
        int from = (int) body.number("source_exchange_shard").orElse(0);
        int to = (int) body.number("destination_exchange_shard").orElse(0);
        long amountE6 = body.number("amount").orElse(0) * 100;
        String clientId = body.text("client_transfer_id");
        for (Transfer known : account.transfers.values()) {
            if (clientId != null && clientId.equals(known.clientTransferId())) {
                return transferId(known);
            }
        }
        if (amountE6 <= 0
                || from == to
                || !ExchangeSettings.SHARDS.containsKey(from)
                || !ExchangeSettings.SHARDS.containsKey(to)) {
            throw Refusal.of(400, "invalid_parameters");
        }
        if (Collateral.availableE6(account, from) < amountE6) {
            throw Refusal.of(400, "available_balance_too_low");
        }
        Transfer transfer = new Transfer(state.ids.next(), clientId, from, to, amountE6, false, state.nowNanos);
        account.transfers.put(transfer.id(), transfer);
        account.addCash(from, -amountE6);
        state.transaction.changed(account, transfer);
        arriveLater(account, transfer);
        return transferId(transfer);
    }

    void arriveLater(Account account, Transfer transfer) {
        arriveLater(state, account, transfer);
    }

    static void arriveLater(ExchangeState state, Account account, Transfer transfer) {
        state.schedule.at(transfer.createdNanos() + state.settings.transferNanos(), () -> {
            Transfer done = transfer.complete();
            account.transfers.put(done.id(), done);
            account.addCash(done.to(), done.amountE6());
            state.transaction.changed(account, done);
        });
    }

    private static ExchangeResponse transferId(Transfer transfer) {
        return RestApi.ok(
                new JsonText().object().field("transfer_id", transfer.id()).end());
    }

    private static ExchangeResponse transfers(Account account) {
        JsonText json = new JsonText().object().field("cursor", "").array("transfers");
        List.copyOf(account.transfers.values()).reversed().forEach(transfer -> transfer.write(json));
        return RestApi.ok(json.endArray().end());
    }

    private static ExchangeResponse limits(Account account) {
        ExchangeSettings.Tier tier = account.limits.tier;
        return RestApi.ok(new JsonText()
                .object()
                .raw("grants", "[]")
                .object("read")
                .field("bucket_capacity", tier.readDepth)
                .field("refill_rate", tier.readRate)
                .end()
                .field("usage_tier", tier.label)
                .object("write")
                .field("bucket_capacity", tier.writeDepth)
                .field("refill_rate", tier.writeRate)
                .end()
                .end());
    }

    private ExchangeResponse keys(Account account) {
        JsonText json = new JsonText().object().array("api_keys");
        for (ApiKey key : state.keys.values()) {
            if (key.account() == account) {
                json.object()
                        .field("api_key_id", key.id())
                        .field("name", account.name)
                        .raw("scopes", "[\"read\",\"write\"]")
                        .end();
            }
        }
        return RestApi.ok(json.endArray().end());
    }
}
