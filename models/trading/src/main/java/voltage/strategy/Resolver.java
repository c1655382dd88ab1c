package voltage.strategy;

/**
 * Capability B2: the indicators must agree, or at least not conflict; how they stand to the side that the forecast sees sets
 * conviction. Two indicators that contradict each other, or all together the side, forbid the trade.
 */
public final class Resolver {
    private Resolver() {}

    /**
     * @param side +1 for YES, −1 for NO: where the forecast sees the edge
     * @param agreeing indicators that point to the side
     * @param against indicators that point away from it
     * @param indicators how many have spoken, neutral ones included
     */
    public static Conviction resolve(int side, int agreeing, int against, int indicators) {
        boolean isContradiction = agreeing > 0 && against > 0;
        boolean isAllAgainst = indicators > 0 && against == indicators;
        if (side == 0 || isContradiction || isAllAgainst) {
            return Conviction.CONFLICT;
        }
        if (agreeing == 0) {
            return Conviction.LOW;
        }
        return agreeing == indicators ? Conviction.HIGH : Conviction.NORMAL;
    }
}
