package voltage.worker.dashboard;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One browser on the live socket. At most one message is on its way and one waits; a newer one takes the place of the one
 * that waits, so a slow browser sees fewer snapshots but never old ones, and costs the worker no memory.
 */
final class LiveClient {
    private final Function<String, ? extends CompletionStage<?>> send;
    private final Runnable drop;
    private @Nullable String waiting;
    private boolean isNewcomer = true;
    private boolean isSending;
    private long sendingSinceNanos;

    /**
     * @param send hands a message to the connection; completes when the connection has taken it
     * @param drop closes the connection
     */
    LiveClient(Function<String, ? extends CompletionStage<?>> send, Runnable drop) {
        this.send = send;
        this.drop = drop;
    }

    /**
     * Sends the message now or, if the one before is still on its way, when that is done.
     *
     * @param monotonicNanos of {@link System#nanoTime()}
     */
    void offer(String message, long monotonicNanos) {
        synchronized (this) {
            isNewcomer = false;
            if (isSending) {
                waiting = message;
                return;
            }
            isSending = true;
            sendingSinceNanos = monotonicNanos;
        }
        start(message);
    }

    /** Sends the message now if nothing is on its way; else it is not needed, and must not displace what waits. */
    void offerIfIdle(String message, long monotonicNanos) {
        boolean isIdle;
        synchronized (this) {
            isIdle = !isSending;
        }
        if (isIdle) {
            offer(message, monotonicNanos);
        }
    }

    /** Whether nothing was ever offered. */
    synchronized boolean isNewcomer() {
        return isNewcomer;
    }

    /** Whether a message has been on its way for longer than this. */
    synchronized boolean isStuck(long limitNanos, long monotonicNanos) {
        return isSending && monotonicNanos - sendingSinceNanos > limitNanos;
    }

    void drop() {
        drop.run();
    }

    private void start(String message) {
        try {
            var unused = send.apply(message).whenComplete((sent, failure) -> {
                if (failure == null) {
                    next();
                } else {
                    drop();
                }
            });
        } catch (RuntimeException e) {
            // A connection that has just closed says so at once; its close event will take this client off the list.
            drop();
        }
    }

    private void next() {
        String message;
        synchronized (this) {
            message = waiting;
            waiting = null;
            if (message == null) {
                isSending = false;
                return;
            }
            sendingSinceNanos = System.nanoTime();
        }
        start(message);
    }
}
