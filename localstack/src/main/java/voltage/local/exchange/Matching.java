package voltage.local.exchange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;
import voltage.market.TickGrid;

/** Price-time matching of accounts' orders with each other and with the session's anonymous liquidity. */
final class Matching {
    private final ExchangeState state;
    private final LinkedHashSet<OrderGroup> tripped = new LinkedHashSet<>();
    private final LinkedHashSet<Account> traded = new LinkedHashSet<>();

    Matching(ExchangeState state) {
        this.state = state;
    }

    /** Whether an order of this price would trade at once. */
    static boolean crosses(Market market, Side ladder, int ladderPriceE4) {
        int index = market.book.displayed(ladder.opposite()).bestIndex();
        return index >= 0 && market.book.grid().priceE4(index) + ladderPriceE4 >= TickGrid.ONE_DOLLAR_E4;
    }

    /** Takes what crosses, best price first; stops early at a self-trade or when the money ends. */
    void take(Order taker) {
        Side makers = taker.ladder.opposite();
        while (taker.remainingE2 > 0 && crosses(taker.market, taker.ladder, taker.ladderPriceE4())) {
            int index = taker.market.book.displayed(makers).bestIndex();
            if (!takeNext(taker, makers, index)) {
                break;
            }
        }
        cancelTrippedGroups();
    }

    /**
     * Cancels resting orders, newest first, that their account's money no longer covers: what they would have closed has been
     * closed otherwise.
     */
    void cancelUncovered() {
        while (!traded.isEmpty()) {
            Account account = traded.removeFirst();
            for (Order order : new ArrayList<>(account.resting).reversed()) {
                if (Collateral.availableE6(account, order.market.shard()) < 0) {
                    cancel(order, "MarginCancel");
                }
            }
        }
    }

    /** One step at a level: the anonymous contracts before the next order, or that order. */
    private boolean takeNext(Order taker, Side makers, int index) {
        Market market = taker.market;
        long anonymousE2 = market.book.anonymousE2(makers, index);
        List<Order> orders = market.book.orders(makers, index);
        if (orders.isEmpty()) {
            return execute(market, makers, index, Math.min(taker.remainingE2, anonymousE2), null, taker);
        }
        Order next = orders.getFirst();
        long aheadE2 = Math.min(next.queue.aheadE2(), anonymousE2);
        if (aheadE2 > 0) {
            return execute(market, makers, index, Math.min(taker.remainingE2, aheadE2), null, taker);
        }
        if (next.account == taker.account) {
            if (taker.selfTrade == Order.SelfTrade.MAKER) {
                cancel(next, "SelfTradeCancel");
                return true;
            }
            taker.updateReason = "SelfTradeCancel";
            return false;
        }
        return execute(market, makers, index, Math.min(taker.remainingE2, next.remainingE2), next, taker);
    }

    /**
     * Trades at a level. Without a maker the anonymous liquidity there is taken, without a taker an anonymous one trades.
     *
     * @return false if the taker cannot go on
     */
    private boolean execute(
            Market market, Side makers, int index, long countE2, @Nullable Order maker, @Nullable Order taker) {
        int ladderPriceE4 = market.book.grid().priceE4(index);
        int yesPriceE4 = makers == Side.YES ? ladderPriceE4 : TickGrid.ONE_DOLLAR_E4 - ladderPriceE4;
        if (taker != null && Collateral.cashAfterE6(taker, yesPriceE4, countE2, true, state.settings) < 0) {
            taker.updateReason = "MarginCancel";
            return false;
        }
        if (maker != null && Collateral.cashAfterE6(maker, yesPriceE4, countE2, false, state.settings) < 0) {
            cancel(maker, "MarginCancel");
            return true;
        }
        String tradeId = state.ids.next();
        if (maker == null) {
            market.book.consume(makers, index, countE2);
            state.transaction.consumed(market, makers, ladderPriceE4, countE2);
            for (Order waiting : market.book.orders(makers, index)) {
                waiting.queue.traded(countE2);
            }
        } else {
            book(maker, tradeId, yesPriceE4, countE2, false);
        }
        if (taker != null) {
            book(taker, tradeId, yesPriceE4, countE2, true);
        }
        state.publishLevel(market, makers, index, taker);
        Market.PublicTrade trade =
                market.traded(tradeId, yesPriceE4, countE2, makers.opposite(), state.nowNanos, taker != null);
        state.hub.traded(market, trade);
        state.hub.ticker(market);
        return true;
    }

    /** One side of a trade: cash, fee, position and the order's counters. */
    private void book(Order order, String tradeId, int yesPriceE4, long countE2, boolean taker) {
        Account account = order.account;
        Position position = account.position(order.market);
        int ladderPriceE4 = order.isBid() ? yesPriceE4 : TickGrid.ONE_DOLLAR_E4 - yesPriceE4;
        long cashE6 = position.fill(order.ladder, ladderPriceE4, countE2, state.nowNanos);
        long feeE6 = order.fees.feeE6(countE2, yesPriceE4, taker, cashE6);
        account.addCash(order.market.shard(), cashE6 - feeE6);
        position.feesE6 += feeE6;
        order.remainingE2 -= countE2;
        order.filledE2 += countE2;
        if (taker) {
            order.takerCostE6 += ladderPriceE4 * countE2;
            order.takerFeesE6 += feeE6;
        } else {
            order.makerCostE6 += ladderPriceE4 * countE2;
            order.makerFeesE6 += feeE6;
        }
        order.updateReason = "Trade";
        order.updatedNanos = state.nowNanos;
        if (order.remainingE2 == 0) {
            order.status = Order.Status.EXECUTED;
            order.market.book.remove(order);
            ended(order);
        }
        Fill fill = new Fill(
                state.nextNumber(),
                tradeId,
                order.id,
                order.clientOrderId,
                order.market.ticker(),
                order.market.shard(),
                order.ladder,
                yesPriceE4,
                countE2,
                taker,
                feeE6,
                position.netE2,
                state.nowNanos);
        state.transaction.filled(order, fill, position);
        traded.add(account);
        OrderGroup group = order.group;
        if (group != null && group.matched(state.nowNanos, countE2) && !group.tripped) {
            group.tripped = true;
            state.transaction.changed(account, group);
            state.hub.groupChanged(account, group, "triggered");
            tripped.add(group);
        }
    }

    /** Puts what is left of an order into the book, behind what is displayed at its level. */
    void rest(Order order) {
        Market market = order.market;
        int index = order.index();
        order.queue = new voltage.market.QueuePosition(market.book.anonymousE2(order.ladder, index));
        order.queuedNanos = state.nowNanos;
        market.book.add(order);
        order.account.resting.add(order);
        state.publishLevel(market, order.ladder, index, order);
        state.transaction.changed(order);
    }

    /** Takes an order out of the book without ending it, to be placed anew. */
    void lift(Order order) {
        order.market.book.remove(order);
        state.publishLevel(order.market, order.ladder, order.index(), order);
    }

    /** @return the contracts that no longer rest */
    long cancel(Order order, @Nullable String reason) {
        long reducedE2 = order.remainingE2;
        order.remainingE2 = 0;
        order.status = Order.Status.CANCELED;
        order.updateReason = reason;
        order.updatedNanos = state.nowNanos;
        order.market.book.remove(order);
        ended(order);
        state.publishLevel(order.market, order.ladder, order.index(), order);
        state.transaction.changed(order);
        return reducedE2;
    }

    private void ended(Order order) {
        order.account.resting.remove(order);
        Schedule.Item expiry = order.expiry;
        if (expiry != null) {
            expiry.cancel();
            order.expiry = null;
        }
    }

    /** A change of a level's recorded size: what crosses resting orders trades with them at their price. */
    void recorded(Market market, Side side, int index, long countE2) {
        MarketBook book = market.book;
        long before = book.anonymousE2(side, index);
        book.setRecorded(side, index, Math.max(0, countE2));
        if (!state.restoring) {
            if (book.anonymousE2(side, index) > before && trades(market)) {
                crossWithOrders(market, side, index);
            }
            for (Order order : book.orders(side, index)) {
                order.queue.levelIs(book.anonymousE2(side, index));
            }
        }
        state.publishLevel(market, side, index, null);
        cancelTrippedGroups();
        cancelUncovered();
    }

    private void crossWithOrders(Market market, Side side, int index) {
        MarketBook book = market.book;
        int priceE4 = book.grid().priceE4(index);
        Side makers = side.opposite();
        while (book.anonymousE2(side, index) > 0) {
            int best = book.bestOrderIndex(makers);
            if (best < 0 || book.grid().priceE4(best) + priceE4 < TickGrid.ONE_DOLLAR_E4) {
                return;
            }
            Order maker = book.orders(makers, best).getFirst();
            long countE2 = Math.min(maker.remainingE2, book.anonymousE2(side, index));
            long filledBefore = maker.filledE2;
            execute(market, makers, best, countE2, maker, null);
            if (maker.filledE2 > filledBefore) {
                book.consume(side, index, countE2);
                state.transaction.consumed(market, side, priceE4, countE2);
            }
        }
    }

    /**
     * So much traded among others at a price. It serves the queues of orders at this price or better, and then them.
     *
     * @param taker the side that the taker bought, or null if it is not known
     * @param sinceNanos orders that came later take no part
     * @return contracts that went to accounts' orders
     */
    long printed(Market market, int yesPriceE4, long countE2, @Nullable Side taker, long sinceNanos) {
        if (!trades(market) || state.restoring) {
            return 0;
        }
        // If the taker is not known: a resting bid at this price or better would have been hit, so would an offer;
        // never both.
        long filledE2 = 0;
        if (taker != Side.YES) {
            filledE2 = printedOn(market, Side.YES, yesPriceE4, countE2, sinceNanos);
        }
        if (taker != Side.NO) {
            filledE2 += printedOn(market, Side.NO, TickGrid.ONE_DOLLAR_E4 - yesPriceE4, countE2 - filledE2, sinceNanos);
        }
        cancelTrippedGroups();
        cancelUncovered();
        return filledE2;
    }

    private long printedOn(Market market, Side makers, int ladderPriceE4, long countE2, long sinceNanos) {
        if (!market.book.hasOrders(makers)) {
            return 0;
        }
        long filledE2 = 0;
        long left = countE2;
        int level = -1;
        long servedE2 = 0;
        for (Order maker : market.book.orders(makers)) {
            if (maker.ladderPriceE4() < ladderPriceE4 || left <= 0) {
                break;
            }
            if (maker.index() != level) {
                left -= servedE2;
                servedE2 = 0;
                level = maker.index();
            }
            if (left <= 0 || maker.queuedNanos > sinceNanos || !maker.isResting()) {
                continue;
            }
            long before = maker.queue.aheadE2();
            long reachedE2 = Math.min(maker.queue.traded(left), maker.remainingE2);
            servedE2 = Math.max(servedE2, before - maker.queue.aheadE2());
            if (reachedE2 > 0) {
                execute(market, makers, level, reachedE2, maker, null);
                left -= reachedE2;
                filledE2 += reachedE2;
            }
        }
        return filledE2;
    }

    boolean trades(Market market) {
        return market.phase == Market.Phase.OPEN && !market.paused && !state.tradingPaused && !state.exchangePaused;
    }

    private void cancelTrippedGroups() {
        while (!tripped.isEmpty()) {
            OrderGroup group = tripped.removeFirst();
            cancelGroup(group);
        }
    }

    /** Cancels every resting order of a group. */
    void cancelGroup(OrderGroup group) {
        for (Account account : state.accounts.values()) {
            for (Order order : new ArrayList<>(account.resting)) {
                if (order.group == group) {
                    cancel(order, null);
                }
            }
        }
    }
}
