package voltage.local.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** What an account may read of itself. All of it lags behind the matching engine. */
final class PortfolioApi {
    private final ExchangeState state;

    PortfolioApi(ExchangeState state) {
        this.state = state;
    }

    ExchangeResponse get(Account account, List<String> path, Query query) {
        String resource = String.join("/", path);
        return switch (resource) {
            case "portfolio/balance" -> balance(account, query);
            case "portfolio/orders" -> orders(account, query);
            case "portfolio/orders/queue_positions" -> queuePositions(account, query);
            case "portfolio/fills", "historical/fills" -> fills(account, query);
            case "portfolio/positions" -> positions(account, query);
            case "portfolio/settlements" -> settlements(account, query);
            case "portfolio/summary/total_resting_order_value" -> restingValue(account);
            case "exchange/user_data_timestamp" ->
                RestApi.ok(new JsonText()
                        .object()
                        .field("as_of_time", WireTime.rfc3339(state.readsAsOfNanos()))
                        .end());
            default -> order(account, path);
        };
    }

    private ExchangeResponse order(Account account, List<String> path) {
        String id = RestApi.single(path, "portfolio", "orders");
        if (id != null) {
            OrderView view = account.view.orders.get(id);
            if (view == null) {
                throw Refusal.notFound();
            }
            JsonText one = new JsonText();
            view.write(one);
            return RestApi.ok(
                    new JsonText().object().raw("order", one.toString()).end());
        }
        if (path.size() == 4 && path.get(1).equals("orders") && path.get(3).equals("queue_position")) {
            Order order = account.orders.get(path.get(2));
            if (order == null || !order.isResting()) {
                throw Refusal.notFound();
            }
            return RestApi.ok(new JsonText()
                    .object()
                    .count("queue_position_fp", aheadE2(order))
                    .end());
        }
        throw Refusal.notFound();
    }

    /** Anonymous contracts ahead, and other accounts' older orders at the level. */
    private static long aheadE2(Order order) {
        long aheadE2 = order.queue.aheadE2();
        for (Order other : order.market.book.orders(order.ladder, order.index())) {
            if (other == order) {
                break;
            }
            aheadE2 += other.remainingE2;
        }
        return aheadE2;
    }

    private static ExchangeResponse queuePositions(Account account, Query query) {
        Set<String> tickers = query.set("market_tickers");
        String event = query.text("event_ticker");
        JsonText json = new JsonText().object().array("queue_positions");
        for (Order order : account.resting) {
            if ((tickers.isEmpty() || tickers.contains(order.market.ticker()))
                    && (event == null || event.equals(order.market.definition.eventTicker()))) {
                json.object()
                        .field("market_ticker", order.market.ticker())
                        .field("order_id", order.id)
                        .count("queue_position_fp", aheadE2(order))
                        .end();
            }
        }
        return RestApi.ok(json.endArray().end());
    }

    private static boolean onShard(OptionalInt asked, int shard) {
        return asked.isEmpty() || asked.getAsInt() == shard;
    }

    private static ExchangeResponse orders(Account account, Query query) {
        int limit = query.limit("GetOrders", 1_000);
        Set<String> tickers = query.set("ticker");
        String event = query.text("event_ticker");
        String status = query.text("status");
        Page<OrderView> page = Page.of(
                new ArrayList<>(account.view.orders.values()),
                OrderView::number,
                order -> (tickers.isEmpty() || tickers.contains(order.ticker()))
                        && (event == null || event.equals(order.eventTicker()))
                        && (status == null || status.equals(order.statusName()))
                        && query.within("ts", WireTime.seconds(order.createdNanos()))
                        && onShard(query.shard(), order.shard()),
                query.text("cursor"),
                limit);
        JsonText json = new JsonText().object().field("cursor", page.cursor()).array("orders");
        page.items().forEach(order -> order.write(json));
        return RestApi.ok(json.endArray().end());
    }

    private static ExchangeResponse fills(Account account, Query query) {
        int limit = query.limit("GetFills", 1_000);
        Set<String> tickers = query.set("ticker");
        String orderId = query.text("order_id");
        Page<Fill> page = Page.of(
                account.view.fills,
                Fill::number,
                fill -> (tickers.isEmpty() || tickers.contains(fill.ticker()))
                        && (orderId == null || orderId.equals(fill.orderId()))
                        && query.within("ts", WireTime.seconds(fill.nanos()))
                        && onShard(query.shard(), fill.shard()),
                query.text("cursor"),
                limit);
        JsonText json = new JsonText().object().field("cursor", page.cursor()).array("fills");
        page.items().forEach(fill -> fill.write(json));
        return RestApi.ok(json.endArray().end());
    }

    private static ExchangeResponse positions(Account account, Query query) {
        int limit = query.limit("GetPositions", 1_000);
        Set<String> tickers = query.set("ticker");
        String event = query.text("event_ticker");
        String wanted = query.text("settlement_status");
        Set<String> counts = query.set("count_filter");
        List<PositionView> all = new ArrayList<>(account.view.positions.values());
        Page<PositionView> page = Page.byPlace(
                all,
                position -> (tickers.isEmpty() || tickers.contains(position.ticker()))
                        && (event == null || event.equals(position.eventTicker()))
                        && ("all".equals(wanted) || position.settled() == "settled".equals(wanted))
                        && (!counts.contains("position") || position.netE2() != 0)
                        && (!counts.contains("total_traded") || position.tradedE6() != 0)
                        && onShard(query.shard(), position.shard()),
                query.text("cursor"),
                limit);
        Map<String, List<PositionView>> byEvent = new LinkedHashMap<>();
        page.items()
                .forEach(position -> byEvent.computeIfAbsent(position.eventTicker(), key -> new ArrayList<>())
                        .add(position));
        JsonText json = new JsonText().object().field("cursor", page.cursor()).array("event_positions");
        byEvent.forEach((eventTicker, of) -> json.object()
                .cash("event_exposure_dollars", sum(of, PositionView::costE6))
                .field("event_ticker", eventTicker)
                .cash("fees_paid_dollars", sum(of, PositionView::feesE6))
                .cash("realized_pnl_dollars", sum(of, PositionView::realizedE6))
                .cash("total_cost_dollars", sum(of, PositionView::tradedE6))
                .count("total_cost_shares_fp", sum(of, PositionView::volumeE2))
                .end());
        json.endArray().array("market_positions");
        page.items().forEach(position -> position.write(json));
        return RestApi.ok(json.endArray().end());
    }

    private static long sum(List<PositionView> positions, java.util.function.ToLongFunction<PositionView> of) {
        return positions.stream().mapToLong(of).sum();
    }

    private static ExchangeResponse settlements(Account account, Query query) {
        int limit = query.limit("GetSettlements", 1_000);
        Set<String> tickers = query.set("ticker");
        String event = query.text("event_ticker");
        Page<Settlement> page = Page.of(
                account.view.settlements,
                Settlement::number,
                settlement -> (tickers.isEmpty() || tickers.contains(settlement.ticker()))
                        && (event == null || event.equals(settlement.eventTicker()))
                        && query.within("ts", WireTime.seconds(settlement.nanos()))
                        && onShard(query.shard(), settlement.shard()),
                query.text("cursor"),
                limit);
        JsonText json = new JsonText().object().field("cursor", page.cursor()).array("settlements");
        page.items().forEach(settlement -> settlement.write(json));
        return RestApi.ok(json.endArray().end());
    }

    /** Without a shard the sum of all, which is more than an order on one of them may spend. */
    private ExchangeResponse balance(Account account, Query query) {
        OptionalInt shard = query.shard();
        TreeMap<Integer, Long> available = new TreeMap<>();
        account.view.availableE6.forEach((index, cash) -> {
            if (onShard(shard, index)) {
                available.put(index, cash);
            }
        });
        shard.ifPresent(index -> available.putIfAbsent(index, 0L));
        long totalE6 = available.values().stream().mapToLong(Long::longValue).sum();
        long valueE6 = 0;
        for (PositionView position : account.view.positions.values()) {
            if (onShard(shard, position.shard())) {
                valueE6 += valueE6(position);
            }
        }
        JsonText json = new JsonText().object().field("balance", Math.floorDiv(totalE6, 10_000));
        json.array("balance_breakdown");
        available.forEach((index, cash) -> json.object()
                .price("balance", Math.floorDiv(cash, 100))
                .field("exchange_index", index)
                .end());
        return RestApi.ok(json.endArray()
                .price("balance_dollars", Math.floorDiv(totalE6, 100))
                .field("portfolio_value", Math.floorDiv(valueE6, 10_000))
                .field("updated_ts", WireTime.seconds(account.view.asOfNanos))
                .end());
    }

    /** At the last trade's price, as Kalshi's own figure; at cost where nothing has traded. */
    private long valueE6(PositionView position) {
        Market market = state.markets.get(position.ticker());
        if (position.netE2() == 0 || market == null || market.lastE4 == 0) {
            return position.costE6();
        }
        long priceE4 = position.netE2() > 0 ? market.lastE4 : 10_000 - market.lastE4;
        return priceE4 * Math.abs(position.netE2());
    }

    private static ExchangeResponse restingValue(Account account) {
        TreeMap<Integer, Long> byShard = new TreeMap<>();
        account.cashE6.keySet().forEach(shard -> byShard.put(shard, Collateral.boundE6(account, shard, null)));
        long totalE6 = byShard.values().stream().mapToLong(Long::longValue).sum();
        JsonText json = new JsonText().object().array("resting_order_value_breakdown");
        byShard.forEach((shard, bound) -> json.object()
                .price("balance", Math.floorDiv(bound, 100))
                .field("exchange_index", shard)
                .end());
        return RestApi.ok(json.endArray()
                .field("total_resting_order_value", Math.floorDiv(totalE6, 10_000))
                .end());
    }
}
