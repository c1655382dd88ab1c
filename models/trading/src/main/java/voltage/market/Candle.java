package voltage.market;

/**
 * Open, high, low and close over one interval.
 *
 * @param openNanos start of the interval, epoch nanoseconds UTC
 * @param openE4 first price, in ten-thousandths of a dollar
 * @param volumeE8 base units traded, in hundred-millionths; 0 where the venue did not say
 * @param trades number of trades
 * @param isSynthetic whether nobody traded and the candle is flat at the previous close
 */
public record Candle(
        long openNanos,
        long openE4,
        long highE4,
        long lowE4,
        long closeE4,
        long volumeE8,
        int trades,
        boolean isSynthetic) {
    public Candle {
        if (lowE4 <= 0 || highE4 < lowE4 || openE4 < lowE4 || openE4 > highE4 || closeE4 < lowE4 || closeE4 > highE4) {
            throw new IllegalArgumentException("a candle needs 0 < low <= open, close <= high, was open " + openE4
                    + ", high " + highE4 + ", low " + lowE4 + ", close " + closeE4);
        }
    }

    /** A candle of an interval in which nobody traded. */
    public static Candle flat(long openNanos, long priceE4) {
        return new Candle(openNanos, priceE4, priceE4, priceE4, priceE4, 0, 0, true);
    }

    /** Mean of open, high, low and close: the best guess of the average price within, in ten-thousandths of a dollar. */
    public long meanE4() {
        return (openE4 + highE4 + lowE4 + closeE4) / 4;
    }
}
