package voltage.local.exchange;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.market.FeeAccumulator;
import voltage.market.Side;
import voltage.market.Sweep;
import voltage.market.TickGrid;

/** Placing, amending, decreasing and cancelling: the rules in front of the matching. */
final class OrderEntry {
    /** What an operation that may trade did. Prices YES scale; the fee is the total of these fills. */
    record Outcome(Order order, long filledE2, long turnoverE6, long feesE6, boolean sizeChanged) {}

    private static final int MAX_OPEN_ORDERS = 200_000;

    private final ExchangeState state;
    private final Matching matching;

    OrderEntry(ExchangeState state, Matching matching) {
        this.state = state;
        this.matching = matching;
    }

    /** @throws Refusal if the order is not accepted; nothing has changed then, except for a killed one's client order id */
    Outcome place(Account account, OrderBody body) {
        Market market = marketFor(body.required("ticker", "Ticker"), shardNamed(body));
        body.refuseSubaccount();
        Side ladder = ladder(body);
        Order.TimeInForce timeInForce = timeInForce(body);
        Order.SelfTrade selfTrade = selfTrade(body);
        mayPlace(market);
        String clientOrderId = body.text("client_order_id");
        if (clientOrderId != null && account.clientOrderIds.contains(clientOrderId)) {
            throw Refusal.of(409, "order_already_exists");
        }
        long countE2 = body.count("count", "Count");
        int priceE4 = body.price(market);
        boolean postOnly = body.flag("post_only");
        boolean reduceOnly = body.flag("reduce_only");
        boolean rests = timeInForce == Order.TimeInForce.GOOD_TILL_CANCELED;
        OptionalLong expiration = expiration(body, rests);
        if (postOnly && !rests) {
            throw Refusal.of(400, "invalid_order", "post_only can only be used with GTC orders");
        }
        if (reduceOnly && rests) {
            throw Refusal.of(400, "invalid_order", "reduce_only can only be used with IoC or FoK orders");
        }
        OrderGroup group = group(account, market, body.text("order_group_id"));
        int ladderPriceE4 = ladder == Side.YES ? priceE4 : TickGrid.ONE_DOLLAR_E4 - priceE4;
        if (postOnly && Matching.crosses(market, ladder, ladderPriceE4)) {
            throw Refusal.of(400, "invalid_order", "post only cross");
        }
        if (account.resting.size() >= MAX_OPEN_ORDERS) {
            throw Refusal.of(400, "invalid_order", "too many open orders");
        }
        Order order = new Order(
                state.ids.next(),
                account,
                market,
                ladder,
                timeInForce,
                selfTrade,
                body.flag("cancel_order_on_pause"),
                reduceOnly,
                group,
                new FeeAccumulator(state.settings.fees()),
                state.nextNumber(),
                state.nowNanos);
        order.clientOrderId = clientOrderId;
        order.priceE4 = priceE4;
        order.initialE2 = countE2;
        order.remainingE2 = countE2;
        order.expirationNanos = expiration;
        if (reduceOnly) {
            order.remainingE2 = Math.min(countE2, Math.max(0, -ladder.sign() * account.netE2(market)));
        }
        if (timeInForce == Order.TimeInForce.FILL_OR_KILL && fillableE2(order) < countE2) {
            kill(order);
            throw Refusal.of(409, "fill_or_kill_insufficient_resting_volume");
        }
        requireCash(order);
        accept(order);
        Outcome outcome = trade(order, rests);
        if (order.isResting()) {
            expiration.ifPresent(nanos -> expireAt(order, nanos));
        }
        return outcome;
    }

    /** What a fill-or-kill could trade now; its own resting orders do not kill it. */
    private static long fillableE2(Order order) {
        return Sweep.of(order.market.book.displayed(order.ladder.opposite()), order.ladderPriceE4(), order.remainingE2)
                .countE2();
    }

    /** A killed order exists: its client order id is used up. */
    private void kill(Order order) {
        order.remainingE2 = 0;
        order.status = Order.Status.CANCELED;
        accept(order);
    }

    private void accept(Order order) {
        order.account.orders.put(order.id, order);
        if (order.clientOrderId != null) {
            order.account.clientOrderIds.add(order.clientOrderId);
        }
        state.transaction.changed(order);
    }

    private void requireCash(Order order) {
        int shard = order.market.shard();
        Account account = order.account;
        long openingE2 = order.remainingE2
                - Math.min(order.remainingE2, Math.max(0, -order.ladder.sign() * account.netE2(order.market)));
        if (openingE2 == 0 && order.timeInForce != Order.TimeInForce.GOOD_TILL_CANCELED) {
            return; // closing at once brings money; its fee comes out of the proceeds
        }
        long feesE6 = Sweep.of(
                        order.market.book.displayed(order.ladder.opposite()), order.ladderPriceE4(), order.remainingE2)
                .takerFeesE6(state.settings.fees());
        if (Collateral.boundE6(account, shard, order) + feesE6 > account.cashE6(shard)) {
            throw Refusal.of(400, "insufficient_balance");
        }
    }

    /** Trades what crosses; then the rest goes into the book or ends. */
    private Outcome trade(Order order, boolean rests) {
        long filledBefore = order.filledE2;
        long feesBefore = order.takerFeesE6;
        long costBefore = order.takerCostE6;
        order.updateReason = null;
        matching.take(order);
        long filledE2 = order.filledE2 - filledBefore;
        boolean stopped = "SelfTradeCancel".equals(order.updateReason) || "MarginCancel".equals(order.updateReason);
        boolean groupTripped = order.group != null && order.group.tripped;
        if (order.remainingE2 > 0 && rests && !stopped && !groupTripped) {
            matching.rest(order);
        } else if (order.status == Order.Status.RESTING) {
            if (order.reduceOnly && filledE2 < order.initialE2 && order.remainingE2 == 0) {
                order.updateReason = "ReduceOnlyCancel";
            }
            order.remainingE2 = 0;
            order.status = Order.Status.CANCELED;
            order.account.resting.remove(order);
        }
        state.transaction.changed(order);
        matching.cancelUncovered();
        long ladderTurnoverE6 = order.takerCostE6 - costBefore;
        long turnoverE6 = order.isBid() ? ladderTurnoverE6 : TickGrid.ONE_DOLLAR_E4 * filledE2 - ladderTurnoverE6;
        return new Outcome(order, filledE2, turnoverE6, order.takerFeesE6 - feesBefore, true);
    }

    /** Cancels a resting order. @return the contracts that no longer rest */
    long cancel(Account account, String orderId, @Nullable String ticker, OptionalInt shard) {
        Order order = resting(account, orderId, ticker, shard);
        mayCancel(order.market);
        return matching.cancel(order, null);
    }

    /** Reduces a resting order; at nothing left it is cancelled. */
    Order decrease(Account account, String orderId, OrderBody body) {
        Order order = resting(account, orderId, body.text("market_ticker"), shardNamed(body));
        mayCancel(order.market);
        boolean by = body.has("reduce_by");
        if (by == body.has("reduce_to")) {
            throw Refusal.of(400, "invalid_order", "exactly one of reduce_by and reduce_to is required");
        }
        long toE2;
        if (by) {
            toE2 = Math.max(0, order.remainingE2 - body.count("reduce_by", "ReduceBy"));
        } else {
            String text = body.required("reduce_to", "ReduceTo");
            toE2 = text.matches("0+(\\.0*)?") ? 0 : body.count("reduce_to", "ReduceTo");
        }
        if (toE2 > order.remainingE2) {
            throw Refusal.of(400, "invalid_order_size");
        }
        if (toE2 == 0) {
            matching.cancel(order, "Decrease");
        } else {
            order.remainingE2 = toE2;
            order.updateReason = "Decrease";
            order.updatedNanos = state.nowNanos;
            state.publishLevel(order.market, order.ladder, order.index(), order);
            state.transaction.changed(order);
        }
        return order;
    }

    /** Changes price, size or expiry; only a smaller size or a new expiry keeps the place in the queue. */
    Outcome amend(Account account, String orderId, OrderBody body) {
        String ticker = body.required("ticker", "Ticker");
        Order order = resting(account, orderId, ticker, shardNamed(body));
        Market market = order.market;
        mayPlace(market);
        if (!market.ticker().equals(ticker)) {
            throw Refusal.of(400, "order_ticker_mismatch");
        }
        if (ladder(body) != order.ladder) {
            throw Refusal.of(400, "order_side_mismatch");
        }
        String named = body.text("client_order_id");
        if (named != null && !named.equals(order.clientOrderId)) {
            throw Refusal.of(400, "order_id_and_client_order_id_mismatch");
        }
        String renamed = body.text("updated_client_order_id");
        if (renamed != null && account.clientOrderIds.contains(renamed)) {
            throw Refusal.of(409, "order_already_exists");
        }
        long totalE2 = body.count("count", "Count");
        int priceE4 = body.price(market);
        long remainingE2 = totalE2 - order.filledE2;
        if (remainingE2 <= 0) {
            throw Refusal.of(400, "invalid_order_size");
        }
        OptionalLong newExpiry = body.has("expiration_time") ? amendedExpiry(body) : order.expirationNanos;
        boolean sizeChanged = remainingE2 != order.remainingE2;
        boolean losesPlace = priceE4 != order.priceE4 || remainingE2 > order.remainingE2;
        int oldPriceE4 = order.priceE4;
        long oldRemainingE2 = order.remainingE2;
        Outcome outcome;
        if (losesPlace) {
            matching.lift(order);
            account.resting.remove(order);
            order.priceE4 = priceE4;
            order.remainingE2 = remainingE2;
            try {
                requireCash(order);
            } catch (Refusal refused) {
                order.priceE4 = oldPriceE4;
                order.remainingE2 = oldRemainingE2;
                account.resting.add(order);
                market.book.add(order);
                state.publishLevel(market, order.ladder, order.index(), order);
                throw refused;
            }
            order.initialE2 = totalE2;
            order.updatedNanos = state.nowNanos;
            Outcome traded = trade(order, true);
            outcome = new Outcome(order, traded.filledE2(), traded.turnoverE6(), traded.feesE6(), sizeChanged);
        } else {
            order.remainingE2 = remainingE2;
            order.initialE2 = totalE2;
            order.updatedNanos = state.nowNanos;
            state.publishLevel(market, order.ladder, order.index(), order);
            outcome = new Outcome(order, 0, 0, 0, sizeChanged);
        }
        if (order.isResting()) {
            order.updateReason = "Amend";
            if (!newExpiry.equals(order.expirationNanos)) {
                order.expirationNanos = newExpiry;
                Schedule.Item expiry = order.expiry;
                if (expiry != null) {
                    expiry.cancel();
                    order.expiry = null;
                }
                newExpiry.ifPresent(nanos -> expireAt(order, nanos));
            }
        }
        if (renamed != null) {
            order.clientOrderId = renamed;
            account.clientOrderIds.add(renamed);
        }
        state.transaction.changed(order);
        return outcome;
    }

    private OptionalLong amendedExpiry(OrderBody body) {
        return body.number("expiration_time").orElse(0) == 0 ? OptionalLong.empty() : expiration(body, true);
    }

    void expireAt(Order order, long nanos) {
        order.expiry = state.schedule.at(nanos, () -> {
            if (order.isResting() && order.market.phase == Market.Phase.OPEN) {
                matching.cancel(order, "ExpiryCancel");
            }
        });
    }

    /** @throws Refusal 404 for an unknown, ended or wrongly routed order: all look the same */
    Order resting(Account account, String orderId, @Nullable String ticker, OptionalInt shard) {
        Order order = account.orders.get(orderId);
        if (order == null || !order.isResting()) {
            throw Refusal.notFound();
        }
        int asked =
                shard.isPresent() && shard.getAsInt() >= 0 ? shard.getAsInt() : ticker == null ? 0 : shardOf(ticker);
        if (order.market.shard() != asked) {
            throw Refusal.notFound();
        }
        return order;
    }

    private int shardOf(String ticker) {
        Market market = state.listed(ticker);
        if (market == null) {
            throw Refusal.notFound();
        }
        return market.shard();
    }

    private Market marketFor(String ticker, OptionalInt shard) {
        Market market = state.listed(ticker);
        if (market == null || (shard.isPresent() && shard.getAsInt() >= 0 && shard.getAsInt() != market.shard())) {
            throw Refusal.notFound();
        }
        return market;
    }

    private void mayPlace(Market market) {
        mayCancel(market);
        if (state.tradingPaused) {
            throw Refusal.of(409, "trading_paused");
        }
        if (market.phase != Market.Phase.OPEN || market.paused) {
            throw Refusal.of(409, "market_inactive");
        }
    }

    private void mayCancel(Market market) {
        if (state.exchangePaused) {
            throw Refusal.of(409, "exchange_paused");
        }
        if (market.phase.compareTo(Market.Phase.CLOSED) >= 0) {
            throw Refusal.of(409, "market_already_closed");
        }
    }

    private OptionalLong expiration(OrderBody body, boolean rests) {
        OptionalLong seconds = body.number("expiration_time");
        if (seconds.isEmpty() || seconds.getAsLong() == 0) {
            return OptionalLong.empty();
        }
        if (!rests) {
            throw Refusal.of(400, "invalid_order", "expiration_time can only be used with GTC orders");
        }
        long nanos = WireTime.nanosOfSeconds(seconds.getAsLong());
        if (nanos <= state.nowNanos) {
            throw Refusal.of(400, "invalid_order", "expiration_time must be in the future");
        }
        return OptionalLong.of(nanos);
    }

    private static @Nullable OrderGroup group(Account account, Market market, @Nullable String id) {
        if (id == null) {
            return null;
        }
        OrderGroup group = account.groups.get(id);
        if (group == null || group.shard != market.shard()) {
            throw Refusal.of(404, "order_group_not_found");
        }
        if (group.tripped) {
            throw Refusal.of(400, "exceeded_order_group_risk_limit");
        }
        return group;
    }

    static OptionalInt shardNamed(OrderBody body) {
        OptionalLong index = body.number("exchange_index");
        return index.isPresent() ? OptionalInt.of((int) index.getAsLong()) : OptionalInt.empty();
    }

    private static Side ladder(OrderBody body) {
        return switch (body.required("side", "Side")) {
            case "bid" -> Side.YES;
            case "ask" -> Side.NO;
            default -> throw Refusal.parameter("CreateOrderV2", "CreateOrderV2Request", "Side", "oneof");
        };
    }

    private static Order.TimeInForce timeInForce(OrderBody body) {
        String text = body.required("time_in_force", "TimeInForce");
        for (Order.TimeInForce value : Order.TimeInForce.values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw Refusal.parameter("CreateOrderV2", "CreateOrderV2Request", "TimeInForce", "oneof");
    }

    private static Order.SelfTrade selfTrade(OrderBody body) {
        return switch (body.required("self_trade_prevention_type", "SelfTradePreventionType")) {
            case "taker_at_cross" -> Order.SelfTrade.TAKER_AT_CROSS;
            case "maker" -> Order.SelfTrade.MAKER;
            default ->
                throw Refusal.parameter("CreateOrderV2", "CreateOrderV2Request", "SelfTradePreventionType", "oneof");
        };
    }
}
