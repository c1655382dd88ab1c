package voltage.local.cloud;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;

/** FIFO queues as ElasticMQ has them. */
class EmbeddedFifoTest extends FifoContract {
    private static final EmbeddedCloud CLOUD = EmbeddedCloud.start(
            EmbeddedCloud.Options.inMemory(new CloudResources("fifo", List.of(), List.of(), List.of())));

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    @Override
    protected SqsClient install(CloudResources queues) {
        new CloudInstaller(CLOUD.clients()).install(queues);
        return CLOUD.clients().sqs();
    }

    @Override
    protected void letVisibilityEnd() {
        long end = System.nanoTime() + 1_050_000_000L;
        while (System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
