package voltage.worker.feed;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real time on one thread. Backfills and polls wait for their answers on it, so a feed that fetches has one of its own.
 */
public final class LiveTimers implements Timers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTimers.class);

    private final ScheduledExecutorService thread;

    /** @param name of the thread */
    public LiveTimers(String name) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread worker = new Thread(task, name);
            worker.setDaemon(true);
            return worker;
        });
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public Cancellable after(long delayNanos, Runnable task) {
        try {
            Future<?> scheduled = thread.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("a timer set after the end is dropped");
            return () -> {};
        }
    }

    /** Drops what has not begun. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a timer's task failed", e);
        }
    }
}
