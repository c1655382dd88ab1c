package voltage.local.cloud;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.core.sync.RequestBody;
import voltage.forecast.artifact.ModelStore;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.model.ModelStoreContract;
import voltage.store.model.S3ModelStore;

/** The contract of model stores on S3, as the embedded cloud has it. */
class S3ModelStoreTest extends ModelStoreContract {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("store")));
    private static int stages;

    private String bucket = "";

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    @Override
    protected ModelStore emptyStore() {
        CloudResources all = CloudResources.of("s" + stages++);
        CloudResources buckets = new CloudResources(all.stage(), List.of(), List.of(), all.buckets());
        new CloudInstaller(CLOUD.clients()).install(buckets);
        bucket = buckets.bucket(CloudResources.BucketRole.MODELS).name();
        return new S3ModelStore(CLOUD.clients().s3(), buckets);
    }

    @Override
    protected void alter(ModelStore store, String version, String file, byte[] bytes) {
        CLOUD.clients()
                .s3()
                .putObject(request -> request.bucket(bucket).key(key(version, file)), RequestBody.fromBytes(bytes));
    }

    @Override
    protected void remove(ModelStore store, String version, String file) {
        CLOUD.clients().s3().deleteObject(request -> request.bucket(bucket).key(key(version, file)));
    }

    private static String key(String version, String file) {
        return "sets/" + version + "/" + file;
    }
}
