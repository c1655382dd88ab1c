package voltage.forecast.ensemble;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import voltage.forecast.calibration.LogOdds;

/**
 * The weighted mean of several forecasts' log odds, {@code σ(Σ w_j logit p_j)}; the market's price can be one of them. A pool of members
 * that know the same is too timid, so a calibrator follows (Ranjan, Gneiting 2010).
 *
 * @param members names, in the order of the probabilities
 * @param weights 0 or more, of sum 1
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below
public record LogPool(List<String> members, double[] weights) {
    private static final double SUM_TOLERANCE = 1e-9;

    public LogPool {
        members = List.copyOf(members);
        weights = weights.clone();
        if (members.isEmpty() || members.size() != weights.length || new HashSet<>(members).size() != members.size()) {
            throw new IllegalArgumentException("a pool has members of different names with one weight each, was "
                    + members + " with " + weights.length + " weights");
        }
        if (!Simplex.holds(weights, SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "weights are 0 or more and sum up to 1, was " + Arrays.toString(weights));
        }
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    /**
     * The pooled probability; allocates nothing.
     *
     * @param probabilities one a member; if one with a weight is NaN, so is the result: nobody's absence is passed over
     */
    public double pool(double[] probabilities) {
        if (probabilities.length != weights.length) {
            throw new IllegalArgumentException(
                    "this pool has " + weights.length + " members, was " + probabilities.length);
        }
        double score = 0;
        for (int j = 0; j < weights.length; j++) {
            if (weights[j] > 0) {
                score += weights[j] * LogOdds.of(probabilities[j]);
            }
        }
        return LogOdds.inverse(score);
    }

    /** The weight that all others keep beside a member. Beside the market's price it is the honest measure of edge. */
    public double weightBeside(String member) {
        int index = members.indexOf(member);
        if (index < 0) {
            throw new IllegalArgumentException("the pool's members are " + members + ", was " + member);
        }
        return Math.max(0, 1 - weights[index]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogPool that && members.equals(that.members) && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * members.hashCode() + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "LogPool" + members + Arrays.toString(weights);
    }
}
