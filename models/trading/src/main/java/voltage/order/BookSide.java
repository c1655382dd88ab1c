package voltage.order;

/** The side of the YES book an order goes to: a bid buys YES (or sells NO), an ask sells YES (or buys NO). */
public enum BookSide {
    BID(1),
    ASK(-1);

    private final int sign;

    BookSide(int sign) {
        this.sign = sign;
    }

    /** What a fill does to a signed position: +1 for a bid, −1 for an ask. */
    public int sign() {
        return sign;
    }
}
