package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import voltage.local.ChildJvm;
import voltage.order.Lane;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudResources;

/** A process with an embedded cloud in a directory is killed, and another one is started there. */
@Timeout(120)
class EmbeddedCloudDurabilityTest {
    private static final CloudResources RESOURCES = CloudResources.of("durable");
    private static final String TABLE =
            RESOURCES.table(CloudResources.TableRole.LEDGER).name();
    private static final String BUCKET =
            RESOURCES.bucket(CloudResources.BucketRole.JOURNAL).name();

    @TempDir
    Path directory;

    @Test
    void tables_queued_messages_and_objects_survive_a_kill() throws Exception {
        kill(start());
        try (EmbeddedCloud cloud = EmbeddedCloud.start(EmbeddedCloud.Options.durable(RESOURCES, directory))) {
            assertThat(cloud.installed()).isEmpty();
            for (int i = 0; i < Child.COUNT; i++) {
                Map<String, AttributeValue> key = Child.key(i);
                assertThat(cloud.clients()
                                .dynamoDb()
                                .getItem(request -> request.tableName(TABLE).key(key))
                                .item())
                        .isEqualTo(key);
                String name = "object-" + i;
                assertThat(cloud.clients()
                                .s3()
                                .getObjectAsBytes(
                                        request -> request.bucket(BUCKET).key(name))
                                .asUtf8String())
                        .isEqualTo(name);
            }
            List<Message> messages = receiveAll(cloud.clients());
            assertThat(messages)
                    .extracting(Message::body)
                    .isEqualTo(java.util.stream.IntStream.range(1, Child.COUNT)
                            .mapToObj(i -> "message-" + i)
                            .toList());
            // Received once before the kill and still in its group's way, so its count goes on.
            assertThat(messages.getFirst().attributes())
                    .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        }
    }

    @Test
    void a_directory_in_use_is_refused_with_one_clear_message() {
        try (EmbeddedCloud first = EmbeddedCloud.start(EmbeddedCloud.Options.durable(RESOURCES, directory))) {
            assertThat(first.installed()).isNotEmpty();
            assertThatThrownBy(() -> EmbeddedCloud.start(EmbeddedCloud.Options.durable(RESOURCES, directory)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining("Remedy");
        }
    }

    private static List<Message> receiveAll(CloudClients clients) {
        String url = Child.queue(clients);
        List<Message> all = new ArrayList<>();
        List<Message> batch = List.of();
        do {
            all.addAll(batch);
            batch.forEach(message -> clients.sqs()
                    .deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle())));
            batch = clients.sqs()
                    .receiveMessage(request -> request.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .waitTimeSeconds(all.isEmpty() ? 20 : 0)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
        } while (!batch.isEmpty());
        return all;
    }

    private Process start() throws IOException {
        return ChildJvm.of(Child.class.getName(), directory.resolveSibling(directory.getFileName() + "-tmp"))
                .with("-XX:TieredStopAtLevel=1")
                .command(directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void kill(Process process) throws Exception {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            // Whatever else were printed to standard output would be here instead.
            assertThat(out.readLine()).isEqualTo("everything acknowledged");
            process.destroyForcibly().waitFor();
        }
    }

    /** The process that is killed right after its last acknowledgement. */
    static final class Child {
        static final int COUNT = 25;

        private Child() {}

        public static void main(String[] args) throws Exception {
            EmbeddedCloud cloud = EmbeddedCloud.start(EmbeddedCloud.Options.durable(RESOURCES, Path.of(args[0])));
            CloudClients clients = cloud.clients();
            String url = queue(clients);
            for (int i = 0; i < COUNT; i++) {
                String name = "object-" + i;
                clients.s3().putObject(request -> request.bucket(BUCKET).key(name), RequestBody.fromString(name));
                String message = "message-" + i;
                clients.sqs()
                        .sendMessage(request -> request.queueUrl(url)
                                .messageGroupId("lane")
                                .messageDeduplicationId(message)
                                .messageBody(message));
                Map<String, AttributeValue> key = key(i);
                clients.dynamoDb().putItem(request -> request.tableName(TABLE).item(key));
            }
            Message first = clients.sqs()
                    .receiveMessage(request -> request.queueUrl(url))
                    .messages()
                    .getFirst();
            clients.sqs().deleteMessage(request -> request.queueUrl(url).receiptHandle(first.receiptHandle()));
            clients.sqs().receiveMessage(request -> request.queueUrl(url).visibilityTimeout(1));
            new PrintStream(System.out, true, StandardCharsets.US_ASCII).println("everything acknowledged");
            new java.util.concurrent.CountDownLatch(1).await();
        }

        static Map<String, AttributeValue> key(int i) {
            return Map.of("pk", AttributeValue.fromS("durable"), "sk", AttributeValue.fromS("item-" + i));
        }

        static String queue(CloudClients clients) {
            String name = RESOURCES.orders(Lane.PAPER).name();
            return clients.sqs().getQueueUrl(request -> request.queueName(name)).queueUrl();
        }
    }
}
