package voltage.local.simulation.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.local.lambda.FifoLambdaPump;
import voltage.local.lambda.PumpContract;
import voltage.store.cloud.CloudResources;

/** The mapping in virtual time: the contract, and processes that die. */
class VirtualPumpTest extends PumpContract {
    private static final long SECOND = 1_000_000_000L;

    private long now = 1_700_000_000L * SECOND;
    private Verdict mappingsNext = Verdict.PASS;
    private final List<String> seen = new ArrayList<>();

    private final SimulatedCloud cloud = new SimulatedCloud(
            new CloudResources(
                    "own",
                    List.of(),
                    List.of(new CloudResources.Queue(
                            "q.fifo", Duration.ofSeconds(60), Duration.ofDays(1), Optional.empty())),
                    List.of()),
            () -> now);
    private final SqsClient mappings = cloud.sqs((operation, resource) -> {
        Verdict verdict = mappingsNext;
        mappingsNext = Verdict.PASS;
        return verdict;
    });

    @Override
    protected SqsClient install(CloudResources queues) {
        return new SimulatedCloud(queues, () -> now).sqs(CloudFaults.NONE);
    }

    @Override
    protected Pump pump(
            SqsClient sqs, RequestHandler<SQSEvent, SQSBatchResponse> handler, FifoLambdaPump.Options options) {
        VirtualPump pump = new VirtualPump(sqs, () -> handler, options, () -> now);
        return new Pump() {
            @Override
            public boolean step() {
                return pump.step();
            }

            @Override
            public FifoLambdaPump.Status status() {
                return pump.status();
            }
        };
    }

    @Override
    protected void waitALittle() {
        now += SECOND / 10;
    }

    private void send(String body) {
        cloud.sqs(CloudFaults.NONE)
                .sendMessage(request -> request.queueUrl("q.fifo")
                        .messageGroupId("g")
                        .messageDeduplicationId(body)
                        .messageBody(body));
    }

    private SQSBatchResponse take(SQSEvent event) {
        event.getRecords().forEach(message -> seen.add(message.getBody()));
        return new SQSBatchResponse(List.of());
    }

    private VirtualPump own(RequestHandler<SQSEvent, SQSBatchResponse> handler) {
        return new VirtualPump(mappings, () -> handler, FifoLambdaPump.Options.of("own", "q.fifo"), () -> now);
    }

    @Test
    void after_a_death_the_messages_stay_hidden_and_a_new_process_gets_them() {
        send("a");
        send("b");
        List<Integer> processes = new ArrayList<>();
        VirtualPump pump = new VirtualPump(
                mappings,
                () -> {
                    int number = processes.size();
                    processes.add(number);
                    return (event, context) -> {
                        if (number == 0) {
                            throw new ProcessDeath("after the first step");
                        }
                        return take(event);
                    };
                },
                FifoLambdaPump.Options.of("own", "q.fifo"),
                () -> now);

        assertThat(pump.step()).isTrue();
        assertThat(pump.deaths()).isEqualTo(1);
        assertThat(pump.status().failures()).isEqualTo(2);
        assertThat(pump.step()).isFalse();
        now += 60 * SECOND;
        assertThat(pump.step()).isTrue();
        assertThat(seen).containsExactly("a", "b");
        assertThat(pump.starts()).isEqualTo(2);
    }

    @Test
    void a_process_that_dies_while_it_starts_is_begun_anew() {
        send("a");
        List<Integer> starts = new ArrayList<>();
        VirtualPump pump = new VirtualPump(
                mappings,
                () -> {
                    starts.add(1);
                    if (starts.size() == 1) {
                        throw new ProcessDeath("while starting");
                    }
                    return (event, context) -> take(event);
                },
                FifoLambdaPump.Options.of("own", "q.fifo"),
                () -> now);
        pump.step();
        now += 60 * SECOND;
        pump.step();
        assertThat(seen).containsExactly("a");
    }

    @Test
    void an_invocation_is_killed_at_its_time_out_and_its_messages_come_again() {
        send("a");
        List<VirtualPump> pumps = new ArrayList<>();
        pumps.add(own((event, context) -> {
            if (seen.isEmpty()) {
                seen.add("begun");
                assertThat(context.getRemainingTimeInMillis()).isEqualTo(10_000);
                now += 10 * SECOND;
                pumps.getFirst().killIfLate();
            }
            return take(event);
        }));
        VirtualPump pump = pumps.getFirst();
        pump.killIfLate();
        pump.step();
        assertThat(pump.status().timeouts()).isEqualTo(1);
        now += 50 * SECOND;
        pump.step();
        assertThat(seen).containsExactly("begun", "a");
        assertThat(pump.starts()).isEqualTo(2);
    }

    @Test
    void a_lost_delete_of_the_mapping_delivers_what_was_carried_out_once_more() {
        send("a");
        VirtualPump pump = own((event, context) -> {
            mappingsNext = Verdict.of(Fault.DELETE_LOST);
            return take(event);
        });
        pump.step();
        now += 60 * SECOND;
        pump.step();
        assertThat(seen).containsExactly("a", "a");
    }

    @Test
    void a_queue_that_cannot_be_reached_is_counted() {
        send("a");
        VirtualPump pump = own((event, context) -> take(event));
        mappingsNext = Verdict.of(Fault.UNREACHABLE);
        assertThat(pump.step()).isFalse();
        assertThat(pump.status().errors()).isEqualTo(1);
        assertThat(pump.step()).isTrue();
    }
}
