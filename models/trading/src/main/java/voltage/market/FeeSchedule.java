package voltage.market;

/**
 * What a series charges: Kalshi's quadratic schedule, {@code multiplier × rate × count × p × (1 − p)} a fill, rounded up. The
 * symmetry in p makes the YES and NO scales agree.
 *
 * @param takerRateE4 rate for the taker in ten-thousandths: 700 for 0.07
 * @param makerRateE4 rate for the maker in ten-thousandths: 0 for KXBTC15M
 * @param tradeUnitE6 a fill's fee is rounded up to whole units of this many micro-dollars: 1 since 2026-08-30, 100 before, 10 000 for
 *     accounts behind a broker
 * @param balanceUnitE6 a balance holds whole units of this many micro-dollars: 100 for a direct member, 10 000 behind a broker
 */
public record FeeSchedule(int takerRateE4, int makerRateE4, int tradeUnitE6, int balanceUnitE6) {
    /** KXBTC15M, KXBTC and KXBTCD for a direct member: taker 0.07, maker free. */
    public static final FeeSchedule QUADRATIC = new FeeSchedule(700, 0, 1, 100);

    public FeeSchedule {
        if (takerRateE4 < 0 || makerRateE4 < 0 || tradeUnitE6 <= 0 || balanceUnitE6 <= 0) {
            throw new IllegalArgumentException("fee rates are at least 0 and units at least 1: taker " + takerRateE4
                    + ", maker " + makerRateE4 + ", units " + tradeUnitE6 + " and " + balanceUnitE6);
        }
    }

    /**
     * The formula's fee for one fill, before the balance is rounded, in micro-dollars.
     *
     * @param countE2 contracts in hundredths, at least 0
     * @param priceE4 price in ten-thousandths of a dollar, 0 to 10 000
     */
    public long tradeFeeE6(long countE2, int priceE4, boolean taker) {
        // rate(E4) × p(E4) × (1−p)(E4) × count(E2) has scale 14; cash has 6.
        long rateE4 = taker ? takerRateE4 : makerRateE4;
        long variance = (long) priceE4 * (TickGrid.ONE_DOLLAR_E4 - priceE4);
        long product = Math.multiplyExact(rateE4 * variance, countE2);
        long unit = 100_000_000L * tradeUnitE6;
        return Math.ceilDiv(product, unit) * tradeUnitE6;
    }
}
