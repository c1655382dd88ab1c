package voltage.local.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one request or event changes about accounts. At its end the changes go to the journal as one line, to the private
 * streams and to the views that REST shows; only then are frames sent and the request answered.
 */
final class Transaction {
    private static final class Changes {
        final Set<Order> orders = new LinkedHashSet<>();
        final List<Fill> fills = new ArrayList<>();
        final Set<Position> positions = new LinkedHashSet<>();
        final List<Settlement> settlements = new ArrayList<>();
        final Set<OrderGroup> groups = new LinkedHashSet<>();
        final Set<Transfer> transfers = new LinkedHashSet<>();
    }

    private final ExchangeState state;
    private final ExchangeJournal journal;
    private final Map<Account, Changes> changes = new LinkedHashMap<>();
    private final List<JournalEntry.Consumed> consumed = new ArrayList<>();

    Transaction(ExchangeState state, ExchangeJournal journal) {
        this.state = state;
        this.journal = journal;
    }

    void changed(Account account) {
        of(account);
    }

    void changed(Order order) {
        of(order.account).orders.add(order);
    }

    void filled(Order order, Fill fill, Position position) {
        Changes all = of(order.account);
        all.orders.add(order);
        all.fills.add(fill);
        all.positions.add(position);
        order.account.fills.add(fill);
    }

    void settled(Account account, Settlement settlement, Position position) {
        Changes all = of(account);
        all.settlements.add(settlement);
        all.positions.add(position);
        account.settlements.add(settlement);
    }

    void changed(Account account, Position position) {
        of(account).positions.add(position);
    }

    void changed(Account account, OrderGroup group) {
        of(account).groups.add(group);
    }

    void changed(Account account, Transfer transfer) {
        of(account).transfers.add(transfer);
    }

    void consumed(Market market, voltage.market.Side side, int priceE4, long countE2) {
        consumed.add(new JournalEntry.Consumed(market.ticker(), side, priceE4, countE2));
    }

    private Changes of(Account account) {
        return changes.computeIfAbsent(account, key -> new Changes());
    }

    /** Ends the transaction. */
    void commit() {
        if (!changes.isEmpty()) {
            JournalEntry entry = entry();
            if (journal != ExchangeJournal.NONE) {
                journal.append(entry.toLine());
            }
            changes.forEach(this::announce);
            changes.clear();
            consumed.clear();
        }
        state.outbox.flush();
    }

    private JournalEntry entry() {
        List<JournalEntry.AccountChange> accounts = new ArrayList<>();
        changes.forEach((account, all) -> {
            List<OrderView> orders = all.orders.stream().map(Order::view).toList();
            List<PositionView> positions =
                    all.positions.stream().map(Position::view).toList();
            List<JournalEntry.Group> groups = all.groups.stream()
                    .map(group -> new JournalEntry.Group(group.id, group.shard, group.limitE2, group.tripped))
                    .toList();
            TreeMap<Integer, Long> availableE6 = new TreeMap<>();
            account.cashE6.forEach((shard, cash) -> availableE6.put(shard, Collateral.availableE6(account, shard)));
            account.view.push(new AccountView.Update(
                    state.nowNanos,
                    orders,
                    List.copyOf(all.fills),
                    positions,
                    List.copyOf(all.settlements),
                    availableE6));
            accounts.add(new JournalEntry.AccountChange(
                    account.name,
                    new TreeMap<>(account.cashE6),
                    orders,
                    List.copyOf(all.fills),
                    positions,
                    List.copyOf(all.settlements),
                    groups,
                    List.copyOf(all.transfers)));
        });
        return new JournalEntry(
                state.nowNanos, state.ids.made(), state.numbersGiven(), accounts, List.copyOf(consumed), null);
    }

    /** Kalshi's order: the order with its new fill count, then the fills, then the position. */
    private void announce(Account account, Changes all) {
        for (Order order : all.orders) {
            state.hub.orderChanged(account, order.view());
            for (Fill fill : all.fills) {
                if (fill.orderId().equals(order.id)) {
                    state.hub.filled(account, fill);
                }
            }
        }
        for (Position position : all.positions) {
            state.hub.positionChanged(account, position.view());
        }
    }
}
