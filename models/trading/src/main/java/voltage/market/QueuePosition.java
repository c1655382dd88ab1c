package voltage.market;

/**
 * The place of a resting order in the queue of its price level, seen from outside and conservatively: what others cancel is
 * assumed to have stood behind us, so only trades and a level smaller than the queue bring us forward.
 */
public final class QueuePosition {
    private long aheadE2;

    /** @param aheadE2 contracts that are served before the order, in hundredths: what the level showed on arrival */
    public QueuePosition(long aheadE2) {
        if (aheadE2 < 0) {
            throw new IllegalArgumentException("contracts ahead are at least 0, was " + aheadE2);
        }
        this.aheadE2 = aheadE2;
    }

    /** Contracts served before the order, in hundredths. */
    public long aheadE2() {
        return aheadE2;
    }

    /** The others' contracts at the level are now this many: no more than these can be ahead. */
    public void levelIs(long othersE2) {
        aheadE2 = Math.min(aheadE2, Math.max(0, othersE2));
    }

    /**
     * So much traded at the level.
     *
     * @return what is left of it for the order, after those ahead, in hundredths
     */
    public long traded(long countE2) {
        long served = Math.min(aheadE2, countE2);
        aheadE2 -= served;
        return countE2 - served;
    }
}
