package voltage.local.simulation.cloud;

import org.junit.jupiter.api.Nested;
import voltage.order.Ledger;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;
import voltage.store.ledger.LedgerContract;

/** The ledger's contract on the simulated DynamoDB. */
class SimulatedDynamoLedgerTest {
    @Nested
    class InWholePages extends LedgerContract {
        @Override
        protected Ledger emptyLedger() {
            return ledger(SimulatedCloud.Options.DEFAULT);
        }
    }

    @Nested
    class InPagesOfAFewItems extends LedgerContract {
        @Override
        protected Ledger emptyLedger() {
            return ledger(new SimulatedCloud.Options(1_000, 10));
        }
    }

    private static Ledger ledger(SimulatedCloud.Options options) {
        CloudResources resources = CloudResources.of("contract");
        return new DynamoLedger(
                new SimulatedCloud(resources, () -> 1_000, options).dynamo(CloudFaults.NONE), resources);
    }
}
