package voltage.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * What an event source mapping from a FIFO queue does with one batch, as AWS does it with {@code ReportBatchItemFailures}: receives
 * up to ten messages, has them invoked, deletes what was carried out. From the first failed message on nothing is deleted; no answer
 * or an unreadable one fails the whole batch. What is not deleted comes again when its visibility time-out is over, and goes to the
 * dead letters when it came too often, both by the queue's own doing. How the function is invoked is its caller's business.
 */
public final class EventSourceMapping {
    private static final Logger LOG = LoggerFactory.getLogger(EventSourceMapping.class);

    /** Calls the function. */
    public interface Invocation {
        Outcome invoke(SQSEvent event, Context context);
    }

    /** What an invocation gave: an answer, or why there is none. */
    public record Outcome(
            @Nullable SQSBatchResponse response, @Nullable String failure, boolean timedOut) {
        public static Outcome answered(SQSBatchResponse response) {
            return new Outcome(response, null, false);
        }

        public static Outcome failed(String why) {
            return new Outcome(null, why, false);
        }

        public static Outcome timedOut(Duration timeout) {
            return new Outcome(null, "the handler took longer than " + timeout, true);
        }
    }

    private final SqsClient client;
    private final FifoLambdaPump.Options options;
    private final LongSupplier ticks;
    private volatile FifoLambdaPump.Status status = new FifoLambdaPump.Status(0, 0, 0, 0, 0, null);

    /** @param ticks nanoseconds from any beginning, against which invocations are measured */
    public EventSourceMapping(SqsClient client, FifoLambdaPump.Options options, LongSupplier ticks) {
        this.client = client;
        this.options = options;
        this.ticks = ticks;
    }

    public FifoLambdaPump.Status status() {
        return status;
    }

    /**
     * Receives, has it invoked and deletes.
     *
     * @return whether there was anything
     * @throws SdkException if the queue cannot be reached
     */
    public boolean poll(int waitSeconds, Invocation invocation) {
        List<Message> messages = receive(waitSeconds);
        if (messages.isEmpty()) {
            return false;
        }
        String requestId = options.functionName() + "-" + (status.invocations() + 1);
        Context context = new LocalContext(options.functionName(), requestId, options.timeout(), ticks);
        Outcome outcome = invocation.invoke(SqsEvents.of(messages, options.queueUrl()), context);
        int done = outcome.failure() == null ? SqsEvents.carriedOut(messages, outcome.response()) : 0;
        String problem = outcome.failure();
        if (problem == null && done < messages.size()) {
            problem = "message " + messages.get(done).messageId() + " was reported as failed";
        }
        FifoLambdaPump.Status before = status;
        status = new FifoLambdaPump.Status(
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

    private List<Message> receive(int waitSeconds) {
        try {
            return client.receiveMessage(request -> request.queueUrl(options.queueUrl())
                            .maxNumberOfMessages(options.batchSize())
                            .waitTimeSeconds(waitSeconds)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
        } catch (SdkException e) {
            error(e);
            throw e;
        }
    }

    private void delete(List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(String.valueOf(i))
                    .receiptHandle(messages.get(i).receiptHandle())
                    .build());
        }
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
        FifoLambdaPump.Status before = status;
        status = new FifoLambdaPump.Status(
                before.invocations(),
                before.carriedOut(),
                before.failures(),
                before.timeouts(),
                before.errors() + 1,
                "the queue cannot be reached: " + e.getMessage());
    }
}
