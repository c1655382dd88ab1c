package voltage.worker.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import voltage.market.Side;
import voltage.worker.dashboard.DashboardSnapshot.Clock;
import voltage.worker.dashboard.DashboardSnapshot.EquityPoint;
import voltage.worker.dashboard.DashboardSnapshot.Lane;
import voltage.worker.dashboard.DashboardSnapshot.RunState;
import voltage.worker.dashboard.DashboardSnapshot.Source;
import voltage.worker.dashboard.DashboardSnapshot.State;
import voltage.worker.dashboard.DecisionView.Conviction;
import voltage.worker.dashboard.DecisionView.Forecast;
import voltage.worker.dashboard.DecisionView.Gate;
import voltage.worker.dashboard.DecisionView.GateVerdict;
import voltage.worker.dashboard.DecisionView.Limit;
import voltage.worker.dashboard.DecisionView.Signals;
import voltage.worker.dashboard.DecisionView.SizingStep;
import voltage.worker.dashboard.DecisionView.Unit;
import voltage.worker.dashboard.DecisionView.Verdict;
import voltage.worker.dashboard.PriceChart.Bar;
import voltage.worker.dashboard.PriceChart.Line;
import voltage.worker.dashboard.PriceChart.Point;
import voltage.worker.dashboard.TradeView.Action;

/** Moments of a made-up session, whole enough to look at. */
final class Scenes {
    static final String TICKER = "KXBTC15M-26MAY132315-15";
    private static final String NEXT_TICKER = "KXBTC15M-26MAY132330-30";
    private static final long NOW_SECONDS =
            Instant.parse("2026-05-13T23:11:48Z").getEpochSecond();
    private static final long NOW_NANOS = NOW_SECONDS * 1_000_000_000L;
    private static final int MINUTES = 150;
    private static final long SECOND = 1_000_000_000L;

    private Scenes() {}

    /** Before the first event. */
    static DashboardSnapshot nothingYet() {
        return new DashboardSnapshot(
                Lane.PAPER,
                Source.SIMULATED,
                "seed 42",
                new Clock(0, 100),
                new State(RunState.RUNNING, List.of()),
                new MoneyView(
                        1_000_000_000, 1_000_000_000, 1_000_000_000, 0, 0, 0, 200_000, 0, 50_000_000, 0, 150_000_000),
                new BooksView(1_000_000_000, null),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new PriceChart(List.of(), List.of()),
                List.of(),
                new CountersView(0, 0, 0, 0, 0, Map.of(), 0, 0));
    }

    /** The book is too old, a position is open. */
    static DashboardSnapshot stayedOut() {
        return snapshot(Source.SIMULATED, NOW_NANOS, stayOut(NOW_NANOS - 400_000_000L), trades(), 12_00);
    }

    /** Four seconds later: the book is fresh again and more was bought. */
    static DashboardSnapshot bought() {
        long now = NOW_NANOS + 4 * SECOND;
        List<TradeView> trades = new ArrayList<>(trades());
        trades.add(new TradeView(now, TICKER, Action.BUY, Side.YES, 12_00, 5_400, 210_000));
        return snapshot(Source.RECORDED, now, enter(now), trades, 24_00);
    }

    /** The day's loss limit is reached, and the exchange says something else than our books. */
    static DashboardSnapshot halted() {
        DashboardSnapshot before = bought();
        return new DashboardSnapshot(
                before.lane(),
                before.source(),
                before.sessionName(),
                before.clock(),
                new State(RunState.HALTED, List.of("lost $50.12 today (limit $50.00)")),
                before.money(),
                new BooksView(993_270_000, 993_260_000L),
                before.positions(),
                before.markets(),
                before.decisions(),
                before.feeds(),
                before.equity(),
                before.price(),
                before.trades(),
                before.counters());
    }

    private static DashboardSnapshot snapshot(
            Source source, long nowNanos, DecisionView decision, List<TradeView> trades, long heldE2) {
        return new DashboardSnapshot(
                source == Source.RECORDED ? Lane.REPLAY : Lane.PAPER,
                source,
                source == Source.RECORDED ? "20260513T230110Z" : "seed 42",
                new Clock(nowNanos, 100),
                new State(RunState.RUNNING, List.of()),
                new MoneyView(
                        993_270_000,
                        1_012_430_000,
                        1_000_000_000,
                        12_430_000,
                        1_870_000,
                        18_000,
                        200_000,
                        6_150_000,
                        50_000_000,
                        11_200_000,
                        150_000_000),
                new BooksView(993_270_000, 993_270_000L),
                List.of(
                        new PositionView(
                                TICKER, Side.YES, heldE2, 5_400, 5_700, heldE2 * 300, heldE2 * 5_400 + 210_000, 192),
                        new PositionView(NEXT_TICKER, Side.NO, 7_50, 930, null, null, 6_975_000 / 10, 1_092)),
                List.of(
                        new MarketView(TICKER, 1_032_504_100L, "open", 192, 5_700, 5_900, 5_800, 618_000, 200),
                        new MarketView(NEXT_TICKER, null, "open", 1_092, 4_900, 5_100, 5_000, 503_000, 200),
                        new MarketView(
                                "KXBTC15M-26MAY132300-00",
                                1_031_880_000L,
                                "settled",
                                -708,
                                null,
                                null,
                                null,
                                null,
                                null)),
                List.of(decision, quiet(nowNanos - 900_000_000L)),
                List.of(
                        new FeedView("KALSHI_STREAM", true, 212L, 500, 1, 2, 0),
                        new FeedView("KRAKEN_STREAM", true, 840L, 60_000, 0, 0, 1),
                        new FeedView("COINBASE_STREAM", true, 12_400L, 5_000, 3, 0, 0),
                        new FeedView("BINANCE_STREAM", false, 92_000L, 5_000, 7, 0, 0),
                        new FeedView("BINANCE_US_STREAM", true, null, 5_000, 0, 0, 0)),
                equity(),
                price(),
                trades,
                new CountersView(
                        97_077,
                        4_312,
                        19,
                        trades.size() + 2,
                        trades.size(),
                        Map.of("too late", 3L, "BOOK_MOVED", 2L, "order size", 1L),
                        1,
                        2));
    }

    private static DecisionView stayOut(long timeNanos) {
        return new DecisionView(
                timeNanos,
                TICKER,
                Verdict.STAY_OUT,
                Side.YES,
                "",
                "book age",
                gates(812, GateVerdict.FAIL, "book 812 ms old (limit 500 ms)"),
                new Signals(684_000L, 1_240L, Conviction.HIGH),
                new Forecast("HAR fair value 3", 618_000, 580_000L),
                List.of());
    }

    private static DecisionView enter(long timeNanos) {
        return new DecisionView(
                timeNanos,
                TICKER,
                Verdict.ENTER,
                Side.YES,
                "Bought YES 12 @ 54 ¢",
                null,
                gates(96, GateVerdict.PASS, "book 96 ms old (limit 500 ms)"),
                new Signals(702_000L, 1_310L, Conviction.HIGH),
                new Forecast("HAR fair value 3", 618_000, 545_000L),
                List.of(
                        new SizingStep("Kelly × 0.25", 40_50, "0.25 of what Kelly asks for"),
                        new SizingStep("fixed fractional", 26_00, "2 % risk × 1.3 for high conviction"),
                        new SizingStep("order cap", 25_00, "at most 25 an order"),
                        new SizingStep("exposure cap", 12_00, "what the position limit leaves"),
                        new SizingStep("sent", 12_00, "whole contracts")));
    }

    private static DecisionView quiet(long timeNanos) {
        return new DecisionView(
                timeNanos,
                NEXT_TICKER,
                Verdict.STAY_OUT,
                null,
                "",
                "strike known",
                manyGates(),
                new Signals(null, null, null),
                null,
                List.of());
    }

    /** As many as the engine has, most of them not reached. */
    private static List<Gate> manyGates() {
        List<Gate> gates = new ArrayList<>();
        gates.add(new Gate("PAUSE", null, null, Limit.NONE, Unit.NONE, GateVerdict.PASS, "lane paused: no"));
        gates.add(new Gate("strike known", null, null, Limit.NONE, Unit.NONE, GateVerdict.FAIL, "strike not set yet"));
        for (int i = 1; i <= 10; i++) {
            gates.add(atMost("limit " + i, i * 90, 1_000, Unit.MILLIS, GateVerdict.PASS, "measure " + i + " fine"));
            gates.add(new Gate(
                    "factor " + i,
                    null,
                    1_420_000L,
                    Limit.AT_MOST,
                    Unit.FACTOR_E6,
                    GateVerdict.NOT_APPLICABLE,
                    "true range an unknown value times its mean"));
        }
        return gates;
    }

    private static List<Gate> gates(long bookAgeMillis, GateVerdict bookVerdict, String bookWords) {
        return List.of(
                new Gate("market open", null, null, Limit.NONE, Unit.NONE, GateVerdict.PASS, "market open"),
                new Gate(
                        "strike known",
                        null,
                        null,
                        Limit.NONE,
                        Unit.NONE,
                        GateVerdict.PASS,
                        "strike $103,250.41 known"),
                new Gate("not paused", null, null, Limit.NONE, Unit.NONE, GateVerdict.PASS, "not paused"),
                atMost("book age", bookAgeMillis, 500, Unit.MILLIS, bookVerdict, bookWords),
                atLeast("spot sources", 2, 2, Unit.NUMBER, GateVerdict.PASS, "2 fresh spot sources (need 2)"),
                atLeast("close cutoff", 192, 60, Unit.SECONDS, GateVerdict.PASS, "192 s to the close (need 60 s)"),
                atMost("spread", 200, 400, Unit.PRICE_E4, GateVerdict.PASS, "spread 2 ¢ (limit 4 ¢)"),
                atMost(
                        "ATR regime",
                        1_420,
                        3_000,
                        Unit.RATIO_E6,
                        GateVerdict.PASS,
                        "ATR 0.14 % of price (limit 0.30 %)"),
                atLeast("net edge", 310, 200, Unit.PRICE_E4, GateVerdict.PASS, "edge 3.1 ¢ after fees (need 2 ¢)"),
                atMost(
                        "daily loss",
                        6_150_000,
                        50_000_000,
                        Unit.CASH_E6,
                        GateVerdict.PASS,
                        "lost $6.15 today (limit $50)"),
                atMost("position", 12_00, 100_00, Unit.COUNT_E2, GateVerdict.PASS, "holding 12 contracts (limit 100)"),
                // Fails together with the first, so that the first of two is to be found.
                bookVerdict == GateVerdict.FAIL
                        ? atMost("open orders", 14, 10, Unit.NUMBER, GateVerdict.FAIL, "14 orders open (limit 10)")
                        : atMost("open orders", 3, 10, Unit.NUMBER, GateVerdict.PASS, "3 orders open (limit 10)"),
                new Gate(
                        "entry filter",
                        null,
                        580_000L,
                        Limit.AT_LEAST,
                        Unit.RATIO_E6,
                        GateVerdict.NOT_APPLICABLE,
                        "entry filter not trained yet"));
    }

    private static Gate atMost(String name, long value, long threshold, Unit unit, GateVerdict verdict, String words) {
        return new Gate(name, value, threshold, Limit.AT_MOST, unit, verdict, words);
    }

    private static Gate atLeast(String name, long value, long threshold, Unit unit, GateVerdict verdict, String words) {
        return new Gate(name, value, threshold, Limit.AT_LEAST, unit, verdict, words);
    }

    private static List<TradeView> trades() {
        long minute = 60 * SECOND;
        return List.of(
                new TradeView(
                        NOW_NANOS - 96 * minute,
                        "KXBTC15M-26MAY132145-45",
                        Action.BUY,
                        Side.YES,
                        10_00,
                        4_600,
                        180_000),
                new TradeView(
                        NOW_NANOS - 88 * minute,
                        "KXBTC15M-26MAY132145-45",
                        Action.SELL,
                        Side.YES,
                        10_00,
                        6_150,
                        170_000),
                new TradeView(
                        NOW_NANOS - 40 * minute, "KXBTC15M-26MAY132245-45", Action.BUY, Side.NO, 8_00, 3_975, 140_000),
                new TradeView(NOW_NANOS - 9 * minute, NEXT_TICKER, Action.BUY, Side.NO, 7_50, 930, 50_000),
                new TradeView(NOW_NANOS - 3 * minute, TICKER, Action.BUY, Side.YES, 12_00, 5_400, 210_000));
    }

    /** Starts and ends where the money panel says, whatever lies between. */
    private static List<EquityPoint> equity() {
        RandomGenerator random = random(7);
        int steps = MINUTES * 2;
        long[] wanderE6 = new long[steps + 1];
        for (int i = 1; i <= steps; i++) {
            wanderE6[i] = wanderE6[i - 1] + (random.nextInt(4) == 0 ? random.nextLong(-1_200_000, 1_200_001) : 0);
        }
        List<EquityPoint> points = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            long equityE6 = 1_000_000_000 + wanderE6[i] + (12_430_000 - wanderE6[steps]) * i / steps;
            points.add(new EquityPoint(NOW_SECONDS - (steps - i) * 30L, equityE6));
        }
        return points;
    }

    private static PriceChart price() {
        RandomGenerator random = random(11);
        List<Bar> bars = new ArrayList<>();
        List<Point> fast = new ArrayList<>();
        List<Point> slow = new ArrayList<>();
        long closeE4 = 1_030_100_000;
        long fastE4 = closeE4;
        long slowE4 = closeE4;
        long firstMinute = NOW_SECONDS / 60 - MINUTES;
        for (int i = 0; i <= MINUTES; i++) {
            long openE4 = closeE4;
            closeE4 = openE4 + random.nextLong(-420_000, 436_000);
            long highE4 = Math.max(openE4, closeE4) + random.nextLong(0, 200_000);
            long lowE4 = Math.min(openE4, closeE4) - random.nextLong(0, 200_000);
            long seconds = (firstMinute + i) * 60;
            bars.add(new Bar(seconds, openE4, highE4, lowE4, closeE4));
            fastE4 += (closeE4 - fastE4) / 5;
            slowE4 += (closeE4 - slowE4) / 11;
            fast.add(new Point(seconds, fastE4));
            slow.add(new Point(seconds, slowE4));
        }
        return new PriceChart(bars, List.of(new Line("EMA 9", fast), new Line("EMA 21", slow)));
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
