package voltage.lambda.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import voltage.lambda.execution.KillSwitch.Step;
import voltage.lambda.execution.OrderGroup.Answer;

/**
 * The part of an emergency stop that closes the lane's order group, beside the cancelling: an entry that is still on the wire then
 * arrives at a closed group. It holds nothing else up, and nothing else holds it up.
 */
final class OrderGroupStop {
    private static final int ATTEMPTS = 3;

    private final Exchange exchange;
    private final Pause pause;
    private final long pauseNanos;
    private final LongSupplier sinceStart;
    private final CompletableFuture<Step> closing;

    /** Begins at once. */
    OrderGroupStop(Exchange exchange, Pause pause, long pauseNanos, LongSupplier sinceStart, Executor runner) {
        this.exchange = exchange;
        this.pause = pause;
        this.pauseNanos = pauseNanos;
        this.sinceStart = sinceStart;
        closing = CompletableFuture.supplyAsync(this::close, runner);
    }

    /** What became of it, waited for within bounds. */
    Step await(long atMostNanos) {
        try {
            return closing.get(atMostNanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return failed(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return failed("the exchange did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted while waiting for the exchange");
        }
    }

    private Step close() {
        String why = "";
        for (int i = 0; i < ATTEMPTS; i++) {
            if (i > 0) {
                pause.pause(pauseNanos);
            }
            try {
                if (exchange.orderGroup().isEmpty()) {
                    return new Step(true, "this exchange has no order groups", sinceStart.getAsLong());
                }
                switch (exchange.orderGroup().get().trigger()) {
                    case Answer.Done done -> {
                        return new Step(true, done.text(), sinceStart.getAsLong());
                    }
                    case Answer.Failed failed -> why = failed.why();
                }
            } catch (RuntimeException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        return failed(why);
    }

    private Step failed(String why) {
        return new Step(
                false,
                "THE ORDER GROUP IS NOT KNOWN TO BE CLOSED: " + why
                        + ". An entry that was on the wire may have arrived: see what rests, then halt again",
                sinceStart.getAsLong());
    }
}
