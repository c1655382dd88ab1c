package voltage.forecast.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import voltage.forecast.monitor.HealthFinding.Check;
import voltage.forecast.monitor.HealthFinding.Severity;

/**
 * Says how the forecasts do, of the latest resolved markets. What it says is a function of those {@link #CAPACITY} markets alone: a restart
 * that gives them again, in order, goes on as if nothing had happened. A market is one observation wherever a test needs independent ones:
 * then its forecast nearest to {@link #TESTED_MINUTE} minutes before close stands for it.
 */
public final class SignalHealth {
    /** Four weeks of quarter-hours. */
    public static final int CAPACITY = 4 * 7 * 96;

    static final int TESTED_MINUTE = 8;
    static final int WEEK = 7 * 96;
    private static final int DAY = 96;
    private static final long DAY_NANOS = 86_400_000_000_000L;
    /** Fewer markets than these make no finding. */
    static final int LEAST = 96;

    static final double EXCESS_LIMIT = 4;
    private static final double LINE_CHANCE = 1e-4;
    private static final double LINE_STOP_CHANCE = 1e-6;
    private static final double WRONG_WAY_T = -3.5;
    private static final double WORSE_Z = 3.5;
    private static final int IC_BLOCK = 48;
    private static final int IC_REFERENCE_BLOCKS = 14;
    /** In standard deviations of a market's difference. */
    static final double BRIER_DELTA = 0.2;

    static final double BRIER_LAMBDA = 32;
    private static final int LATEST_TRADES = 100;
    private static final int LEAST_TRADES = 200;

    private final Deque<ResolvedMarket> markets = new ArrayDeque<>();

    /** Takes markets in the order in which they closed. */
    public void add(ResolvedMarket market) {
        ResolvedMarket last = markets.peekLast();
        if (last != null && market.closeNanos() < last.closeNanos()) {
            throw new IllegalArgumentException("markets come in the order in which they closed, " + market.ticker()
                    + " closed before " + last.ticker() + "; sort them");
        }
        markets.addLast(market);
        if (markets.size() > CAPACITY) {
            markets.removeFirst();
        }
    }

    public HealthReport report() {
        List<ResolvedMarket> all = List.copyOf(markets);
        Draft draft = new Draft();
        TreeSet<String> versions = new TreeSet<>();
        all.forEach(market -> market.forecasts().forEach(forecast -> versions.add(forecast.models())));
        if (!all.isEmpty()) {
            calibration(all, draft);
            information(all, draft);
            brier(all, draft);
        }
        trades(all, draft);
        draft.findings.sort(Comparator.comparing(HealthFinding::severity).reversed());
        return new HealthReport(
                all.size(),
                List.copyOf(versions),
                all.isEmpty() ? 0 : all.getLast().closeNanos(),
                draft.lines,
                draft.findings);
    }

    private static void calibration(List<ResolvedMarket> all, Draft draft) {
        long since = all.getLast().closeNanos() - DAY_NANOS;
        CalibrationCheck day =
                check(all.stream().filter(market -> market.closeNanos() > since).toList());
        draft.line(
                "calibration error, latest day",
                day.error(),
                day.byChance() + EXCESS_LIMIT * day.deviation(),
                day.n(),
                text("by chance %.4f ± %.4f", day.byChance(), day.deviation()));
        CalibrationCheck week = check(latest(all, WEEK));
        double limit = week.byChance() + EXCESS_LIMIT * week.deviation();
        draft.line(
                "calibration error, latest week",
                week.error(),
                limit,
                week.n(),
                text("by chance %.4f ± %.4f", week.byChance(), week.deviation()));
        draft.line("calibration slope", week.slope(), Double.NaN, week.n(), text("1 ± %.3f", week.slopeError()));
        draft.line(
                "calibration intercept",
                week.intercept(),
                Double.NaN,
                week.n(),
                text("0 ± %.3f", week.interceptError()));
        draft.line("calibration line, chance", week.chance(), LINE_CHANCE, week.n(), "small is bad");
        if (week.n() >= LEAST && week.error() > limit) {
            draft.find(
                    Severity.WARNING,
                    Check.CALIBRATION_ERROR,
                    week.error(),
                    limit,
                    week.n(),
                    "Probabilities are off by %.1f points on average; calibrated ones would be off by %.1f by chance (limit %.1f, %d markets)",
                    100 * week.error(),
                    100 * week.byChance(),
                    100 * limit,
                    week.n());
        }
        if (week.n() >= LEAST && week.chance() < LINE_CHANCE) {
            draft.find(
                    week.chance() < LINE_STOP_CHANCE ? Severity.STOP : Severity.WARNING,
                    Check.CALIBRATION_LINE,
                    week.chance(),
                    LINE_CHANCE,
                    week.n(),
                    "Outcomes do not follow the probabilities: slope %.2f (1 is right), intercept %+.2f (0 is right), chance of that %.1e (limit %.0e, %d markets)",
                    week.slope(),
                    week.intercept(),
                    week.chance(),
                    LINE_CHANCE,
                    week.n());
        }
    }

    private static void information(List<ResolvedMarket> all, Draft draft) {
        InformationCoefficient forecast = new InformationCoefficient(CAPACITY);
        InformationCoefficient edge = new InformationCoefficient(CAPACITY);
        InformationFall fall = new InformationFall(IC_BLOCK, IC_REFERENCE_BLOCKS);
        for (ResolvedMarket market : all) {
            ResolvedForecast at = market.nearest(TESTED_MINUTE);
            double y = market.outcome() ? 1 : 0;
            forecast.add(at.probability(), y);
            edge.add(at.probability() - at.market(), y - at.market());
            fall.add(at.probability(), y);
        }
        draft.line(
                "information of the forecast",
                forecast.value(),
                Double.NaN,
                forecast.n(),
                text("t %.1f", forecast.t()));
        draft.line(
                "fall of the information",
                fall.sum(),
                InformationFall.LIMIT,
                fall.compared(),
                "CUSUM over blocks of 48 markets");
        draft.line(
                "information of our difference to the market",
                edge.value(),
                Double.NaN,
                edge.n(),
                text("t %.1f, limit %.1f", edge.t(), WRONG_WAY_T));
        if (fall.isAlarm()) {
            draft.find(
                    Severity.WARNING,
                    Check.INFORMATION_FALL,
                    fall.sum(),
                    InformationFall.LIMIT,
                    fall.compared(),
                    "The forecast ranks outcomes worse than it did: CUSUM %.1f (limit %.0f) over %d blocks of 48 markets",
                    fall.sum(),
                    InformationFall.LIMIT,
                    fall.compared());
        }
        if (edge.n() >= LEAST && edge.t() < WRONG_WAY_T) {
            draft.find(
                    Severity.WARNING,
                    Check.EDGE_INFORMATION,
                    edge.t(),
                    WRONG_WAY_T,
                    edge.n(),
                    "Where we differ from the market, the market is right: rank correlation %.3f, t %.1f (limit %.1f, %d markets)",
                    edge.value(),
                    edge.t(),
                    WRONG_WAY_T,
                    edge.n());
        }
    }

    private static void brier(List<ResolvedMarket> all, Draft draft) {
        double[] differences =
                all.stream().mapToDouble(ResolvedMarket::brierDifference).toArray();
        int n = differences.length;
        double[] whole = moments(differences, 0, n);
        double error = whole[1] / Math.sqrt(n);
        draft.line("Brier, ours less the market's", whole[0], WORSE_Z * error, n, text("± %.5f", error));
        if (n >= LEAST && whole[0] > WORSE_Z * error) {
            draft.find(
                    Severity.WARNING,
                    Check.BRIER_LEVEL,
                    whole[0],
                    WORSE_Z * error,
                    n,
                    "Our Brier score is worse than the market's by %.4f (limit %.4f, %d markets): the market's price is the better forecast",
                    whole[0],
                    WORSE_Z * error,
                    n);
        }
        if (n <= LEAST) {
            draft.line("Brier drift", Double.NaN, BRIER_LAMBDA, n, "needs more than " + LEAST + " markets");
            return;
        }
        double scale = moments(differences, 0, LEAST)[1];
        if (!(scale > 0)) {
            draft.line("Brier drift", Double.NaN, BRIER_LAMBDA, n, "the first differences do not vary");
            return;
        }
        PageHinkley drift = new PageHinkley(BRIER_DELTA, BRIER_LAMBDA);
        for (double difference : differences) {
            drift.add(difference / scale);
        }
        draft.line("Brier drift", drift.value(), BRIER_LAMBDA, n, text("Page-Hinkley, in units of %.4f", scale));
        if (drift.isAlarm()) {
            double latest = moments(differences, n - DAY, n)[0];
            draft.find(
                    latest > 0 ? Severity.STOP : Severity.WARNING,
                    Check.BRIER_DRIFT,
                    drift.value(),
                    BRIER_LAMBDA,
                    n,
                    "Our Brier score worsens against the market's: Page-Hinkley %.1f (limit %.0f, %d markets); over the latest %d the difference is %+.4f",
                    drift.value(),
                    BRIER_LAMBDA,
                    n,
                    DAY,
                    latest);
        }
    }

    private static void trades(List<ResolvedMarket> all, Draft draft) {
        WinRateDrift wins = new WinRateDrift();
        List<Double> returns = new ArrayList<>();
        for (ResolvedMarket market : all) {
            Optional<ResolvedMarket.Trade> trade = market.trade();
            trade.ifPresent(made -> {
                wins.add(made.expected(), made.isPaid());
                returns.add(made.pnlE6() / 1e6);
            });
        }
        if (wins.n() == 0) {
            draft.line("win rate", Double.NaN, Double.NaN, 0, "no trades");
            return;
        }
        double[] interval = wins.interval();
        draft.line(
                "win rate",
                wins.rate(),
                Double.NaN,
                wins.n(),
                text("95 %% %.3f to %.3f, promised %.3f", interval[0], interval[1], wins.promised()));
        draft.line("win rate drift", wins.sum(), WinRateDrift.LIMIT, wins.n(), "CUSUM of log likelihoods");
        if (wins.isAlarm()) {
            draft.find(
                    Severity.STOP,
                    Check.WIN_RATE,
                    wins.sum(),
                    WinRateDrift.LIMIT,
                    wins.n(),
                    "Fewer trades are paid than promised: %.1f %% of %d (95 %% %.1f to %.1f), promised %.1f %%; CUSUM %.1f (limit %.1f)",
                    100 * wins.rate(),
                    wins.n(),
                    100 * interval[0],
                    100 * interval[1],
                    100 * wins.promised(),
                    wins.sum(),
                    WinRateDrift.LIMIT);
        }
        SharpeDrift sharpe = SharpeDrift.of(returns, LATEST_TRADES);
        draft.line(
                "Sharpe ratio a trade, latest " + LATEST_TRADES,
                sharpe.latest(),
                Double.NaN,
                sharpe.n(),
                Double.isNaN(sharpe.reference())
                        ? "nothing before to compare it with"
                        : text(
                                "before %.3f of %d, z %.1f, limit %.1f",
                                sharpe.reference(), sharpe.referenceN(), sharpe.z(), SharpeDrift.LIMIT));
        if (returns.size() >= LEAST_TRADES && sharpe.isAlarm()) {
            draft.find(
                    sharpe.latest() < 0 ? Severity.STOP : Severity.WARNING,
                    Check.SHARPE_RATIO,
                    sharpe.z(),
                    SharpeDrift.LIMIT,
                    returns.size(),
                    "The Sharpe ratio of trades fell from %.2f (%d trades) to %.2f (latest %d): %.1f standard errors (limit %.1f)",
                    sharpe.reference(),
                    sharpe.referenceN(),
                    sharpe.latest(),
                    sharpe.n(),
                    sharpe.z(),
                    SharpeDrift.LIMIT);
        }
    }

    private static List<ResolvedMarket> latest(List<ResolvedMarket> all, int count) {
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    private static CalibrationCheck check(List<ResolvedMarket> some) {
        double[] probabilities = new double[some.size()];
        boolean[] outcomes = new boolean[some.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = some.get(i).nearest(TESTED_MINUTE).probability();
            outcomes[i] = some.get(i).outcome();
        }
        return CalibrationCheck.of(probabilities, outcomes);
    }

    /** Mean and standard deviation. */
    private static double[] moments(double[] values, int from, int to) {
        double mean = 0;
        for (int i = from; i < to; i++) {
            mean += values[i] / (to - from);
        }
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return new double[] {mean, Math.sqrt(squares / Math.max(1, to - from - 1))};
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A report being written. */
    private static final class Draft {
        private final List<HealthReport.Line> lines = new ArrayList<>();
        private final List<HealthFinding> findings = new ArrayList<>();

        private void line(String name, double value, double threshold, int n, String note) {
            lines.add(new HealthReport.Line(name, value, threshold, n, note));
        }

        private void find(
                Severity severity, Check check, double value, double threshold, int n, String words, Object... values) {
            findings.add(new HealthFinding(severity, check, value, threshold, n, text(words, values)));
        }
    }
}
