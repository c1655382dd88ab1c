package voltage.order;

import java.util.List;
import voltage.market.AccountEvent;

/**
 * The lane as the ledger has it: what a worker starts from, and what it starts from again after a reconciliation. Replaces
 * everything the engine believed about money.
 *
 * @param entries all cash flows, in booking order
 * @param unfinished commands whose end is not known
 * @param state pauses, halts and epochs
 */
public record LedgerLoaded(
        List<LedgerEntry> entries,
        List<CommandRecord> unfinished,
        LaneState state,
        long exchangeNanos,
        long receivedNanos)
        implements AccountEvent {
    public LedgerLoaded {
        entries = List.copyOf(entries);
        unfinished = List.copyOf(unfinished);
    }
}
