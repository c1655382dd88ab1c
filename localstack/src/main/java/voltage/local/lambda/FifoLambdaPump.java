package voltage.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An {@linkplain EventSourceMapping event source mapping} from a FIFO queue to a Lambda function. A thrown exception, a time-out
 * or an unreadable answer fails the whole batch. One invocation at a time.
 *
 * <p>Driven either by calling {@link #pollOnce()}, on the caller's thread, or by {@link #start()}, on its own.
 */
public final class FifoLambdaPump implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FifoLambdaPump.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LAST_BACKOFF = Duration.ofSeconds(5);

    /**
     * How the function is configured.
     *
     * @param functionName for its context
     * @param queueUrl the FIFO queue
     * @param timeout after which an invocation is given up; the queue's visibility time-out must be longer
     * @param batchSize 1 to 10
     * @param longPoll how long {@link #start()}'s thread waits for messages in one call, up to 20 s; stopping may take that long
     */
    public record Options(String functionName, String queueUrl, Duration timeout, int batchSize, Duration longPoll) {
        public Options {
            if (batchSize < 1 || batchSize > 10) {
                throw new IllegalArgumentException("a FIFO batch has 1 to 10 messages, was " + batchSize);
            }
        }

        public static Options of(String functionName, String queueUrl) {
            return new Options(functionName, queueUrl, Duration.ofSeconds(10), 10, Duration.ofSeconds(2));
        }

        public Options withTimeout(Duration newTimeout) {
            return new Options(functionName, queueUrl, newTimeout, batchSize, longPoll);
        }
    }

    /**
     * What it has done so far.
     *
     * @param failures messages that were not deleted after an invocation
     * @param timeouts invocations given up
     * @param errors calls to the queue that failed
     * @param problem the last failure in words, or null since the last success
     */
    public record Status(
            long invocations,
            long carriedOut,
            long failures,
            long timeouts,
            long errors,
            @Nullable String problem) {}

    private final EventSourceMapping mapping;
    private final RequestHandler<SQSEvent, SQSBatchResponse> handler;
    private final Options options;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    public FifoLambdaPump(SqsClient client, RequestHandler<SQSEvent, SQSBatchResponse> handler, Options options) {
        this.mapping = new EventSourceMapping(client, options, System::nanoTime);
        this.handler = handler;
        this.options = options;
    }

    public Status status() {
        return mapping.status();
    }

    /**
     * Receives what is there now and carries it out, on this thread; an invocation that takes longer than the time-out counts as
     * failed when it returns.
     *
     * @return whether there was anything
     * @throws SdkException if the queue cannot be reached
     */
    public boolean pollOnce() {
        return mapping.poll(0, this::invokeHere);
    }

    /** Carries out what comes until {@link #close()}, on a thread of its own. */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("the pump of " + options.functionName() + " has been started before");
        }
        thread = Thread.ofPlatform()
                .name("lambda-" + options.functionName())
                .daemon(true)
                .start(this::run);
    }

    /** Lets the current invocation end and stops. */
    @Override
    public void close() {
        stopping.countDown();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null) {
            return;
        }
        try {
            Duration patience = options.timeout().plus(options.longPoll()).plusSeconds(5);
            if (!running.join(patience)) {
                LOG.warn("the pump of {} did not stop within {}", options.functionName(), patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration backoff = FIRST_BACKOFF;
        try (ExecutorService sandbox = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .name("lambda-" + options.functionName() + "-sandbox")
                .daemon(true)
                .factory())) {
            while (stopping.getCount() > 0) {
                try {
                    mapping.poll(
                            (int) options.longPoll().toSeconds(),
                            (event, context) -> invokeIn(sandbox, event, context));
                    backoff = FIRST_BACKOFF;
                } catch (SdkException e) {
                    if (stopping.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    backoff = backoff.multipliedBy(2).compareTo(LAST_BACKOFF) < 0
                            ? backoff.multipliedBy(2)
                            : LAST_BACKOFF;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EventSourceMapping.Outcome invokeHere(SQSEvent event, Context context) {
        try {
            SQSBatchResponse response = handler.handleRequest(event, context);
            return context.getRemainingTimeInMillis() > 0
                    ? EventSourceMapping.Outcome.answered(response)
                    : EventSourceMapping.Outcome.timedOut(options.timeout());
        } catch (RuntimeException e) {
            LOG.debug("the handler of {} failed", options.functionName(), e);
            return EventSourceMapping.Outcome.failed("the handler threw " + e);
        }
    }

    private EventSourceMapping.Outcome invokeIn(ExecutorService sandbox, SQSEvent event, Context context) {
        Future<SQSBatchResponse> future = sandbox.submit(() -> handler.handleRequest(event, context));
        try {
            return EventSourceMapping.Outcome.answered(
                    future.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // AWS kills the process. Here the thread is interrupted; the next invocation waits for it, so there are
            // never two.
            future.cancel(true);
            return EventSourceMapping.Outcome.timedOut(options.timeout());
        } catch (ExecutionException e) {
            LOG.debug("the handler of {} failed", options.functionName(), e);
            return EventSourceMapping.Outcome.failed("the handler threw " + e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return EventSourceMapping.Outcome.failed("the pump was interrupted");
        }
    }
}
