package voltage.kalshi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import voltage.market.FeeSchedule;

/** Kalshi's {@code fee_type} and {@code fee_multiplier} as rates. */
final class FeeTypes {
    private static final BigDecimal TAKER_RATE_E4 = BigDecimal.valueOf(700);
    private static final BigDecimal MAKER_RATE_E4 = BigDecimal.valueOf(175);
    private static final BigDecimal MAX_MULTIPLIER = BigDecimal.valueOf(1_000);

    private FeeTypes() {}

    /**
     * What a series charges. A type that is not known is taken to charge makers too: new types appear without notice and the
     * dearer reading loses no money.
     *
     * @param units the schedule whose rounding units are kept
     * @param multiplier 0 to 1000; beyond that, or negative, the multiplier is taken as 1
     */
    static FeeSchedule schedule(FeeSchedule units, String feeType, BigDecimal multiplier) {
        BigDecimal times =
                multiplier.signum() < 0 || multiplier.compareTo(MAX_MULTIPLIER) > 0 ? BigDecimal.ONE : multiplier;
        int taker = rateE4(TAKER_RATE_E4, times);
        int maker = "quadratic".equals(feeType) ? 0 : rateE4(MAKER_RATE_E4, times);
        return new FeeSchedule(taker, maker, units.tradeUnitE6(), units.balanceUnitE6());
    }

    private static int rateE4(BigDecimal rateE4, BigDecimal times) {
        return rateE4.multiply(times).setScale(0, RoundingMode.CEILING).intValueExact();
    }
}
