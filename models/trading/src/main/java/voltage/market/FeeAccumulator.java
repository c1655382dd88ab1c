package voltage.market;

/**
 * The fees of one order, fill by fill, with Kalshi's rounding: after each fill the change of balance is floored to the balance
 * unit, the difference is a rounding fee, and an accumulator over the order pays it back in whole units as soon as it holds one.
 * So many small fills cost about as much as one.
 */
public final class FeeAccumulator {
    private final FeeSchedule schedule;
    private long heldE6;

    public FeeAccumulator(FeeSchedule schedule) {
        this(schedule, 0);
    }

    /** Continues an order's accumulator that was stored with {@link #heldE6()}. */
    public FeeAccumulator(FeeSchedule schedule, long heldE6) {
        this.schedule = schedule;
        this.heldE6 = heldE6;
    }

    /**
     * The fee that the exchange reports for the next fill of the order, in micro-dollars, at least 0.
     *
     * @param cashBeforeFeeE6 what the fill itself does to the balance: negative when buying
     */
    public long feeE6(long countE2, int priceE4, boolean taker, long cashBeforeFeeE6) {
        long tradeFeeE6 = schedule.tradeFeeE6(countE2, priceE4, taker);
        long unit = schedule.balanceUnitE6();
        long changeE6 = cashBeforeFeeE6 - tradeFeeE6;
        long roundingE6 = changeE6 - Math.floorDiv(changeE6, unit) * unit;
        heldE6 += roundingE6;
        long feeE6 = tradeFeeE6 + roundingE6;
        long paidBackE6 = Math.min(heldE6 / unit * unit, feeE6 / unit * unit);
        heldE6 -= paidBackE6;
        return feeE6 - paidBackE6;
    }

    /** Rounding fees not yet paid back, in micro-dollars. */
    public long heldE6() {
        return heldE6;
    }
}
