package voltage.strategy;

/**
 * Something with an opinion on a market: a direction (an indicator) or a probability (a forecast). A strategy is a function of the
 * view and of what it has seen through it; it reads no clock and draws no random numbers.
 */
public interface Strategy {
    /** How often a strategy has to be asked again. */
    enum Pace {
        /** On each change of the book. */
        BOOK,
        /** On each change of spot price or second. */
        PRICE,
        /** When a candle has closed. */
        CANDLE
    }

    /** Lower case with hyphens; stands in decisions. */
    String name();

    Pace pace();

    /** Writes an opinion into {@code out}, which holds none on entry. Allocates nothing. */
    void evaluate(MarketView view, Opinion out);
}
