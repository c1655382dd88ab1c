package voltage.market;

/**
 * A signed increment to one level of a book. The one mutable event: a decoder refills a single instance, because these come
 * hundreds of times a second and must not allocate. Valid only during {@code Engine.on}.
 */
public final class BookDelta implements MarketEvent {
    private MarketKey market;
    private Side side = Side.YES;
    private int priceE4;
    private long deltaE2;
    private long sequence;
    private long exchangeNanos;
    private long receivedNanos;

    public BookDelta(MarketKey market) {
        this.market = market;
    }

    public BookDelta set(
            MarketKey newMarket,
            Side newSide,
            int newPriceE4,
            long newDeltaE2,
            long newSequence,
            long newExchangeNanos,
            long newReceivedNanos) {
        market = newMarket;
        side = newSide;
        priceE4 = newPriceE4;
        deltaE2 = newDeltaE2;
        sequence = newSequence;
        exchangeNanos = newExchangeNanos;
        receivedNanos = newReceivedNanos;
        return this;
    }

    public MarketKey market() {
        return market;
    }

    /** The ladder that changes; the price is in this side's own scale. */
    public Side side() {
        return side;
    }

    public int priceE4() {
        return priceE4;
    }

    /** Contracts added, or removed if negative, in hundredths. */
    public long deltaE2() {
        return deltaE2;
    }

    /** The subscription's sequence number. */
    public long sequence() {
        return sequence;
    }

    @Override
    public long exchangeNanos() {
        return exchangeNanos;
    }

    @Override
    public long receivedNanos() {
        return receivedNanos;
    }
}
