package voltage.lambda.execution;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;

/** A lane's queue at SQS. */
public final class SqsQueueCare implements QueueCare {
    private static final Logger LOG = LoggerFactory.getLogger(SqsQueueCare.class);
    /** Long enough that a short throttling is over, short enough that an exit behind it is not late. */
    private static final int AGAIN_SECONDS = 2;

    private final SqsClient client;
    private final CloudResources resources;
    private final Lane lane;
    private @Nullable String orders;
    private @Nullable String deadLetters;

    public SqsQueueCare(SqsClient client, CloudResources resources, Lane lane) {
        this.client = client;
        this.resources = resources;
        this.lane = lane;
    }

    @Override
    public void setAside(SQSMessage message) {
        String url = deadLetters();
        client.sendMessage(request -> request.queueUrl(url)
                .messageGroupId(lane.label())
                .messageDeduplicationId(message.getMessageId())
                .messageBody(message.getBody()));
    }

    @Override
    public void deliverAgainSoon(List<SQSMessage> messages) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (SQSMessage message : messages) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .receiptHandle(message.getReceiptHandle())
                    .visibilityTimeout(AGAIN_SECONDS)
                    .build());
        }
        try {
            String url = orders();
            client.changeMessageVisibilityBatch(
                    request -> request.queueUrl(url).entries(entries));
        } catch (SdkException e) {
            LOG.warn(
                    "{} messages of lane {} come again only when their visibility ends: {}",
                    messages.size(),
                    lane.label(),
                    e.getMessage());
        }
    }

    private String orders() {
        String known = orders;
        if (known == null) {
            known = url(resources.orders(lane).name());
            orders = known;
        }
        return known;
    }

    private String deadLetters() {
        String known = deadLetters;
        if (known == null) {
            known = url(resources.ordersDeadLetters(lane).name());
            deadLetters = known;
        }
        return known;
    }

    private String url(String queueName) {
        return client.getQueueUrl(request -> request.queueName(queueName)).queueUrl();
    }
}
