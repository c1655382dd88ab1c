package voltage.forecast.calibration;

/**
 * Platt's sigmoid (1999): {@code p = 1/(1+exp(A·f+B))}, where f is the log odds of the forecast. Fitted to the targets
 * {@code (N₊+1)/(N₊+2)} and {@code 1/(N₋+2)}, which keeps it finite on few or parted points.
 *
 * @param a −1 for the identity
 * @param b 0 for the identity
 */
public record PlattCalibrator(double a, double b) implements Calibrator {
    public PlattCalibrator {
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            throw new IllegalArgumentException("Platt's A and B are finite, was " + a + " and " + b);
        }
    }

    public static PlattCalibrator fit(double[] probabilities, boolean[] labels) {
        Points.require(probabilities, labels);
        int n = labels.length;
        int positives = 0;
        for (boolean label : labels) {
            positives += label ? 1 : 0;
        }
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (n - positives + 2.0);
        double[] scores = new double[n];
        double[] targets = new double[n];
        for (int i = 0; i < n; i++) {
            scores[i] = LogOdds.of(probabilities[i]);
            targets[i] = labels[i] ? high : low;
        }
        double[] fit = LogisticRegression.fit(new double[][] {scores}, targets);
        return new PlattCalibrator(-fit[1], -fit[0]);
    }

    @Override
    public double calibrate(double probability) {
        return LogOdds.inverse(-(a * LogOdds.of(probability) + b));
    }
}
