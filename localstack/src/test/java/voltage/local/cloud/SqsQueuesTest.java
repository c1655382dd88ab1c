package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;

/** The queues' contract on SQS, as the embedded cloud has it. */
class SqsQueuesTest extends SqsQueuesContract {
    private static final EmbeddedCloud CLOUD = EmbeddedCloud.start(
            EmbeddedCloud.Options.inMemory(new CloudResources("contract", List.of(), List.of(), List.of())));

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    @Override
    protected SqsClient install(CloudResources queues) {
        new CloudInstaller(CLOUD.clients()).install(queues);
        return CLOUD.clients().sqs();
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
