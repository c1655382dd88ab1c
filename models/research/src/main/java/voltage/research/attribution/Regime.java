package voltage.research.attribution;

import voltage.strategy.EntryFeatures;
import voltage.strategy.Opinion;

/**
 * How much the price moved when a trade was entered: Wilder's average true range of 14 five-minute candles over the price, as recorded
 * with the entry ({@link EntryFeatures#atrE6}). The limits cut the five-minute candles of BTCUSDT of 2025 and 2026 that were at hand
 * (64 000) into about thirds, at 0.098 % and 0.160 %. They are fixed, so a regime means the same in every report. The gate on wild markets
 * compares the range with its own mean instead; what it kept out is no trade and is not here.
 */
public enum Regime {
    /** Below 0.10 % of the price. */
    QUIET,
    /** From 0.10 % to below 0.16 %. */
    NORMAL,
    /** 0.16 % and more. */
    WILD,
    /** Too few candles at the entry. */
    UNKNOWN;

    static final int NORMAL_FROM_E6 = 1_000;
    static final int WILD_FROM_E6 = 1_600;

    /** @param atrE6 average true range over price, in millionths, or {@link Opinion#NONE} */
    public static Regime of(int atrE6) {
        if (atrE6 == Opinion.NONE) {
            return UNKNOWN;
        }
        if (atrE6 < NORMAL_FROM_E6) {
            return QUIET;
        }
        return atrE6 < WILD_FROM_E6 ? NORMAL : WILD;
    }
}
