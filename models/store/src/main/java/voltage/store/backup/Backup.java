package voltage.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import voltage.order.Ledger;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudResources;

/**
 * The daily backup of all of a stage's tables, with the pointers to its models among them; models, journals and reports are in versioned or
 * write-once buckets themselves. Tables are read while the system runs, so items written meanwhile may be there in part: what a restore may
 * rely on is each ledger as it was when the backup began, and a reconciliation with the exchange after it.
 *
 * <p>Idempotent for its day: a day that has a whole backup on both shelves is left alone.
 */
public final class Backup {
    /** On each shelf in one run: a clock that is a year ahead must not empty a shelf. */
    private static final int MOST_REMOVED = 3;

    private final CloudClients clients;
    private final CloudResources resources;
    private final Ledger ledger;
    private final BackupBucket bucket;
    private final Consumer<String> tell;

    /** @param tell told of each step, in words */
    public Backup(CloudClients clients, CloudResources resources, Ledger ledger, Consumer<String> tell) {
        this.clients = clients;
        this.resources = resources;
        this.ledger = ledger;
        this.tell = tell;
        bucket = new BackupBucket(clients.s3(), resources);
    }

    /**
     * What a run came to.
     *
     * @param isNew false if the day had its backup already
     * @param removed backups that were older than their shelf keeps them, {@code SHELF/DAY}
     */
    public record Result(BackupManifest manifest, boolean isNew, List<String> removed) {
        public Result {
            removed = List.copyOf(removed);
        }
    }

    /**
     * Backs up, reads back, and then removes what is too old.
     *
     * @param at decides the day, UTC; today, since it is today's tables that are read
     * @throws BrokenBackupException if what was written does not read back
     */
    public Result run(Instant at) {
        String day = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
        try {
            Path scratch = Files.createTempDirectory("voltage-backup");
            try {
                Optional<BackupManifest> there = whole(day, scratch);
                BackupManifest manifest = there.isPresent() ? there.get() : write(day, at, scratch);
                return new Result(manifest, there.isEmpty(), removeOld(LocalDate.parse(day)));
            } finally {
                empty(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the backup of " + day + " needs a temporary folder with room for all tables: " + e.getMessage(),
                    e);
        }
    }

    /** Days with a backup, oldest first. */
    public List<String> days(Shelf shelf) {
        return bucket.days(shelf);
    }

    /**
     * The day's backup, if a shelf has it whole. Then the other shelf is put right from that one: files of the night are worth more than a new
     * look at tables that may have been damaged since.
     */
    private Optional<BackupManifest> whole(String day, Path scratch) throws IOException {
        Map<Shelf, BackupManifest> found = new EnumMap<>(Shelf.class);
        for (Shelf shelf : Shelf.values()) {
            verified(shelf, day, scratch).ifPresent(manifest -> found.put(shelf, manifest));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<Shelf, BackupManifest> good = found.entrySet().iterator().next();
        for (Shelf shelf : Shelf.values()) {
            if (!good.getValue().equals(found.get(shelf))) {
                copy(good.getValue(), good.getKey(), shelf, scratch);
            }
        }
        tell.accept("the backup of " + day + " is there and whole");
        return Optional.of(good.getValue());
    }

    private Optional<BackupManifest> verified(Shelf shelf, String day, Path scratch) throws IOException {
        try {
            Optional<BackupManifest> there = bucket.manifest(shelf, day);
            if (there.isPresent()) {
                verify(shelf, there.get(), scratch);
            }
            return there;
        } catch (BrokenBackupException e) {
            tell.accept(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void copy(BackupManifest manifest, Shelf from, Shelf to, Path scratch) throws IOException {
        bucket.remove(to, manifest.day());
        for (BackupManifest.Part part : manifest.tables()) {
            Path file = scratch.resolve(part.file());
            bucket.fetch(from, manifest.day(), part, file);
            bucket.put(to, manifest.day(), part.file(), file);
        }
        verify(to, manifest, scratch);
        bucket.put(to, manifest);
        tell.accept("the shelf " + to.name().toLowerCase(Locale.ROOT) + " has it again, from the other one");
    }

    private BackupManifest write(String day, Instant at, Path scratch) throws IOException {
        // Before the tables: entries are only added, so all of these will be in what is read after.
        SortedMap<String, LedgerDigest> ledgers = LedgerDigest.ofAll(ledger);
        List<BackupManifest.Part> parts = new ArrayList<>();
        for (CloudResources.Table table : resources.tables()) {
            String role = table.role().name().toLowerCase(Locale.ROOT);
            Path file = scratch.resolve(role + ".jsonl.zst");
            long items = TableFile.write(clients.dynamoDb(), table.name(), file);
            parts.add(new BackupManifest.Part(
                    role, file.getFileName().toString(), items, Files.size(file), Checksums.of(file)));
            tell.accept(String.format(Locale.ROOT, "  %-9s %,d items, %,d bytes", role, items, Files.size(file)));
        }
        BackupManifest manifest =
                new BackupManifest(BackupManifest.FORMAT, resources.stage(), day, at.toString(), parts, ledgers);
        for (Shelf shelf : Shelf.values()) {
            bucket.remove(shelf, day);
            for (BackupManifest.Part part : parts) {
                bucket.put(shelf, day, part.file(), scratch.resolve(part.file()));
            }
            verify(shelf, manifest, scratch);
            bucket.put(shelf, manifest);
        }
        tell.accept("  read back from " + bucket.name() + ", near and far");
        return manifest;
    }

    private void verify(Shelf shelf, BackupManifest manifest, Path scratch) throws IOException {
        Path back = scratch.resolve("back");
        for (BackupManifest.Part part : manifest.tables()) {
            bucket.fetch(shelf, manifest.day(), part, back);
            long items = TableFile.read(back, item -> {});
            if (items != part.items()) {
                throw new BrokenBackupException(
                        shelf,
                        manifest.day(),
                        part.file() + " has " + items + " items, " + part.items() + " were written");
            }
        }
    }

    private List<String> removeOld(LocalDate today) {
        List<String> removed = new ArrayList<>();
        for (Shelf shelf : Shelf.values()) {
            bucket.days(shelf).stream()
                    .filter(day -> !LocalDate.parse(day).isAfter(today.minusDays(shelf.days())))
                    .limit(MOST_REMOVED)
                    .forEach(day -> {
                        bucket.remove(shelf, day);
                        removed.add(shelf.name().toLowerCase(Locale.ROOT) + "/" + day);
                    });
        }
        return removed;
    }

    static void empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
