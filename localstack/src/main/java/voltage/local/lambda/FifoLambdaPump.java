package voltage.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.List;
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
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * An event source mapping from a FIFO queue to a Lambda function, as AWS runs it with {@code ReportBatchItemFailures}: receives up
 * to ten messages, invokes the handler with them, deletes what it carried out. From the first failed message on nothing is deleted,
 * a thrown exception, a time-out or an unreadable answer fails the whole batch; what is not deleted comes again when its visibility
 * time-out is over, and goes to the dead letters when it came too often, both by the queue's own doing. One invocation at a time.
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
     * @param timeout after which an invocation is given up; the queue's visibility time-out should be six times as long
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

    private final SqsClient client;
    private final RequestHandler<SQSEvent, SQSBatchResponse> handler;
    private final Options options;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile Status status = new Status(0, 0, 0, 0, 0, null);

    public FifoLambdaPump(SqsClient client, RequestHandler<SQSEvent, SQSBatchResponse> handler, Options options) {
        this.client = client;
        this.handler = handler;
        this.options = options;
    }

    public Status status() {
        return status;
    }

    /**
     * Receives what is there now and carries it out, on this thread; an invocation that takes longer than the time-out counts as
     * failed when it returns.
     *
     * @return whether there was anything
     * @throws SdkException if the queue cannot be reached
     */
    public boolean pollOnce() {
        return poll(0, this::invokeHere);
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
                    poll((int) options.longPoll().toSeconds(), (event, context) -> invokeIn(sandbox, event, context));
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

    private interface Invocation {
        Outcome invoke(SQSEvent event, Context context);
    }

    /** What an invocation gave: an answer, or why there is none. */
    private record Outcome(
            @Nullable SQSBatchResponse response, @Nullable String failure, boolean timedOut) {}

    private boolean poll(int waitSeconds, Invocation invocation) {
        List<Message> messages;
        try {
            messages = client.receiveMessage(request -> request.queueUrl(options.queueUrl())
                            .maxNumberOfMessages(options.batchSize())
                            .waitTimeSeconds(waitSeconds)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
        } catch (SdkException e) {
            error(e);
            throw e;
        }
        if (messages.isEmpty()) {
            return false;
        }
        String requestId = options.functionName() + "-" + (status.invocations() + 1);
        Context context = new LocalContext(options.functionName(), requestId, options.timeout());
        Outcome outcome = invocation.invoke(SqsEvents.of(messages, options.queueUrl()), context);
        int done = outcome.failure() == null ? SqsEvents.carriedOut(messages, outcome.response()) : 0;
        String problem = outcome.failure();
        if (problem == null && done < messages.size()) {
            problem = "message " + messages.get(done).messageId() + " was reported as failed";
        }
        Status before = status;
        status = new Status(
                before.invocations() + 1,
                before.carriedOut() + done,
                before.failures() + messages.size() - done,
                before.timeouts() + (outcome.timedOut() ? 1 : 0),
                before.errors(),
                problem);
        if (problem != null) {
            LOG.info(
                    "{}: {} of {} messages will be delivered again: {}",
                    requestId,
                    messages.size() - done,
                    messages.size(),
                    problem);
        }
        if (done > 0) {
            delete(messages.subList(0, done));
        }
        return true;
    }

    private void delete(List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = messages.stream()
                .map(message -> DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(messages.indexOf(message)))
                        .receiptHandle(message.receiptHandle())
                        .build())
                .toList();
        try {
            var response = client.deleteMessageBatch(
                    request -> request.queueUrl(options.queueUrl()).entries(entries));
            if (!response.failed().isEmpty()) {
                // They come again, which every handler has to bear with.
                LOG.warn(
                        "{} messages could not be deleted: {}",
                        response.failed().size(),
                        response.failed().getFirst().message());
            }
        } catch (SdkException e) {
            error(e);
            throw e;
        }
    }

    private void error(SdkException e) {
        Status before = status;
        status = new Status(
                before.invocations(),
                before.carriedOut(),
                before.failures(),
                before.timeouts(),
                before.errors() + 1,
                "the queue cannot be reached: " + e.getMessage());
    }

    private Outcome invokeHere(SQSEvent event, Context context) {
        try {
            SQSBatchResponse response = handler.handleRequest(event, context);
            return context.getRemainingTimeInMillis() > 0 ? new Outcome(response, null, false) : timedOut();
        } catch (RuntimeException e) {
            LOG.debug("the handler of {} failed", options.functionName(), e);
            return new Outcome(null, "the handler threw " + e, false);
        }
    }

    private Outcome invokeIn(ExecutorService sandbox, SQSEvent event, Context context) {
        Future<SQSBatchResponse> future = sandbox.submit(() -> handler.handleRequest(event, context));
        try {
            return new Outcome(future.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS), null, false);
        } catch (TimeoutException e) {
            // AWS kills the process. Here the thread is interrupted; the next invocation waits for it, so there are
            // never two.
            future.cancel(true);
            return timedOut();
        } catch (ExecutionException e) {
            LOG.debug("the handler of {} failed", options.functionName(), e);
            return new Outcome(null, "the handler threw " + e.getCause(), false);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome(null, "the pump was interrupted", false);
        }
    }

    private Outcome timedOut() {
        return new Outcome(null, "the handler took longer than " + options.timeout(), true);
    }
}
