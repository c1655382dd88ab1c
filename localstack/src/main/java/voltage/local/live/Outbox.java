package voltage.local.live;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A bounded queue and the one thread that sends what is in it, so that whoever has something to send never waits. */
final class Outbox<T> implements AutoCloseable {
    private static final Duration LAST = Duration.ofSeconds(2);

    private final ArrayBlockingQueue<T> waiting;
    private final Consumer<T> send;
    private final Thread thread;
    private volatile boolean isStopping;

    /** @param send called on the thread; must not throw, since that ends it */
    Outbox(String name, int capacity, Consumer<T> send) {
        waiting = new ArrayBlockingQueue<>(capacity);
        this.send = send;
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Returns at once.
     *
     * @return false if it is full or closed: then nothing was taken
     */
    boolean offer(T next) {
        return !isStopping && waiting.offer(next);
    }

    private void run() {
        try {
            while (!isStopping || !waiting.isEmpty()) {
                T next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send.accept(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what waits, for two seconds at most. */
    @Override
    public void close() {
        isStopping = true;
        try {
            if (!thread.join(LAST)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
