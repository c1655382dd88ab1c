package voltage.worker.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.engine.Decision;
import voltage.engine.Verdict;
import voltage.forecast.monitor.ResolvedForecast;
import voltage.forecast.monitor.ResolvedMarket;
import voltage.forecast.monitor.SignalHealth;
import voltage.market.EventSink;
import voltage.market.MarketEvent;
import voltage.market.Side;
import voltage.order.Account;
import voltage.strategy.Opinion;

/**
 * Makes of decisions and results what {@link SignalHealth} looks at: of each market, the deciding forecast and the market's mid at whole
 * minutes to close, where both exist. Only as many markets as are looked at are kept.
 */
public final class ResolvedForecasts implements EventSink {
    private static final int MOST_MARKETS = 2 * SignalHealth.CAPACITY;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** The eldest is forgotten first. */
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    private final Map<String, Side> results = new HashMap<>();

    /** A market as far as it is known. */
    private static final class Draft {
        private final long closeNanos;
        private final Map<Integer, ResolvedForecast> byMinute = new LinkedHashMap<>();
        /** Of the first entry. */
        private @Nullable Side side;

        private double expected;

        private Draft(long closeNanos) {
            this.closeNanos = closeNanos;
        }
    }

    /** Takes every decision, in order. */
    public void decided(Decision decision) {
        boolean isEntry = decision.verdict() == Verdict.ENTER;
        boolean isWholeMinute = decision.secondsToClose() > 0
                && decision.secondsToClose() % 60 == 0
                && decision.fairYesE6() != Opinion.NONE
                && decision.twiceMidE4() != 0;
        if (!isEntry && !isWholeMinute) {
            return;
        }
        Draft draft = drafts.computeIfAbsent(decision.ticker(), unseen -> new Draft(closeNanos(decision)));
        if (isWholeMinute) {
            int minute = (int) (decision.secondsToClose() / 60);
            draft.byMinute.putIfAbsent(
                    minute,
                    new ResolvedForecast(
                            decision.nanos(),
                            minute,
                            models(decision.forecaster()),
                            decision.fairYesE6() / 1e6,
                            decision.twiceMidE4() / 20_000.0));
        }
        if (isEntry && draft.side == null) {
            Side side = decision.side().orElseThrow();
            draft.side = side;
            draft.expected = (side == Side.YES ? decision.shrunkYesE6() : 1_000_000 - decision.shrunkYesE6()) / 1e6;
        }
        if (drafts.size() > MOST_MARKETS) {
            String eldest = drafts.keySet().iterator().next();
            drafts.remove(eldest);
            results.remove(eldest);
        }
    }

    private static String models(Decision.Forecaster forecaster) {
        return switch (forecaster.source()) {
            case MODELS -> forecaster.model();
            case HAR -> "har";
            case NONE -> "none";
        };
    }

    /** Markets close on whole seconds; to them is counted rounding up. */
    private static long closeNanos(Decision decision) {
        return Math.floorDiv(decision.nanos() + decision.secondsToClose() * SECOND_NANOS, SECOND_NANOS) * SECOND_NANOS;
    }

    @Override
    public void on(MarketEvent event) {
        if (event instanceof MarketEvent.MarketDetermined determined
                && drafts.containsKey(determined.market().ticker())) {
            results.put(determined.market().ticker(), determined.result());
        }
    }

    /**
     * Markets with a result, in the order in which they closed.
     *
     * @param account says what the trades of those that are settled came to
     */
    public List<ResolvedMarket> resolved(Account account) {
        List<ResolvedMarket> markets = new ArrayList<>();
        drafts.forEach((ticker, draft) -> {
            Side result = results.get(ticker);
            if (result != null && !draft.byMinute.isEmpty()) {
                markets.add(new ResolvedMarket(
                        ticker,
                        draft.closeNanos,
                        result == Side.YES,
                        List.copyOf(draft.byMinute.values()),
                        trade(draft, result, account.position(ticker))));
            }
        });
        markets.sort(Comparator.comparingLong(ResolvedMarket::closeNanos).thenComparing(ResolvedMarket::ticker));
        return markets;
    }

    private static Optional<ResolvedMarket.Trade> trade(Draft draft, Side result, Account.@Nullable Position position) {
        Side side = draft.side;
        return side == null || position == null || position.fills() == 0 || position.isOpen()
                ? Optional.empty()
                : Optional.of(new ResolvedMarket.Trade(draft.expected, side == result, position.cashFlowE6()));
    }
}
