package voltage.market;

/** The side of a binary contract. A position is signed: plus is YES, minus is NO. */
public enum Side {
    YES(1),
    NO(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /** +1 for YES, −1 for NO. */
    public int sign() {
        return sign;
    }

    public Side opposite() {
        return this == YES ? NO : YES;
    }

    /** The side that a signed position is on; zero counts as YES. */
    public static Side ofPosition(long signedCountE2) {
        return signedCountE2 < 0 ? NO : YES;
    }
}
