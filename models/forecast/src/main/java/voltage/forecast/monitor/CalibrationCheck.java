package voltage.forecast.monitor;

import java.util.Arrays;
import java.util.Comparator;
import voltage.forecast.NormalDistribution;
import voltage.forecast.calibration.LogOdds;
import voltage.forecast.calibration.LogisticRegression;

/**
 * Calibration of independent forecasts with the size that it has by chance alone. Expected calibration error is positive even for a perfect
 * forecaster: in a bin of n forecasts the gap between mean forecast and frequency is about normal with variance {@code Σp(1−p)/n²}, so the
 * error has mean {@code √(2/π) Σ w s} and variance {@code (1−2/π) Σ w² s²}. Forecasts of one market share its outcome: give one of each.
 *
 * @param n forecasts
 * @param error expected calibration error over bins of equal mass
 * @param byChance mean of the error if the forecasts are calibrated
 * @param deviation of the error if they are
 * @param slope of the outcome's log odds on the forecast's, 1 if calibrated; NaN if it cannot be said
 * @param slopeError standard error of the slope under calibration
 * @param intercept in log odds, 0 if calibrated; NaN if it cannot be said
 * @param interceptError standard error of the intercept under calibration
 * @param chiSquared score test that slope is 1 and intercept 0, two degrees of freedom: safe where the fit has no end
 */
public record CalibrationCheck(
        int n,
        double error,
        double byChance,
        double deviation,
        double slope,
        double slopeError,
        double intercept,
        double interceptError,
        double chiSquared) {
    private static final int LEAST_PER_BIN = 10;
    private static final int MOST_BINS = 10;

    /** Checks; n = 0 for no forecasts. */
    public static CalibrationCheck of(double[] probabilities, boolean[] outcomes) {
        int n = probabilities.length;
        if (outcomes.length != n) {
            throw new IllegalArgumentException("each forecast has an outcome, was " + n + " and " + outcomes.length);
        }
        if (n == 0) {
            return new CalibrationCheck(
                    0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double[] bins = bins(probabilities, outcomes);
        double[] line = line(probabilities, outcomes);
        return new CalibrationCheck(n, bins[0], bins[1], bins[2], line[1], line[3], line[0], line[2], line[4]);
    }

    /** How many standard deviations the error is above what chance makes of it. */
    public double excess() {
        return deviation > 0 ? (error - byChance) / deviation : 0;
    }

    /** Chance of a score test as large, for calibrated forecasts: {@code e^(−χ²/2)} for two degrees. */
    public double chance() {
        return StrictMath.exp(-chiSquared / 2);
    }

    /** Chance of an excess as large, by the normal approximation. */
    public double chanceOfError() {
        return 1 - NormalDistribution.cumulative(excess());
    }

    private static double[] bins(double[] probabilities, boolean[] outcomes) {
        int n = probabilities.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        int count = Math.max(1, Math.min(MOST_BINS, n / LEAST_PER_BIN));
        double error = 0;
        double byChance = 0;
        double variance = 0;
        for (int bin = 0; bin < count; bin++) {
            int from = (int) ((long) n * bin / count);
            int to = (int) ((long) n * (bin + 1) / count);
            double gap = 0;
            double noise = 0;
            for (int i = from; i < to; i++) {
                double p = probabilities[order[i]];
                gap += p - (outcomes[order[i]] ? 1 : 0);
                noise += p * (1 - p);
            }
            error += Math.abs(gap) / n;
            byChance += Math.sqrt(2 / Math.PI * noise) / n;
            variance += (1 - 2 / Math.PI) * noise / n / n;
        }
        return new double[] {error, byChance, Math.sqrt(variance)};
    }

    /** Intercept, slope, their errors, score test. */
    private static double[] line(double[] probabilities, boolean[] outcomes) {
        int n = probabilities.length;
        double[] scores = new double[n];
        double[] targets = new double[n];
        double u0 = 0;
        double u1 = 0;
        double i00 = 0;
        double i01 = 0;
        double i11 = 0;
        int events = 0;
        for (int i = 0; i < n; i++) {
            double x = LogOdds.of(probabilities[i]);
            double p = LogOdds.inverse(x);
            double y = outcomes[i] ? 1 : 0;
            scores[i] = x;
            targets[i] = y;
            events += outcomes[i] ? 1 : 0;
            u0 += y - p;
            u1 += (y - p) * x;
            i00 += p * (1 - p);
            i01 += p * (1 - p) * x;
            i11 += p * (1 - p) * x * x;
        }
        double determinant = i00 * i11 - i01 * i01;
        if (!(determinant > 1e-9 * i00 * i11)) {
            double chiSquared = i00 > 0 ? u0 * u0 / i00 : 0;
            return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, chiSquared};
        }
        double chiSquared = (i11 * u0 * u0 - 2 * i01 * u0 * u1 + i00 * u1 * u1) / determinant;
        double[] fit = events == 0 || events == n
                ? new double[] {Double.NaN, Double.NaN}
                : LogisticRegression.fit(new double[][] {scores}, targets);
        return new double[] {fit[0], fit[1], Math.sqrt(i11 / determinant), Math.sqrt(i00 / determinant), chiSquared};
    }
}
