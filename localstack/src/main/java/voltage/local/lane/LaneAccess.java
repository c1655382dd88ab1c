package voltage.local.lane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import voltage.lambda.execution.BookSource;
import voltage.lambda.execution.Exchange;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.SqsQueueCare;
import voltage.local.cloud.CloudDoor;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lambda.FifoLambdaPump;
import voltage.market.FeeSchedule;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.CommandRecord;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.risk.RiskLimits;
import voltage.store.backup.Backup;
import voltage.store.backup.RestoreDrill;
import voltage.store.backup.Shelf;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudResources;
import voltage.store.json.AccountJson;
import voltage.store.ledger.DynamoLedger;
import voltage.store.model.ModelRegistry;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;

/**
 * The one way by which a command line reaches a lane. Its cloud is a local stack that runs in another process, which is then reached over
 * loopback; or the folder of one that has stopped, which is then started here together with the lane's executor; or AWS.
 */
public final class LaneAccess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneAccess.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LOOK_NANOS = 100_000_000L;
    private static final int LOOKS_FOR_ENDPOINTS = 150;

    /** Where the lane's cloud is. */
    public enum Place {
        /** In another process of this machine, whose executor carries out what is sent. */
        RUNNING,
        /** Started here, with its executor, until this is closed. */
        STARTED_HERE,
        AWS
    }

    private final Lane lane;
    private final Place place;
    private final CloudClients clients;
    private final CloudResources resources;
    private final Ledger ledger;
    private final CommandQueue queue;
    private final LaneExchange exchanges;
    private final InstantSource clock;
    private final Exchange exchange;
    private final @Nullable FifoLambdaPump pump;
    private final Deque<AutoCloseable> parts;

    private LaneAccess(
            Lane lane,
            Place place,
            CloudClients clients,
            CloudResources resources,
            LaneExchange exchanges,
            InstantSource clock,
            Deque<AutoCloseable> parts) {
        this.lane = lane;
        this.place = place;
        this.clients = clients;
        this.resources = resources;
        this.exchanges = exchanges;
        this.clock = clock;
        this.parts = parts;
        ledger = new DynamoLedger(clients.dynamoDb(), resources);
        queue = new SqsCommandQueue(clients.sqs(), resources);
        exchange = exchanges.exchange(ledger, this::nowNanos);
        pump = place == Place.STARTED_HERE ? pump() : null;
    }

    /**
     * Finds the lane.
     *
     * @param folder what {@code --out} was when the lane's stack was started; empty for AWS, by {@code VOLTAGE_STAGE} and {@code
     *     AWS_REGION}
     * @throws LaneUnavailableException if it is not there or cannot be reached
     */
    public static LaneAccess open(Lane lane, Optional<Path> folder, Map<String, String> environment) {
        return open(lane, folder, environment, InstantSource.system());
    }

    static LaneAccess open(Lane lane, Optional<Path> folder, Map<String, String> environment, InstantSource clock) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            LaneExchange exchanges = new LaneExchange(lane, environment, clock);
            if (folder.isEmpty()) {
                CloudClients clients = opened(
                        parts,
                        CloudClients.open(CloudClients.Endpoints.aws(environment.getOrDefault("AWS_REGION", ""))));
                CloudResources resources = CloudResources.of(environment.getOrDefault("VOLTAGE_STAGE", ""));
                return new LaneAccess(lane, Place.AWS, clients, resources, exchanges, clock, parts);
            }
            Path cloud = folder.get().resolve("cloud");
            CloudResources resources = CloudResources.of("local");
            if (!Files.isDirectory(cloud)) {
                throw new LaneUnavailableException("there is no lane " + lane.label() + " in \"" + folder.get()
                        + "\": no cloud folder is in it. Remedy: name the folder that the lane was started with (--out),"
                        + " or start one: ./voltage paper");
            }
            if (EmbeddedCloud.isInUse(cloud)) {
                CloudClients clients = opened(parts, CloudClients.open(endpoints(cloud)));
                return new LaneAccess(lane, Place.RUNNING, clients, resources, exchanges, clock, parts);
            }
            EmbeddedCloud started = opened(parts, EmbeddedCloud.start(EmbeddedCloud.Options.durable(resources, cloud)));
            return new LaneAccess(lane, Place.STARTED_HERE, started.clients(), resources, exchanges, clock, parts);
        } catch (LaneUnavailableException e) {
            closeAll(parts);
            throw e;
        } catch (RuntimeException e) {
            closeAll(parts);
            throw new LaneUnavailableException("lane " + lane.label() + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    /** A stack that has just been started writes them a moment later. */
    private static CloudClients.Endpoints endpoints(Path cloud) {
        for (int i = 0; i < LOOKS_FOR_ENDPOINTS; i++) {
            Optional<CloudClients.Endpoints> found = CloudDoor.endpoints(cloud);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new LaneUnavailableException("another process uses \"" + cloud
                + "\" and lets nobody in. Remedy: if it is a demo or an older version, stop it and try again");
    }

    private FifoLambdaPump pump() {
        SqsReportQueue reports = new SqsReportQueue(clients.sqs(), resources, 0);
        Executor executor = new Executor(
                lane,
                ledger,
                exchanges.exchange(ledger, this::nowNanos),
                reports::send,
                this::nowNanos,
                LaneAccess::pause,
                RiskLimits.DEFAULT,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
        return new FifoLambdaPump(
                clients.sqs(),
                new ExecutionHandler(AccountJson::command, executor, new SqsQueueCare(clients.sqs(), resources, lane)),
                FifoLambdaPump.Options.of("execution-" + lane.label(), queueUrl()));
    }

    private String queueUrl() {
        String name = resources.orders(lane).name();
        return clients.sqs().getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    public Lane lane() {
        return lane;
    }

    public Place place() {
        return place;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The lane's models, and which of them forecast. */
    public ModelRegistry models() {
        return ModelRegistry.of(clients, resources);
    }

    public CommandQueue queue() {
        return queue;
    }

    /** The daily backup of all tables of the lane's stage. */
    public Backup backup(Consumer<String> tell) {
        return new Backup(clients, resources, ledger, tell);
    }

    /**
     * Restores a backup into tables in memory, which end with this call, and compares.
     *
     * @param day UTC
     */
    public RestoreDrill.Result drill(Shelf shelf, String day, Consumer<String> tell) {
        CloudResources all = CloudResources.of("drill");
        CloudResources tables = new CloudResources(all.stage(), all.tables(), List.of(), List.of());
        try (EmbeddedCloud empty = EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(tables))) {
            return new RestoreDrill(clients, resources, empty.clients(), tables, tell).run(shelf, day);
        }
    }

    /** For reading, and for an emergency stop; everything else changes the account through {@link #queue()}. */
    public Exchange exchange() {
        return exchange;
    }

    public BookSource books() {
        return exchanges.books();
    }

    /** Of a command by the operator, under the lane's present fence and nobody's lease; it never becomes late. */
    public Command.Header header(String kind) {
        long now = nowNanos();
        return Command.Header.withoutLease(
                "v-" + lane.label() + "-op-" + kind + "-" + now,
                lane,
                now,
                Long.MAX_VALUE,
                ledger.laneState(lane).fenceEpoch());
    }

    /** Commands on the queue that are not carried out yet, about. */
    public long waiting() {
        String url = queueUrl();
        Map<QueueAttributeName, String> attributes = clients.sqs()
                .getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().mapToLong(Long::parseLong).sum();
    }

    /**
     * Waits until a command has ended; if the lane's executor is here, has it carried out.
     *
     * @param progress told every few seconds how many commands wait on the queue
     * @return empty if it has not ended in time
     */
    public Optional<CommandRecord> follow(String commandId, Duration atMost, LongConsumer progress) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long tellNanos = System.nanoTime() + 3 * SECOND_NANOS;
        while (true) {
            boolean isBusy = pump != null && pump.pollOnce();
            Optional<CommandRecord> record = ledger.find(lane, commandId);
            if (record.isPresent() && record.get().state().isFinished()) {
                return record;
            }
            long now = System.nanoTime();
            if (now >= deadline) {
                return Optional.empty();
            }
            if (now >= tellNanos) {
                tellNanos = now + 5 * SECOND_NANOS;
                progress.accept(waiting());
            }
            if (!isBusy) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** In a lane started here, carries out what else is on the queue, so that nothing is left half done. */
    @Override
    public void close() {
        try {
            FifoLambdaPump running = pump;
            long deadline = System.nanoTime() + 30 * SECOND_NANOS;
            while (running != null && System.nanoTime() < deadline && running.pollOnce()) {
                LOG.debug("a batch that was left on the queue of lane {} is carried out", lane.label());
            }
        } finally {
            closeAll(parts);
        }
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        for (@Nullable AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.debug("closing {} failed", part, e);
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void pause(long nanos) {
        long untilNanos = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private long nowNanos() {
        return nanos(clock);
    }

    /** Epoch nanoseconds UTC. */
    public static long nanos(InstantSource clock) {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }
}
