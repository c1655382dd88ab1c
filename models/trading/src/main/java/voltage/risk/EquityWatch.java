package voltage.risk;

/**
 * Follows a lane's equity and knows how much of it has been lost since midnight, since Monday and since its peak. Days and weeks
 * are UTC. Time never runs backwards here: what is dated earlier than a midnight that has passed belongs to the new day. Deposits
 * move the references with them, so that putting money in is no profit.
 */
public final class EquityWatch {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    /** 1970-01-05 was the first Monday. */
    private static final long FIRST_MONDAY_NANOS = 4 * DAY_NANOS;

    private long day = Long.MIN_VALUE;
    private long week = Long.MIN_VALUE;
    private long equityE6;
    private long dayStartE6;
    private long weekStartE6;
    private long peakE6;
    // Worked out when the equity changes: the gates ask for them far more often.
    private int dailyLossShareE4;
    private int weeklyLossShareE4;
    private int drawdownShareE4;

    /** Equity as it is now. The first observation of a day or week takes the last equity before it as the reference. */
    public void observe(long nanos, long newEquityE6) {
        roll(nanos, newEquityE6);
        equityE6 = newEquityE6;
        peakE6 = Math.max(peakE6, newEquityE6);
        shares();
    }

    /** Money put in or taken out: no profit and no loss. */
    public void deposited(long nanos, long amountE6) {
        roll(nanos, 0);
        equityE6 += amountE6;
        dayStartE6 += amountE6;
        weekStartE6 += amountE6;
        peakE6 += amountE6;
        shares();
    }

    private void roll(long nanos, long newEquityE6) {
        long newDay = Math.floorDiv(nanos, DAY_NANOS);
        long newWeek = Math.floorDiv(nanos - FIRST_MONDAY_NANOS, 7 * DAY_NANOS);
        boolean isFirst = day == Long.MIN_VALUE;
        long reference = isFirst ? newEquityE6 : equityE6;
        if (newDay > day) {
            day = newDay;
            dayStartE6 = reference;
        }
        if (newWeek > week) {
            week = newWeek;
            weekStartE6 = reference;
        }
        if (isFirst) {
            peakE6 = reference;
        }
    }

    public long equityE6() {
        return equityE6;
    }

    public long dayStartE6() {
        return dayStartE6;
    }

    /** Lost since midnight UTC, in micro-dollars; negative for a profit. */
    public long dailyLossE6() {
        return dayStartE6 - equityE6;
    }

    /** Lost since Monday midnight UTC, in micro-dollars; negative for a profit. */
    public long weeklyLossE6() {
        return weekStartE6 - equityE6;
    }

    /** Below the highest equity, in micro-dollars, at least 0. */
    public long drawdownE6() {
        return peakE6 - equityE6;
    }

    public int dailyLossShareE4() {
        return dailyLossShareE4;
    }

    public int weeklyLossShareE4() {
        return weeklyLossShareE4;
    }

    public int drawdownShareE4() {
        return drawdownShareE4;
    }

    private void shares() {
        dailyLossShareE4 = shareE4(dailyLossE6(), dayStartE6);
        weeklyLossShareE4 = shareE4(weeklyLossE6(), weekStartE6);
        drawdownShareE4 = shareE4(drawdownE6(), peakE6);
    }

    private static int shareE4(long lossE6, long ofE6) {
        return ofE6 <= 0
                ? (lossE6 > 0 ? 10_000 : 0)
                : Math.clamp(lossE6 * 10_000 / ofE6, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
