package voltage.forecast.monitor;

import java.util.Arrays;
import java.util.Comparator;

/** Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs. */
public final class RankCorrelation {
    private RankCorrelation() {}

    /** From −1 to 1; NaN if there are fewer than 3 pairs or all values of one side are equal. */
    public static double of(double[] first, double[] second) {
        int n = first.length;
        if (second.length != n) {
            throw new IllegalArgumentException(
                    "a correlation is of pairs, was " + n + " and " + second.length + " values");
        }
        if (n < 3) {
            return Double.NaN;
        }
        double[] a = ranks(first);
        double[] b = ranks(second);
        double mean = (n + 1) / 2.0;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < n; i++) {
            ab += (a[i] - mean) * (b[i] - mean);
            aa += (a[i] - mean) * (a[i] - mean);
            bb += (b[i] - mean) * (b[i] - mean);
        }
        return aa == 0 || bb == 0 ? Double.NaN : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
    }

    /** {@code IC·√((n−2)/(1−IC²))}: Student's t of n − 2 degrees if there is no correlation. */
    public static double t(double correlation, int n) {
        return correlation * Math.sqrt((n - 2) / (1 - correlation * correlation));
    }

    /** From 1. */
    static double[] ranks(double[] values) {
        int n = values.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[n];
        for (int from = 0; from < n; ) {
            int to = from;
            while (to < n && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
