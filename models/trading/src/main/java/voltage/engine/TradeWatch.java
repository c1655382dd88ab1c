package voltage.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.Command;
import voltage.strategy.Conviction;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryRecord;
import voltage.strategy.EntryScreen;
import voltage.strategy.Excursions;
import voltage.strategy.Opinion;

/**
 * Follows each entry from its decision to its end and tells of it then. Nothing of it is stored: a position that an earlier life of the
 * worker entered gives no record, since what was known at its entry is not known any more, and neither does one that somebody
 * else added to. No record rather than a wrong one.
 */
final class TradeWatch {
    private final LaneMoney money;
    private final EngineOutput.Sink out;

    /** A market's trade under way; lives in its {@link MarketState}. */
    static final class OpenTrade {
        private final String commandId;
        private final Side side;
        private final Conviction conviction;
        private final EntryFeatures features;
        private final EntryScreen.Answer answer;
        private final String forecaster;
        private final long cashFlowBeforeE6;
        private final long feesBeforeE6;
        private boolean isFilled;
        private boolean isReduced;
        private long entryFeesE6;
        private long enteredNanos;
        private int priceE4;
        private long countE2;
        private int bestE4 = Integer.MIN_VALUE;
        private int worstE4 = Integer.MAX_VALUE;
        private EntryRecord.Exit exit = EntryRecord.Exit.BY_OTHERS;

        private OpenTrade(
                String commandId,
                Side side,
                Conviction conviction,
                EntryFeatures features,
                EntryScreen.Answer answer,
                String forecaster,
                Account.@Nullable Position before) {
            this.commandId = commandId;
            this.side = side;
            this.conviction = conviction;
            this.features = features;
            this.answer = answer;
            this.forecaster = forecaster;
            this.cashFlowBeforeE6 = before == null ? 0 : before.cashFlowE6();
            this.feesBeforeE6 = before == null ? 0 : before.feesE6();
        }
    }

    TradeWatch(LaneMoney money, EngineOutput.Sink out) {
        this.money = money;
        this.out = out;
    }

    /** An entry has been decided on. */
    void entering(
            MarketState market,
            Command.PlaceOrder order,
            Side side,
            Conviction conviction,
            EntryFeatures features,
            EntryScreen.Answer answer,
            String forecaster) {
        market.trade = new OpenTrade(
                order.id(), side, conviction, features, answer, forecaster, market.position(money.account()));
    }

    /** An exit is on its way. The first that sells something is why the trade ended, whatever sells the rest (incident 9). */
    void leaving(MarketState market, Command.Purpose purpose) {
        OpenTrade trade = market.trade;
        if (trade != null && !trade.isReduced) {
            trade.exit = switch (purpose) {
                case STOP -> EntryRecord.Exit.STOP;
                case EXPIRY_GUARD -> EntryRecord.Exit.EXPIRY_GUARD;
                case SIGNAL_EXIT -> EntryRecord.Exit.SIGNAL_EXIT;
                case ENTRY, OPERATOR_CLOSE -> EntryRecord.Exit.BY_OTHERS;
            };
        }
    }

    /** The market's book moved. With every delta, so nothing is allocated. */
    void moved(MarketState market) {
        OpenTrade trade = market.trade;
        if (trade != null
                && trade.isFilled
                && market.book().isWhole()
                && !market.book().isCrossed()) {
            int bidE4 = market.book().bidE4(trade.side);
            if (bidE4 > 0) {
                trade.bestE4 = Math.max(trade.bestE4, bidE4 - trade.priceE4);
                trade.worstE4 = Math.min(trade.worstE4, bidE4 - trade.priceE4);
            }
        }
    }

    /** The account may have changed in every market. */
    void account(List<MarketState> markets, long nowNanos) {
        for (MarketState market : markets) {
            account(market, nowNanos);
        }
    }

    /** The account may have changed in a market. */
    void account(MarketState market, long nowNanos) {
        OpenTrade trade = market.trade;
        if (trade == null) {
            return;
        }
        Account.Position position = market.position(money.account());
        long heldE2 = position == null ? 0 : position.signedE2() * trade.side.sign();
        boolean isEntering = trade.commandId.equals(market.pendingId);
        if (heldE2 < 0 || (heldE2 > trade.countE2 && !isEntering && trade.isFilled && trade.countE2 > 0)) {
            market.trade = null;
        } else if (heldE2 > 0 && (isEntering || !trade.isFilled)) {
            filled(market, trade, position, heldE2, nowNanos);
        } else if (heldE2 > 0) {
            // It may be whole again: a read that was behind had shown less of it.
            trade.isReduced = heldE2 < trade.countE2;
        } else if (heldE2 == 0 && trade.isFilled) {
            market.trade = null;
            ended(market, trade, position, nowNanos);
        } else if (heldE2 == 0 && !isEntering) {
            market.trade = null;
        }
    }

    private void filled(
            MarketState market, OpenTrade trade, Account.@Nullable Position position, long heldE2, long nowNanos) {
        if (!trade.isFilled) {
            trade.isFilled = true;
            trade.enteredNanos = nowNanos;
        }
        trade.countE2 = Math.max(trade.countE2, heldE2);
        trade.priceE4 = position == null ? 0 : position.averageCostE4();
        trade.entryFeesE6 = position == null ? 0 : position.feesE6() - trade.feesBeforeE6;
        moved(market);
    }

    private void ended(MarketState market, OpenTrade trade, Account.@Nullable Position position, long nowNanos) {
        if (position == null) {
            // A ledger that does not know of the trade: what became of it cannot be said.
            return;
        }
        long exitFeesE6 = position.feesE6() - trade.feesBeforeE6 - trade.entryFeesE6;
        if (trade.entryFeesE6 < 0 || exitFeesE6 < 0) {
            // A ledger read anew that knows of fewer fees than the reports told of.
            return;
        }
        boolean isSeen = trade.bestE4 != Integer.MIN_VALUE;
        out.on(new EngineOutput.TradeRecorded(new EntryRecord(
                market.ticker(),
                trade.commandId,
                trade.side,
                trade.conviction,
                trade.features,
                trade.answer,
                trade.priceE4,
                trade.countE2,
                trade.enteredNanos,
                nowNanos,
                position.isSettled() && !trade.isReduced ? EntryRecord.Exit.SETTLED : trade.exit,
                new Excursions(
                        isSeen ? trade.bestE4 : Opinion.NONE,
                        isSeen ? trade.worstE4 : Opinion.NONE,
                        nowNanos - trade.enteredNanos),
                position.cashFlowE6() - trade.cashFlowBeforeE6,
                new EntryRecord.Fees(trade.entryFeesE6, exitFeesE6),
                position.payoutE6(),
                trade.forecaster)));
    }
}
