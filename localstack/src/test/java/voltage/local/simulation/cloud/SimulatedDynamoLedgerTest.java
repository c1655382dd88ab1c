package voltage.local.simulation.cloud;

import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import voltage.order.Ledger;
import voltage.store.cloud.CloudResources;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseStore;
import voltage.store.ledger.DynamoLedger;
import voltage.store.ledger.LedgerContract;

/** The ledger's contract on the simulated DynamoDB. */
class SimulatedDynamoLedgerTest {
    private static final CloudResources RESOURCES = CloudResources.of("contract");

    private abstract static class OnSimulatedDynamo extends LedgerContract {
        private final DynamoDbClient dynamo;

        OnSimulatedDynamo(SimulatedCloud.Options options) {
            dynamo = new SimulatedCloud(RESOURCES, () -> 1_000, options).dynamo(CloudFaults.NONE);
        }

        @Override
        protected Ledger emptyLedger() {
            return new DynamoLedger(dynamo, RESOURCES);
        }

        @Override
        protected LeaseStore leases() {
            return new DynamoLeases(dynamo, RESOURCES);
        }
    }

    @Nested
    class InWholePages extends OnSimulatedDynamo {
        InWholePages() {
            super(SimulatedCloud.Options.DEFAULT);
        }
    }

    @Nested
    class InPagesOfAFewItems extends OnSimulatedDynamo {
        InPagesOfAFewItems() {
            super(new SimulatedCloud.Options(1_000, 10));
        }
    }
}
