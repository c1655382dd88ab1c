package voltage.local.cloud;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.model.DynamoModelPointers;
import voltage.store.model.ModelPointers;
import voltage.store.model.ModelPointersContract;

/** The contract of pointers on DynamoDB, as the embedded cloud has it. */
class DynamoModelPointersTest extends ModelPointersContract {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("pointers")));
    private static int stages;

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    @Override
    protected ModelPointers emptyPointers() {
        CloudResources all = CloudResources.of("p" + stages++);
        CloudResources tables = new CloudResources(all.stage(), all.tables(), List.of(), List.of());
        new CloudInstaller(CLOUD.clients()).install(tables);
        return new DynamoModelPointers(CLOUD.clients().dynamoDb(), tables);
    }
}
