package voltage.engine;

import java.util.Optional;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.Command.Purpose;
import voltage.strategy.Opinion;

/** When a position is left before settlement, which is the default. Reads the entry rules' side-independent findings. */
final class ExitRules {
    private static final long WHOLE_E4 = 10_000;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final EngineSettings settings;
    private final Panel panel;
    private final EntryRules entry;
    private final LaneMoney money;

    ExitRules(EngineSettings settings, Panel panel, EntryRules entry, LaneMoney money) {
        this.settings = settings;
        this.panel = panel;
        this.entry = entry;
        this.money = money;
    }

    /** Why the position of a market should be sold now, if it should. Exits stay possible while entries are stopped. */
    Optional<Purpose> evaluate(MarketState market, Account.Position position, long nowNanos) {
        if (!canSell(market, position, nowNanos)) {
            return Optional.empty();
        }
        Side held = position.side();
        int bidE4 = market.book().bidE4(held);
        FeeSchedule fees = market.definition().fees();
        long countE2 = position.countE2();
        long proceedsE6 = countE2 * bidE4 - fees.tradeFeeE6(countE2, bidE4, true);
        if (mustStop(position, fees, proceedsE6)) {
            return Optional.of(Purpose.STOP);
        }
        if (entry.shrunkYesE6 == Opinion.NONE) {
            return Optional.empty();
        }
        long holdValueE6 = countE2 * entry.winE6(held) / 100;
        long marginE6 = countE2 * settings.minEdgeE4();
        if (market.secondsToClose(nowNanos) <= settings.expiryGuardSeconds() && proceedsE6 > holdValueE6 + marginE6) {
            return Optional.of(Purpose.EXPIRY_GUARD);
        }
        // After a restart only the ledger knows when the position was entered.
        long enteredNanos = Math.max(market.enteredNanos, position.openedNanos());
        long completedCandles = Math.floorDiv(nowNanos, MINUTE_NANOS) - Math.ceilDiv(enteredNanos, MINUTE_NANOS);
        boolean isAgainst = panel.conflicting(market, held.sign()) > 0 && panel.conflicting(market, -held.sign()) == 0;
        if (completedCandles >= settings.signalExitCandles() && isAgainst && proceedsE6 > holdValueE6) {
            return Optional.of(Purpose.SIGNAL_EXIT);
        }
        return Optional.empty();
    }

    /**
     * A quiet book is no reason to hold on: whole, it stands as it is, however long ago it changed. While trading is known to be paused nothing is tried, for
     * attempts are counted. A feed that ends takes its books'
     * wholeness with it.
     */
    private boolean canSell(MarketState market, Account.Position position, long nowNanos) {
        return market.pendingId == null
                && market.isOpenAt(nowNanos)
                && !entry.isKnownPaused(market, nowNanos)
                && market.book().isWhole()
                && !market.book().isCrossed()
                && market.secondsToClose(nowNanos) > settings.exitCutoffSeconds()
                && market.exitAttempts < settings.maxExitAttempts()
                && nowNanos >= market.nextExitNanos
                && market.book().bidE4(position.side()) > 0;
    }

    /** B5: the loss if it were sold at the best bid, both fees included, against its share of cost and of equity. */
    private boolean mustStop(Account.Position position, FeeSchedule fees, long proceedsE6) {
        long costE6 = position.costE6() + fees.tradeFeeE6(position.countE2(), position.averageCostE4(), true);
        long lossE6 = costE6 - proceedsE6;
        return lossE6 >= equityStopE6() || lossE6 * WHOLE_E4 >= costE6 * settings.stopCostShareE4();
    }

    private long equityStopE6() {
        return Math.max(0, money.watch().dayStartE6()) / 10_000 * settings.stopShareE4();
    }
}
