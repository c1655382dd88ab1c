package voltage.strategy;

import voltage.market.Side;

/**
 * A trade from its entry to its end, as the entry filter learns from it.
 *
 * @param commandId of the order that entered
 * @param answer what the filter said beside the decision
 * @param priceE4 average price paid, on the scale of the side bought
 * @param countE2 contracts bought, in hundredths
 * @param enteredNanos when the entry was filled, engine time
 * @param endedNanos when nothing was left of it, engine time
 * @param pnlE6 profit after fees, in micro-dollars
 */
public record EntryRecord(
        String ticker,
        String commandId,
        Side side,
        Conviction conviction,
        EntryFeatures features,
        EntryScreen.Answer answer,
        int priceE4,
        long countE2,
        long enteredNanos,
        long endedNanos,
        Exit exit,
        Excursions excursions,
        long pnlE6) {
    /** How it ended. */
    public enum Exit {
        SETTLED,
        STOP,
        EXPIRY_GUARD,
        SIGNAL_EXIT,
        /** Somebody else closed it: the operator, or by hand at the exchange. */
        BY_OTHERS
    }

    /** What is learned: +1 for a profit, −1 for a loss, 0 for neither, fees included. */
    public int label() {
        return Long.signum(pnlE6);
    }
}
