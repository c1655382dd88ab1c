package voltage.training.measure;

import java.util.Arrays;

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado, Zhu 2017): the time is cut
 * into blocks, each half of them picks the best variant, and the other half ranks it. Below 0.10 is good, above 0.5 the choice is worse
 * than chance.
 *
 * @param probability share of the halvings in which the best variant came out below the median
 * @param halvings all ways to take half of the blocks
 * @param medianLogit of the relative rank out of sample; above 0 is above the median
 */
public record Overfitting(double probability, int halvings, double medianLogit) {
    /** Blocks that give 12 870 halvings. */
    public static final int USUAL_BLOCKS = 16;

    /** What a variant is judged by. */
    public enum Measure {
        /** Mean performance. */
        MEAN,
        /** Mean over standard deviation. */
        SHARPE
    }

    /** Sums of the performance of one variant over a set of blocks. */
    private record Sums(double sum, double squares, int n) {
        double judged(Measure measure) {
            double mean = sum / n;
            return switch (measure) {
                case MEAN -> mean;
                case SHARPE -> {
                    double variance = squares / n - mean * mean;
                    yield variance > 0 ? mean / Math.sqrt(variance) : 0;
                }
            };
        }
    }

    /**
     * Measures.
     *
     * @param performance one array for each variant, of equal length in the order of time; more is better (give negative losses)
     * @param blocks even, 2 to 20
     */
    public static Overfitting of(double[][] performance, int blocks, Measure measure) {
        int variants = performance.length;
        if (variants < 2 || blocks < 2 || blocks > 20 || blocks % 2 != 0) {
            throw new IllegalArgumentException("two variants or more, and an even number of blocks of 2 to 20, was "
                    + variants + " variants and " + blocks + " blocks");
        }
        int rows = performance[0].length;
        double[][] sums = new double[variants][blocks];
        double[][] squares = new double[variants][blocks];
        int[] sizes = new int[blocks];
        for (int v = 0; v < variants; v++) {
            if (performance[v].length != rows || rows < blocks) {
                throw new IllegalArgumentException("variants have equally many rows, at least one a block, variant " + v
                        + " was of " + performance[v].length);
            }
            for (int i = 0; i < rows; i++) {
                int block = (int) ((long) i * blocks / rows);
                sums[v][block] += performance[v][i];
                squares[v][block] += performance[v][i] * performance[v][i];
                sizes[block] += v == 0 ? 1 : 0;
            }
        }
        double[] logits = new double[halvings(blocks)];
        int at = 0;
        int below = 0;
        for (int half = 0; half < 1 << blocks; half++) {
            if (Integer.bitCount(half) != blocks / 2) {
                continue;
            }
            int best = 0;
            double bestInside = Double.NEGATIVE_INFINITY;
            double[] outside = new double[variants];
            for (int v = 0; v < variants; v++) {
                double inside = over(half, sums[v], squares[v], sizes).judged(measure);
                outside[v] = over(~half, sums[v], squares[v], sizes).judged(measure);
                if (inside > bestInside) {
                    bestInside = inside;
                    best = v;
                }
            }
            double rank = 1;
            for (int v = 0; v < variants; v++) {
                rank += v == best ? 0 : outside[v] < outside[best] ? 1 : outside[v] == outside[best] ? 0.5 : 0;
            }
            double relative = rank / (variants + 1);
            double logit = StrictMath.log(relative / (1 - relative));
            logits[at++] = logit;
            below += logit < 0 ? 1 : 0;
        }
        Arrays.sort(logits);
        return new Overfitting((double) below / at, at, (logits[(at - 1) / 2] + logits[at / 2]) / 2);
    }

    private static Sums over(int half, double[] sums, double[] squares, int[] sizes) {
        double sum = 0;
        double square = 0;
        int n = 0;
        for (int b = 0; b < sums.length; b++) {
            if (((half >> b) & 1) == 1) {
                sum += sums[b];
                square += squares[b];
                n += sizes[b];
            }
        }
        return new Sums(sum, square, n);
    }

    private static int halvings(int blocks) {
        long count = 1;
        for (int i = 1; i <= blocks / 2; i++) {
            count = count * (blocks / 2 + i) / i;
        }
        return (int) count;
    }
}
