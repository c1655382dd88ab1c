package voltage.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;

/**
 * DynamoDB, SQS and S3 in this process, with all of {@link CloudResources} installed. Nobody outside the machine can reach it, and
 * the rest of Voltage reaches it through the AWS SDK only. In a directory it survives {@code kill -9}: tables, queued messages and
 * objects are there again. (SQS's memory of deduplication ids is not; the ledger refuses repeated commands by itself.)
 */
public final class EmbeddedCloud implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCloud.class);
    private static final String REGION = "us-east-2";
    private static final String LOCK = ".lock";
    /** Directories that this process has locked. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    static {
        // DynamoDB Local brings a Log4j configuration that writes to standard output.
        if (System.getProperty("log4j2.configurationFile") == null) {
            System.setProperty("log4j2.configurationFile", "voltage/local/cloud/embedded-log4j2.xml");
        }
    }

    /**
     * How to run it.
     *
     * @param directory where to keep everything; empty for memory only
     */
    public record Options(CloudResources resources, Optional<Path> directory) {
        public static Options inMemory(CloudResources resources) {
            return new Options(resources, Optional.empty());
        }

        public static Options durable(CloudResources resources, Path directory) {
            return new Options(resources, Optional.of(directory));
        }
    }

    private final CloudClients.Endpoints endpoints;
    private final CloudClients clients;
    private final CloudResources resources;
    private final List<String> installed;
    private final List<AutoCloseable> parts;

    private EmbeddedCloud(
            CloudClients.Endpoints endpoints,
            CloudClients clients,
            CloudResources resources,
            List<String> installed,
            List<AutoCloseable> parts) {
        this.endpoints = endpoints;
        this.clients = clients;
        this.resources = resources;
        this.installed = installed;
        this.parts = parts;
    }

    /**
     * Starts the three services at the same time and creates what is missing.
     *
     * @throws DirectoryInUseException if another process uses the directory
     * @throws IllegalStateException if a service does not start
     */
    public static EmbeddedCloud start(Options options) {
        List<AutoCloseable> parts = new ArrayList<>();
        Optional<Path> directory = options.directory();
        directory.ifPresent(path -> parts.add(lock(path)));
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform()
                .name("embedded-cloud-start-", 0)
                .daemon(true)
                .factory())) {
            CompletableFuture<DynamoDb> dynamoDb = part(
                    executor, "DynamoDB", () -> DynamoDb.start(directory.map(path -> path.resolve("dynamodb.db"))));
            CompletableFuture<LocalQueues> queues =
                    part(executor, "SQS", () -> LocalQueues.start(directory.map(path -> path.resolve("queues.log"))));
            CompletableFuture<LocalObjects> objects =
                    part(executor, "S3", () -> LocalObjects.start(directory.map(path -> path.resolve("s3"))));
            @Nullable RuntimeException failure = null;
            for (CompletableFuture<? extends AutoCloseable> each : List.of(dynamoDb, queues, objects)) {
                try {
                    parts.add(each.join());
                } catch (CompletionException e) {
                    failure = failure == null ? failed(e) : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
            // Clients of the loopback servers; DynamoDB runs in process and brings its own.
            CloudClients.Endpoints endpoints = new CloudClients.Endpoints(
                    REGION,
                    Optional.empty(),
                    Optional.of(queues.join().endpoint()),
                    Optional.of(objects.join().endpoint()));
            CloudClients opened = CloudClients.open(endpoints);
            opened.dynamoDb().close();
            CloudClients clients = new CloudClients(dynamoDb.join().client(), opened.sqs(), opened.s3());
            parts.add(clients);
            List<String> installed = new CloudInstaller(clients).install(options.resources());
            return new EmbeddedCloud(endpoints, clients, options.resources(), installed, parts);
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    public CloudClients clients() {
        return clients;
    }

    /** Where SQS and S3 listen; DynamoDB does only once a {@link CloudDoor} is open. */
    CloudClients.Endpoints endpoints() {
        return endpoints;
    }

    public CloudResources resources() {
        return resources;
    }

    /** Whether a process uses the directory now, which may be this one. False if there is none. */
    public static boolean isInUse(Path directory) {
        if (!Files.exists(directory.resolve(LOCK))) {
            return false;
        }
        if (HELD_HERE.contains(directory.toAbsolutePath().normalize())) {
            // To open and close the file once more would let go of this process's lock.
            return true;
        }
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the directory \"" + directory + "\" of the embedded cloud cannot be used: " + e.getMessage(), e);
        }
    }

    /** What had to be created at start: everything in memory, nothing in a directory that has been used before. */
    public List<String> installed() {
        return installed;
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    private record DynamoDb(
            software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal local, DynamoDbClient client)
            implements AutoCloseable {
        static DynamoDb start(Optional<Path> file) {
            // The flag switches telemetry off.
            var local = file.isPresent()
                    ? software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded.create(
                            file.get().toFile(), true)
                    : software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded.create(true);
            return new DynamoDb(local, local.dynamoDbClient());
        }

        @Override
        public void close() {
            local.shutdownNow();
        }
    }

    private static <T> CompletableFuture<T> part(ExecutorService executor, String name, Supplier<T> start) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long from = System.nanoTime();
                    T started = start.get();
                    LOG.debug("embedded {} started in {} ms", name, (System.nanoTime() - from) / 1_000_000);
                    return started;
                },
                executor);
    }

    private static RuntimeException failed(CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IllegalStateException("the embedded cloud did not start: " + cause.getMessage(), cause);
    }

    private static AutoCloseable lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new DirectoryInUseException("the directory \"" + directory
                        + "\" of the embedded cloud is in use by another process. Remedy: stop that one, or name another"
                        + " directory.");
            }
            Path held = directory.toAbsolutePath().normalize();
            HELD_HERE.add(held);
            return () -> {
                channel.close();
                HELD_HERE.remove(held);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the directory \"" + directory + "\" of the embedded cloud cannot be used: " + e.getMessage(), e);
        }
    }

    /** In reverse order, so that the lock goes last. */
    private static void closeAll(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts.reversed()) {
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
}
