package voltage.order;

/** A conditional write to the ledger found something else than expected: another writer, or a state already left. */
public final class LedgerConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerConflictException(String message) {
        super(message);
    }
}
