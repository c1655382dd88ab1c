package voltage.order;

import java.util.Locale;

/** Clearly separated ways of running: each has its own queue, executor, ledger partition, bankroll and credentials. */
public enum Lane {
    REPLAY,
    PAPER,
    /** Kalshi's demo exchange. */
    CANARY,
    LIVE;

    /** As it stands in queue names, ledger keys and on screens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
