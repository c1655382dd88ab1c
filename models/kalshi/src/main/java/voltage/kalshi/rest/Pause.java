package voltage.kalshi.rest;

import java.io.InterruptedIOException;

/** Lets time pass; a simulation does it without waiting. */
@FunctionalInterface
public interface Pause {
    /** @throws InterruptedIOException if the thread is to stop */
    void pause(long nanos) throws InterruptedIOException;

    /** Really waits. */
    static Pause sleeping() {
        return nanos -> {
            try {
                Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting");
            }
        };
    }
}
