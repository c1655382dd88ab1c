package voltage.store.cloud;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import voltage.order.Lane;

/**
 * The one definition of all tables, queues and buckets, free of any SDK's types: the embedded cloud is installed from it, and the
 * deployed one too. Names begin with the stage, so that stages share an account and nothing else.
 */
public record CloudResources(String stage, List<Table> tables, List<Queue> queues, List<Bucket> buckets) {
    private static final int MAX_STAGE_LENGTH = 20;

    public CloudResources {
        if (!stage.matches("[a-z][a-z0-9-]{0," + (MAX_STAGE_LENGTH - 1) + "}")) {
            throw new IllegalArgumentException("a stage has 1 to " + MAX_STAGE_LENGTH
                    + " lower-case letters, digits and hyphens and begins with a letter, was \"" + stage + "\"");
        }
        tables = List.copyOf(tables);
        queues = List.copyOf(queues);
        buckets = List.copyOf(buckets);
    }

    /** What a table holds. Tables are separate where recovery, expiry, deletion protection or permissions differ. */
    public enum TableRole {
        /** Lane states, leases, parameter overrides and recommendations. */
        CONTROL,
        /** Commands, cash flows, bankroll history and attribution. */
        LEDGER,
        /** Features of trades, pointers to models. */
        FEATURES,
        /** Every evaluation; expires after 30 days. */
        SIGNALS,
        /** Candles, facts about markets, the latest book. */
        MARKET,
        /** Idempotency keys of the control interface, and its audit trail. */
        REQUESTS
    }

    /** What a bucket holds. */
    public enum BucketRole {
        JOURNAL,
        MODELS,
        REPORTS,
        BACKUPS
    }

    /** A key attribute; all of them are strings. */
    public record Index(String name, String partitionKey, String sortKey) {}

    /**
     * A table, paid per request.
     *
     * @param indexes global secondary indexes, projecting everything
     * @param expiryAttribute epoch seconds after which an item is removed, if the table's items expire
     */
    public record Table(
            TableRole role,
            String name,
            String partitionKey,
            String sortKey,
            List<Index> indexes,
            Optional<String> expiryAttribute,
            boolean pointInTimeRecovery,
            boolean deletionProtection) {
        public Table {
            indexes = List.copyOf(indexes);
        }
    }

    /** Where messages go that were received too often. */
    public record DeadLetters(String queueName, int maxReceiveCount) {}

    /** A FIFO queue; its messages carry their own deduplication ids, because equal bodies may be different orders. */
    public record Queue(
            String name, Duration visibilityTimeout, Duration retention, Optional<DeadLetters> deadLetters) {}

    public record Bucket(BucketRole role, String name, boolean versioned) {}

    /** Everything Voltage needs in a stage, for example {@code local}, {@code dev} or {@code prod}. */
    public static CloudResources of(String stage) {
        String prefix = prefix(stage);
        List<Table> tables = List.of(
                table(prefix, TableRole.CONTROL, List.of(), Optional.empty(), true, false),
                table(prefix, TableRole.LEDGER, List.of(new Index("byDay", "day", "sk")), Optional.empty(), true, true),
                table(prefix, TableRole.FEATURES, List.of(), Optional.empty(), true, false),
                table(prefix, TableRole.SIGNALS, List.of(), Optional.of("expiresAt"), false, false),
                table(prefix, TableRole.MARKET, List.of(), Optional.of("expiresAt"), false, false),
                table(prefix, TableRole.REQUESTS, List.of(), Optional.of("expiresAt"), true, false));
        List<Queue> queues = Arrays.stream(Lane.values())
                .flatMap(lane -> queues(prefix, lane))
                .toList();
        List<Bucket> buckets = List.of(
                new Bucket(BucketRole.JOURNAL, prefix + "journal", false),
                new Bucket(BucketRole.MODELS, prefix + "models", true),
                new Bucket(BucketRole.REPORTS, prefix + "reports", false),
                new Bucket(BucketRole.BACKUPS, prefix + "backups", true));
        return new CloudResources(stage, tables, queues, buckets);
    }

    /** What all names of a stage begin with. */
    static String prefix(String stage) {
        return "voltage-" + stage + "-";
    }

    public Table table(TableRole role) {
        return tables.stream()
                .filter(table -> table.role() == role)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("stage " + stage + " has no table for " + role));
    }

    public Bucket bucket(BucketRole role) {
        return buckets.stream()
                .filter(bucket -> bucket.role() == role)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("stage " + stage + " has no bucket for " + role));
    }

    /** The lane's queue of commands. */
    public Queue orders(Lane lane) {
        return queue("orders-" + lane.label() + ".fifo");
    }

    /** Commands that no execution could take. Their number is an alarm; nothing reads them by itself. */
    public Queue ordersDeadLetters(Lane lane) {
        return queue("orders-" + lane.label() + "-dlq.fifo");
    }

    /** The lane's queue of execution reports. */
    public Queue reports(Lane lane) {
        return queue("reports-" + lane.label() + ".fifo");
    }

    private Queue queue(String suffix) {
        String name = prefix(stage) + suffix;
        return queues.stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("stage " + stage + " has no queue " + name));
    }

    private static Table table(
            String prefix,
            TableRole role,
            List<Index> indexes,
            Optional<String> expiry,
            boolean recovery,
            boolean protection) {
        String name = prefix + role.name().toLowerCase(Locale.ROOT);
        return new Table(role, name, "pk", "sk", indexes, expiry, recovery, protection);
    }

    private static Stream<Queue> queues(String prefix, Lane lane) {
        String deadLetters = prefix + "orders-" + lane.label() + "-dlq.fifo";
        // Twice the function's ten seconds: what a dead function held is due again soon. AWS's advice of six times is for functions
        // that compete for concurrency; a lane is one message group.
        Duration visibility = Duration.ofSeconds(20);
        // Dead letters come before the queue that refers to them: that is the order of creation.
        return Stream.of(
                new Queue(deadLetters, visibility, Duration.ofDays(14), Optional.empty()),
                new Queue(
                        prefix + "orders-" + lane.label() + ".fifo",
                        visibility,
                        Duration.ofDays(4),
                        Optional.of(new DeadLetters(deadLetters, 5))),
                new Queue(
                        prefix + "reports-" + lane.label() + ".fifo",
                        visibility,
                        Duration.ofDays(14),
                        Optional.empty()));
    }
}
