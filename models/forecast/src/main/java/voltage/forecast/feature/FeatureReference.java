package voltage.forecast.feature;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A feature's distribution at a time that others are compared with, usually that of training: ten bins of equal mass, fewer where many
 * values are equal.
 *
 * @param edges ascending; a value on an edge belongs to the bin below it. None if nothing was known
 * @param shares of the known values, one for each bin, one more than edges
 * @param effectiveRows known rows, counted once for each stretch of the feature's memory: nearer ones are made of the same minutes
 */
public record FeatureReference(Feature feature, double[] edges, double[] shares, double effectiveRows) {
    /** Bins of a continuous feature. */
    public static final int BINS = 10;

    public FeatureReference {
        if (shares.length != edges.length + 1) {
            throw new IllegalArgumentException(
                    "there is one bin more than edges, was " + shares.length + " bins, " + edges.length + " edges");
        }
        edges = edges.clone();
        shares = shares.clone();
    }

    /**
     * One reference for each feature of a set.
     *
     * @param rows NaN for missing
     * @param stepMinutes between two rows
     */
    public static List<FeatureReference> of(FeatureSet set, double[][] rows, int stepMinutes) {
        return IntStream.range(0, set.size())
                .mapToObj(column -> ofSorted(
                        set.features().get(column),
                        Arrays.stream(rows)
                                .mapToDouble(row -> row[column])
                                .filter(value -> !Double.isNaN(value))
                                .sorted()
                                .toArray(),
                        stepMinutes))
                .toList();
    }

    private static FeatureReference ofSorted(Feature feature, double[] sorted, int stepMinutes) {
        int n = sorted.length;
        if (n == 0) {
            return new FeatureReference(feature, new double[0], new double[] {1}, 0);
        }
        // The largest value is no edge: nothing of the reference would lie above it.
        double[] edges = IntStream.range(1, BINS)
                .mapToDouble(i -> sorted[(int) Math.ceilDiv((long) i * n, BINS) - 1])
                .distinct()
                .filter(edge -> edge < sorted[n - 1])
                .toArray();
        double[] shares = new double[edges.length + 1];
        for (double value : sorted) {
            shares[bin(edges, value)]++;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= n;
        }
        return new FeatureReference(feature, edges, shares, effective(feature, n, stepMinutes));
    }

    static double effective(Feature feature, double rows, int stepMinutes) {
        return rows * Math.min(1, (double) stepMinutes / feature.memoryMinutes());
    }

    /** The bin of a known value, 0 to {@code edges.length}. */
    int bin(double value) {
        return bin(edges, value);
    }

    private static int bin(double[] edges, double value) {
        int found = Arrays.binarySearch(edges, value);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public double[] edges() {
        return edges.clone();
    }

    @Override
    public double[] shares() {
        return shares.clone();
    }

    int bins() {
        return shares.length;
    }
}
