package voltage.local.cloud;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseContract;
import voltage.store.lease.LeaseStore;

/** The lease's contract on DynamoDB, as the embedded cloud has it. */
class DynamoLeasesTest extends LeaseContract {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("contract")));
    private static int stages;

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    @Override
    protected LeaseStore emptyStore() {
        CloudResources all = CloudResources.of("l" + stages++);
        CloudResources tables = new CloudResources(all.stage(), all.tables(), List.of(), List.of());
        new CloudInstaller(CLOUD.clients()).install(tables);
        return new DynamoLeases(CLOUD.clients().dynamoDb(), tables);
    }
}
