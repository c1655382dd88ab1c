package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import voltage.store.cloud.CloudResources;

/** What Voltage relies on in SQS's FIFO queues, whoever plays SQS. */
@Timeout(60)
public abstract class FifoContract {
    private static int stages;

    private CloudResources resources = CloudResources.of("none");
    private List<SqsClient> clients = List.of();

    /** Creates the queues and gives a client for them. */
    protected abstract SqsClient install(CloudResources queues);

    /** Goes on to a time when what was received a second ago is visible again. */
    protected abstract void letVisibilityEnd();

    @BeforeEach
    void freshQueues() {
        String prefix = "fifo" + stages++;
        Duration visibility = Duration.ofSeconds(1);
        CloudResources.Queue letters =
                new CloudResources.Queue(prefix + "-dlq.fifo", visibility, Duration.ofDays(1), Optional.empty());
        resources = new CloudResources(
                prefix,
                List.of(),
                List.of(
                        letters,
                        new CloudResources.Queue(
                                prefix + "-work.fifo",
                                visibility,
                                Duration.ofDays(1),
                                Optional.of(new CloudResources.DeadLetters(letters.name(), 2)))),
                List.of());
        clients = List.of(install(resources));
    }

    private SqsClient sqs() {
        return clients.getFirst();
    }

    private String url(int queue) {
        String name = resources.queues().get(queue).name();
        return sqs().getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private String work() {
        return url(1);
    }

    private void send(String group, String body) {
        sqs().sendMessage(request -> request.queueUrl(work())
                .messageGroupId(group)
                .messageDeduplicationId(body)
                .messageBody(body));
    }

    private List<Message> receive(int max) {
        return receive(work(), max);
    }

    private List<Message> receive(String url, int max) {
        return sqs().receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(max)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    private void delete(Message message) {
        sqs().deleteMessage(request -> request.queueUrl(work()).receiptHandle(message.receiptHandle()));
    }

    private static List<String> bodies(List<Message> messages) {
        return messages.stream().map(Message::body).toList();
    }

    @Test
    void a_group_is_locked_while_one_of_its_messages_is_in_flight_and_other_groups_are_not() {
        send("a", "a1");
        send("a", "a2");
        send("b", "b1");
        List<Message> first = receive(1);
        assertThat(bodies(first)).containsExactly("a1");
        assertThat(bodies(receive(10))).containsExactly("b1");
        assertThat(receive(10)).isEmpty();
        delete(first.getFirst());
        assertThat(bodies(receive(10))).containsExactly("a2");
    }

    @Test
    void of_several_in_flight_all_must_be_removed_before_the_group_goes_on() {
        for (String body : List.of("1", "2", "3")) {
            send("g", body);
        }
        List<Message> two = receive(2);
        delete(two.get(0));
        assertThat(receive(10)).isEmpty();
        delete(two.get(1));
        assertThat(bodies(receive(10))).containsExactly("3");
    }

    @Test
    void what_is_not_removed_comes_again_in_its_old_place_and_counts() {
        send("g", "1");
        send("g", "2");
        send("g", "3");
        List<Message> first = receive(2);
        assertThat(first.getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
        delete(first.getFirst());
        letVisibilityEnd();
        List<Message> again = receive(10);
        assertThat(bodies(again)).containsExactly("2", "3");
        assertThat(again.getFirst().messageId()).isEqualTo(first.get(1).messageId());
        assertThat(again.getFirst().receiptHandle()).isNotEqualTo(first.get(1).receiptHandle());
        assertThat(again)
                .extracting(message -> message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .containsExactly("2", "1");
    }

    @Test
    void a_message_has_the_attributes_that_aws_gives() {
        send("g", "1");
        send("g", "2");
        List<Message> messages = receive(10);
        assertThat(messages.getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "1")
                .containsKeys(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);
        assertThat(messages)
                .extracting(message -> message.attributes().get(MessageSystemAttributeName.SEQUENCE_NUMBER))
                .isSorted()
                .doesNotHaveDuplicates();
        // The MD5 of "1".
        assertThat(messages.getFirst().md5OfBody()).isEqualTo("c4ca4238a0b923820dcc509a6f75849b");
    }

    @Test
    void a_repeated_deduplication_id_is_accepted_and_nothing_is_added_even_after_the_first_was_removed() {
        send("g", "1");
        send("g", "1");
        List<Message> messages = receive(10);
        assertThat(bodies(messages)).containsExactly("1");
        delete(messages.getFirst());
        send("g", "1");
        assertThat(receive(10)).isEmpty();
    }

    @Test
    void what_was_received_too_often_becomes_a_dead_letter_and_frees_its_group() {
        send("g", "poison");
        send("g", "next");
        assertThat(bodies(receive(1))).containsExactly("poison");
        letVisibilityEnd();
        assertThat(bodies(receive(1))).containsExactly("poison");
        letVisibilityEnd();
        List<Message> messages = receive(1);
        if (messages.isEmpty()) {
            // Whether the next one comes in the same call is nobody's promise.
            messages = receive(1);
        }
        assertThat(bodies(messages)).containsExactly("next");
        List<Message> dead = receive(url(0), 10);
        assertThat(bodies(dead)).containsExactly("poison");
        assertThat(dead.getFirst().attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g");
    }

    @Test
    void visibility_can_be_ended_early_and_the_group_is_then_free() {
        send("g", "1");
        send("g", "2");
        List<Message> messages = receive(10);
        var response = sqs().changeMessageVisibilityBatch(request -> request.queueUrl(work())
                .entries(messages.stream()
                        .map(message -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                .id("m" + messages.indexOf(message))
                                .receiptHandle(message.receiptHandle())
                                .visibilityTimeout(0)
                                .build())
                        .toList()));
        assertThat(response.successful()).hasSize(2);
        assertThat(bodies(receive(10))).containsExactly("1", "2");
    }

    @Test
    void an_unknown_queue_and_a_message_without_group_are_refused() {
        assertThatThrownBy(() -> sqs().getQueueUrl(request -> request.queueName("nobody.fifo")))
                .isInstanceOf(QueueDoesNotExistException.class);
        assertThatThrownBy(() ->
                        sqs().sendMessage(request -> request.queueUrl(work()).messageBody("no group")))
                .isInstanceOf(SqsException.class);
    }

    @Test
    void batches_are_sent_in_order_and_removed_one_by_one() {
        var sent = sqs().sendMessageBatch(request -> request.queueUrl(work())
                .entries(
                        entry -> entry.id("x")
                                .messageGroupId("g")
                                .messageDeduplicationId("1")
                                .messageBody("1"),
                        entry -> entry.id("y")
                                .messageGroupId("g")
                                .messageDeduplicationId("2")
                                .messageBody("2")));
        assertThat(sent.successful()).hasSize(2);
        List<Message> messages = receive(10);
        assertThat(bodies(messages)).containsExactly("1", "2");
        var removed = sqs().deleteMessageBatch(request -> request.queueUrl(work())
                .entries(
                        entry -> entry.id("x").receiptHandle(messages.get(0).receiptHandle()),
                        entry -> entry.id("y").receiptHandle("no such handle")));
        assertThat(removed.successful()).hasSize(1);
        assertThat(removed.failed()).hasSize(1);
    }

    @Test
    void the_queue_tells_how_many_it_has_and_how_many_are_in_flight() {
        send("g", "1");
        send("h", "2");
        send("i", "3");
        receive(1);
        assertThat(sqs().getQueueAttributes(request -> request.queueUrl(work())
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                        .attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "2")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1");
    }
}
