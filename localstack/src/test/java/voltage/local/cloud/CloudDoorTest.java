package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.order.Ledger;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseStore;
import voltage.store.ledger.DynamoLedger;
import voltage.store.ledger.LedgerContract;

/** The ledger's contract once more, as another process has it: over HTTP through the door. */
@Timeout(120)
class CloudDoorTest extends LedgerContract {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("door")));
    private static final Path FOLDER = folder();
    private static final CloudDoor DOOR = CloudDoor.open(CLOUD, FOLDER);
    private static final CloudClients CLIENTS =
            CloudClients.open(CloudDoor.endpoints(FOLDER).orElseThrow());
    private static int stages;

    private static Path folder() {
        try {
            return Files.createTempDirectory("door");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        CLIENTS.close();
        DOOR.close();
        CLOUD.close();
        assertThat(FOLDER).isEmptyDirectory();
        Files.delete(FOLDER);
    }

    private CloudResources resources = CloudResources.of("door");

    @Override
    protected LeaseStore leases() {
        return new DynamoLeases(CLIENTS.dynamoDb(), resources);
    }

    @Override
    protected Ledger emptyLedger() {
        CloudResources all = CloudResources.of("d" + stages++);
        CloudResources tables = new CloudResources(all.stage(), all.tables(), List.of(), List.of());
        resources = tables;
        new CloudInstaller(CLOUD.clients()).install(tables);
        return new DynamoLedger(CLIENTS.dynamoDb(), tables);
    }

    @Test
    void a_folder_that_nobody_has_opened_says_nothing(@TempDir Path other) {
        assertThat(CloudDoor.endpoints(other)).isEmpty();
        assertThat(EmbeddedCloud.isInUse(other)).isFalse();
    }
}
