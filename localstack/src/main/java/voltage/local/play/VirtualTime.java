package voltage.local.play;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import voltage.worker.feed.Timers;

/**
 * A clock that stands still until it is moved, and the tasks that wait for it: of what is due at once, what was planned first comes
 * first. Moved by one thread; read by any, since servers stamp
 * what they send with it.
 */
public final class VirtualTime implements Timers, InstantSource {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private volatile long nowNanos;
    private long order;

    private static final class Task implements Comparable<Task>, Cancellable {
        private final long dueNanos;
        private final long order;
        private final Runnable runnable;
        private volatile boolean isCancelled;

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

    public VirtualTime(long startNanos) {
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

    public static Instant instantOf(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    @Override
    public Cancellable after(long delayNanos, Runnable runnable) {
        synchronized (tasks) {
            Task task = new Task(nowNanos + Math.max(0, delayNanos), order++, runnable);
            tasks.add(task);
            return task;
        }
    }

    /** As {@link #after}, for what is never called off. */
    public void plan(long delayNanos, Runnable runnable) {
        Cancellable planned = after(delayNanos, runnable);
        assert planned != null;
    }

    /** When the next task is due; {@link Long#MAX_VALUE} without tasks. */
    public long nextDueNanos() {
        synchronized (tasks) {
            while (!tasks.isEmpty() && tasks.peek().isCancelled) {
                tasks.poll();
            }
            return tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().dueNanos;
        }
    }

    /** Runs the next task if it is due. */
    public boolean runDue() {
        Task task;
        synchronized (tasks) {
            if (nextDueNanos() > nowNanos) {
                return false;
            }
            task = tasks.poll();
        }
        task.runnable.run();
        return true;
    }

    /** Moves on; never back. */
    public void moveTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }
}
