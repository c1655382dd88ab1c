package voltage.market;

/** Where a spot price comes from. */
public enum Venue {
    KRAKEN(true),
    COINBASE(true),
    /** Quoted in USDT: its level differs from a USD index by a basis that drifts. */
    BINANCE(false),
    BINANCE_US(false);

    private final boolean quotedInUsd;

    Venue(boolean quotedInUsd) {
        this.quotedInUsd = quotedInUsd;
    }

    /** Whether the level may stand for the USD index before a basis has been observed. */
    public boolean quotedInUsd() {
        return quotedInUsd;
    }
}
