package voltage.lambda.execution;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voltage.order.Account;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.Settlement;
import voltage.risk.EquityWatch;

/**
 * A lane's account and equity as sums over the ledger. Kept between commands; every use starts by reading what the ledger has
 * booked since, so another writer's entries are never missed.
 */
final class LaneBooks {
    private final Ledger ledger;
    private final Lane lane;
    private final Account account = new Account();
    private final EquityWatch equity = new EquityWatch();
    private final Map<String, Long> filledByOrder = new HashMap<>();
    private final Map<String, Settlement> settlements = new HashMap<>();
    private long version;
    private long firstNanos;

    LaneBooks(Ledger ledger, Lane lane) {
        this.ledger = ledger;
        this.lane = lane;
    }

    /** Reads what is new. */
    LaneBooks refresh() {
        Ledger.Entries entries = ledger.entries(lane, version);
        for (LedgerEntry entry : entries.entries()) {
            apply(entry);
        }
        version = entries.version();
        return this;
    }

    private void apply(LedgerEntry entry) {
        if (!account.apply(entry)) {
            return;
        }
        if (firstNanos == 0) {
            firstNanos = entry.exchangeNanos();
        }
        // Entries are booked in order but may have happened slightly out of it: a day that has begun does not end
        // again.
        switch (entry) {
            case LedgerEntry.Deposited deposit -> equity.deposited(entry.exchangeNanos(), deposit.amountE6());
            case LedgerEntry.Filled filled -> {
                filledByOrder.merge(filled.fill().orderId(), filled.fill().countE2(), Long::sum);
                equity.observe(entry.exchangeNanos(), account.equityAtCostE6());
            }
            case LedgerEntry.Settled settled -> {
                settlements.put(settled.settlement().ticker(), settled.settlement());
                equity.observe(entry.exchangeNanos(), account.equityAtCostE6());
            }
        }
    }

    Account account() {
        return account;
    }

    /** Contracts of an order that are booked, in hundredths, by the exchange's id of it. */
    long filledE2(String orderId) {
        return filledByOrder.getOrDefault(orderId, 0L);
    }

    /** Equity as of a moment, so that a new day or week begins without an entry. */
    EquityWatch equity(long nowNanos) {
        if (!isEmpty()) {
            equity.observe(nowNanos, account.equityAtCostE6());
        }
        return equity;
    }

    @Nullable
    Settlement settlement(String ticker) {
        return settlements.get(ticker);
    }

    boolean isEmpty() {
        return version == 0;
    }

    /** When the first entry happened: nothing before it is this ledger's. */
    long firstNanos() {
        return firstNanos;
    }
}
