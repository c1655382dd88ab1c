package voltage.market;

/** One market's identity inside a process: its ticker and a dense index for array look-ups. Made by {@link MarketKeys}. */
public final class MarketKey {
    private final String ticker;
    private final int index;

    MarketKey(String ticker, int index) {
        this.ticker = ticker;
        this.index = index;
    }

    public String ticker() {
        return ticker;
    }

    /** Dense, from 0, in the order of first appearance. Never shown, stored or compared across processes. */
    public int index() {
        return index;
    }

    @Override
    public String toString() {
        return ticker;
    }
}
