package voltage.training.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.evaluate.ContractEvaluation.Side;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.MarketPool;
import voltage.training.measure.Interval;
import voltage.training.measure.Power;

/** What was found, in sentences that say no more than the intervals allow. The first one is the verdict. */
public final class Headline {
    private static final double SMALL_EDGE = 0.01;
    private static final double LARGE_EDGE = 0.03;

    private Headline() {}

    /** Of the contracts. */
    public static List<String> of(ContractEvaluation.Report report) {
        Side strict = report.strict();
        Side level = report.sides().getLast();
        List<String> said = new ArrayList<>();
        said.add(verdict(strict));
        said.add(
                "Hard test: knowing only what had happened before the minute of the quote began, our ensemble's Brier score is "
                        + Numbers.fixed(score(strict), 4) + ", the market's " + Numbers.fixed(market(strict), 4) + ": "
                        + compared(strict.all().againstMarket())
                        + " Here the market has about 40 seconds of news more than ours, so what is better here is better.");
        said.add(
                "Level test: with both sides a mean over the same minute, ours has " + Numbers.fixed(score(level), 4)
                        + ": "
                        + compared(level.all().againstMarket())
                        + " A mean of quotes is a little too timid as a forecast, so part of that is no knowledge of ours; see what is left after the market is calibrated.");
        MarketPool pool = strict.beside();
        MarketPool levelPool = level.beside();
        if (pool != null && levelPool != null) {
            said.add("Beside the market's price our models keep a weight of " + weight(pool.weight())
                    + " in the hard test and of " + weight(levelPool.weight()) + " in the level test.");
            Interval left = levelPool.rest().getLast().againstCalibrated();
            said.add(
                    "Against the calibrated market, on the half of the days that nothing was learned on, the pool of both is "
                            + Numbers.difference(left, 4) + " in the level test: "
                            + (left.excludesZero()
                                    ? "the interval excludes zero."
                                    : "the interval includes zero, so nothing is claimed."));
            said.add(taker(pool));
        }
        said.add(power(strict.all().figures().get(ContractEvaluation.MARKET), contracts(strict)));
        for (Side side : report.sides()) {
            List<String> alarms = new ArrayList<>(side.all().alarms());
            side.minutes().forEach(minute -> alarms.addAll(minute.alarms()));
            if (!alarms.isEmpty()) {
                said.add("Better than the ideal allows: look for a leak. "
                        + alarms.stream().distinct().toList());
            }
        }
        return said;
    }

    /** Of the events: the ensemble against the baseline at each threshold. */
    public static List<String> of(List<EventEvaluation.Report> events) {
        long better =
                events.stream().filter(each -> each.againstHar().high() < 0).count();
        long beyondTrees =
                events.stream().filter(each -> each.againstTrees().high() < 0).count();
        List<String> said = new ArrayList<>();
        said.add("At " + better + " of " + events.size()
                + " thresholds the ensemble's Brier score is below HAR-logit's with an interval that excludes zero, and at "
                + beyondTrees + " below LightGBM's.");
        for (EventEvaluation.Report each : events) {
            EventEvaluation.Figures figures = each.figures().get("ensemble");
            if (figures != null) {
                double chance = figures.scores().curve().errorByChance();
                said.add(each.event().name() + ": Brier "
                        + Numbers.fixed(figures.scores().brier(), 4)
                        + ", against HAR-logit " + Numbers.difference(each.againstHar(), 4) + ". Calibration error "
                        + Numbers.fixed(figures.scores().ece(), 4) + "; a perfectly calibrated forecast would show "
                        + Numbers.fixed(chance, 4) + " by chance on " + Numbers.count(each.instants()) + " instants.");
            }
        }
        return said;
    }

    /** No edge without an interval that excludes zero, after fees, in the hard test. */
    private static String verdict(Side strict) {
        MarketPool pool = strict.beside();
        boolean better = strict.all().againstMarket().high() < 0;
        if (better && pool != null && pool.taker().isGain()) {
            return "In the hard test our forecast beats the market's price, also after fees under the assumed spread. No bid and no ask were recorded: check it on books before believing it.";
        }
        return better
                ? "Our forecast is better than the market's price, but no gain after fees is shown: no edge is claimed."
                : "No edge over the market is shown: "
                        + (strict.all().againstMarket().low() > 0
                                ? "with its somewhat later news, its price forecasts these contracts better than ours does."
                                : "its price forecasts these contracts about as well as ours does.");
    }

    private static String taker(MarketPool pool) {
        Interval gain = pool.taker().centsPerContract();
        if (pool.taker().trades() == 0) {
            return "The pool of both would have taken no contract: it never differed from the price by more than the fee and a cent.";
        }
        return "No bid or ask was recorded, so an edge after fees cannot be claimed from these data. If one could take at the next minute's mid and half a cent, the pool would have taken "
                + Numbers.count(pool.taker().trades()) + " contracts at " + Numbers.signed(gain.estimate(), 2)
                + " ¢ each after fees, interval "
                + Numbers.range(gain, 2) + " ¢"
                + (gain.excludesZero() ? "." : ": it includes zero.");
    }

    /** The power of the test, beside every claim. */
    static String power(EventEvaluation.@Nullable Figures market, int contracts) {
        double variance = market == null
                ? Power.USUAL_VARIANCE
                : Math.min(0.25, Math.max(1e-3, market.scores().brier()));
        return "Power: " + Numbers.count(contracts) + " contracts show an edge of "
                + Numbers.fixed(100 * Power.edgeSeen(contracts, variance), 1)
                + " ¢ (root mean square) or more; 3 ¢ need " + needed(LARGE_EDGE, variance) + ", 1 ¢ needs "
                + needed(SMALL_EDGE, variance) + ".";
    }

    private static String needed(double edge, double variance) {
        double windows = Power.windowsFor(edge, variance);
        return "about " + Numbers.count(Math.round(windows / 100) * 100) + " contracts, "
                + Math.round(Power.days(windows)) + " days";
    }

    static int contracts(Side side) {
        return side.minutes().stream()
                .mapToInt(minute -> minute.againstMarket().n())
                .max()
                .orElse(1);
    }

    private static String compared(Interval difference) {
        String size = Numbers.difference(difference, 4);
        if (!difference.excludesZero()) {
            return "a difference of " + size + ", which includes zero, so nothing is claimed.";
        }
        return (difference.high() < 0 ? "ours is better, " : "ours is worse, ") + size + ".";
    }

    private static String weight(Interval weight) {
        return Numbers.fixed(weight.estimate(), 2) + " (" + Numbers.fixed(weight.low(), 2) + " to "
                + Numbers.fixed(weight.high(), 2) + ")";
    }

    private static double score(Side side) {
        return brier(side, "ensemble");
    }

    private static double market(Side side) {
        return brier(side, ContractEvaluation.MARKET);
    }

    private static double brier(Side side, String name) {
        EventEvaluation.Figures figures = side.all().figures().get(name);
        return figures == null ? Double.NaN : figures.scores().brier();
    }
}
