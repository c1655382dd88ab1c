package voltage.local.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import voltage.worker.feed.Timers;

/** True time, which only the simulation moves, and what is due in it. Of what is due at once, what was planned first comes first. */
final class Timeline implements Timers, InstantSource {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nowNanos;
    private long order;

    private static final class Task implements Comparable<Task>, Cancellable {
        private final long dueNanos;
        private final long order;
        private final Runnable runnable;
        private boolean isCancelled;

        private Task(long dueNanos, long order, Runnable runnable) {
            this.dueNanos = dueNanos;
            this.order = order;
            this.runnable = runnable;
        }

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }

    Timeline(long startNanos) {
        nowNanos = startNanos;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public Instant instant() {
        return instantOf(nowNanos);
    }

    static Instant instantOf(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    @Override
    public Cancellable after(long delayNanos, Runnable runnable) {
        Task task = new Task(nowNanos + Math.max(0, delayNanos), order++, runnable);
        tasks.add(task);
        return task;
    }

    /** As {@link #after}, for what is never called off. */
    void plan(long delayNanos, Runnable runnable) {
        Cancellable planned = after(delayNanos, runnable);
        assert planned != null;
    }

    long nextDueNanos() {
        Task next = tasks.peek();
        while (next != null && next.isCancelled) {
            tasks.poll();
            next = tasks.peek();
        }
        return next == null ? Long.MAX_VALUE : next.dueNanos;
    }

    /** Runs the next task if it is due. */
    boolean runDue() {
        if (nextDueNanos() > nowNanos) {
            return false;
        }
        Task task = tasks.poll();
        task.runnable.run();
        return true;
    }

    /** Moves on; never back. */
    void moveTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }
}
