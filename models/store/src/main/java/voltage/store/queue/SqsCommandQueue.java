package voltage.store.queue;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;

/** The lanes' queues of commands on SQS: one message group a lane, deduplicated by command id. For one thread at a time. */
public final class SqsCommandQueue implements CommandQueue {
    private final SqsClient client;
    private final CloudResources resources;
    private final Map<Lane, String> urls = new EnumMap<>(Lane.class);

    public SqsCommandQueue(SqsClient client, CloudResources resources) {
        this.client = client;
        this.resources = resources;
    }

    @Override
    public void send(Command command) {
        Lane lane = command.header().lane();
        String body = new String(AccountJson.write(command), StandardCharsets.UTF_8);
        try {
            String url = url(lane);
            client.sendMessage(request -> request.queueUrl(url)
                    .messageGroupId(lane.label())
                    .messageDeduplicationId(command.id())
                    .messageBody(body));
        } catch (SdkException e) {
            throw new QueueUnavailableException(
                    "command " + command.id() + " may not have reached the queue of lane " + lane.label() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private String url(Lane lane) {
        String known = urls.get(lane);
        if (known == null) {
            String name = resources.orders(lane).name();
            known = client.getQueueUrl(request -> request.queueName(name)).queueUrl();
            urls.put(lane, known);
        }
        return known;
    }
}
