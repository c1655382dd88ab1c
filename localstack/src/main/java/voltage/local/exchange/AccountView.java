package voltage.local.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What REST shows of an account: the truth as it was a moment ago. */
final class AccountView {
    /** The changes of one transaction. */
    record Update(
            long nanos,
            List<OrderView> orders,
            List<Fill> fills,
            List<PositionView> positions,
            List<Settlement> settlements,
            Map<Integer, Long> availableE6) {}

    private final Deque<Update> pending = new ArrayDeque<>();

    /** By order id, oldest first. */
    final Map<String, OrderView> orders = new LinkedHashMap<>();

    final List<Fill> fills = new ArrayList<>();
    final TreeMap<String, PositionView> positions = new TreeMap<>();
    final List<Settlement> settlements = new ArrayList<>();
    /** Cash less collateral of resting orders, by shard. */
    final TreeMap<Integer, Long> availableE6 = new TreeMap<>();

    long asOfNanos;

    void push(Update update) {
        pending.addLast(update);
    }

    /** Takes in every change that is at least so old. */
    void catchUp(long untilNanos) {
        while (!pending.isEmpty() && pending.getFirst().nanos() <= untilNanos) {
            Update update = pending.removeFirst();
            update.orders().forEach(order -> orders.put(order.id(), order));
            fills.addAll(update.fills());
            update.positions().forEach(position -> positions.put(position.ticker(), position));
            settlements.addAll(update.settlements());
            availableE6.putAll(update.availableE6());
            asOfNanos = update.nanos();
        }
    }
}
