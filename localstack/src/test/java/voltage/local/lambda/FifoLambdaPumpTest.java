package voltage.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;

@Timeout(60)
class FifoLambdaPumpTest extends PumpContract {
    private static final EmbeddedCloud CLOUD = EmbeddedCloud.start(
            EmbeddedCloud.Options.inMemory(new CloudResources("pump", List.of(), List.of(), List.of())));
    private static int queues;

    private final SqsClient sqs = CLOUD.clients().sqs();
    private String queue = "";

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    @Override
    protected SqsClient install(CloudResources resources) {
        new CloudInstaller(CLOUD.clients()).install(resources);
        return sqs;
    }

    @Override
    protected Pump pump(
            SqsClient client, RequestHandler<SQSEvent, SQSBatchResponse> handler, FifoLambdaPump.Options options) {
        FifoLambdaPump pump = new FifoLambdaPump(client, handler, options);
        return new Pump() {
            @Override
            public boolean step() {
                return pump.pollOnce();
            }

            @Override
            public FifoLambdaPump.Status status() {
                return pump.status();
            }
        };
    }

    @Override
    protected void waitALittle() {
        Thread.onSpinWait();
    }

    @BeforeEach
    void freshQueue() {
        queue = create("own-" + queues++ + ".fifo", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
    }

    @Test
    void its_own_thread_carries_out_what_comes_and_never_two_at_a_time() throws Exception {
        LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
        AtomicInteger running = new AtomicInteger();
        try (FifoLambdaPump pump = new FifoLambdaPump(
                sqs,
                (event, context) -> {
                    assertThat(running.incrementAndGet()).isEqualTo(1);
                    event.getRecords().forEach(message -> done.add(message.getBody()));
                    running.decrementAndGet();
                    return new SQSBatchResponse(List.of());
                },
                FifoLambdaPump.Options.of("test", queue))) {
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
                    clients.sqs(),
                    (event, context) -> new SQSBatchResponse(List.of()),
                    FifoLambdaPump.Options.of("lost", nowhere + "/queue/x.fifo"));
            assertThatThrownBy(pump::pollOnce).isInstanceOf(SdkException.class);
            assertThat(pump.status().errors()).isEqualTo(1);
            assertThat(pump.status().problem()).contains("cannot be reached");
        }
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
