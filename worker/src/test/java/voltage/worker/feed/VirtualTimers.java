package voltage.worker.feed;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when told to. Tasks due at the same time run in the order in which they were set. */
final class VirtualTimers implements Timers {
    static final long SECOND = 1_000_000_000L;

    private record Task(long dueNanos, long order, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::order));
    private long now = 1_000 * SECOND;
    private long order;

    @Override
    public long nowNanos() {
        return now;
    }

    @Override
    public Cancellable after(long delayNanos, Runnable work) {
        Task task = new Task(now + Math.max(0, delayNanos), order++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    void passSeconds(double seconds) {
        pass((long) (seconds * SECOND));
    }

    /** Runs what falls due, in order. */
    void pass(long nanos) {
        long end = now + nanos;
        int steps = 0;
        while (!tasks.isEmpty() && tasks.peek().dueNanos() <= end) {
            Task task = tasks.remove();
            now = Math.max(now, task.dueNanos());
            task.work().run();
            if (++steps > 1_000_000) {
                throw new AssertionError("timers set each other without end");
            }
        }
        now = end;
    }

    int pending() {
        return tasks.size();
    }
}
