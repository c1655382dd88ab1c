package voltage.local.play;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.lambda.execution.Exchange;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.SqsQueueCare;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lambda.FifoLambdaPump;
import voltage.market.FeeSchedule;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.ReportQueue;
import voltage.risk.RiskLimits;
import voltage.store.cloud.CloudResources;
import voltage.store.cloud.S3JournalArchive;
import voltage.store.journal.JournalArchive;
import voltage.store.json.AccountJson;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseStore;
import voltage.store.ledger.DynamoLedger;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;
import voltage.store.trade.DynamoTrades;
import voltage.store.trade.TradeStore;

/** The embedded cloud, reached through the AWS SDK as the real one is, and the execution Lambda run as AWS would run it. */
final class EmbeddedParts implements Cloud {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(2);

    private final EmbeddedCloud cloud;
    private final Lane lane;
    private final Ledger ledger;
    private final CommandQueue commands;
    private final ReportQueue reports;
    private final LeaseStore leases;

    private EmbeddedParts(EmbeddedCloud cloud, Lane lane) {
        this.cloud = cloud;
        this.lane = lane;
        ledger = new DynamoLedger(cloud.clients().dynamoDb(), cloud.resources());
        leases = new DynamoLeases(cloud.clients().dynamoDb(), cloud.resources());
        commands = new SqsCommandQueue(cloud.clients().sqs(), cloud.resources());
        reports = new SqsReportQueue(cloud.clients().sqs(), cloud.resources(), 0);
    }

    /** Starts the services, durable in a directory. */
    static EmbeddedParts start(Path directory, Lane lane) {
        return new EmbeddedParts(
                EmbeddedCloud.start(EmbeddedCloud.Options.durable(CloudResources.of("local"), directory)), lane);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public CommandQueue commands() {
        return commands;
    }

    @Override
    public ReportQueue reports() {
        return reports;
    }

    @Override
    public LeaseStore leases() {
        return leases;
    }

    @Override
    public TradeStore trades() {
        return new DynamoTrades(cloud.clients().dynamoDb(), cloud.resources());
    }

    @Override
    public JournalArchive archive() {
        return new S3JournalArchive(
                cloud.clients().s3(),
                cloud.resources().bucket(CloudResources.BucketRole.JOURNAL).name());
    }

    @Override
    public BooleanSupplier executor(Exchange exchange, Timing timing) {
        Executor executor = new Executor(
                lane,
                ledger,
                exchange,
                reports::send,
                timing::nowNanos,
                timing::pause,
                RiskLimits.DEFAULT,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
        SqsClient sqs = cloud.clients().sqs();
        String queueUrl = sqs.getQueueUrl(request ->
                        request.queueName(cloud.resources().orders(lane).name()))
                .queueUrl();
        FifoLambdaPump pump = new FifoLambdaPump(
                sqs,
                new ExecutionHandler(AccountJson::command, executor, new SqsQueueCare(sqs, cloud.resources(), lane)),
                FifoLambdaPump.Options.of("execution-" + lane.label(), queueUrl).withTimeout(FUNCTION_TIMEOUT));
        return pump::pollOnce;
    }

    @Override
    public void close() {
        cloud.close();
    }
}
