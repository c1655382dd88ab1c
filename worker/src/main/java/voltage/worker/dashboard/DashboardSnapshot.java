package voltage.worker.dashboard;

import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;

/**
 * Everything that the page shows at one moment. Money is in integers whose names bear the unit; the page writes them for
 * people. The whole of it is sent up to four times a second, so its lists are to be bounded: about 1,000 equity points
 * ({@link EquityCurve} keeps to that), 500 candles and 200 trades.
 *
 * @param lane where the money is
 * @param source where the market data come from; shown on every surface
 * @param sessionName the session played, or the name of the lane's run
 * @param decisions the last decision of each market
 * @param feeds in the order to be shown
 * @param equity oldest first
 * @param trades our fills, oldest first
 */
@Serdeable
public record DashboardSnapshot(
        Lane lane,
        Source source,
        String sessionName,
        Clock clock,
        State state,
        MoneyView money,
        BooksView books,
        List<PositionView> positions,
        List<MarketView> markets,
        List<DecisionView> decisions,
        List<FeedView> feeds,
        List<EquityPoint> equity,
        PriceChart price,
        List<TradeView> trades,
        CountersView counters) {

    public DashboardSnapshot {
        positions = List.copyOf(positions);
        markets = List.copyOf(markets);
        decisions = List.copyOf(decisions);
        feeds = List.copyOf(feeds);
        equity = List.copyOf(equity);
        trades = List.copyOf(trades);
    }

    /** Whose money and which exchange. */
    @Serdeable
    public enum Lane {
        REPLAY,
        PAPER,
        CANARY,
        LIVE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the market data come from. */
    @Serdeable
    public enum Source {
        RECORDED,
        SIMULATED,
        LIVE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The engine's time.
     *
     * @param nowNanos epoch nanoseconds UTC; 0 before the first event
     * @param speedE2 hundredths of real time: 100 is real time; 0 is as fast as it goes
     */
    @Serdeable
    public record Clock(long nowNanos, long speedE2) {}

    /** What the worker is doing. */
    @Serdeable
    public enum RunState {
        RUNNING,
        /** Entries are stopped by the operator; exits run. */
        PAUSED,
        /** Entries are stopped by a rule. */
        HALTED,
        FINISHED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What the worker is doing, and why.
     *
     * @param reasons in words for people; empty while running normally
     */
    @Serdeable
    public record State(RunState state, List<String> reasons) {
        public State {
            reasons = List.copyOf(reasons);
        }
    }

    /** The worth of the account at one second. */
    @Serdeable
    public record EquityPoint(long timeSeconds, long equityE6) {}
}
