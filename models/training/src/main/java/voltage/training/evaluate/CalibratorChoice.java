package voltage.training.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import voltage.forecast.calibration.BetaCalibrator;
import voltage.forecast.calibration.Calibrator;
import voltage.forecast.calibration.IsotonicCalibrator;

/**
 * Which calibration of a pooled score the held-out rows themselves call for: none, beta or isotonic. The more freely a curve bends, the more of
 * it is the volatility of those few weeks; and rows of neighbouring minutes share their outcome, so there are far fewer points than
 * rows. Each kind is fitted to all but one stretch of time and scored on that, in turn; a freer
 * one must have the lesser Brier score by more than chance.
 */
final class CalibratorChoice {
    private static final int STRETCHES = 8;

    /** From the stiffest to the freest. */
    private static final List<BiFunction<double[], boolean[], Calibrator>> KINDS =
            List.of((probabilities, labels) -> BetaCalibrator.IDENTITY, BetaCalibrator::fit, IsotonicCalibrator::fit);

    private CalibratorChoice() {}

    /**
     * The chosen kind, fitted to all rows.
     *
     * @param pooled scores in the order of time
     * @param apartRows rows that are left out on either side of a stretch, so that no outcome is known on both sides
     */
    static Calibrator of(double[] pooled, boolean[] labels, int apartRows) {
        BiFunction<double[], boolean[], Calibrator> best = KINDS.get(0);
        for (BiFunction<double[], boolean[], Calibrator> freer : KINDS.subList(1, KINDS.size())) {
            if (isBetter(losses(freer, pooled, labels, apartRows), losses(best, pooled, labels, apartRows))) {
                best = freer;
            }
        }
        return best.apply(pooled, labels);
    }

    /** By more than a standard error of the difference over the stretches: less is chance. */
    private static boolean isBetter(double[] losses, double[] than) {
        double mean = 0;
        for (int i = 0; i < STRETCHES; i++) {
            mean += (losses[i] - than[i]) / STRETCHES;
        }
        double squares = 0;
        for (int i = 0; i < STRETCHES; i++) {
            squares += Math.pow(losses[i] - than[i] - mean, 2);
        }
        return mean < -Math.sqrt(squares / (STRETCHES - 1) / STRETCHES);
    }

    /** The mean Brier score of each stretch. */
    private static double[] losses(
            BiFunction<double[], boolean[], Calibrator> kind, double[] pooled, boolean[] labels, int apartRows) {
        int n = pooled.length;
        double[] losses = new double[STRETCHES];
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
            int from = (int) ((long) n * stretch / STRETCHES);
            int to = (int) ((long) n * (stretch + 1) / STRETCHES);
            int[] others = IntStream.range(0, n)
                    .filter(row -> row < from - apartRows || row >= to + apartRows)
                    .toArray();
            if (others.length == 0 || from == to) {
                // Too little to choose by: nothing freer can be better.
                return new double[STRETCHES];
            }
            boolean[] known = new boolean[others.length];
            for (int i = 0; i < known.length; i++) {
                known[i] = labels[others[i]];
            }
            Calibrator fitted = kind.apply(
                    Arrays.stream(others).mapToDouble(row -> pooled[row]).toArray(), known);
            for (int row = from; row < to; row++) {
                double miss = fitted.calibrate(pooled[row]) - (labels[row] ? 1 : 0);
                losses[stretch] += miss * miss / (to - from);
            }
        }
        return losses;
    }
}
