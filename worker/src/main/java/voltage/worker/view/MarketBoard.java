package voltage.worker.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.engine.Decision;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketKey;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.order.Account;
import voltage.strategy.Opinion;
import voltage.worker.dashboard.MarketView;
import voltage.worker.dashboard.PositionView;

/** The markets known, how each stands, and what was last decided in it. Prices are those of the last decision, at most a second old. */
final class MarketBoard {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Older prices are not shown. */
    private static final long FRESH_NANOS = 5 * SECOND_NANOS;
    /** How long before its opening and after its close a market is shown. */
    private static final long NEAR_NANOS = 2 * 3_600 * SECOND_NANOS;

    private static final int SHOWN = 12;

    private final Map<String, MarketDefinition> listed = new HashMap<>();
    private final Map<String, Decision> decisions = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Set<String> determined = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private boolean isExchangePaused;

    void on(MarketEvent event) {
        switch (event) {
            case MarketEvent.MarketListed market ->
                listed.put(market.definition().ticker(), market.definition());
            case MarketEvent.MarketDetermined market ->
                determined.add(market.market().ticker());
            case MarketEvent.MarketSettled market -> settled.add(market.market().ticker());
            case MarketEvent.MarketPaused market -> paused(market);
            default -> {}
        }
    }

    private void paused(MarketEvent.MarketPaused event) {
        if (event.markets().isEmpty()) {
            isExchangePaused = event.isPaused();
        }
        for (MarketKey market : event.markets()) {
            if (event.isPaused()) {
                paused.add(market.ticker());
            } else {
                paused.remove(market.ticker());
            }
        }
    }

    void decided(Decision decision) {
        decisions.put(decision.ticker(), decision);
    }

    /** Forgets what is long over, so that the board stays small however long the worker runs. */
    void forget(long nowNanos) {
        listed.values().removeIf(market -> nowNanos > market.closeNanos() + NEAR_NANOS);
        decisions.keySet().retainAll(listed.keySet());
        paused.retainAll(listed.keySet());
        determined.retainAll(listed.keySet());
        settled.retainAll(listed.keySet());
    }

    /** Those still to close by their close, then those over, the latest first. */
    List<MarketView> views(long nowNanos) {
        Comparator<MarketDefinition> byClose =
                Comparator.comparingLong(MarketDefinition::closeNanos).thenComparing(MarketDefinition::ticker);
        List<MarketDefinition> shown = new ArrayList<>();
        listed.values().stream()
                .filter(market -> market.closeNanos() > nowNanos && market.openNanos() - nowNanos < NEAR_NANOS)
                .sorted(byClose)
                .limit(SHOWN)
                .forEach(shown::add);
        listed.values().stream()
                .filter(market -> market.closeNanos() <= nowNanos)
                .sorted(byClose.reversed())
                .limit(SHOWN - shown.size())
                .forEach(shown::add);
        return shown.stream().map(market -> view(market, nowNanos)).toList();
    }

    private MarketView view(MarketDefinition market, long nowNanos) {
        Decision decision = quoted(market.ticker(), nowNanos);
        Integer bidE4 = decision == null || decision.yesBidE4() <= 0 ? null : (Integer) decision.yesBidE4();
        Integer askE4 = decision == null || decision.yesAskE4() >= TickGrid.ONE_DOLLAR_E4
                ? null
                : (Integer) decision.yesAskE4();
        return new MarketView(
                market.ticker(),
                strike(market),
                status(market, nowNanos),
                secondsToClose(market, nowNanos),
                bidE4,
                askE4,
                decision == null || decision.twiceMidE4() == 0 ? null : (Integer) (decision.twiceMidE4() / 2),
                decision == null || decision.fairYesE6() == Opinion.NONE ? null : (Integer) decision.fairYesE6(),
                bidE4 == null || askE4 == null ? null : (Integer) (askE4 - bidE4));
    }

    private static @Nullable Long strike(MarketDefinition market) {
        boolean isBelow = market.strikeType() == StrikeType.LESS || market.strikeType() == StrikeType.LESS_OR_EQUAL;
        OptionalLong strikeE4 = isBelow ? market.capStrikeE4() : market.floorStrikeE4();
        return strikeE4.isPresent() ? (Long) strikeE4.getAsLong() : null;
    }

    private String status(MarketDefinition market, long nowNanos) {
        String ticker = market.ticker();
        if (settled.contains(ticker)) {
            return "settled";
        }
        if (determined.contains(ticker)) {
            return "determined";
        }
        if (nowNanos >= market.closeNanos()) {
            return "closed";
        }
        if (nowNanos < market.openNanos()) {
            return "unopened";
        }
        return isExchangePaused || paused.contains(ticker) ? "paused" : "open";
    }

    private static long secondsToClose(MarketDefinition market, long nowNanos) {
        return Math.floorDiv(market.closeNanos() - nowNanos, SECOND_NANOS);
    }

    /** The last decision while its prices still say something. */
    private @Nullable Decision quoted(String ticker, long nowNanos) {
        Decision decision = decisions.get(ticker);
        MarketDefinition market = listed.get(ticker);
        return decision == null
                        || market == null
                        || nowNanos >= market.closeNanos()
                        || nowNanos - decision.nanos() > FRESH_NANOS
                ? null
                : decision;
    }

    List<PositionView> positions(Account account, long nowNanos) {
        return account.positions().values().stream()
                .filter(Account.Position::isOpen)
                .map(position -> position(position, nowNanos))
                .toList();
    }

    private PositionView position(Account.Position position, long nowNanos) {
        Decision decision = quoted(position.ticker(), nowNanos);
        int bidE4 = decision == null
                ? 0
                : position.side() == Side.YES ? decision.yesBidE4() : TickGrid.ONE_DOLLAR_E4 - decision.yesAskE4();
        MarketDefinition market = listed.get(position.ticker());
        return new PositionView(
                position.ticker(),
                position.side(),
                position.countE2(),
                position.averageCostE4(),
                bidE4 <= 0 ? null : (Integer) bidE4,
                bidE4 <= 0 ? null : (Long) (position.countE2() * bidE4 - position.costE6()),
                position.costE6(),
                market == null ? 0 : secondsToClose(market, nowNanos));
    }

    /** The last decision of each market known. */
    List<Decision> lastDecisions() {
        return decisions.values().stream()
                .sorted(Comparator.comparing((Decision decision) -> close(decision.ticker()))
                        .reversed()
                        .thenComparing(Decision::ticker))
                .limit(SHOWN)
                .toList();
    }

    private long close(String ticker) {
        MarketDefinition market = listed.get(ticker);
        return market == null ? 0 : market.closeNanos();
    }
}
