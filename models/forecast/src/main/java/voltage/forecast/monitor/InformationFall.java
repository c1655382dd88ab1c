package voltage.forecast.monitor;

import java.util.Arrays;

/**
 * Notices that an information coefficient falls: a one-sided CUSUM (Page 1954) over coefficients of successive blocks, on Fisher's scale
 * {@code atanh IC}, against the mean of the first blocks. A block's scale is the larger of {@code √(1.06/(n−3))} (Fieller, Hartley and
 * Pearson 1957) and what the first blocks showed, widened by their mean's own uncertainty.
 */
public final class InformationFall {
    /** Falls smaller than twice this many standard deviations of a block are not looked for. */
    private static final double ALLOWANCE = 0.5;
    /** Around 1 000 blocks between false alarms were the reference known exactly; see the test for the whole. */
    public static final double LIMIT = 7;

    private static final double NEXT_TO_ONE = 0.999;

    private final double[] signals;
    private final double[] outcomes;
    private final double[] reference;
    private int inBlock;
    private int blocks;
    private double mean;
    private double scale;
    private double sum;
    private double highest;

    /**
     * Makes one.
     *
     * @param block pairs of one coefficient, 8 or more
     * @param referenceBlocks blocks that say what is usual, 4 or more
     */
    public InformationFall(int block, int referenceBlocks) {
        if (block < 8 || referenceBlocks < 4) {
            throw new IllegalArgumentException("a block has 8 pairs or more and the reference 4 blocks or more, was "
                    + block + " and " + referenceBlocks);
        }
        signals = new double[block];
        outcomes = new double[block];
        reference = new double[referenceBlocks];
    }

    public void add(double signal, double outcome) {
        signals[inBlock] = signal;
        outcomes[inBlock] = outcome;
        inBlock++;
        if (inBlock == signals.length) {
            inBlock = 0;
            double coefficient = RankCorrelation.of(signals, outcomes);
            // All outcomes alike, or all signals: such a block says nothing.
            if (!Double.isNaN(coefficient)) {
                block(fisher(coefficient));
            }
        }
    }

    private static double fisher(double coefficient) {
        double c = Math.max(-NEXT_TO_ONE, Math.min(NEXT_TO_ONE, coefficient));
        return 0.5 * (StrictMath.log1p(c) - StrictMath.log1p(-c));
    }

    private void block(double value) {
        if (blocks < reference.length) {
            reference[blocks++] = value;
            if (blocks == reference.length) {
                refer();
            }
            return;
        }
        blocks++;
        sum = Math.max(0, sum + (mean - value) / scale - ALLOWANCE);
        highest = Math.max(highest, sum);
    }

    private void refer() {
        mean = Arrays.stream(reference).sum() / reference.length;
        double squares = 0;
        for (double value : reference) {
            squares += (value - mean) * (value - mean);
        }
        double theory = 1.06 / (signals.length - 3);
        double seen = squares / (reference.length - 1);
        scale = Math.sqrt(Math.max(theory, seen) * (1 + 1.0 / reference.length));
    }

    /** How far it has fallen now, in standard deviations of a block, less the allowance for each. */
    public double sum() {
        return sum;
    }

    /** Whether the sum is above {@link #LIMIT} now. */
    public boolean isAlarm() {
        return sum > LIMIT;
    }

    /** The highest that the sum has been. */
    double highest() {
        return highest;
    }

    /** Blocks compared with the reference so far. */
    public int compared() {
        return Math.max(0, blocks - reference.length);
    }
}
