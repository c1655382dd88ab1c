package voltage.worker.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voltage.engine.Decision;
import voltage.engine.Engine;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.engine.Gate;
import voltage.engine.GateResult;
import voltage.market.EventSink;
import voltage.market.Feed;
import voltage.market.MarketEvent;
import voltage.order.ExecutionReport;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.LedgerLoaded;
import voltage.worker.dashboard.BooksView;
import voltage.worker.dashboard.CountersView;
import voltage.worker.dashboard.DashboardSnapshot;
import voltage.worker.dashboard.DashboardSnapshot.RunState;
import voltage.worker.dashboard.DashboardSource;
import voltage.worker.dashboard.DecisionView;
import voltage.worker.dashboard.MoneyView;
import voltage.worker.dashboard.PriceChart;
import voltage.worker.feed.LiveFeed;
import voltage.worker.pipeline.Pipeline;
import voltage.worker.report.RunSummary;
import voltage.worker.run.Tally;
import voltage.worker.run.Worker;

/**
 * Watches a worker and leaves snapshots for the dashboard. Everything but {@link DashboardSource}'s methods is called on the worker's
 * thread; those only read what it left, so that no look at the page can ever hold up a decision.
 */
public final class WorkerView implements EventSink, DashboardSource {
    private static final long PERIOD_NANOS = 100_000_000L;
    private static final long ALERT_SHOWN_NANOS = 60_000_000_000L;
    private static final int RECENT = 1_000;

    private final About about;
    private final LongSupplier ticks;
    private final MoneyBoard money = new MoneyBoard();
    private final MarketBoard markets = new MarketBoard();
    private final PriceTape prices = new PriceTape();
    private final TradeTape trades = new TradeTape();
    private final Deque<Decision> recent = new ArrayDeque<>();

    private @Nullable Attached attached;
    private long nowNanos;
    private long publishedTicks;
    private String switchReason = "";
    private EngineOutput.@Nullable Status alert;
    private @Nullable RunSummary summary;
    private final DecisionViews decisionViews;
    private volatile DashboardSnapshot snapshot;

    /**
     * What is watched.
     *
     * @param sessionName the session played, or the name of the lane's run
     * @param speedE2 hundredths of real time; 0 for as fast as it goes
     */
    public record About(DashboardSnapshot.Source source, String sessionName, long speedE2, EngineSettings settings) {}

    /** What is looked at. */
    private record Attached(Worker worker, Map<Feed, LiveFeed> feeds) {}

    /** @param ticks real time in nanoseconds from any origin: {@code System::nanoTime} */
    public WorkerView(About about, LongSupplier ticks) {
        this.about = about;
        this.ticks = ticks;
        decisionViews = new DecisionViews(about.settings());
        publishedTicks = ticks.getAsLong() - PERIOD_NANOS;
        snapshot = beforeTheFirstEvent();
    }

    /** The worker is there and about to start. */
    public void attach(Worker worker, Map<Feed, LiveFeed> feeds) {
        attached = new Attached(worker, Map.copyOf(feeds));
    }

    /** Every event, before the engine sees it. */
    @Override
    public void on(MarketEvent event) {
        nowNanos = Math.max(nowNanos, event.receivedNanos());
        switch (event) {
            case MarketEvent.SpotTrade trade -> prices.trade(trade);
            case MarketEvent.SpotCandle candle -> prices.candle(candle);
            case MarketEvent.Timer timer -> second();
            case LedgerLoaded loaded -> {
                money.load(loaded.entries());
                trades.load(loaded.entries());
            }
            case LaneSwitched switched -> switchReason = switched.reason();
            case ExecutionReport.Filled filled -> fills(filled.fills());
            case ExecutionReport.Corrected corrected -> fills(corrected.fills());
            default -> markets.on(event);
        }
        publishIfDue();
    }

    private void fills(List<voltage.order.Fill> fills) {
        Engine engine = engine();
        if (engine != null) {
            trades.fills(fills, engine.account());
        }
    }

    private void second() {
        prices.second(nowNanos);
        markets.forget(nowNanos);
        Engine engine = engine();
        if (engine != null) {
            money.observe(nowNanos, engine);
        }
    }

    public void decided(Decision decision) {
        markets.decided(decision);
        synchronized (recent) {
            if (recent.size() == RECENT) {
                recent.removeLast();
            }
            recent.addFirst(decision);
        }
    }

    public void status(EngineOutput.Status status) {
        if (status.level() == EngineOutput.Status.Level.ALERT) {
            alert = status;
        }
    }

    /** The run is over and audited; the last snapshot stays. */
    public void finished(RunSummary outcome) {
        summary = outcome;
        publish();
    }

    private void publishIfDue() {
        long now = ticks.getAsLong();
        if (summary == null && now - publishedTicks >= PERIOD_NANOS) {
            publishedTicks = now;
            publish();
        }
    }

    private @Nullable Engine engine() {
        Attached now = attached;
        return now == null ? null : now.worker().pipeline().engine();
    }

    private void publish() {
        Attached now = attached;
        Engine engine = engine();
        if (now == null || engine == null) {
            return;
        }
        Pipeline pipeline = now.worker().pipeline();
        RunSummary outcome = summary;
        money.observe(nowNanos, engine);
        snapshot = new DashboardSnapshot(
                lane(),
                about.source(),
                about.sessionName(),
                new DashboardSnapshot.Clock(nowNanos, about.speedE2()),
                state(engine.laneState()),
                money.view(engine, about.settings().limits()),
                outcome == null
                        ? new BooksView(engine.account().cashE6(), null)
                        : new BooksView(outcome.ledgerCashE6(), outcome.exchangeCashE6()),
                markets.positions(engine.account(), nowNanos),
                markets.views(nowNanos),
                markets.lastDecisions().stream().map(decisionViews::of).toList(),
                FeedViews.of(now.feeds(), pipeline),
                money.curve(),
                prices.chart(),
                trades.views(),
                counters(now.worker().tally(), pipeline));
    }

    private DashboardSnapshot.Lane lane() {
        return switch (about.settings().lane()) {
            case REPLAY -> DashboardSnapshot.Lane.REPLAY;
            case PAPER -> DashboardSnapshot.Lane.PAPER;
            case CANARY -> DashboardSnapshot.Lane.CANARY;
            case LIVE -> DashboardSnapshot.Lane.LIVE;
        };
    }

    private static CountersView counters(Tally tally, Pipeline pipeline) {
        return new CountersView(
                pipeline.stats().events(),
                tally.decisions(),
                tally.intents(),
                tally.orders(),
                tally.fills(),
                tally.refused(),
                pipeline.stats().malformedTotal(),
                pipeline.sequenceGaps());
    }

    private DashboardSnapshot.State state(LaneState lane) {
        RunSummary outcome = summary;
        if (outcome != null) {
            return new DashboardSnapshot.State(
                    RunState.FINISHED, outcome.booksBalance() ? List.of() : List.of("the books do not balance"));
        }
        List<String> reasons = new ArrayList<>();
        List<String> rules = stoppingRules();
        RunState state = RunState.RUNNING;
        if (lane.halted() || !lane.armed() || !rules.isEmpty()) {
            state = RunState.HALTED;
            if (lane.halted()) {
                reasons.add("kill switch");
            } else if (!lane.armed()) {
                reasons.add("not armed");
            }
            reasons.addAll(rules);
        } else if (lane.paused()) {
            state = RunState.PAUSED;
        }
        if (state != RunState.RUNNING && !switchReason.isEmpty()) {
            reasons.add(switchReason);
        }
        EngineOutput.Status last = alert;
        if (last != null && nowNanos - last.nanos() < ALERT_SHOWN_NANOS) {
            reasons.add(last.ticker() + " " + last.text());
        }
        return new DashboardSnapshot.State(state, reasons);
    }

    /** Gates about the lane as a whole that failed in the newest decision. */
    private List<String> stoppingRules() {
        Decision newest;
        synchronized (recent) {
            newest = recent.peekFirst();
        }
        return newest == null
                ? List.of()
                : newest.gates().stream()
                        .filter(gate -> gate.verdict() == Gate.Verdict.FAIL && isOfTheLane(gate.gate()))
                        .map(GateResult::words)
                        .toList();
    }

    private static boolean isOfTheLane(Gate gate) {
        return gate == Gate.DAILY_LOSS
                || gate == Gate.DAILY_LOSS_SHARE
                || gate == Gate.WEEKLY_LOSS_SHARE
                || gate == Gate.DRAWDOWN;
    }

    private DashboardSnapshot beforeTheFirstEvent() {
        return new DashboardSnapshot(
                lane(),
                about.source(),
                about.sessionName(),
                new DashboardSnapshot.Clock(0, about.speedE2()),
                new DashboardSnapshot.State(RunState.RUNNING, List.of()),
                new MoneyView(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new BooksView(0, null),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new PriceChart(List.of(), List.of()),
                List.of(),
                new CountersView(0, 0, 0, 0, 0, Map.of(), 0, 0));
    }

    @Override
    public DashboardSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public List<DecisionView> recentDecisions(int limit) {
        List<Decision> newest;
        synchronized (recent) {
            newest = recent.stream().limit(limit).toList();
        }
        return newest.stream().map(decisionViews::of).toList();
    }
}
