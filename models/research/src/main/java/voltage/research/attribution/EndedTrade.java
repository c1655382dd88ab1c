package voltage.research.attribution;

import voltage.market.Side;
import voltage.strategy.Conviction;
import voltage.strategy.EntryRecord;

/**
 * A trade that has ended, as attribution sees it. Money in micro-dollars, times in epoch nanoseconds UTC.
 *
 * @param commandId of the order that entered; unique
 * @param conviction at the entry
 * @param regime at the entry
 * @param exit the first reason for which some of it was sold
 * @param forecaster version of the models it was decided on, {@code HAR}, or empty text if nobody is known
 * @param priceE4 average price paid, on the scale of the side bought
 * @param countE2 contracts bought, in hundredths
 * @param enteredNanos when the entry was filled
 * @param endedNanos when nothing was left of it: the instant that decides on the period it belongs to
 * @param grossE6 profit before fees
 * @param entryFeesE6 fees of entering
 * @param exitFeesE6 fees of leaving; 0 if it was held to settlement
 * @param payoutE6 what the settlement paid; part of {@code grossE6}
 */
public record EndedTrade(
        String ticker,
        String commandId,
        Side side,
        Conviction conviction,
        Regime regime,
        EntryRecord.Exit exit,
        String forecaster,
        int priceE4,
        long countE2,
        long enteredNanos,
        long endedNanos,
        long grossE6,
        long entryFeesE6,
        long exitFeesE6,
        long payoutE6) {
    public EndedTrade {
        if (endedNanos < enteredNanos || entryFeesE6 < 0 || exitFeesE6 < 0) {
            throw new IllegalArgumentException("a trade ends after its entry and pays fees of 0 or more, was entry "
                    + enteredNanos + ", end " + endedNanos + ", fees " + entryFeesE6 + " and " + exitFeesE6 + " in "
                    + commandId);
        }
    }

    /** From what the engine recorded. */
    public static EndedTrade of(EntryRecord trade) {
        EntryRecord.Fees fees = trade.fees();
        return new EndedTrade(
                trade.ticker(),
                trade.commandId(),
                trade.side(),
                trade.conviction(),
                Regime.of(trade.features().atrE6()),
                trade.exit(),
                trade.forecaster(),
                trade.priceE4(),
                trade.countE2(),
                trade.enteredNanos(),
                trade.endedNanos(),
                trade.pnlE6() + fees.entryE6() + fees.exitE6(),
                fees.entryE6(),
                fees.exitE6(),
                trade.payoutE6());
    }

    /** The session in which it was entered: what was decided then is what is attributed. */
    public TradingSession session() {
        return TradingSession.of(enteredNanos);
    }

    public long feesE6() {
        return entryFeesE6 + exitFeesE6;
    }

    /** Profit after fees. */
    public long netE6() {
        return grossE6 - feesE6();
    }
}
