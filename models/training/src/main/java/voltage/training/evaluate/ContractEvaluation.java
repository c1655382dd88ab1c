package voltage.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import voltage.training.data.Dataset;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.measure.ArcsineLaw;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;
import voltage.training.measure.Power;

/**
 * How good our forecasts of recorded contracts are beside the market's own price, minute by minute to close. The models must have been trained
 * on what ended before the first quote.
 */
public final class ContractEvaluation {
    /** What the market's price is called among the models. */
    public static final String MARKET = "market";

    private static final String ENSEMBLE = "ensemble";
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_123;

    private ContractEvaluation() {}

    /**
     * The least that any forecast could have, if volatility were constant.
     *
     * @param brier and {@code logLoss} at the market's own age
     */
    public record Ideal(double brier, double logLoss) {}

    /**
     * All figures of one minute to close, or of all minutes.
     *
     * @param minutesToClose 1 to 15, at the quote's end; 0 for all together
     * @param figures by name: our models, {@link #MARKET} last; all of the same contracts
     * @param ideal NaN where minutes are mixed, but for the mean Brier score
     * @param againstMarket paired difference of the ensemble's Brier score to the market's; below 0 is better
     * @param skill {@code 1 − B/B_mid} of the ensemble
     * @param edgeSeen least root-mean-square edge in probability that so many contracts show
     * @param alarms names of forecasters that are better than the ideal allows: look for a leak
     */
    public record Minute(
            int minutesToClose,
            Map<String, EventEvaluation.Figures> figures,
            Ideal ideal,
            Interval againstMarket,
            Interval skill,
            double edgeSeen,
            List<String> alarms)
            implements AtMinute {
        public Minute {
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * All minutes under one assumption of what ours may know.
     *
     * @param minutes by falling minutes to close
     * @param all minutes together; contracts count once a minute, and intervals are of days, so this claims no more than there is
     * @param beside what a pool of ours and the market's price learns; null with fewer than four days
     */
    public record Side(
            Knowledge knowledge,
            List<Minute> minutes,
            Minute all,
            @Nullable MarketPool beside) {
        public Side {
            minutes = List.copyOf(minutes);
        }
    }

    /**
     * The whole comparison.
     *
     * @param markets quoted
     * @param quotes of these
     * @param unknown quotes left out since prices or features around them are not known
     * @param sides {@link Knowledge#BEFORE_MINUTE} first: claims are made of that one
     */
    public record Report(
            Spans spans, int markets, int quotes, int unknown, long firstNanos, long lastNanos, List<Side> sides) {
        public Report {
            sides = List.copyOf(sides);
        }

        public Side strict() {
            return sides.getFirst();
        }
    }

    /** Which part of the data trains models for this: all that ended an hour before anything of the first quoted contract was known. */
    public static Spans spans(Dataset data, List<MinuteQuote> quotes) {
        if (quotes.isEmpty()) {
            throw new IllegalArgumentException("there are no quotes to compare with");
        }
        return Spans.before(data, quotes.getFirst().openNanos() - 60_000_000_000L);
    }

    /**
     * Compares once.
     *
     * @param trained on {@code spans}, one training an event
     * @throws IllegalArgumentException if the models saw any of the quotes' time
     */
    public static Report test(
            Dataset data,
            MinutePrices prices,
            List<MinuteQuote> quotes,
            List<EventTraining.Trained> trained,
            Spans spans) {
        long first = quotes.getFirst().openNanos();
        if (spans.testFromNanos() > first) {
            throw new IllegalArgumentException("models must be trained on what ended before the first quote at "
                    + Spans.at(first) + ", was until " + Spans.at(spans.testFromNanos()));
        }
        List<ContractForecaster> forecasters = ContractForecaster.of(trained);
        List<Side> sides = new ArrayList<>();
        int compared = 0;
        for (Knowledge knowledge : Knowledge.values()) {
            ForecastTable table =
                    ForecastTable.of(ContractInstant.of(quotes, data, prices, knowledge), forecasters, MARKET);
            compared = table.size();
            sides.add(side(knowledge, table));
        }
        return new Report(
                spans,
                (int) quotes.stream().map(MinuteQuote::ticker).distinct().count(),
                quotes.size(),
                quotes.size() - compared,
                first,
                quotes.getLast().closeNanos(),
                sides);
    }

    private static Side side(Knowledge knowledge, ForecastTable table) {
        List<Minute> minutes = new ArrayList<>();
        double ideal = 0;
        for (int left = MinuteQuote.LIFETIME_MINUTES; left >= 1; left--) {
            ForecastTable rows = table.atMinute(left);
            if (rows.size() > 0) {
                Minute minute = minute(knowledge, left, rows);
                minutes.add(minute);
                ideal += minute.ideal().brier() * rows.size();
            }
        }
        if (minutes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no quote has known minutes around it; give candles of the quotes' time");
        }
        Minute all = minute(knowledge, 0, table);
        double mean = ideal / table.size();
        return new Side(
                knowledge,
                minutes,
                new Minute(
                        0,
                        all.figures(),
                        new Ideal(mean, Double.NaN),
                        all.againstMarket(),
                        all.skill(),
                        all.edgeSeen(),
                        alarms(all.figures(), mean)),
                MarketPool.learn(table, ENSEMBLE, MARKET));
    }

    private static Minute minute(Knowledge knowledge, int left, ForecastTable rows) {
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        Map<String, EventEvaluation.Figures> figures = rows.figures(rows.names(), days);
        double[] market = rows.brier(MARKET);
        double[] ours = rows.brier(ENSEMBLE);
        int windows = (int) Arrays.stream(rows.closeNanos()).distinct().count();
        double variance = IntStream.range(0, rows.size())
                .mapToDouble(i -> rows.said(MARKET)[i] * (1 - rows.said(MARKET)[i]))
                .average()
                .orElse(Power.USUAL_VARIANCE);
        List<String> alarms = new ArrayList<>();
        if (left > 0) {
            figures.forEach((name, each) -> {
                int age = name.equals(MARKET) ? Knowledge.SAME_MINUTE.ageSeconds() : knowledge.ageSeconds();
                if (ArcsineLaw.QUARTER_HOUR.leakSuspected(each.scores().brier(), rows.size(), after(left, age))) {
                    alarms.add(name);
                }
            });
        }
        int at = after(Math.max(1, left), Knowledge.SAME_MINUTE.ageSeconds());
        return new Minute(
                left,
                figures,
                new Ideal(ArcsineLaw.QUARTER_HOUR.brier(at), ArcsineLaw.QUARTER_HOUR.logLoss(at)),
                days.difference(ours, market, rows.atNanos()),
                days.skill(ours, market, rows.atNanos()),
                Power.edgeSeen(windows, Math.max(1e-6, variance)),
                alarms);
    }

    /** Over all minutes the ideal is the mean of theirs, and so the alarm has enough forecasts to ring on a few weeks. */
    public static List<String> alarms(Map<String, EventEvaluation.Figures> figures, double ideal) {
        return figures.entrySet().stream()
                .filter(each -> each.getValue().scores().n() > ArcsineLaw.ALARM_FROM
                        && each.getValue().scores().brier() < ideal - ArcsineLaw.ALARM_MARGIN)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Seconds after opening at which something of that age is known beside a quote; 0 before opening. */
    static int after(int minutesToClose, int ageSeconds) {
        return Math.max(0, 60 * (MinuteQuote.LIFETIME_MINUTES - minutesToClose) - ageSeconds);
    }
}
