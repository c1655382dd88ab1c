package voltage.store.ledger;

import voltage.order.InMemoryLedger;
import voltage.order.Ledger;

class InMemoryLedgerTest extends LedgerContract {
    @Override
    protected Ledger emptyLedger() {
        return new InMemoryLedger();
    }
}
