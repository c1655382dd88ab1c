package voltage.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;

/** Restores a backup into empty tables and holds the ledgers there against the digests that were taken when it was made. */
public final class RestoreDrill {
    private static final int BATCH = 25;
    private static final int BATCH_ATTEMPTS = 8;

    private final BackupBucket bucket;
    private final DynamoDbClient target;
    private final CloudResources into;
    private final Consumer<String> tell;

    /**
     * From a stage's bucket into other tables.
     *
     * @param from where the backup is
     * @param of the stage that was backed up
     * @param to where the tables are that it is restored into
     * @param into these tables; all of them must be empty
     * @param tell told of each step, in words
     */
    public RestoreDrill(
            CloudClients from, CloudResources of, CloudClients to, CloudResources into, Consumer<String> tell) {
        bucket = new BackupBucket(from.s3(), of);
        target = to.dynamoDb();
        this.into = into;
        this.tell = tell;
    }

    /**
     * One lane's books.
     *
     * @param restored the digest of as many entries in the restored tables
     */
    public record Books(LedgerDigest backedUp, LedgerDigest restored) {
        public boolean agree() {
            return backedUp.equals(restored);
        }
    }

    /** What came of it. */
    public record Result(BackupManifest manifest, SortedMap<String, Books> books) {
        public Result {
            books = new TreeMap<>(books);
        }

        /** Whether all ledgers that were backed up are as they were, as far as this code knows their lanes. */
        public boolean holds() {
            return books.size() == manifest.ledgers().size()
                    && books.values().stream().allMatch(Books::agree);
        }
    }

    /**
     * Restores and compares.
     *
     * @param day UTC, of a backup
     * @throws BrokenBackupException if the backup is not what its manifest says
     * @throws IllegalArgumentException if there is no such backup
     * @throws IllegalStateException if a table is not empty: nothing is ever restored over something
     */
    public Result run(Shelf shelf, String day) {
        try {
            BackupManifest manifest = bucket.manifest(shelf, day)
                    .orElseThrow(() -> new IllegalArgumentException("there is no backup of " + day + " in bucket \""
                            + bucket.name() + "\"; there are " + bucket.days(shelf)));
            requireEmpty();
            Path scratch = Files.createTempDirectory("voltage-restore");
            try {
                for (BackupManifest.Part part : manifest.tables()) {
                    restore(shelf, manifest, part, scratch.resolve("table"));
                }
            } finally {
                Backup.empty(scratch);
            }
            return new Result(manifest, compare(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("the backup of " + day + " cannot be restored: " + e.getMessage(), e);
        }
    }

    private void requireEmpty() {
        for (CloudResources.Table table : into.tables()) {
            if (!target.scan(request -> request.tableName(table.name()).limit(1))
                    .items()
                    .isEmpty()) {
                throw new IllegalStateException("table \"" + table.name()
                        + "\" is not empty, and nothing is restored over something; name another stage");
            }
        }
    }

    private void restore(Shelf shelf, BackupManifest manifest, BackupManifest.Part part, Path file) throws IOException {
        bucket.fetch(shelf, manifest.day(), part, file);
        String table = into.table(CloudResources.TableRole.valueOf(part.table().toUpperCase(Locale.ROOT)))
                .name();
        List<Map<String, AttributeValue>> batch = new ArrayList<>();
        long items = TableFile.read(file, item -> {
            batch.add(item);
            if (batch.size() == BATCH) {
                write(table, batch);
            }
        });
        write(table, batch);
        tell.accept(String.format(Locale.ROOT, "  %-9s %,d items restored", part.table(), items));
        if (items != part.items()) {
            throw new BrokenBackupException(
                    shelf, manifest.day(), part.file() + " has " + items + " items, " + part.items() + " were written");
        }
    }

    private void write(String table, List<Map<String, AttributeValue>> batch) {
        List<WriteRequest> left = batch.stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        batch.clear();
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt == BATCH_ATTEMPTS) {
                throw new IllegalStateException(left.size() + " items were not taken by table \"" + table + "\" in "
                        + BATCH_ATTEMPTS + " attempts; try again later, into new tables");
            }
            List<WriteRequest> now = left;
            left = target.batchWriteItem(request -> request.requestItems(Map.of(table, now)))
                    .unprocessedItems()
                    .getOrDefault(table, List.of());
        }
    }

    private SortedMap<String, Books> compare(BackupManifest manifest) {
        Ledger restored = new DynamoLedger(target, into);
        SortedMap<String, Books> books = new TreeMap<>();
        for (Lane lane : Lane.values()) {
            LedgerDigest backedUp = manifest.ledgers().get(lane.label());
            if (backedUp != null) {
                books.put(lane.label(), new Books(backedUp, LedgerDigest.ofFirst(restored, lane, backedUp.entries())));
            }
        }
        return books;
    }
}
