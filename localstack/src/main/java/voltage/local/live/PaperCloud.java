package voltage.local.live;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.BuiltInModels;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.MarketReader;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.Pause;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.KalshiBooks;
import voltage.lambda.execution.PaperExchange;
import voltage.lambda.execution.SqsQueueCare;
import voltage.local.cloud.CloudDoor;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lambda.FifoLambdaPump;
import voltage.market.FeeSchedule;
import voltage.market.MarketKeys;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.ReportQueue;
import voltage.risk.RiskLimits;
import voltage.store.cloud.CloudResources;
import voltage.store.cloud.S3JournalArchive;
import voltage.store.journal.JournalArchive;
import voltage.store.json.AccountJson;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseStore;
import voltage.store.ledger.DynamoLedger;
import voltage.store.model.ModelPointer;
import voltage.store.model.ModelRegistry;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;
import voltage.store.trade.DynamoTrades;
import voltage.store.trade.TradeStore;
import voltage.worker.run.Endpoints;

/**
 * What paper trading's workers share: the embedded cloud of a folder and in it the execution function over the lane's queue, as AWS runs
 * them, with the paper exchange over Kalshi's public books. One process at a time has a folder's cloud.
 */
public final class PaperCloud implements AutoCloseable {
    /** Paper money that a new folder begins with. */
    public static final long BANKROLL_E6 = 1_000_000_000L;

    static final Lane LANE = Lane.PAPER;
    private static final Logger LOG = LoggerFactory.getLogger(PaperCloud.class);
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final EmbeddedCloud cloud;
    private final CloudDoor door;
    private final Ledger ledger;
    private final FifoLambdaPump pump;

    private PaperCloud(EmbeddedCloud cloud, CloudDoor door, Endpoints endpoints) {
        this.cloud = cloud;
        this.door = door;
        ledger = new DynamoLedger(cloud.clients().dynamoDb(), cloud.resources());
        pump = pump(endpoints);
    }

    /**
     * Opens a folder's cloud and puts its executor to work.
     *
     * @throws voltage.local.cloud.DirectoryInUseException if another process has it
     * @throws IllegalStateException if a service does not start
     */
    public static PaperCloud open(Endpoints endpoints, Path directory) {
        EmbeddedCloud cloud = EmbeddedCloud.start(
                EmbeddedCloud.Options.durable(CloudResources.of("local"), directory.resolve("cloud")));
        try {
            // An operator's command in another process reaches the lane through it.
            CloudDoor door = CloudDoor.open(cloud, directory.resolve("cloud"));
            PaperCloud paper = new PaperCloud(cloud, door, endpoints);
            List<LedgerEntry> booked =
                    paper.ledger.book(LANE, List.of(new LedgerEntry.Deposited("start", BANKROLL_E6, nowNanos())));
            assert booked.size() <= 1;
            paper.pump.start();
            return paper;
        } catch (RuntimeException e) {
            cloud.close();
            throw e;
        }
    }

    private FifoLambdaPump pump(Endpoints endpoints) {
        InstantSource clock = InstantSource.system();
        KalshiClient client = new KalshiClient(
                endpoints.kalshiRest(),
                Optional.empty(),
                new JdkHttpTransport(),
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                Pause.sleeping(),
                new SplittableRandom(nowNanos()));
        KalshiBooks books = new KalshiBooks(client, new MarketReader(new MarketKeys(), MarketCatalogue.ofAllSeries()));
        Executor executor = new Executor(
                LANE,
                ledger,
                new PaperExchange(LANE, ledger, books, PaperCloud::nowNanos),
                reports()::send,
                PaperCloud::nowNanos,
                PaperCloud::pause,
                RiskLimits.DEFAULT,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
        SqsClient sqs = cloud.clients().sqs();
        String queueUrl = sqs.getQueueUrl(request ->
                        request.queueName(cloud.resources().orders(LANE).name()))
                .queueUrl();
        return new FifoLambdaPump(
                sqs,
                new ExecutionHandler(AccountJson::command, executor, new SqsQueueCare(sqs, cloud.resources(), LANE)),
                FifoLambdaPump.Options.of("execution-" + LANE.label(), queueUrl));
    }

    Ledger ledger() {
        return ledger;
    }

    CommandQueue commands() {
        return new SqsCommandQueue(cloud.clients().sqs(), cloud.resources());
    }

    /** For one thread. */
    ReportQueue reports() {
        return new SqsReportQueue(cloud.clients().sqs(), cloud.resources(), 1);
    }

    LeaseStore leases() {
        return new DynamoLeases(cloud.clients().dynamoDb(), cloud.resources());
    }

    TradeStore trades() {
        return new DynamoTrades(cloud.clients().dynamoDb(), cloud.resources());
    }

    /** The folder's own; one that has never had models is given those that come with the program. */
    ModelRegistry models() {
        ModelRegistry registry = ModelRegistry.of(cloud.clients(), cloud.resources());
        try {
            ModelPointer pointer = registry.adopt(
                    LANE,
                    new BuiltInModels(),
                    new ModelPointer.Change("program", "first start: the models that come with it", nowNanos()));
            assert pointer.revision() >= 0;
        } catch (BrokenArtifactException e) {
            LOG.warn("this lane begins without models: {}", e.getMessage());
        }
        return registry;
    }

    JournalArchive archive() {
        return new S3JournalArchive(
                cloud.clients().s3(),
                cloud.resources().bucket(CloudResources.BucketRole.JOURNAL).name());
    }

    @Override
    public void close() {
        pump.close();
        door.close();
        cloud.close();
    }

    private static void pause(long nanos) {
        long untilNanos = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for the exchange");
            }
        }
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }
}
