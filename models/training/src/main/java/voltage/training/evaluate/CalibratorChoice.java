package voltage.training.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import voltage.forecast.calibration.BetaCalibrator;
import voltage.forecast.calibration.Calibrator;
import voltage.forecast.calibration.IsotonicCalibrator;
import voltage.forecast.calibration.PlattCalibrator;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;
import voltage.training.measure.Losses;

/**
 * Which calibrator a score gets, if any. Fitting one to a stretch of time also fits that stretch's luck and its regime, so each kind must first
 * show, on held-out rows alone, that it helps on what comes later: the rows are cut into blocks of time, each block is forecast by what was
 * fitted before it, and a more elaborate kind is taken only if its log loss is better by more than a standard error (of days drawn anew).
 *
 * @param calibrator fitted to all rows; the identity if nothing helped
 * @param kind its name: {@code identity}, {@code platt}, {@code beta} or {@code isotonic}
 * @param gains for each kind the log loss less that of the identity, on later blocks; empty if there were too few rows to ask
 * @param independent rows whose outcomes do not overlap: what counts as a point
 */
public record CalibratorChoice(Calibrator calibrator, String kind, Map<String, Interval> gains, int independent) {
    private static final int BLOCKS = 5;
    private static final int LEAST_INDEPENDENT = 200;
    private static final int RESAMPLES = 500;
    private static final long SEED = 20_261_122;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final String IDENTITY = "identity";

    public CalibratorChoice {
        gains = Map.copyOf(gains);
    }

    /**
     * Chooses and fits.
     *
     * @param probabilities held out: of models that were trained on what was before
     * @param atNanos decisions, not falling
     * @param horizonMinutes from a decision to its outcome
     */
    public static CalibratorChoice of(double[] probabilities, boolean[] labels, long[] atNanos, int horizonMinutes) {
        Losses.brier(probabilities, labels);
        long horizon = horizonMinutes * MINUTE_NANOS;
        int points = independent(atNanos, atNanos.length, horizon);
        if (points < LEAST_INDEPENDENT) {
            return new CalibratorChoice(BetaCalibrator.IDENTITY, IDENTITY, Map.of(), points);
        }
        Map<String, BiFunction<double[], boolean[], Calibrator>> kinds = kinds(points);
        int first = atNanos.length / BLOCKS;
        double[] plain = forward(probabilities, labels, atNanos, horizon, (p, y) -> BetaCalibrator.IDENTITY);
        long[] at = Arrays.copyOfRange(atNanos, first, atNanos.length);
        boolean[] outcomes = Arrays.copyOfRange(labels, first, labels.length);
        double[] best = Losses.log(plain, outcomes);
        double[] identity = best;
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        String chosen = IDENTITY;
        Map<String, Interval> gains = new LinkedHashMap<>();
        for (Map.Entry<String, BiFunction<double[], boolean[], Calibrator>> kind : kinds.entrySet()) {
            double[] losses = Losses.log(forward(probabilities, labels, atNanos, horizon, kind.getValue()), outcomes);
            gains.put(kind.getKey(), days.difference(losses, identity, at));
            Interval beyond = days.difference(losses, best, at);
            if (beyond.estimate() < -beyond.standardError()) {
                chosen = kind.getKey();
                best = losses;
            }
        }
        BiFunction<double[], boolean[], Calibrator> fit = kinds.get(chosen);
        return new CalibratorChoice(
                fit == null ? BetaCalibrator.IDENTITY : fit.apply(probabilities, labels), chosen, gains, points);
    }

    /** By rising number of free parameters; isotonic regression only where enough outcomes are independent. */
    private static Map<String, BiFunction<double[], boolean[], Calibrator>> kinds(int points) {
        Map<String, BiFunction<double[], boolean[], Calibrator>> kinds = new LinkedHashMap<>();
        kinds.put("platt", PlattCalibrator::fit);
        kinds.put("beta", BetaCalibrator::fit);
        if (points >= Calibrator.ISOTONIC_FROM) {
            kinds.put("isotonic", IsotonicCalibrator::fit);
        }
        return kinds;
    }

    /** Forecasts of all blocks but the first, each by a fit to the rows whose outcome was known when it began. */
    private static double[] forward(
            double[] probabilities,
            boolean[] labels,
            long[] atNanos,
            long horizon,
            BiFunction<double[], boolean[], Calibrator> fit) {
        int n = labels.length;
        int first = n / BLOCKS;
        double[] said = new double[n - first];
        for (int block = 1; block < BLOCKS; block++) {
            int from = (int) ((long) n * block / BLOCKS);
            int to = (int) ((long) n * (block + 1) / BLOCKS);
            int known = (int) IntStream.range(0, from)
                    .filter(i -> atNanos[i] + horizon <= atNanos[from])
                    .count();
            Calibrator calibrator = known == 0
                    ? BetaCalibrator.IDENTITY
                    : fit.apply(Arrays.copyOf(probabilities, known), Arrays.copyOf(labels, known));
            for (int i = from; i < to; i++) {
                said[i - first] = calibrator.calibrate(probabilities[i]);
            }
        }
        return said;
    }

    /** Rows whose outcomes do not overlap, taken greedily from the first on. */
    static int independent(long[] atNanos, int count, long horizonNanos) {
        int points = 0;
        long next = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            if (atNanos[i] >= next) {
                points++;
                next = atNanos[i] + horizonNanos;
            }
        }
        return points;
    }
}
