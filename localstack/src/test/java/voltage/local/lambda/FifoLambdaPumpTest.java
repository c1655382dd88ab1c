package voltage.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import voltage.local.cloud.EmbeddedCloud;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudResources;

@Timeout(60)
class FifoLambdaPumpTest {
    private static final EmbeddedCloud CLOUD = EmbeddedCloud.start(
            EmbeddedCloud.Options.inMemory(new CloudResources("pump", List.of(), List.of(), List.of())));
    private static int queues;

    private final SqsClient sqs = CLOUD.clients().sqs();
    private final List<List<String>> batches = new ArrayList<>();
    private final Set<String> failing = new java.util.concurrent.ConcurrentSkipListSet<>();
    private String queue = "";
    private String deadLetters = "";

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    @BeforeEach
    void freshQueues() {
        queues++;
        deadLetters = create("dlq-" + queues + ".fifo", Map.of());
        queue = create(
                "work-" + queues + ".fifo",
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "1",
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-2:000000000000:dlq-" + queues
                                + ".fifo\",\"maxReceiveCount\":2}"));
    }

    @Test
    void batches_of_ten_are_carried_out_in_order_and_deleted() {
        for (int i = 0; i < 14; i++) {
            send("m" + i);
        }
        FifoLambdaPump pump = pump(handler());

        assertThat(pump.pollOnce()).isTrue();
        assertThat(pump.pollOnce()).isTrue();
        assertThat(pump.pollOnce()).isFalse();

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
                .pollOnce();

        SQSEvent.SQSMessage message = seen.getFirst();
        assertThat(message.getBody()).isEqualTo("body");
        assertThat(message.getMessageId()).isNotEmpty();
        assertThat(message.getReceiptHandle()).isNotEmpty();
        assertThat(message.getEventSource()).isEqualTo("aws:sqs");
        assertThat(message.getEventSourceArn()).endsWith(":work-" + queues + ".fifo");
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
        FifoLambdaPump pump = pump(handler());

        assertThat(pump.pollOnce()).isTrue();
        assertThat(pump.pollOnce()).isFalse();
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
        FifoLambdaPump pump = pump((event, context) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("no memory of it");
            }
            return handler().handleRequest(event, context);
        });

        assertThat(pump.pollOnce()).isTrue();
        assertThat(pump.status().problem()).contains("no memory of it");
        pollUntilSomething(pump);

        assertThat(batches).containsExactly(List.of("a", "b"));
        assertThat(pump.status().carriedOut()).isEqualTo(2);
    }

    @Test
    void an_answer_that_names_an_unknown_message_fails_the_whole_batch() {
        send("a");
        FifoLambdaPump pump = pump((event, context) ->
                new SQSBatchResponse(List.of(new SQSBatchResponse.BatchItemFailure("somebody else's"))));
        pump.pollOnce();
        assertThat(pump.status().failures()).isEqualTo(1);
    }

    @Test
    void what_fails_too_often_becomes_a_dead_letter_and_frees_its_group() {
        send("poison");
        failing.add("poison");
        FifoLambdaPump pump = pump(handler());
        pump.pollOnce();
        pollUntilSomething(pump);
        send("next");
        pollUntilSomething(pump);

        assertThat(batches).containsExactly(List.of("poison"), List.of("poison"), List.of("next"));
        assertThat(sqs.receiveMessage(request -> request.queueUrl(deadLetters)).messages())
                .extracting(message -> message.body())
                .containsExactly("poison");
    }

    @Test
    void its_own_thread_carries_out_what_comes_and_never_two_at_a_time() throws Exception {
        LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
        AtomicInteger running = new AtomicInteger();
        try (FifoLambdaPump pump = pump((event, context) -> {
            assertThat(running.incrementAndGet()).isEqualTo(1);
            event.getRecords().forEach(message -> done.add(message.getBody()));
            running.decrementAndGet();
            return new SQSBatchResponse(List.of());
        })) {
            pump.start();
            for (int i = 0; i < 20; i++) {
                send("t" + i);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("t" + i);
            }
        }
    }

    @Test
    void an_invocation_that_takes_too_long_is_given_up_and_comes_again() throws Exception {
        send("slow");
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        FifoLambdaPump pump = new FifoLambdaPump(
                sqs,
                (event, context) -> {
                    second.countDown();
                    if (second.getCount() == 1) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                    }
                    return new SQSBatchResponse(List.of());
                },
                FifoLambdaPump.Options.of("slow", queue).withTimeout(Duration.ofMillis(200)));
        try (pump) {
            pump.start();
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(pump.status().timeouts()).isEqualTo(1);
        assertThat(pump.status().carriedOut()).isEqualTo(1);
    }

    @Test
    void a_queue_that_cannot_be_reached_is_an_error_that_is_counted_and_survived() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (CloudClients clients = CloudClients.open(new CloudClients.Endpoints(
                "us-east-2", Optional.of(nowhere), Optional.of(nowhere), Optional.of(nowhere)))) {
            FifoLambdaPump pump = new FifoLambdaPump(
                    clients.sqs(), handler(), FifoLambdaPump.Options.of("lost", nowhere + "/queue/x.fifo"));
            assertThatThrownBy(pump::pollOnce).isInstanceOf(SdkException.class);
            assertThat(pump.status().errors()).isEqualTo(1);
            assertThat(pump.status().problem()).contains("cannot be reached");
        }
    }

    private void pollUntilSomething(FifoLambdaPump pump) {
        while (!pump.pollOnce()) {
            Thread.onSpinWait();
        }
    }

    private FifoLambdaPump pump(RequestHandler<SQSEvent, SQSBatchResponse> handler) {
        return new FifoLambdaPump(sqs, handler, FifoLambdaPump.Options.of("test", queue));
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
        sqs.sendMessage(request -> request.queueUrl(queue)
                .messageGroupId("lane")
                .messageDeduplicationId(body)
                .messageBody(body));
    }

    private String create(String name, Map<QueueAttributeName, String> more) {
        Map<QueueAttributeName, String> attributes = new java.util.HashMap<>(more);
        attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }
}
