package voltage.strategy;

/** Capability B2: the indicators must agree with the side, or at least not conflict with it; how they agree sets conviction. */
public final class Resolver {
    private Resolver() {}

    /**
     * @param side +1 for YES, −1 for NO: where the forecast sees the edge
     * @param agreeing indicators that point to the side
     * @param conflicting indicators that point against it
     * @param indicators how many there are
     */
    public static Conviction resolve(int side, int agreeing, int conflicting, int indicators) {
        if (side == 0 || conflicting > 0) {
            return Conviction.CONFLICT;
        }
        if (agreeing == 0) {
            return Conviction.LOW;
        }
        return agreeing == indicators ? Conviction.HIGH : Conviction.NORMAL;
    }
}
