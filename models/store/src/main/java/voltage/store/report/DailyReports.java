package voltage.store.report;

import java.time.LocalDate;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;

/** Reports of a lane's days, {@code LANE/KIND/DAY.json}. A job that runs again finds what it said of the day. */
public final class DailyReports {
    private final S3Client client;
    private final String bucket;

    public DailyReports(S3Client client, CloudResources resources) {
        this.client = client;
        bucket = resources.bucket(CloudResources.BucketRole.REPORTS).name();
    }

    private static String key(Lane lane, String kind, LocalDate day) {
        return lane.label() + "/" + kind + "/" + day + ".json";
    }

    /**
     * What was said of a day.
     *
     * @param kind of report, for example {@code calibration}
     */
    public Optional<byte[]> find(Lane lane, String kind, LocalDate day) {
        try {
            return Optional.of(client.getObject(
                            request -> request.bucket(bucket).key(key(lane, kind, day)), ResponseTransformer.toBytes())
                    .asByteArray());
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        }
    }

    /** Writes a day's report, over one that is there. */
    public void write(Lane lane, String kind, LocalDate day, byte[] json) {
        client.putObject(
                request -> request.bucket(bucket).key(key(lane, kind, day)).contentType("application/json"),
                RequestBody.fromBytes(json));
    }
}
