package voltage.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import voltage.store.cloud.CloudResources;

/** Backups in the bucket, {@code SHELF/DAY/FILE}. The manifest is written last and removed first: a day without one is no backup. */
final class BackupBucket {
    static final String MANIFEST = "manifest.json";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final S3Client client;
    private final String bucket;

    BackupBucket(S3Client client, CloudResources resources) {
        this.client = client;
        bucket = resources.bucket(CloudResources.BucketRole.BACKUPS).name();
    }

    String name() {
        return bucket;
    }

    private static String folder(Shelf shelf, String day) {
        return shelf.name().toLowerCase(Locale.ROOT) + "/" + day + "/";
    }

    /** Days with a backup, oldest first. */
    List<String> days(Shelf shelf) {
        String prefix = shelf.name().toLowerCase(Locale.ROOT) + "/";
        return keys(prefix).stream()
                .filter(key -> key.endsWith("/" + MANIFEST))
                .map(key -> key.substring(prefix.length(), key.length() - MANIFEST.length() - 1))
                .filter(day -> DAY.matcher(day).matches())
                .sorted()
                .toList();
    }

    private List<String> keys(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /**
     * Empty if the day has no backup.
     *
     * @throws BrokenBackupException if what is there is no manifest
     */
    Optional<BackupManifest> manifest(Shelf shelf, String day) {
        try {
            byte[] json = client.getObject(
                            request -> request.bucket(bucket).key(folder(shelf, day) + MANIFEST),
                            ResponseTransformer.toBytes())
                    .asByteArray();
            return Optional.of(BackupManifest.of(json));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BrokenBackupException(shelf, day, "its manifest cannot be read, " + e.getMessage());
        }
    }

    void put(Shelf shelf, String day, String file, Path content) {
        client.putObject(
                request -> request.bucket(bucket).key(folder(shelf, day) + file), RequestBody.fromFile(content));
    }

    void put(Shelf shelf, BackupManifest manifest) {
        client.putObject(
                request -> request.bucket(bucket).key(folder(shelf, manifest.day()) + MANIFEST),
                RequestBody.fromBytes(manifest.toJson()));
    }

    /**
     * Fetches a table's file and holds it against the manifest.
     *
     * @throws BrokenBackupException if it is not what was written
     */
    void fetch(Shelf shelf, String day, BackupManifest.Part part, Path to) throws IOException {
        Files.deleteIfExists(to);
        try {
            client.getObject(request -> request.bucket(bucket).key(folder(shelf, day) + part.file()), to);
        } catch (NoSuchKeyException missing) {
            throw new BrokenBackupException(shelf, day, part.file() + " is missing");
        }
        if (Files.size(to) != part.bytes() || !Checksums.of(to).equals(part.sha256())) {
            throw new BrokenBackupException(
                    shelf,
                    day,
                    part.file() + " has other bytes than its manifest says, " + Files.size(to) + " of them");
        }
    }

    void remove(Shelf shelf, String day) {
        String folder = folder(shelf, day);
        client.deleteObject(request -> request.bucket(bucket).key(folder + MANIFEST));
        for (String key : keys(folder)) {
            client.deleteObject(request -> request.bucket(bucket).key(key));
        }
    }
}
