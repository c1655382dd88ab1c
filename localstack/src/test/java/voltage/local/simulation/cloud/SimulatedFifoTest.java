package voltage.local.simulation.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import voltage.local.cloud.FifoContract;
import voltage.store.cloud.CloudResources;

/** FIFO queues as the simulation has them: the contract, and what only a virtual clock and chosen faults can show. */
class SimulatedFifoTest extends FifoContract {
    private static final long SECOND = 1_000_000_000L;

    private long now = 1_700_000_000L * SECOND;
    private Verdict next = Verdict.PASS;

    private final CloudResources.Queue definition =
            new CloudResources.Queue("q.fifo", Duration.ofSeconds(60), Duration.ofDays(1), Optional.empty());
    private final SimulatedCloud cloud = new SimulatedCloud(
            new CloudResources("own", List.of(), List.of(definition), List.of()),
            () -> now,
            new SimulatedCloud.Options(1_000, 3));
    private final SqsClient sqs = cloud.sqs((operation, resource) -> {
        Verdict verdict = next;
        next = Verdict.PASS;
        return verdict;
    });

    @Override
    protected SqsClient install(CloudResources queues) {
        return new SimulatedCloud(queues, () -> now).sqs(CloudFaults.NONE);
    }

    @Override
    protected void letVisibilityEnd() {
        now += SECOND;
    }

    private void send(String body) {
        sqs.sendMessage(request -> request.queueUrl("q.fifo")
                .messageGroupId("g")
                .messageDeduplicationId(body)
                .messageBody(body));
    }

    private List<Message> receive() {
        return sqs.receiveMessage(request -> request.queueUrl("q.fifo").maxNumberOfMessages(10))
                .messages();
    }

    private void delete(Message message) {
        sqs.deleteMessage(request -> request.queueUrl("q.fifo").receiptHandle(message.receiptHandle()));
    }

    @Test
    void a_deduplication_id_is_forgotten_after_five_minutes() {
        send("1");
        delete(receive().getFirst());
        now += 300 * SECOND - 1;
        send("1");
        assertThat(receive()).isEmpty();
        now += 1;
        send("1");
        assertThat(receive()).hasSize(1);
    }

    @Test
    void a_handle_is_no_good_once_the_message_is_visible_again() {
        send("1");
        Message first = receive().getFirst();
        now += 60 * SECOND;
        assertThatThrownBy(() -> delete(first)).isInstanceOf(SqsException.class).hasMessageContaining("expired");
        Message second = receive().getFirst();
        assertThatThrownBy(() -> delete(first)).isInstanceOf(SqsException.class);
        delete(second);
        // As at AWS; ElasticMQ refuses it.
        delete(second);
        assertThat(cloud.messages("q.fifo")).isZero();
    }

    @Test
    void a_full_queue_refuses_and_counts_it() {
        send("1");
        send("2");
        send("3");
        assertThatThrownBy(() -> send("4"))
                .isInstanceOf(OverLimitException.class)
                .hasMessageContaining("q.fifo");
        assertThat(cloud.counters().refusedFull()).isEqualTo(1);
        assertThat(cloud.bodies("q.fifo")).containsExactly("1", "2", "3");
    }

    @Test
    void messages_expire_with_their_retention() {
        send("1");
        now += 86_400 * SECOND;
        assertThat(receive()).isEmpty();
        assertThat(cloud.messages("q.fifo")).isZero();
    }

    @Test
    void a_lost_delete_brings_the_message_again() {
        send("1");
        Message message = receive().getFirst();
        next = Verdict.of(Fault.DELETE_LOST);
        delete(message);
        assertThat(receive()).isEmpty();
        assertThat(cloud.nextReceivableNanos("q.fifo")).isEqualTo(now + 60 * SECOND);
        now += 60 * SECOND;
        assertThat(receive()).hasSize(1);
    }

    @Test
    void a_send_whose_answer_is_lost_arrived_and_one_that_was_throttled_did_not() {
        next = Verdict.of(Fault.ANSWER_LOST);
        assertThatThrownBy(() -> send("1")).isInstanceOf(SdkClientException.class);
        next = Verdict.of(Fault.THROTTLED);
        assertThatThrownBy(() -> send("2")).isInstanceOf(RequestThrottledException.class);
        next = Verdict.of(Fault.UNREACHABLE);
        assertThatThrownBy(() -> send("3")).isInstanceOf(SdkClientException.class);
        next = Verdict.of(Fault.REPEATED);
        send("4");
        assertThat(cloud.bodies("q.fifo")).containsExactly("1", "4");
        assertThat(cloud.counters().faults(Fault.ANSWER_LOST)).isEqualTo(1);
    }

    @Test
    void a_repeated_receive_finds_the_group_locked_by_the_answer_that_was_lost() {
        send("1");
        next = Verdict.of(Fault.REPEATED);
        assertThat(receive()).isEmpty();
        now += 60 * SECOND;
        assertThat(receive()).hasSize(1);
    }

    @Test
    void a_delayed_message_keeps_its_place_before_the_later_ones() {
        next = new Verdict.Delayed(5 * SECOND);
        send("1");
        send("2");
        assertThat(receive()).isEmpty();
        now = cloud.nextReceivableNanos("q.fifo");
        assertThat(receive()).extracting(Message::body).containsExactly("1", "2");
    }

    @Test
    void a_process_dies_before_or_after_its_call() {
        next = Verdict.of(Fault.DEATH_BEFORE);
        assertThatThrownBy(() -> send("1")).isInstanceOf(ProcessDeath.class);
        next = Verdict.of(Fault.DEATH_AFTER);
        assertThatThrownBy(() -> send("2")).isInstanceOf(ProcessDeath.class).hasMessage("after SEND_MESSAGE on q.fifo");
        assertThat(cloud.bodies("q.fifo")).containsExactly("2");
    }

    @Test
    void a_fault_that_cannot_happen_to_an_operation_is_a_mistake() {
        next = Verdict.of(Fault.DELETE_LOST);
        assertThatThrownBy(() -> send("1")).isInstanceOf(IllegalArgumentException.class);
    }
}
