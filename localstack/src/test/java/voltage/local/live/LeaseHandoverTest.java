package voltage.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.lambda.execution.BookSource;
import voltage.lambda.execution.Exchange.MarketResult;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.PaperExchange;
import voltage.lambda.execution.SqsQueueCare;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lambda.FifoLambdaPump;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.risk.RiskLimits;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.Leadership;
import voltage.store.lease.LeaseTerms;
import voltage.store.lease.WorkerLease;
import voltage.store.ledger.DynamoLedger;
import voltage.store.queue.SqsCommandQueue;
import voltage.worker.run.CommandPublisher;
import voltage.worker.run.Inbox;

/** Two workers, one embedded cloud: what a worker that stood still for too long can and cannot do. */
@Timeout(120)
class LeaseHandoverTest {
    private static final Lane LANE = Lane.PAPER;
    private static final long SECOND = 1_000_000_000L;
    private static final String M = "KXBTC15M-T";
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("handover")));

    private long nanos = 7 * SECOND;
    private final Ledger ledger = new DynamoLedger(CLOUD.clients().dynamoDb(), CLOUD.resources());
    private final List<ExecutionReport> reports = new ArrayList<>();
    private final FifoLambdaPump pump = pump();

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    private final class Contender {
        private final WorkerLease lease;
        private final Inbox inbox = new Inbox(16, () -> nanos);
        private final CommandPublisher publisher;

        private Contender(String owner) {
            lease = new WorkerLease(
                    new DynamoLeases(CLOUD.clients().dynamoDb(), CLOUD.resources()),
                    LANE,
                    owner,
                    LeaseTerms.DEFAULT,
                    () -> nanos);
            publisher = publisher(lease);
        }

        private CommandPublisher publisher(Leadership leadership) {
            return new CommandPublisher(
                    new SqsCommandQueue(CLOUD.clients().sqs(), CLOUD.resources()), inbox, leadership);
        }

        private void tick() {
            for (int calls = 0; calls < 5 && lease.tick() == 0; calls++) {
                assertThat(calls).isLessThan(4);
            }
        }

        private void send(Command command) {
            publisher.send(command, LaneState.initial(LANE));
        }
    }

    private FifoLambdaPump pump() {
        BookSource nothing = new BookSource() {
            @Override
            public Optional<MarketNow> market(String ticker) {
                return Optional.empty();
            }

            @Override
            public Optional<MarketResult> result(String ticker) {
                return Optional.empty();
            }
        };
        LongSupplier now = () -> nanos;
        Executor executor = new Executor(
                LANE,
                ledger,
                new PaperExchange(LANE, ledger, nothing, now),
                (lane, sent) -> reports.addAll(sent),
                now,
                pause -> nanos += pause,
                RiskLimits.DEFAULT,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
        SqsClient sqs = CLOUD.clients().sqs();
        String url = sqs.getQueueUrl(request ->
                        request.queueName(CLOUD.resources().orders(LANE).name()))
                .queueUrl();
        return new FifoLambdaPump(
                sqs, new ExecutionHandler(AccountJson::command, executor, new SqsQueueCare(sqs, CLOUD.resources(), LANE)), FifoLambdaPump.Options.of("execution", url));
    }

    /** Lets the executor take all that is queued; what it reported. */
    private List<ExecutionReport> executed() {
        reports.clear();
        while (pump.pollOnce()) {
            assertThat(reports).hasSizeLessThan(50);
        }
        return List.copyOf(reports);
    }

    private Command.Header header(String id) {
        return new Command.Header(id, LANE, nanos, nanos + 60 * SECOND, 0, 0);
    }

    private Command entry(String id) {
        return new Command.PlaceOrder(
                header(id),
                OrderTerms.take(M, 2, Side.YES, 5_000, 100),
                Command.Purpose.ENTRY,
                new Command.SeenBook(4_900, 5_000, 1, nanos, Long.MAX_VALUE));
    }

    private static RefusalReason reason(List<ExecutionReport> reports) {
        return ((ExecutionReport.Refused) reports.getFirst()).reason();
    }

    @Test
    void what_a_worker_that_stood_still_sends_never_reaches_the_exchange() {
        assertThat(ledger.book(LANE, List.of(new LedgerEntry.Deposited("d", 1_000_000_000L, 1))))
                .hasSize(1);
        Contender first = new Contender("first");
        Contender second = new Contender("second");
        first.tick();
        assertThat(first.lease.epoch()).hasValue(1);

        // The leader's entry passes the lease; that there is no such market is the paper exchange's answer.
        first.send(entry("a"));
        List<ExecutionReport> answered = executed();
        assertThat(answered).isNotEmpty();
        assertThat(reason(answered)).isNotEqualTo(RefusalReason.STALE_LEASE);
        assertThat(ledger.find(LANE, "a")
                        .map(record -> record.command().header().leaseEpoch()))
                .hasValue(1L);

        // The first is stopped (SIGSTOP): it had asked whether it leads, and had not sent yet.
        OptionalLong asked = first.lease.epoch();
        while (second.lease.epoch().isEmpty()) {
            second.tick();
            nanos += SECOND;
            assertThat(nanos).isLessThan(30 * SECOND);
        }
        assertThat(second.lease.epoch()).hasValue(2);
        assertThat(ledger.laneState(LANE).leaseEpoch()).isEqualTo(2);

        // And goes on. What it asks from now on, it does not send.
        first.send(entry("b"));
        first.send(new Command.CancelOrder(header("c"), M, "a"));
        assertThat(executed()).isEmpty();
        assertThat(ledger.find(LANE, "b")).isEmpty();
        assertThat(first.inbox.isEmpty()).isFalse();

        // What it had asked before leaves under its old epoch: entries and resuming are void, a cancel does no harm.
        CommandPublisher late = first.publisher(() -> asked);
        late.send(entry("d"), LaneState.initial(LANE));
        assertThat(reason(executed())).isEqualTo(RefusalReason.STALE_LEASE);
        late.send(new Command.SwitchLane(header("e"), true, false, "go"), LaneState.initial(LANE));
        assertThat(reason(executed())).isEqualTo(RefusalReason.STALE_LEASE);
        late.send(new Command.CancelOrder(header("f"), M, "a"), LaneState.initial(LANE));
        assertThat(executed())
                .noneMatch(report -> report instanceof ExecutionReport.Refused refused
                        && refused.reason() == RefusalReason.STALE_LEASE);

        // The successor's pass, and the first learns that it is over.
        second.send(entry("g"));
        assertThat(reason(executed())).isNotEqualTo(RefusalReason.STALE_LEASE);
        first.tick();
        assertThat(first.lease.isLost()).isTrue();
        assertThat(ledger.unfinished(LANE)).extracting(CommandRecord::command).isEmpty();
    }

    @Test
    void bodies_say_which_lease_they_left_under() {
        String body = new String(AccountJson.write(entry("x")), StandardCharsets.UTF_8);
        assertThat(body).contains("\"leaseEpoch\":0").doesNotContain("hasLease");
    }
}
