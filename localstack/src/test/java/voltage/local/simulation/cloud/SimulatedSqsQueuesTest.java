package voltage.local.simulation.cloud;

import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.local.cloud.SqsQueuesContract;
import voltage.store.cloud.CloudResources;

/** The queues' contract on the simulated SQS. */
class SimulatedSqsQueuesTest extends SqsQueuesContract {
    private long now = 1_000_000_000_000L;

    @Override
    protected SqsClient install(CloudResources queues) {
        return new SimulatedCloud(queues, () -> now).sqs(CloudFaults.NONE);
    }

    @Override
    protected int receiveSoon() {
        now += 1_000_000_000L;
        return super.receiveSoon();
    }
}
