package voltage.forecast.calibration;

/**
 * Beta calibration (Kull, Silva Filho, Flach 2017): {@code logit p' = c + a·ln p − b·ln(1−p)} with a, b ≥ 0, so it never turns the order of
 * forecasts around.
 *
 * @param a 1 for the identity
 * @param b 1 for the identity
 * @param c 0 for the identity
 */
public record BetaCalibrator(double a, double b, double c) implements Calibrator {
    /** Changes nothing, but for keeping away from 0 and 1. */
    public static final BetaCalibrator IDENTITY = new BetaCalibrator(1, 1, 0);

    public BetaCalibrator {
        if (!(a >= 0 && b >= 0) || !Double.isFinite(a + b) || !Double.isFinite(c)) {
            throw new IllegalArgumentException(
                    "beta calibration has finite a, b of 0 or more and a finite c, was " + a + ", " + b + ", " + c);
        }
    }

    /** The best fit with a, b ≥ 0: the loss is convex, so where the free optimum has a negative one, the best lies on an edge. */
    public static BetaCalibrator fit(double[] probabilities, boolean[] labels) {
        Points.require(probabilities, labels);
        int n = labels.length;
        double[] first = new double[n];
        double[] second = new double[n];
        double[] targets = new double[n];
        int positives = 0;
        for (int i = 0; i < n; i++) {
            double p = LogOdds.clip(probabilities[i]);
            first[i] = StrictMath.log(p);
            second[i] = -StrictMath.log1p(-p);
            targets[i] = labels[i] ? 1 : 0;
            positives += labels[i] ? 1 : 0;
        }
        if (positives == 0 || positives == n) {
            // Labels of one kind say nothing about the shape, and would drive c to infinity.
            return new BetaCalibrator(0, 0, LogOdds.of((positives + 1.0) / (n + 2.0)));
        }
        double[] free = LogisticRegression.fit(new double[][] {first, second}, targets);
        if (free[1] >= 0 && free[2] >= 0) {
            return new BetaCalibrator(free[1], free[2], free[0]);
        }
        double[] noB = LogisticRegression.fit(new double[][] {first}, targets);
        double[] noA = LogisticRegression.fit(new double[][] {second}, targets);
        boolean aHolds = noB[1] >= 0;
        boolean bHolds = noA[1] >= 0;
        double lossOfA = aHolds ? LogisticRegression.loss(noB, new double[][] {first}, targets) : Double.MAX_VALUE;
        double lossOfB = bHolds ? LogisticRegression.loss(noA, new double[][] {second}, targets) : Double.MAX_VALUE;
        if (aHolds && lossOfA <= lossOfB) {
            return new BetaCalibrator(noB[1], 0, noB[0]);
        }
        if (bHolds) {
            return new BetaCalibrator(0, noA[1], noA[0]);
        }
        return new BetaCalibrator(0, 0, LogOdds.of((double) positives / n));
    }

    @Override
    public double calibrate(double probability) {
        double p = LogOdds.clip(probability);
        return LogOdds.inverse(c + a * StrictMath.log(p) - b * StrictMath.log1p(-p));
    }
}
