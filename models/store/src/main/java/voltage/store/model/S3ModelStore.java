package voltage.store.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelStore;
import voltage.store.cloud.CloudResources;

/**
 * Versions in the models bucket, under {@code sets/VERSION/FILE}. The manifest is written last: a version without one is none. A version's
 * name is the hash of its files, so that writing it twice writes the same.
 */
public final class S3ModelStore implements ModelStore {
    private static final String ROOT = "sets/";

    private final S3Client client;
    private final String bucket;

    public S3ModelStore(S3Client client, CloudResources resources) {
        this.client = client;
        this.bucket = resources.bucket(CloudResources.BucketRole.MODELS).name();
    }

    @Override
    public List<String> versions() {
        return keys(ROOT).stream()
                .filter(key -> key.endsWith("/" + ModelArtifact.MANIFEST))
                .map(key -> key.substring(ROOT.length(), key.length() - ModelArtifact.MANIFEST.length() - 1))
                .filter(ModelArtifact::isVersion)
                .sorted(ModelStore.oldestFirst(this::manifest))
                .toList();
    }

    private byte[] manifest(String version) {
        return client.getObject(
                        request -> request.bucket(bucket).key(ROOT + version + "/" + ModelArtifact.MANIFEST),
                        ResponseTransformer.toBytes())
                .asByteArray();
    }

    private List<String> keys(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Override
    public ModelArtifact read(String version) {
        if (!ModelArtifact.isVersion(version)) {
            throw new BrokenArtifactException(version, "a version is a day and 8 hexadecimal digits");
        }
        String folder = ROOT + version + "/";
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            for (String key : keys(folder)) {
                ResponseBytes<GetObjectResponse> object =
                        client.getObject(request -> request.bucket(bucket).key(key), ResponseTransformer.toBytes());
                files.put(key.substring(folder.length()), object.asByteArray());
            }
        } catch (SdkException e) {
            // Nothing is known of the version: another look may find it whole.
            throw new IllegalStateException(
                    "models " + version + " cannot be read from bucket \"" + bucket + "\" now: " + e.getMessage()
                            + "; try again",
                    e);
        }
        if (files.isEmpty()) {
            throw new BrokenArtifactException(version, "there is no such version in bucket \"" + bucket + "\"");
        }
        return ModelArtifact.open(version, files);
    }

    @Override
    public void publish(ModelArtifact artifact) {
        if (!keys(ROOT + artifact.version() + "/" + ModelArtifact.MANIFEST).isEmpty()) {
            return;
        }
        String folder = ROOT + artifact.version() + "/";
        for (Map.Entry<String, byte[]> file : artifact.files().entrySet()) {
            put(folder + file.getKey(), file.getValue());
        }
        put(folder + ModelArtifact.MANIFEST, artifact.manifestBytes());
    }

    private void put(String key, byte[] bytes) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }
}
