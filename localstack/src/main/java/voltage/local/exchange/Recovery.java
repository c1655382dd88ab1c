package voltage.local.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import voltage.market.FeeAccumulator;
import voltage.market.QueuePosition;

/** Rebuilds accounts from a journal, and then the books from the session's events. */
final class Recovery {
    private record TimedConsumption(long nanos, JournalEntry.Consumed what) {}

    private final ExchangeState state;
    private final OrderEntry entry;
    private final Deque<TimedConsumption> consumptions = new ArrayDeque<>();
    private final List<Order> resting = new ArrayList<>();
    private final Map<Order, Long> ahead = new LinkedHashMap<>();
    private long untilNanos;

    Recovery(ExchangeState state, OrderEntry entry) {
        this.state = state;
        this.entry = entry;
    }

    long untilNanos() {
        return untilNanos;
    }

    Account open(JournalEntry.NewAccount opened) {
        Account account = new Account(opened.name(), state.ids.named("user " + opened.name()), state.settings.tier());
        state.accounts.put(opened.name(), account);
        state.keys.put(
                opened.keyId(),
                new ApiKey(opened.keyId(), account, Credentials.publicKey(opened.algorithm(), opened.publicKey())));
        return account;
    }

    void read(List<String> lines) {
        Map<Account, Map<String, OrderView>> orders = new LinkedHashMap<>();
        for (String line : lines) {
            JournalEntry journalled = JournalEntry.parse(line);
            untilNanos = Math.max(untilNanos, journalled.nanos());
            state.ids.continueFrom(journalled.idsMade());
            state.continueNumbers(journalled.numbersGiven());
            JournalEntry.NewAccount opened = journalled.opened();
            if (opened != null) {
                open(opened);
            }
            journalled.consumed().forEach(what -> consumptions.add(new TimedConsumption(journalled.nanos(), what)));
            for (JournalEntry.AccountChange change : journalled.accounts()) {
                Account account = state.accounts.get(change.name());
                if (account != null) {
                    change(account, change, orders.computeIfAbsent(account, key -> new LinkedHashMap<>()));
                }
            }
        }
        orders.forEach((account, views) -> views.values().forEach(view -> revive(account, view)));
        for (Account account : state.accounts.values()) {
            view(account);
            List.copyOf(account.transfers.values()).stream()
                    .filter(transfer -> !transfer.completed())
                    .forEach(transfer -> MoneyApi.arriveLater(state, account, transfer));
        }
    }

    private static void change(Account account, JournalEntry.AccountChange change, Map<String, OrderView> orders) {
        account.cashE6.clear();
        account.cashE6.putAll(change.cashE6());
        for (OrderView order : change.orders()) {
            orders.put(order.id(), order);
            String clientOrderId = order.clientOrderId();
            if (clientOrderId != null) {
                account.clientOrderIds.add(clientOrderId); // also one that was amended away stays used
            }
        }
        account.fills.addAll(change.fills());
        account.settlements.addAll(change.settlements());
        for (PositionView view : change.positions()) {
            Position position = account.positions.computeIfAbsent(
                    view.ticker(), ticker -> new Position(ticker, view.eventTicker(), view.shard()));
            position.netE2 = view.netE2();
            position.costE6 = view.costE6();
            position.realizedE6 = view.realizedE6();
            position.feesE6 = view.feesE6();
            position.tradedE6 = view.tradedE6();
            position.volumeE2 = view.volumeE2();
            position.updatedNanos = view.updatedNanos();
            position.settled = view.settled();
        }
        for (JournalEntry.Group group : change.groups()) {
            OrderGroup known = account.groups.computeIfAbsent(
                    group.id(), id -> new OrderGroup(id, group.shard(), group.limitE2()));
            known.limitE2 = group.limitE2();
            known.tripped = group.tripped();
        }
        change.transfers().forEach(transfer -> account.transfers.put(transfer.id(), transfer));
    }

    private void revive(Account account, OrderView view) {
        account.view.orders.put(view.id(), view);
        Market market = state.markets.get(view.ticker());
        if (market == null) {
            return; // a journal of another session: the order is history
        }
        Order order = new Order(
                view.id(),
                account,
                market,
                view.ladder(),
                view.timeInForce(),
                view.selfTrade(),
                view.cancelOnPause(),
                view.reduceOnly(),
                view.groupId() == null ? null : account.groups.get(view.groupId()),
                new FeeAccumulator(state.settings.fees(), view.feesHeldE6()),
                view.number(),
                view.createdNanos());
        order.clientOrderId = view.clientOrderId();
        order.priceE4 = view.priceE4();
        order.initialE2 = view.initialE2();
        order.remainingE2 = view.remainingE2();
        order.filledE2 = view.filledE2();
        order.takerCostE6 = view.takerCostE6();
        order.makerCostE6 = view.makerCostE6();
        order.takerFeesE6 = view.takerFeesE6();
        order.makerFeesE6 = view.makerFeesE6();
        order.expirationNanos = view.expirationNanos();
        order.status = view.status();
        order.updateReason = view.updateReason();
        order.updatedNanos = view.updatedNanos();
        order.queuedNanos = untilNanos;
        account.orders.put(order.id, order);
        if (order.isResting()) {
            account.resting.add(order);
            resting.add(order);
            ahead.put(order, view.aheadE2());
        }
    }

    private static void view(Account account) {
        account.view.fills.addAll(account.fills);
        account.view.settlements.addAll(account.settlements);
        account.positions.values().forEach(p -> account.view.positions.put(p.ticker, p.view()));
        account.cashE6
                .keySet()
                .forEach(shard -> account.view.availableE6.put(shard, Collateral.availableE6(account, shard)));
    }

    /** What accounts took of the anonymous book before then is taken again. */
    void consumeUntil(long nanos) {
        while (!consumptions.isEmpty() && consumptions.getFirst().nanos < nanos) {
            JournalEntry.Consumed what = consumptions.removeFirst().what;
            Market market = state.markets.get(what.ticker());
            int index = market == null ? -1 : market.book.grid().indexOf(what.priceE4());
            if (market != null && index >= 0) {
                market.book.consume(what.side(), index, what.countE2());
                state.publishLevel(market, what.side(), index, null);
            }
        }
    }

    /** Puts resting orders back into their books, no further forward than they were. */
    void finish() {
        consumeUntil(Long.MAX_VALUE);
        resting.sort(java.util.Comparator.comparingLong((Order order) -> order.number));
        for (Order order : resting) {
            if (!order.isResting()) {
                continue; // its market closed meanwhile
            }
            MarketBook book = order.market.book;
            order.queue = new QueuePosition(
                    Math.min(ahead.getOrDefault(order, 0L), book.anonymousE2(order.ladder, order.index())));
            book.add(order);
            state.publishLevel(order.market, order.ladder, order.index(), null);
            order.expirationNanos.ifPresent(nanos -> entry.expireAt(order, nanos));
        }
        resting.clear();
        ahead.clear();
    }
}
