package voltage.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.forecast.calibration.Calibrator;
import voltage.forecast.ensemble.LogPool;
import voltage.training.data.MinuteQuote;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;

/**
 * The market's price as a further member: weights and calibration are learned on the first half of the quoted days and tested on the rest. The
 * weight that ours keeps beside the price is the honest measure of what ours knows and the price does not.
 *
 * @param splitNanos from when on it is tested, epoch nanoseconds UTC; an hour before it is left out
 * @param weight of ours, with its interval
 * @param byMinute the same learned for each minute to close alone
 * @param calibrations what calibrator each got, by name
 * @param rest by falling minutes to close, all together (0) last
 * @param taker what taking by the pooled price would have brought on the rest
 */
public record MarketPool(
        long splitNanos,
        int learned,
        Interval weight,
        Map<Integer, Interval> byMinute,
        Map<String, String> calibrations,
        List<Rest> rest,
        TakerSimulation.Result taker) {
    /** Our pool with the market's price, calibrated. */
    public static final String POOLED = "withMarket";

    private static final String OURS_CALIBRATED = "ensembleCalibrated";
    private static final String MARKET_CALIBRATED = "marketCalibrated";
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final int LEAST_DAYS = 4;
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_125;

    public MarketPool {
        byMinute = Map.copyOf(byMinute);
        calibrations = Map.copyOf(calibrations);
        rest = List.copyOf(rest);
    }

    /**
     * The tested part at one minute to close.
     *
     * @param figures the market, ours, both calibrated, and the pool
     * @param againstMarket paired difference of the pool's Brier score to the market's
     * @param againstCalibrated the same to the market's after calibration: what is left of a gain that is not the market's own miscalibration
     */
    public record Rest(
            int minutesToClose,
            Map<String, EventEvaluation.Figures> figures,
            Interval againstMarket,
            Interval againstCalibrated) {}

    /** Learns and tests; null if there are fewer than four days. */
    static @Nullable MarketPool learn(ForecastTable table, String ours, String market) {
        long[] days = Arrays.stream(table.closeNanos())
                .map(close -> Math.floorDiv(close, DAY_NANOS))
                .distinct()
                .sorted()
                .toArray();
        if (days.length < LEAST_DAYS) {
            return null;
        }
        long split = days[days.length / 2] * DAY_NANOS;
        ForecastTable first = table.where(row -> table.closeNanos()[row] <= split - HOUR_NANOS);
        ForecastTable later =
                table.where(row -> table.closeNanos()[row] - MinuteQuote.LIFETIME_MINUTES * 60_000_000_000L >= split);
        EdgeWeight fit = new EdgeWeight(first.said(ours), first.said(market), first.labels());
        Interval weight = fit.interval(first.atNanos());
        LogPool pool = new LogPool(List.of(ours, market), new double[] {weight.estimate(), 1 - weight.estimate()});
        CalibratorChoice both = choice(pooled(first, pool, ours, market), first);
        CalibratorChoice oursAlone = choice(first.said(ours), first);
        CalibratorChoice marketAlone = choice(first.said(market), first);
        ForecastTable tested = later.with(OURS_CALIBRATED, calibrated(later.said(ours), oursAlone.calibrator()))
                .with(MARKET_CALIBRATED, calibrated(later.said(market), marketAlone.calibrator()))
                .with(POOLED, calibrated(pooled(later, pool, ours, market), both.calibrator()));
        List<String> shown = List.of(market, MARKET_CALIBRATED, ours, OURS_CALIBRATED, POOLED);
        List<Rest> rest = new ArrayList<>();
        Map<Integer, Interval> byMinute = new TreeMap<>();
        for (int left = MinuteQuote.LIFETIME_MINUTES; left >= 1; left--) {
            ForecastTable learnedAt = first.atMinute(left);
            ForecastTable testedAt = tested.atMinute(left);
            if (learnedAt.size() > 0 && testedAt.size() > 0) {
                byMinute.put(
                        left,
                        new EdgeWeight(learnedAt.said(ours), learnedAt.said(market), learnedAt.labels())
                                .interval(learnedAt.atNanos()));
                rest.add(rest(left, testedAt, shown, market));
            }
        }
        rest.add(rest(0, tested, shown, market));
        return new MarketPool(
                split,
                (int) Arrays.stream(first.closeNanos()).distinct().count(),
                weight,
                byMinute,
                Map.of(POOLED, both.kind(), OURS_CALIBRATED, oursAlone.kind(), MARKET_CALIBRATED, marketAlone.kind()),
                rest,
                TakerSimulation.run(tested, POOLED, market));
    }

    private static Rest rest(int left, ForecastTable rows, List<String> shown, String market) {
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        double[] pooled = rows.brier(POOLED);
        return new Rest(
                left,
                rows.figures(shown, days),
                days.difference(pooled, rows.brier(market), rows.atNanos()),
                days.difference(pooled, rows.brier(MARKET_CALIBRATED), rows.atNanos()));
    }

    private static CalibratorChoice choice(double[] said, ForecastTable rows) {
        return CalibratorChoice.of(said, rows.labels(), rows.atNanos(), MinuteQuote.LIFETIME_MINUTES);
    }

    private static double[] pooled(ForecastTable rows, LogPool pool, String ours, String market) {
        double[] said = new double[rows.size()];
        for (int i = 0; i < said.length; i++) {
            said[i] = pool.pool(new double[] {rows.said(ours)[i], rows.said(market)[i]});
        }
        return said;
    }

    private static double[] calibrated(double[] said, Calibrator calibrator) {
        return Arrays.stream(said).map(calibrator::calibrate).toArray();
    }
}
