package voltage.local.bench;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.kalshi.rest.HttpTransport;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.Pause;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.KalshiExchange;
import voltage.lambda.execution.SqsQueueCare;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lambda.FifoLambdaPump;
import voltage.local.live.LocalVenues;
import voltage.local.session.SessionMarket;
import voltage.local.session.SimulatedSession;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.risk.OrderFlowLimits;
import voltage.risk.RiskLimits;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;
import voltage.store.ledger.DynamoLedger;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;

/**
 * From an order decided to its request at the exchange's socket, in real time: SQS queue, Lambda pump, execution handler, ledger,
 * signed request over loopback HTTP. Orders bid one cent for a contract and cancel at once, so that hundreds of them change nothing.
 */
final class WireBenchmark {
    private static final int WARM_UP = 60;
    private static final int ORDERS = 300;
    private static final int MARKETS = 4;
    private static final long CASH_E6 = 1_000_000_000L;
    private static final long CLOSING_NANOS = 90_000_000_000L;
    private static final long VALID_NANOS = 10_000_000_000L;
    /** Eight orders a second: below what an account of Kalshi's basic tier and our own limits allow. */
    private static final long BETWEEN_NANOS = 125_000_000L;

    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final Lane LANE = Lane.REPLAY;
    private static final double TARGET_P99_MILLIS = 50;

    private final Scratch scratch;
    private volatile long handledNanos;
    private volatile long sentNanos;

    WireBenchmark(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Nanoseconds of one stage. */
    record Times(long p50, long p99, long max) {
        static Times of(Histogram histogram) {
            return new Times(
                    histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99), histogram.getMaxValue());
        }
    }

    /**
     * What came out.
     *
     * @param decisionToWire from the command's hand-over to the queue until its request's first bytes at the exchange's socket
     * @param queue of that, until the Lambda is invoked with it
     * @param ledger then, until the request is handed to the HTTP client: record, gate, state SENDING, all durable, and the signature
     * @param wire then, until the socket
     */
    record Result(long orders, Times decisionToWire, Times queue, Times ledger, Times wire, Verdict verdict) {}

    Result run(Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("wire: " + (WARM_UP + ORDERS) + " orders, eight a second");
        try (LocalVenues venues = LocalVenues.start(
                        new SimulatedSession(SimulatedSession.DEFAULT_SEED, MARKETS),
                        0,
                        InstantSource.system(),
                        CASH_E6);
                Relay relay = Relay.start(URI.create(venues.restUrl()).getPort());
                EmbeddedCloud cloud = EmbeddedCloud.start(
                        EmbeddedCloud.Options.durable(CloudResources.of("local"), scratch.path("wire-cloud")))) {
            Ledger ledger = new DynamoLedger(cloud.clients().dynamoDb(), cloud.resources());
            ledger.book(LANE, List.of(new LedgerEntry.Deposited("start", CASH_E6, nowNanos())));
            Semaphore handled = new Semaphore(0);
            try (FifoLambdaPump pump = pump(cloud, executor(cloud, ledger, client(venues, relay)), handled)) {
                pump.start();
                CommandQueue commands = new SqsCommandQueue(cloud.clients().sqs(), cloud.resources());
                return measure(venues, relay, commands, handled);
            }
        }
    }

    private Result measure(LocalVenues venues, Relay relay, CommandQueue commands, Semaphore handled)
            throws IOException, InterruptedException {
        Histogram all = new Histogram(LONGEST_NANOS, 3);
        Histogram queue = new Histogram(LONGEST_NANOS, 3);
        Histogram ledger = new Histogram(LONGEST_NANOS, 3);
        Histogram wire = new Histogram(LONGEST_NANOS, 3);
        for (int i = 0; i < WARM_UP + ORDERS; i++) {
            Command.PlaceOrder order = order(i, venues);
            long before = relay.newestPostNanos();
            long began = System.nanoTime();
            commands.send(order);
            if (!handled.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new IOException("order " + order.id() + " was not carried out within 30 s");
            }
            long arrived = relay.newestPostNanos();
            if (arrived == before) {
                throw new IOException("order " + order.id() + " never reached the exchange; it was refused");
            }
            if (i >= WARM_UP) {
                all.recordValue(arrived - began);
                queue.recordValue(Math.max(0, handledNanos - began));
                ledger.recordValue(Math.max(0, sentNanos - handledNanos));
                wire.recordValue(Math.max(0, arrived - sentNanos));
            }
            LockSupport.parkNanos(BETWEEN_NANOS - (System.nanoTime() - began));
        }
        Times total = Times.of(all);
        return new Result(
                all.getTotalCount(),
                total,
                Times.of(queue),
                Times.of(ledger),
                Times.of(wire),
                new Verdict(
                        "ours: p99 at most 50 ms in one process",
                        String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", total.p50() / 1e6, total.p99() / 1e6),
                        total.p99() / 1e6 <= TARGET_P99_MILLIS));
    }

    private static Command.PlaceOrder order(int number, LocalVenues venues) throws IOException {
        long now = nowNanos();
        SessionMarket market = venues.markets().stream()
                .filter(each -> each.openNanos() <= now && each.closeNanos() > now + CLOSING_NANOS)
                .findFirst()
                .orElseThrow(() -> new IOException("no market is open long enough to take an order"));
        return new Command.PlaceOrder(
                new Command.Header("bench-" + number, LANE, now, now + VALID_NANOS, 0, 0),
                OrderTerms.take(market.ticker(), market.exchangeIndex(), Side.YES, 100, 100),
                Command.Purpose.ENTRY,
                new Command.SeenBook(0, 100, 0, now, Long.MAX_VALUE));
    }

    private KalshiClient client(LocalVenues venues, Relay relay) {
        InstantSource clock = InstantSource.system();
        HttpTransport real = new JdkHttpTransport(Duration.ofSeconds(1), Duration.ofSeconds(3));
        HttpTransport stamped = request -> {
            if (request.method().equals("POST")) {
                sentNanos = System.nanoTime();
            }
            return real.send(request);
        };
        URI rest = URI.create(venues.restUrl());
        return new KalshiClient(
                URI.create("http://localhost:" + relay.port() + rest.getPath()),
                Optional.of(new ApiKey(
                        venues.credentials().keyId(),
                        RequestSigner.ofPem(venues.credentials().privateKeyPem(), "the local exchange's key"))),
                stamped,
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                Pause.sleeping(),
                new SplittableRandom(1));
    }

    private static Executor executor(EmbeddedCloud cloud, Ledger ledger, KalshiClient client) {
        SqsReportQueue reports = new SqsReportQueue(cloud.clients().sqs(), cloud.resources(), 0);
        return new Executor(
                LANE,
                ledger,
                new KalshiExchange(client, 2),
                reports::send,
                WireBenchmark::nowNanos,
                LockSupport::parkNanos,
                // Hundreds of equal orders in a row are the point here.
                RiskLimits.DEFAULT.withFlow(new OrderFlowLimits(1_000, 60_000, 1, 1, 500, 0)),
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
    }

    private FifoLambdaPump pump(EmbeddedCloud cloud, Executor executor, Semaphore handled) {
        SqsClient sqs = cloud.clients().sqs();
        String queueUrl = sqs.getQueueUrl(request ->
                        request.queueName(cloud.resources().orders(LANE).name()))
                .queueUrl();
        ExecutionHandler handler = new ExecutionHandler(AccountJson::command, executor, new SqsQueueCare(sqs, cloud.resources(), LANE));
        RequestHandler<SQSEvent, SQSBatchResponse> stamped = (event, context) -> {
            handledNanos = System.nanoTime();
            try {
                return handler.handleRequest(event, context);
            } finally {
                handled.release();
            }
        };
        return new FifoLambdaPump(sqs, stamped, FifoLambdaPump.Options.of("execution-bench", queueUrl));
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
