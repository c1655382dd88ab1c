package voltage.local.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs until it is interrupted end in order: SIGINT and SIGTERM wake it, it closes what it holds, and the process
 * ends with 0 rather than with the signal's number.
 */
final class Interruption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::shutDown, "interruption");
    private volatile int exitCode = ExitCode.FAILURE;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void shutDown() {
        requested.countDown();
        try {
            if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("voltage: did not stop within " + PATIENCE.toSeconds() + " s and is ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    /** Waits for a signal, at most so long; whether one came. */
    boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the process ends with if it was a signal that ended it; everything is closed. */
    void ended(int code) {
        exitCode = code;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal has come: the hook is waiting for this.
        }
        finished.countDown();
    }
}
