package voltage.forecast.lightgbm;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * A binary LightGBM model, evaluated in plain Java as LightGBM itself does it: the same splits, the same treatment of missing values, the
 * leaves summed in the same order, so that raw scores are bit for bit LightGBM's. Immutable; evaluation allocates nothing and may run
 * on any number of threads.
 *
 * <p>A node is two longs: its threshold, and a link that packs feature, both children and where a missing value goes; a leaf holds its value
 * in place of the threshold and links to itself. LightGBM knows three kinds of missing: none (NaN counts as 0), zero (NaN and whatever is
 * within 1e-35f of 0 take the default side), and NaN. For every one of them the side that NaN takes is known beforehand, and is one bit
 * of the link. Whatever is within 1e-35f of 0 is 0 everywhere.
 *
 * <p>Eight trees are walked abreast, as deep as the deepest of them, without a branch on data: a processor would guess every second one wrongly,
 * and waits for one tree's memory while it works on the others.
 */
public final class LightGbmModel {
    /** What LightGBM takes for zero, and writes as a threshold next to zero. */
    static final double ZERO = 1e-35f;

    static final int ABREAST = 8;
    static final int RIGHT_SHIFT = 22;
    static final int FEATURE_SHIFT = 44;
    static final int FEATURE_LIMIT = 1 << 18;
    static final int LONGS_LIMIT = 1 << RIGHT_SHIFT;
    static final long NAN_LEFT = 1L << 62;
    static final long ZERO_IS_MISSING = 1L << 63;
    private static final int CHILD_MASK = LONGS_LIMIT - 1;
    private static final int FEATURE_MASK = FEATURE_LIMIT - 1;

    private final List<String> features;
    private final double sigmoid;
    private final int trees;
    private final int[] roots;
    private final int[] depths;
    private final long[] nodes;
    private final boolean zeroIsMissing;

    /**
     * A model.
     *
     * @param trees of the file; roots beyond them are leaves of value 0
     * @param roots a multiple of {@link #ABREAST}
     * @param depths of the deepest tree of each eight
     */
    LightGbmModel(
            List<String> features,
            double sigmoid,
            int trees,
            int[] roots,
            int[] depths,
            long[] nodes,
            boolean zeroIsMissing) {
        this.features = List.copyOf(features);
        this.sigmoid = sigmoid;
        this.trees = trees;
        this.roots = roots;
        this.depths = depths;
        this.nodes = nodes;
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
        return trees;
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
        boolean plain = !zeroIsMissing;
        for (double value : row) {
            double size = Math.abs(value);
            plain &= (size > ZERO || value == 0) && size <= Double.MAX_VALUE;
        }
        return plain ? ofPlain(row) : ofAny(row);
    }

    /** Of a row of finite numbers, none of them so small that it counts as zero without being it. */
    private double ofPlain(double[] row) {
        long[] tree = nodes;
        double score = 0;
        for (int group = 0; group < depths.length; group++) {
            int first = group * ABREAST;
            int a = roots[first];
            int b = roots[first + 1];
            int c = roots[first + 2];
            int d = roots[first + 3];
            int e = roots[first + 4];
            int f = roots[first + 5];
            int g = roots[first + 6];
            int h = roots[first + 7];
            for (int depth = depths[group]; depth > 0; depth--) {
                a = step(tree, row, a);
                b = step(tree, row, b);
                c = step(tree, row, c);
                d = step(tree, row, d);
                e = step(tree, row, e);
                f = step(tree, row, f);
                g = step(tree, row, g);
                h = step(tree, row, h);
            }
            score += Double.longBitsToDouble(tree[a]);
            score += Double.longBitsToDouble(tree[b]);
            score += Double.longBitsToDouble(tree[c]);
            score += Double.longBitsToDouble(tree[d]);
            score += Double.longBitsToDouble(tree[e]);
            score += Double.longBitsToDouble(tree[f]);
            score += Double.longBitsToDouble(tree[g]);
            score += Double.longBitsToDouble(tree[h]);
        }
        return score;
    }

    /** The sign of threshold − value says which child it is: both are numbers, and only the threshold may be infinite. */
    private static int step(long[] tree, double[] row, int at) {
        long link = tree[at + 1];
        double above = Double.longBitsToDouble(tree[at]) - row[(int) (link >>> FEATURE_SHIFT) & FEATURE_MASK];
        return (int) (link >>> (int) ((Double.doubleToRawLongBits(above) >> 63) & RIGHT_SHIFT)) & CHILD_MASK;
    }

    /** As {@link #ofPlain}, with a look at each value. */
    private double ofAny(double[] row) {
        long[] tree = nodes;
        double score = 0;
        for (int group = 0; group < depths.length; group++) {
            int first = group * ABREAST;
            int a = roots[first];
            int b = roots[first + 1];
            int c = roots[first + 2];
            int d = roots[first + 3];
            int e = roots[first + 4];
            int f = roots[first + 5];
            int g = roots[first + 6];
            int h = roots[first + 7];
            for (int depth = depths[group]; depth > 0; depth--) {
                a = carefulStep(tree, row, a);
                b = carefulStep(tree, row, b);
                c = carefulStep(tree, row, c);
                d = carefulStep(tree, row, d);
                e = carefulStep(tree, row, e);
                f = carefulStep(tree, row, f);
                g = carefulStep(tree, row, g);
                h = carefulStep(tree, row, h);
            }
            score += Double.longBitsToDouble(tree[a]);
            score += Double.longBitsToDouble(tree[b]);
            score += Double.longBitsToDouble(tree[c]);
            score += Double.longBitsToDouble(tree[d]);
            score += Double.longBitsToDouble(tree[e]);
            score += Double.longBitsToDouble(tree[f]);
            score += Double.longBitsToDouble(tree[g]);
            score += Double.longBitsToDouble(tree[h]);
        }
        return score;
    }

    private static int carefulStep(long[] tree, double[] row, int at) {
        long link = tree[at + 1];
        double value = row[(int) (link >>> FEATURE_SHIFT) & FEATURE_MASK];
        double threshold = Double.longBitsToDouble(tree[at]);
        double size = Math.abs(value);
        int shift;
        if (size > ZERO && size <= Double.MAX_VALUE) {
            shift = (int) ((Double.doubleToRawLongBits(threshold - value) >> 63) & RIGHT_SHIFT);
        } else {
            boolean zero = size <= ZERO;
            boolean left = (Double.isNaN(value) || (zero && link < 0))
                    ? (link & NAN_LEFT) != 0
                    : (zero ? 0 : value) <= threshold;
            shift = left ? 0 : RIGHT_SHIFT;
        }
        return (int) (link >>> shift) & CHILD_MASK;
    }
}
