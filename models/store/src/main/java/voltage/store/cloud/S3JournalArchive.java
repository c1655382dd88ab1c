package voltage.store.cloud;

import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import voltage.store.journal.JournalArchive;

/** Journal objects in an S3 bucket, under their own names. */
public final class S3JournalArchive implements JournalArchive {
    private final S3Client client;
    private final String bucket;

    public S3JournalArchive(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public void put(String name, Path file) throws IOException {
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(name).contentType("application/zstd"),
                    RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw new IOException("bucket \"" + bucket + "\" did not take it: " + e.getMessage(), e);
        }
    }
}
