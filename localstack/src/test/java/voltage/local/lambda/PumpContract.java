package voltage.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.store.cloud.CloudResources;

/** What an event source mapping promises, step by step, whoever plays it and SQS. */
@Timeout(60)
public abstract class PumpContract {
    private static int stages;

    private final List<List<String>> batches = new ArrayList<>();
    private final Set<String> failing = new TreeSet<>();
    private CloudResources resources = CloudResources.of("none");
    private List<SqsClient> clients = List.of();
    private String queue = "";
    private String deadLetters = "";

    /** A mapping that is driven from outside. */
    public interface Pump {
        boolean step();

        FifoLambdaPump.Status status();
    }

    /** Creates the queues and gives a client for them. */
    protected abstract SqsClient install(CloudResources queues);

    protected abstract Pump pump(
            SqsClient sqs, RequestHandler<SQSEvent, SQSBatchResponse> handler, FifoLambdaPump.Options options);

    /** Goes a little towards the time when what was received is visible again. */
    protected abstract void waitALittle();

    @BeforeEach
    void freshQueues() {
        String prefix = "pump" + stages++;
        Duration visibility = Duration.ofSeconds(1);
        CloudResources.Queue letters =
                new CloudResources.Queue(prefix + "-dlq.fifo", visibility, Duration.ofDays(1), Optional.empty());
        CloudResources.Queue work = new CloudResources.Queue(
                prefix + "-work.fifo",
                visibility,
                Duration.ofDays(1),
                Optional.of(new CloudResources.DeadLetters(letters.name(), 2)));
        resources = new CloudResources(prefix, List.of(), List.of(letters, work), List.of());
        clients = List.of(install(resources));
        queue = url(work.name());
        deadLetters = url(letters.name());
    }

    private String url(String name) {
        return clients.getFirst()
                .getQueueUrl(request -> request.queueName(name))
                .queueUrl();
    }

    private String queueName() {
        return resources.queues().get(1).name();
    }

    @Test
    void batches_of_ten_are_carried_out_in_order_and_deleted() {
        for (int i = 0; i < 14; i++) {
            send("m" + i);
        }
        Pump pump = pump(handler());

        assertThat(pump.step()).isTrue();
        assertThat(pump.step()).isTrue();
        assertThat(pump.step()).isFalse();

        assertThat(batches)
                .containsExactly(
                        List.of("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"),
                        List.of("m10", "m11", "m12", "m13"));
        assertThat(pump.status().carriedOut()).isEqualTo(14);
    }

    @Test
    void the_event_has_what_aws_gives() {
        send("body");
        List<SQSEvent.SQSMessage> seen = new ArrayList<>();
        pump((event, context) -> {
                    assertThat(context.getRemainingTimeInMillis()).isBetween(1, 10_000);
                    assertThat(context.getAwsRequestId()).isNotEmpty();
                    seen.addAll(event.getRecords());
                    return new SQSBatchResponse(List.of());
                })
                .step();

        SQSEvent.SQSMessage message = seen.getFirst();
        assertThat(message.getBody()).isEqualTo("body");
        assertThat(message.getMessageId()).isNotEmpty();
        assertThat(message.getReceiptHandle()).isNotEmpty();
        assertThat(message.getEventSource()).isEqualTo("aws:sqs");
        assertThat(message.getEventSourceArn()).endsWith(":" + queueName());
        assertThat(message.getAttributes())
                .containsEntry("ApproximateReceiveCount", "1")
                .containsEntry("MessageGroupId", "lane")
                .containsEntry("MessageDeduplicationId", "body")
                .containsKeys("SentTimestamp", "SequenceNumber");
    }

    @Test
    void from_the_first_failure_on_nothing_is_deleted_and_all_of_it_comes_again_in_order() {
        for (String body : List.of("a", "b", "c", "d")) {
            send(body);
        }
        failing.add("b");
        Pump pump = pump(handler());

        assertThat(pump.step()).isTrue();
        assertThat(pump.step()).isFalse();
        failing.clear();
        pollUntilSomething(pump);

        assertThat(batches).containsExactly(List.of("a", "b", "c", "d"), List.of("b", "c", "d"));
        assertThat(pump.status().failures()).isEqualTo(3);
    }

    @Test
    void an_exception_fails_the_whole_batch() {
        send("a");
        send("b");
        AtomicInteger calls = new AtomicInteger();
        Pump pump = pump((event, context) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("no memory of it");
            }
            return handler().handleRequest(event, context);
        });

        assertThat(pump.step()).isTrue();
        assertThat(pump.status().problem()).contains("no memory of it");
        pollUntilSomething(pump);

        assertThat(batches).containsExactly(List.of("a", "b"));
        assertThat(pump.status().carriedOut()).isEqualTo(2);
    }

    @Test
    void an_answer_that_names_an_unknown_message_fails_the_whole_batch() {
        send("a");
        Pump pump = pump((event, context) ->
                new SQSBatchResponse(List.of(new SQSBatchResponse.BatchItemFailure("somebody else's"))));
        pump.step();
        assertThat(pump.status().failures()).isEqualTo(1);
    }

    @Test
    void what_fails_too_often_becomes_a_dead_letter_and_frees_its_group() {
        send("poison");
        failing.add("poison");
        Pump pump = pump(handler());
        pump.step();
        pollUntilSomething(pump);
        send("next");
        pollUntilSomething(pump);

        assertThat(batches).containsExactly(List.of("poison"), List.of("poison"), List.of("next"));
        assertThat(clients.getFirst()
                        .receiveMessage(request -> request.queueUrl(deadLetters))
                        .messages())
                .extracting(message -> message.body())
                .containsExactly("poison");
    }

    private void pollUntilSomething(Pump pump) {
        while (!pump.step()) {
            waitALittle();
        }
    }

    private Pump pump(RequestHandler<SQSEvent, SQSBatchResponse> handler) {
        return pump(clients.getFirst(), handler, FifoLambdaPump.Options.of("test", queue));
    }

    /** Stops at the first failing body, as a handler on a FIFO queue must. */
    private RequestHandler<SQSEvent, SQSBatchResponse> handler() {
        return (event, context) -> {
            batches.add(event.getRecords().stream()
                    .map(SQSEvent.SQSMessage::getBody)
                    .toList());
            List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
            for (SQSEvent.SQSMessage message : event.getRecords()) {
                if (!failures.isEmpty() || failing.contains(message.getBody())) {
                    failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
                }
            }
            return new SQSBatchResponse(failures);
        };
    }

    private void send(String body) {
        clients.getFirst()
                .sendMessage(request -> request.queueUrl(queue)
                        .messageGroupId("lane")
                        .messageDeduplicationId(body)
                        .messageBody(body));
    }
}
