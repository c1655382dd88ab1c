package voltage.forecast.ensemble;

import java.util.List;
import voltage.forecast.calibration.LogOdds;

/**
 * Weights of a {@link LogPool} from held-out forecasts: mean log loss plus {@code shrinkage·KL(w‖prior)}, minimised over the simplex by
 * exponentiated gradient with a searched step. The problem is convex, and the steps end when the duality gap
 * {@code g·w − min g} shows that no weights are better by more than 1e-9.
 */
public final class PoolFit {
    private static final double ENOUGH = 1e-9;
    private static final double ROUNDING = 1e-14;
    private static final int MOST_STEPS = 20_000;
    private static final double LEAST_WEIGHT = 1e-300;

    private final double[][] scores;
    private final boolean[] labels;
    private final double[] prior;
    private final double shrinkage;

    private PoolFit(double[][] scores, boolean[] labels, double[] prior, double shrinkage) {
        this.scores = scores;
        this.labels = labels;
        this.prior = prior;
        this.shrinkage = shrinkage;
    }

    /**
     * Fits.
     *
     * @param probabilities one row an instant, one value a member; none missing
     * @param labels of the instants
     * @param prior weights above 0, that of a fit to nothing
     * @param shrinkage 0 or more, in nats of mean log loss; about 1/n gives the prior the weight of one instant
     */
    public static LogPool fit(
            List<String> members, double[][] probabilities, boolean[] labels, double[] prior, double shrinkage) {
        if (labels.length == 0 || probabilities.length != labels.length) {
            throw new IllegalArgumentException("a fit needs as many labels as rows, at least one, was "
                    + probabilities.length + " rows and " + labels.length + " labels");
        }
        if (!(shrinkage >= 0) || !Double.isFinite(shrinkage)) {
            throw new IllegalArgumentException("shrinkage is 0 or more, was " + shrinkage);
        }
        new LogPool(members, prior);
        for (double weight : prior) {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("a prior weight is above 0, was " + weight);
            }
        }
        double[][] scores = new double[labels.length][members.size()];
        for (int i = 0; i < labels.length; i++) {
            if (probabilities[i].length != members.size()) {
                throw new IllegalArgumentException("row " + i + " has one probability a member (" + members.size()
                        + "), was " + probabilities[i].length);
            }
            for (int j = 0; j < members.size(); j++) {
                double p = probabilities[i][j];
                if (!(p >= 0 && p <= 1)) {
                    throw new IllegalArgumentException("row " + i + ", " + members.get(j)
                            + ": a probability is 0 to 1, was " + p + "; leave rows with a missing member out");
                }
                scores[i][j] = LogOdds.of(p);
            }
        }
        return new LogPool(members, new PoolFit(scores, labels, prior, shrinkage).minimise());
    }

    private double[] minimise() {
        double[] weights = prior.clone();
        double[] gradient = new double[weights.length];
        double objective = objective(weights, gradient);
        double step = 1;
        double enough = ENOUGH * (1 + shrinkage);
        for (int i = 0; i < MOST_STEPS && gap(weights, gradient) > enough && step > 1e-12; i++) {
            double[] candidate = moved(weights, gradient, step);
            double[] candidateGradient = new double[weights.length];
            double candidateObjective = objective(candidate, candidateGradient);
            double rounding = ROUNDING * (1 + Math.abs(objective));
            if (candidateObjective <= objective + promised(weights, candidate, gradient, step) + rounding) {
                weights = candidate;
                gradient = candidateGradient;
                objective = candidateObjective;
                step = Math.min(step * 1.3, 1e9);
            } else {
                step /= 2;
            }
        }
        return weights;
    }

    /** The change that a step of the right length keeps below: linear in the move, plus its divergence over the step. */
    private static double promised(double[] from, double[] to, double[] gradient, double step) {
        double change = 0;
        for (int j = 0; j < from.length; j++) {
            change += gradient[j] * (to[j] - from[j]) + to[j] * StrictMath.log(to[j] / from[j]) / step;
        }
        return change;
    }

    /** Upper bound of what other weights could gain. */
    private static double gap(double[] weights, double[] gradient) {
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < weights.length; j++) {
            mean += weights[j] * gradient[j];
            least = Math.min(least, gradient[j]);
        }
        return mean - least;
    }

    private static double[] moved(double[] weights, double[] gradient, double step) {
        double least = Double.POSITIVE_INFINITY;
        for (double slope : gradient) {
            least = Math.min(least, slope);
        }
        double[] moved = new double[weights.length];
        double sum = 0;
        for (int j = 0; j < moved.length; j++) {
            moved[j] = Math.max(LEAST_WEIGHT, weights[j] * StrictMath.exp(-step * (gradient[j] - least)));
            sum += moved[j];
        }
        for (int j = 0; j < moved.length; j++) {
            moved[j] /= sum;
        }
        return moved;
    }

    private double objective(double[] weights, double[] gradient) {
        int n = labels.length;
        double loss = 0;
        for (int j = 0; j < weights.length; j++) {
            double ratio = StrictMath.log(weights[j] / prior[j]);
            loss += shrinkage * weights[j] * ratio;
            gradient[j] = shrinkage * (ratio + 1);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double score = 0;
            for (int j = 0; j < weights.length; j++) {
                score += weights[j] * scores[i][j];
            }
            double error = LogOdds.inverse(score) - (labels[i] ? 1 : 0);
            sum += Math.max(score, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(score))) - (labels[i] ? score : 0);
            for (int j = 0; j < weights.length; j++) {
                gradient[j] += error * scores[i][j] / n;
            }
        }
        return loss + sum / n;
    }
}
