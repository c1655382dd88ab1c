package voltage.store.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import voltage.order.CommandQueue.QueueUnavailableException;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.ReportQueue;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;

/**
 * The lanes' queues of execution reports on SQS. One report a message; its deduplication id is the digest of
 * its body, so the same report sent again by a repeated execution is the same message (and would change nothing if it were not). For one thread at a time.
 */
public final class SqsReportQueue implements ReportQueue {
    private final SqsClient client;
    private final CloudResources resources;
    private final int waitSeconds;
    private final Map<Lane, String> urls = new EnumMap<>(Lane.class);

    /** @param waitSeconds how long {@link #receive} waits for a first message, 0 to 20 */
    public SqsReportQueue(SqsClient client, CloudResources resources, int waitSeconds) {
        this.client = client;
        this.resources = resources;
        this.waitSeconds = waitSeconds;
    }

    /** @throws QueueUnavailableException if it is not known whether they arrived; the same reports may be sent again */
    @Override
    public void send(Lane lane, List<ExecutionReport> reports) {
        try {
            String url = url(lane);
            // One by one: of a batch, a later report could get in although an earlier one did not.
            for (ExecutionReport report : reports) {
                byte[] body = AccountJson.write(report);
                client.sendMessage(request -> request.queueUrl(url)
                        .messageGroupId(lane.label())
                        .messageDeduplicationId(digest(body))
                        .messageBody(new String(body, StandardCharsets.UTF_8)));
            }
        } catch (SdkException e) {
            throw unavailable(lane, e);
        }
    }

    /** @throws QueueUnavailableException if the queue cannot be reached; what was consumed before may come again */
    @Override
    public int receive(Lane lane, Consumer<byte[]> consumer) {
        try {
            String url = url(lane);
            int count = 0;
            while (true) {
                int wait = count == 0 ? waitSeconds : 0;
                List<Message> messages = client.receiveMessage(request ->
                                request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(wait))
                        .messages();
                if (messages.isEmpty()) {
                    return count;
                }
                for (Message message : messages) {
                    consumer.accept(message.body().getBytes(StandardCharsets.UTF_8));
                    client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
                    count++;
                }
            }
        } catch (SdkException e) {
            throw unavailable(lane, e);
        }
    }

    private static QueueUnavailableException unavailable(Lane lane, SdkException e) {
        return new QueueUnavailableException(
                "the queue of reports of lane " + lane.label() + " could not be reached: " + e.getMessage(), e);
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String url(Lane lane) {
        String known = urls.get(lane);
        if (known == null) {
            String name = resources.reports(lane).name();
            known = client.getQueueUrl(request -> request.queueName(name)).queueUrl();
            urls.put(lane, known);
        }
        return known;
    }
}
