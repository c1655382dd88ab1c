package voltage.local.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import voltage.market.Ladder;
import voltage.market.Side;
import voltage.market.TickGrid;

/**
 * A market's book: the anonymous liquidity of the session, less what accounts have taken of it, plus the resting orders of
 * accounts. What is displayed is their sum, level by level.
 */
final class MarketBook {
    /** One side: bids for that side's contracts, by grid index. */
    private final class Half {
        final long[] recordedE2;
        final long[] consumedE2;
        final Ladder displayed;
        final TreeMap<Integer, List<Order>> orders = new TreeMap<>();

        Half() {
            recordedE2 = new long[grid.size()];
            consumedE2 = new long[grid.size()];
            displayed = new Ladder(grid);
        }
    }

    private final TickGrid grid;
    private final Half yes;
    private final Half no;

    MarketBook(TickGrid grid) {
        this.grid = grid;
        yes = new Half();
        no = new Half();
    }

    TickGrid grid() {
        return grid;
    }

    /** What everybody sees of one side. */
    Ladder displayed(Side side) {
        return half(side).displayed;
    }

    int bidE4(Side side) {
        return half(side).displayed.bestE4();
    }

    int askE4(Side side) {
        return TickGrid.ONE_DOLLAR_E4 - half(side.opposite()).displayed.bestE4();
    }

    /** The recorded size of a level, before what accounts took. */
    long recordedE2(Side side, int index) {
        return half(side).recordedE2[index];
    }

    /** The anonymous contracts left at a level. */
    long anonymousE2(Side side, int index) {
        Half half = half(side);
        return half.recordedE2[index] - half.consumedE2[index];
    }

    /** Sets a recorded size; what was taken of the level shrinks with it. Call {@link #refresh} afterwards. */
    void setRecorded(Side side, int index, long countE2) {
        Half half = half(side);
        half.recordedE2[index] = countE2;
        half.consumedE2[index] = Math.min(half.consumedE2[index], countE2);
    }

    /** Accounts took so much of a level's anonymous contracts. Call {@link #refresh} afterwards. */
    void consume(Side side, int index, long countE2) {
        Half half = half(side);
        half.consumedE2[index] = Math.min(half.recordedE2[index], half.consumedE2[index] + countE2);
    }

    /** Orders resting at a level, oldest first; a copy. */
    List<Order> orders(Side side, int index) {
        List<Order> orders = half(side).orders.get(index);
        return orders == null ? List.of() : List.copyOf(orders);
    }

    /** All orders of a side, best price first, oldest first; a copy. */
    List<Order> orders(Side side) {
        List<Order> all = new ArrayList<>();
        half(side).orders.descendingMap().values().forEach(all::addAll);
        return all;
    }

    boolean hasOrders(Side side) {
        return !half(side).orders.isEmpty();
    }

    /** The best level at which an account's order rests, or −1. */
    int bestOrderIndex(Side side) {
        Half half = half(side);
        return half.orders.isEmpty() ? -1 : half.orders.lastKey();
    }

    void add(Order order) {
        half(order.ladder)
                .orders
                .computeIfAbsent(order.index(), index -> new ArrayList<>())
                .add(order);
    }

    void remove(Order order) {
        TreeMap<Integer, List<Order>> levels = half(order.ladder).orders;
        List<Order> level = levels.get(order.index());
        if (level != null && level.remove(order) && level.isEmpty()) {
            levels.remove(order.index());
        }
    }

    /**
     * Brings a level's displayed size up to date.
     *
     * @return by how much it changed
     */
    long refresh(Side side, int index) {
        Half half = half(side);
        long shown = half.recordedE2[index] - half.consumedE2[index];
        if (!half.orders.isEmpty()) {
            for (Order order : half.orders.getOrDefault(index, List.of())) {
                shown += order.remainingE2;
            }
        }
        long change = shown - half.displayed.countE2(index);
        if (change != 0) {
            half.displayed.set(index, shown);
        }
        return change;
    }

    private Half half(Side side) {
        return side == Side.YES ? yes : no;
    }
}
