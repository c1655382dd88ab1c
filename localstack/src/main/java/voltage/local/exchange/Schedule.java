package voltage.local.exchange;

import java.util.PriorityQueue;

/** What will happen by itself, in order of time and, at the same time, of planning. */
final class Schedule {
    /** A planned thing; one that is cancelled is skipped. */
    static final class Item implements Comparable<Item> {
        private final long dueNanos;
        private final long number;
        private final Runnable action;
        private boolean cancelled;

        private Item(long dueNanos, long number, Runnable action) {
            this.dueNanos = dueNanos;
            this.number = number;
            this.action = action;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Item other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Item> items = new PriorityQueue<>();
    private long planned;

    Item at(long dueNanos, Runnable action) {
        Item item = new Item(dueNanos, planned++, action);
        items.add(item);
        return item;
    }

    /** When the next thing happens; {@link Long#MAX_VALUE} if nothing will. */
    long nextDueNanos() {
        Item next = peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos;
    }

    /** Removes the next thing and does it. */
    void runNext() {
        Item next = peek();
        if (next != null) {
            items.remove();
            next.action.run();
        }
    }

    private Schedule.@org.jspecify.annotations.Nullable Item peek() {
        Item next = items.peek();
        while (next != null && next.cancelled) {
            items.remove();
            next = items.peek();
        }
        return next;
    }
}
