package voltage.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.order.ReportQueue;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;
import voltage.store.queue.CommandQueueContract;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;

/** The queues' contract on SQS, whoever plays SQS. */
public abstract class SqsQueuesContract extends CommandQueueContract {
    private static int stages;

    protected CloudResources resources = CloudResources.of("none");
    private List<SqsClient> clients = List.of();
    private List<CommandQueue> commands = List.of();
    private List<ReportQueue> reports = List.of();

    /** Creates the queues and gives a client for them. */
    protected abstract SqsClient install(CloudResources queues);

    @BeforeEach
    void freshQueues() {
        CloudResources all = CloudResources.of("q" + stages++);
        // A short visibility time-out, so that what was not removed is soon there again.
        resources = new CloudResources(
                all.stage(),
                List.of(),
                all.queues().stream()
                        .map(queue -> new CloudResources.Queue(
                                queue.name(), Duration.ofSeconds(1), queue.retention(), queue.deadLetters()))
                        .toList(),
                List.of());
        SqsClient client = install(resources);
        clients = List.of(client);
        commands = List.of(new SqsCommandQueue(client, resources));
        reports = List.of(new SqsReportQueue(client, resources, 0));
    }

    @Override
    protected CommandQueue commands() {
        return commands.getFirst();
    }

    @Override
    protected ReportQueue reports() {
        return reports.getFirst();
    }

    @Override
    protected List<Command> take(Lane lane, int count) {
        SqsClient sqs = clients.getFirst();
        String url = sqs.getQueueUrl(
                        request -> request.queueName(resources.orders(lane).name()))
                .queueUrl();
        List<Command> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) {
                break;
            }
            for (Message message : messages) {
                try {
                    taken.add(AccountJson.command(message.body().getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
            }
        }
        return taken;
    }
}
