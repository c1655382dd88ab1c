package voltage.local.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.kalshi.rest.HttpTransport;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.NewOrder;
import voltage.kalshi.rest.Pause;
import voltage.kalshi.rest.Priority;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.KalshiExchange;
import voltage.lambda.execution.KillSwitch;
import voltage.lambda.execution.SqsQueueCare;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lambda.FifoLambdaPump;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.Command;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.risk.OrderFlowLimits;
import voltage.risk.RiskLimits;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;
import voltage.store.ledger.DynamoLedger;
import voltage.store.queue.SqsCommandQueue;

/** The kill switch with ten thousand commands on the queue, which the executor is working off. */
class KillSwitchBacklogTest {
    private static final int BACKLOG = 10_000;
    private static final int RESTING = 8;
    private static final int FENCED = 100;
    private static final Lane LANE = Lane.CANARY;

    /** When each request for a new order left for the exchange, by {@link System#nanoTime()}. */
    private final List<Long> posts = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(240)
    void no_order_goes_out_once_the_fence_is_visible_and_everything_is_cancelled_within_two_seconds(
            @TempDir Path folder) throws Exception {
        CloudResources resources = CloudResources.of("backlog");
        try (LocalLane outside = new LocalLane(folder);
                EmbeddedCloud cloud = EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(resources))) {
            DynamoLedger ledger = new DynamoLedger(cloud.clients().dynamoDb(), resources);
            SqsClient sqs = cloud.clients().sqs();
            String url = sqs.getQueueUrl(
                            request -> request.queueName(resources.orders(LANE).name()))
                    .queueUrl();
            ledger.changeLaneState(LANE, new LaneState(true, false, false, 0, 0, 1));
            ledger.book(LANE, List.of(new LedgerEntry.Deposited("start", 1_000_000_000L, 1)));
            KalshiClient operators = client(outside, new JdkHttpTransport());
            KalshiExchange exchange = new KalshiExchange(operators, 2);
            rest(operators, outside.ticker());
            fill(sqs, url, outside.ticker());
            LocalLane.await(() -> exchange.resting().size() == RESTING);

            try (FifoLambdaPump pump = pump(outside, ledger, sqs, url)) {
                pump.start();
                LocalLane.await(() -> posts.size() >= 3);
                VisibleFence visible = new VisibleFence(ledger);
                KillSwitch.Result stop = new KillSwitch(
                                LANE,
                                new KillSwitch.Ports(visible, exchange, new SqsCommandQueue(sqs, resources)),
                                () -> LaneAccess.nanos(outside.clock),
                                KillSwitchBacklogTest::pause,
                                Runnable::run,
                                KillSwitch.Settings.DEFAULT)
                        .pull("test");

                assertThat(stop.isDone()).isTrue();
                assertThat(stop.cancelSentNanos()).isLessThan(2_000_000_000L);
                assertThat(exchange.resting()).isEmpty();
                long before = pump.status().carriedOut();
                LocalLane.await(() -> pump.status().carriedOut() >= before + FENCED);
                assertThat(pump.status().carriedOut()).isLessThan(BACKLOG);
                long late = posts.stream()
                        .filter(post -> post - visible.visibleNanos() > 0)
                        .count();
                System.out.printf(
                        "FIGURE kill switch, %d commands queued: fence up after %d ms, cancel-all answered after %d ms, nothing"
                                + " rests after %d ms; %d orders had gone out before, %d on the wire after it%n",
                        BACKLOG,
                        stop.fence().afterNanos() / 1_000_000,
                        stop.cancelSentNanos() / 1_000_000,
                        stop.cancel().afterNanos() / 1_000_000,
                        posts.size() - late,
                        late);
                // One may have made its last look at the fence just before it rose.
                assertThat(late).isLessThanOrEqualTo(1);
                assertThat(exchange.resting()).isEmpty();
            }
        }
    }

    /** Notes when the fence could be seen by everybody. */
    private static final class VisibleFence extends ForwardingLedger {
        private volatile long visibleNanos;

        VisibleFence(DynamoLedger inner) {
            super(inner);
        }

        @Override
        public void changeLaneState(Lane lane, LaneState next) {
            super.changeLaneState(lane, next);
            visibleNanos = System.nanoTime();
        }

        long visibleNanos() {
            return visibleNanos;
        }
    }

    private FifoLambdaPump pump(LocalLane outside, DynamoLedger ledger, SqsClient sqs, String url) {
        HttpTransport real = new JdkHttpTransport();
        HttpTransport counting = request -> {
            if (request.method().equals("POST")) {
                posts.add(System.nanoTime());
            }
            return real.send(request);
        };
        RiskLimits wide = new RiskLimits(
                2_500,
                10_000,
                10,
                900_000_000L,
                10_000,
                10_000,
                10_000,
                10_000,
                new OrderFlowLimits(1_000, 60_000, 1_000, 1_000, 10_000, 0),
                60_000_000_000L);
        Executor executor = new Executor(
                LANE,
                ledger,
                new KalshiExchange(client(outside, counting), 2),
                (lane, reports) -> {},
                () -> LaneAccess.nanos(outside.clock),
                KillSwitchBacklogTest::pause,
                wide,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
        return new FifoLambdaPump(
                sqs,
                new ExecutionHandler(AccountJson::command, executor, new SqsQueueCare(sqs, CloudResources.of("local"), LANE)),
                FifoLambdaPump.Options.of("execution", url).withTimeout(Duration.ofSeconds(60)));
    }

    private static KalshiClient client(LocalLane outside, HttpTransport transport) {
        InstantSource clock = outside.clock;
        ApiKey key = new ApiKey(
                outside.venues.credentials().keyId(),
                RequestSigner.ofPem(outside.venues.credentials().privateKeyPem(), "the local exchange's key"));
        return new KalshiClient(
                URI.create(outside.venues.restUrl()),
                Optional.of(key),
                transport,
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                Pause.sleeping(),
                new SplittableRandom(1));
    }

    /** Orders that rest at the lowest price. */
    private static void rest(KalshiClient client, String ticker) {
        for (int i = 0; i < RESTING; i++) {
            NewOrder order = new NewOrder(
                    ticker,
                    "v-canary-entry-resting" + i,
                    Side.YES,
                    100,
                    100,
                    NewOrder.TimeInForce.GOOD_TILL_CANCELED,
                    NewOrder.SelfTrade.TAKER_AT_CROSS,
                    0,
                    true,
                    false,
                    false,
                    "",
                    0,
                    2);
            assertThat(client.orders().create(order, Priority.EXIT))
                    .isInstanceOf(voltage.kalshi.rest.Outcome.Accepted.class);
            LockSupport.parkNanos(150_000_000L);
        }
    }

    private static String id(int number) {
        return "v-canary-entry-backlog" + number;
    }

    /** Takers at a price at which nobody sells: each reaches the exchange and ends at once. */
    private static void fill(SqsClient sqs, String url, String ticker) throws Exception {
        try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
            // The first ones in order, so that the queue begins with them; the rest as fast as it goes.
            List<Future<?>> sent = new ArrayList<>();
            for (int from = 0; from < BACKLOG; from += 10) {
                List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
                for (int number = from; number < from + 10; number++) {
                    Command.Header header = new Command.Header(id(number), LANE, 1, Long.MAX_VALUE, 0, 0);
                    Command order = LocalLane.order(header, OrderTerms.take(ticker, 2, Side.YES, 100, 100));
                    batch.add(SendMessageBatchRequestEntry.builder()
                            .id("m" + number)
                            .messageGroupId(LANE.label())
                            .messageDeduplicationId(id(number))
                            .messageBody(new String(AccountJson.write(order), StandardCharsets.UTF_8))
                            .build());
                }
                sent.add(senders.submit(() ->
                        sqs.sendMessageBatch(request -> request.queueUrl(url).entries(batch))));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
