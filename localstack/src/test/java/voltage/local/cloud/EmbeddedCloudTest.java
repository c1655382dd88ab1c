package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import voltage.order.Lane;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.cloud.S3JournalArchive;

@Timeout(60)
class EmbeddedCloudTest {
    private static final CloudResources RESOURCES = CloudResources.of("test");
    private static EmbeddedCloud cloud;

    @BeforeAll
    static void start() {
        long from = System.nanoTime();
        cloud = EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(RESOURCES));
        System.err.printf("embedded cloud up in %d ms%n", (System.nanoTime() - from) / 1_000_000);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void everything_is_installed_once() {
        assertThat(cloud.installed()).hasSize(6 + 3 * Lane.values().length + 4);
        assertThat(new CloudInstaller(cloud.clients()).install(RESOURCES)).isEmpty();
        assertThat(cloud.clients().dynamoDb().listTables().tableNames())
                .contains("voltage-test-ledger", "voltage-test-control");
        assertThat(cloud.clients()
                        .dynamoDb()
                        .describeTimeToLive(request -> request.tableName("voltage-test-signals"))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expiresAt");
    }

    @Test
    void a_group_is_handed_out_in_order_and_locked_while_one_of_it_is_in_flight() {
        String queue = orders(Lane.PAPER);
        for (int i = 0; i < 12; i++) {
            send(queue, "a", "lock-" + i, "body " + i);
        }
        List<Message> first = receive(queue, 3);
        assertThat(first).extracting(Message::body).containsExactly("body 0", "body 1", "body 2");
        assertThat(receive(queue, 10)).isEmpty();
        first.forEach(message -> delete(queue, message));
        List<Message> rest = receive(queue, 10);
        assertThat(rest)
                .extracting(Message::body)
                .containsExactly(
                        "body 3", "body 4", "body 5", "body 6", "body 7", "body 8", "body 9", "body 10", "body 11");
        rest.forEach(message -> delete(queue, message));
    }

    @Test
    void the_same_deduplication_id_is_taken_once_even_after_its_message_was_deleted() {
        String queue = orders(Lane.CANARY);
        send(queue, "a", "same", "one");
        send(queue, "a", "same", "one");
        List<Message> received = receive(queue, 10);
        assertThat(received).hasSize(1);
        delete(queue, received.getFirst());
        send(queue, "a", "same", "one");
        assertThat(receive(queue, 10)).isEmpty();
    }

    @Test
    void what_is_received_too_often_goes_to_the_dead_letters() {
        String queue = orders(Lane.LIVE);
        send(queue, "a", "poison", "poison");
        for (int i = 1; i <= 5; i++) {
            Message message = receive(queue, 1).getFirst();
            assertThat(message.attributes())
                    .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, String.valueOf(i));
            sqs().changeMessageVisibility(request -> request.queueUrl(queue)
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout(0));
        }
        assertThat(receive(queue, 1)).isEmpty();
        assertThat(receive(url(RESOURCES.ordersDeadLetters(Lane.LIVE).name()), 1))
                .extracting(Message::body)
                .containsExactly("poison");
    }

    @Test
    void a_transaction_happens_whole_or_not_at_all() {
        var dynamoDb = cloud.clients().dynamoDb();
        String table = RESOURCES.table(CloudResources.TableRole.LEDGER).name();
        Map<String, AttributeValue> taken = key("tx", "taken");
        dynamoDb.putItem(request -> request.tableName(table).item(taken));

        assertThatThrownBy(() -> dynamoDb.transactWriteItems(
                        request -> request.transactItems(put(table, key("tx", "new")), put(table, taken))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        e -> assertThat(e.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(dynamoDb.getItem(request ->
                                request.tableName(table).key(key("tx", "new")).consistentRead(true))
                        .hasItem())
                .isFalse();
    }

    @Test
    void objects_are_stored_and_read_back(@TempDir Path directory) throws Exception {
        String bucket = RESOURCES.bucket(CloudResources.BucketRole.JOURNAL).name();
        Path file = Files.writeString(directory.resolve("object"), "frames");
        String name = "journal/v1/feed=KALSHI_STREAM/dt=2026-05-13/hh=23/1-20260513T230000Z.jnl.zst";
        new S3JournalArchive(cloud.clients().s3(), bucket).put(name, file);
        new S3JournalArchive(cloud.clients().s3(), bucket).put(name, file);

        assertThat(cloud.clients()
                        .s3()
                        .getObjectAsBytes(request -> request.bucket(bucket).key(name))
                        .asUtf8String())
                .isEqualTo("frames");
        assertThat(cloud.clients()
                        .s3()
                        .listObjectsV2(request -> request.bucket(bucket).prefix("journal/v1/feed=KALSHI_STREAM/"))
                        .contents())
                .hasSize(1);
        cloud.clients()
                .s3()
                .putObject(
                        request -> request.bucket(bucket).key("other"),
                        RequestBody.fromString("x", StandardCharsets.UTF_8));
    }

    private static TransactWriteItem put(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(pk)"))
                .build();
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }

    private static SqsClient sqs() {
        return cloud.clients().sqs();
    }

    private static String orders(Lane lane) {
        return url(RESOURCES.orders(lane).name());
    }

    private static String url(String name) {
        String url = sqs().getQueueUrl(request -> request.queueName(name)).queueUrl();
        assertThat(sqs().getQueueAttributes(
                                request -> request.queueUrl(url).attributeNames(QueueAttributeName.FIFO_QUEUE))
                        .attributes())
                .containsEntry(QueueAttributeName.FIFO_QUEUE, "true");
        return url;
    }

    private static void send(String queue, String group, String id, String body) {
        sqs().sendMessage(request -> request.queueUrl(queue)
                .messageGroupId(group)
                .messageDeduplicationId(id)
                .messageBody(body));
    }

    private static List<Message> receive(String queue, int count) {
        return new ArrayList<>(sqs().receiveMessage(request -> request.queueUrl(queue)
                        .maxNumberOfMessages(count)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages());
    }

    private static void delete(String queue, Message message) {
        sqs().deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }
}
