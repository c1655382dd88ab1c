package voltage.strategy;

import java.util.Objects;
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
 * @param exit why it ended: of the first exit that sold some of it; whatever sells the rest does not change it
 * @param pnlE6 profit after fees, in micro-dollars
 * @param payoutE6 what the market paid for it at settlement, in micro-dollars; 0 if it lost or nothing was left by then
 * @param forecaster on whose volatility it was decided: the models' version, {@code HAR}, or empty text if nobody's is known
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
        long pnlE6,
        Fees fees,
        long payoutE6,
        String forecaster) {
    /** A line of an earlier version has neither fees nor forecaster, and is refused rather than read as a trade that cost nothing. */
    public EntryRecord {
        Objects.requireNonNull(fees, "a trade says what it paid in fees");
        Objects.requireNonNull(forecaster, "a trade says on whose forecast it was entered");
    }

    /**
     * What the exchange charged, in micro-dollars.
     *
     * @param entryE6 for the fills that entered
     * @param exitE6 for those that left; 0 if it was held to settlement, which is free
     */
    public record Fees(long entryE6, long exitE6) {
        public Fees {
            if (entryE6 < 0 || exitE6 < 0) {
                throw new IllegalArgumentException("fees are 0 or above, was " + entryE6 + " and " + exitE6);
            }
        }
    }

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
