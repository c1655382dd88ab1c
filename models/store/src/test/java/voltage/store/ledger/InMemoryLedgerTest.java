package voltage.store.ledger;

import voltage.order.InMemoryLedger;
import voltage.order.Ledger;
import voltage.store.lease.InMemoryLeases;
import voltage.store.lease.LeaseStore;

class InMemoryLedgerTest extends LedgerContract {
    private InMemoryLeases leases = new InMemoryLeases();

    @Override
    protected Ledger emptyLedger() {
        leases = new InMemoryLeases();
        return new InMemoryLedger(leases::epoch);
    }

    @Override
    protected LeaseStore leases() {
        return leases;
    }
}
