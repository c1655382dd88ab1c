package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.order.ReportQueue;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;
import voltage.store.queue.CommandQueueContract;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;

/** The queues' contract on SQS, as the embedded cloud has it. */
class SqsQueuesTest extends CommandQueueContract {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("contract")));
    private static int stages;

    private CloudResources resources = CLOUD.resources();
    private CommandQueue commands = new SqsCommandQueue(CLOUD.clients().sqs(), resources);
    private ReportQueue reports = new SqsReportQueue(CLOUD.clients().sqs(), resources, 0);

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

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
        new CloudInstaller(CLOUD.clients()).install(resources);
        commands = new SqsCommandQueue(CLOUD.clients().sqs(), resources);
        reports = new SqsReportQueue(CLOUD.clients().sqs(), resources, 0);
    }

    @Override
    protected CommandQueue commands() {
        return commands;
    }

    @Override
    protected ReportQueue reports() {
        return reports;
    }

    @Override
    protected List<Command> take(Lane lane, int count) {
        var sqs = CLOUD.clients().sqs();
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

    @Test
    void a_queue_that_cannot_be_reached_is_said_to_be() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (CloudClients clients = CloudClients.open(new CloudClients.Endpoints(
                "us-east-2", Optional.of(nowhere), Optional.of(nowhere), Optional.of(nowhere)))) {
            Command command = new Command.Reconcile(new Command.Header("lost", LANE, 1, Long.MAX_VALUE, 1, 0));
            assertThatThrownBy(() -> new SqsCommandQueue(clients.sqs(), resources).send(command))
                    .isInstanceOf(CommandQueue.QueueUnavailableException.class)
                    .hasMessageContaining("lost");
            assertThatThrownBy(() -> new SqsReportQueue(clients.sqs(), resources, 0).receive(LANE, body -> {}))
                    .isInstanceOf(CommandQueue.QueueUnavailableException.class);
        }
    }
}
