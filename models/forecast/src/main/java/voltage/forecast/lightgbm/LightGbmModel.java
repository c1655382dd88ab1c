package voltage.forecast.lightgbm;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * A binary LightGBM model, evaluated in plain Java as LightGBM itself does it: the same splits, the same treatment of missing values, the
 * leaves summed in the same order, so that raw scores are bit for bit LightGBM's. Immutable; evaluation allocates nothing and may run
 * on any number of threads.
 *
 * <p>A node is two longs: its threshold, and a link that packs feature, both children and where a missing value goes. LightGBM knows three
 * kinds of missing: none (NaN counts as 0), zero (NaN and whatever is within 1e-35f of 0 take the default side), and NaN. For every one of
 * them the side that NaN takes is known beforehand, and is one bit of the link. Whatever is within 1e-35f of 0 is 0 everywhere.
 */
public final class LightGbmModel {
    /** What LightGBM takes for zero, and writes as a threshold next to zero. */
    static final double ZERO = 1e-35f;

    static final int RIGHT_SHIFT = 22;
    static final int FEATURE_SHIFT = 44;
    static final int LEAF = 1 << 21;
    static final int FEATURE_LIMIT = 1 << 18;
    static final int NODE_LIMIT = LEAF / 2;
    static final long NAN_LEFT = 1L << 62;
    static final long ZERO_IS_MISSING = 1L << 63;
    private static final int CHILD_MASK = (1 << RIGHT_SHIFT) - 1;

    private final List<String> features;
    private final double sigmoid;
    private final int[] roots;
    private final long[] nodes;
    private final double[] leaves;
    private final boolean zeroIsMissing;

    LightGbmModel(
            List<String> features, double sigmoid, int[] roots, long[] nodes, double[] leaves, boolean zeroIsMissing) {
        this.features = List.copyOf(features);
        this.sigmoid = sigmoid;
        this.roots = roots;
        this.nodes = nodes;
        this.leaves = leaves;
        this.zeroIsMissing = zeroIsMissing;
    }

    /**
     * Reads LightGBM's text format (versions v3 and v4).
     *
     * @param source named in errors
     * @param features what the caller will put into a row, in that order; the file must name exactly these
     * @throws BrokenModelException if the file is damaged, has categorical splits or linear leaves, another objective or other features
     */
    public static LightGbmModel read(Reader in, String source, List<String> features) throws IOException {
        return new ModelFile(in, source).read(features);
    }

    public List<String> features() {
        return features;
    }

    public int trees() {
        return roots.length;
    }

    /** The factor of the score in {@code 1/(1+exp(-sigmoid·score))}. */
    public double sigmoid() {
        return sigmoid;
    }

    /** Probability of the event. */
    public double probability(double[] row) {
        return 1 / (1 + StrictMath.exp(-sigmoid * rawScore(row)));
    }

    /**
     * Log odds of the event, divided by {@link #sigmoid()}.
     *
     * @param row the features in the model's order; NaN for one that is missing
     */
    public double rawScore(double[] row) {
        if (row.length != features.size()) {
            throw new IllegalArgumentException(
                    "a row of this model has " + features.size() + " features, was " + row.length);
        }
        boolean complete = !zeroIsMissing;
        for (double value : row) {
            complete &= Math.abs(value) > ZERO || value == 0;
        }
        return complete ? ofComplete(row) : ofAny(row);
    }

    private double ofComplete(double[] row) {
        double score = 0;
        for (int root : roots) {
            int at = root;
            while ((at & LEAF) == 0) {
                long link = nodes[at + 1];
                double value = row[(int) (link >>> FEATURE_SHIFT) & (FEATURE_LIMIT - 1)];
                int shift = value <= Double.longBitsToDouble(nodes[at]) ? 0 : RIGHT_SHIFT;
                at = (int) (link >>> shift) & CHILD_MASK;
            }
            score += leaves[at & (LEAF - 1)];
        }
        return score;
    }

    private double ofAny(double[] row) {
        double score = 0;
        for (int root : roots) {
            int at = root;
            while ((at & LEAF) == 0) {
                long link = nodes[at + 1];
                double value = row[(int) (link >>> FEATURE_SHIFT) & (FEATURE_LIMIT - 1)];
                boolean zero = Math.abs(value) <= ZERO;
                boolean left = Double.isNaN(value) || (zero && link < 0)
                        ? (link & NAN_LEFT) != 0
                        : (zero ? 0 : value) <= Double.longBitsToDouble(nodes[at]);
                at = (int) (left ? link : link >>> RIGHT_SHIFT) & CHILD_MASK;
            }
            score += leaves[at & (LEAF - 1)];
        }
        return score;
    }
}
