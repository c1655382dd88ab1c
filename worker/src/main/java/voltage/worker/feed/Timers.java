package voltage.worker.feed;

/** Time for feeds: virtual in simulations. */
public interface Timers {
    /** A clock that never runs backwards; only differences mean anything. */
    long nowNanos();

    /** Runs a task once, not before {@code delayNanos} have passed. */
    Cancellable after(long delayNanos, Runnable task);

    /** A task that may still be called off. */
    interface Cancellable {
        void cancel();
    }
}
