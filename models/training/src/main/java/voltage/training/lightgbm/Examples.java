package voltage.training.lightgbm;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a model learns from, in the order of time.
 *
 * @param names of the features: letters, digits, {@code _ . -}, since LightGBM writes others differently than it read them
 * @param rows one a decision instant, each with a value for each name, NaN for a missing one
 * @param labels whether the event happened
 */
@SuppressWarnings("ArrayRecordComponent") // matrices are not compared
public record Examples(String[] names, double[][] rows, boolean[] labels) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    public Examples {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!NAME.matcher(name).matches() || !seen.add(name)) {
                throw new IllegalArgumentException(
                        "a feature's name is unique and of letters, digits and _.-, was \"" + name + "\"");
            }
        }
        if (names.length == 0 || rows.length != labels.length) {
            throw new IllegalArgumentException("there are features, and as many labels as rows, was " + names.length
                    + " features, " + rows.length + " rows, " + labels.length + " labels");
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != names.length) {
                throw new IllegalArgumentException(
                        "row " + i + " must have " + names.length + " values, was " + rows[i].length);
            }
        }
    }

    public int size() {
        return rows.length;
    }

    /** Those from index {@code from} to below {@code to}. */
    public Examples slice(int from, int to) {
        return new Examples(names, Arrays.copyOfRange(rows, from, to), Arrays.copyOfRange(labels, from, to));
    }

    /** Those at the given indices. */
    public Examples pick(int[] indices) {
        double[][] picked = new double[indices.length][];
        boolean[] outcome = new boolean[indices.length];
        for (int i = 0; i < indices.length; i++) {
            picked[i] = rows[indices[i]];
            outcome[i] = labels[indices[i]];
        }
        return new Examples(names, picked, outcome);
    }

    double[] flat() {
        double[] flat = new double[rows.length * names.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * names.length, names.length);
        }
        return flat;
    }

    float[] targets() {
        float[] targets = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = labels[i] ? 1 : 0;
        }
        return targets;
    }
}
