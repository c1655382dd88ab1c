package voltage.forecast.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import voltage.forecast.feature.FeatureFinding.Kind;
import voltage.forecast.feature.FeatureFinding.Level;

/**
 * Watches the features' health, row by row in constant time: coverage, constancy and, against a reference, drift. The same watch
 * stands before training and beside the engine. Not safe for threads.
 *
 * <p>Of fewer than {@link #LEAST_ROWS} rows nothing is said, of drift only with as many effective ones.
 */
public final class FeatureWatch {
    /** Rows before anything is judged. */
    public static final int LEAST_ROWS = 30;

    private final FeatureSet set;
    private final List<FeatureReference> references;
    private final int stepMinutes;
    private final long[] known;
    private final long[] repeated;
    private final double[] last;
    private final long[][] bins;
    private long rows;

    /** Without a reference: nothing is said of drift. */
    public FeatureWatch(FeatureSet set) {
        this(set, List.of(), 1);
    }

    /**
     * Against a reference.
     *
     * @param references one for each feature of the set, in order; none: nothing is said of drift
     * @param stepMinutes between two rows that will be observed
     */
    public FeatureWatch(FeatureSet set, List<FeatureReference> references, int stepMinutes) {
        if (!references.isEmpty()
                && !references.stream().map(FeatureReference::feature).toList().equals(set.features())) {
            throw new IllegalArgumentException("there is one reference for each feature of " + set.version()
                    + ", in order, was "
                    + references.stream().map(known -> known.feature().key()).toList());
        }
        this.set = set;
        this.references = List.copyOf(references);
        this.stepMinutes = stepMinutes;
        known = new long[set.size()];
        repeated = new long[set.size()];
        last = new double[set.size()];
        bins = new long[set.size()][];
        for (int i = 0; i < bins.length; i++) {
            bins[i] = new long[references.isEmpty() ? 0 : references.get(i).bins()];
        }
        Arrays.fill(last, Double.NaN);
    }

    /**
     * Everything that is wrong with the rows of a matrix and must block training on it (incident 21).
     *
     * @throws UntrainableFeaturesException if a feature is missing or constant beyond its norm, or there are fewer than {@link #LEAST_ROWS}
     *     rows
     */
    public static void requireTrainable(FeatureSet set, double[][] rows) {
        if (rows.length < LEAST_ROWS) {
            throw new UntrainableFeaturesException("at least " + LEAST_ROWS + " rows are needed, was " + rows.length);
        }
        FeatureWatch watch = new FeatureWatch(set);
        for (double[] row : rows) {
            watch.observe(row);
        }
        List<FeatureFinding> findings =
                watch.findings().stream().filter(FeatureFinding::blocksTraining).toList();
        if (!findings.isEmpty()) {
            throw new UntrainableFeaturesException(findings.stream()
                    .map(FeatureFinding::text)
                    .collect(Collectors.joining("; ", "", "; repair the data or leave the feature out of the set")));
        }
    }

    /** The features of a decision. */
    public void observe(FeatureVector vector) {
        if (!vector.set().equals(set)) {
            throw new IllegalArgumentException("this watch is of " + set.version() + ", was "
                    + vector.set().version());
        }
        for (int i = 0; i < known.length; i++) {
            observe(i, vector.value(i));
        }
        rows++;
    }

    /** A row of a matrix. */
    public void observe(double[] row) {
        for (int i = 0; i < known.length; i++) {
            observe(i, row[i]);
        }
        rows++;
    }

    private void observe(int column, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        known[column]++;
        // Exact on purpose: a stuck feature repeats to the last bit.
        if (Double.doubleToLongBits(value) == Double.doubleToLongBits(last[column])) {
            repeated[column]++;
        }
        last[column] = value;
        if (!references.isEmpty()) {
            bins[column][references.get(column).bin(value)]++;
        }
    }

    /** Rows observed. */
    public long rows() {
        return rows;
    }

    /** Share of a feature's values that are there, 0 to 1; NaN before the first row. */
    public double coverage(int column) {
        return known[column] / (double) rows;
    }

    /** Share of a feature's known values that equal the known one before; NaN with fewer than two. */
    public double constancy(int column) {
        return known[column] < 2 ? Double.NaN : repeated[column] / (known[column] - 1.0);
    }

    /** Population stability index of a feature against its reference; NaN without one or without rows. */
    public double stability(int column) {
        if (references.isEmpty() || known[column] == 0 || references.get(column).effectiveRows() == 0) {
            return Double.NaN;
        }
        double[] shares = new double[bins[column].length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = bins[column][i] / (double) known[column];
        }
        return PopulationStability.index(shares, references.get(column).shares());
    }

    /** What is not as it should be, in the set's order; per feature and kind only the worse of note and alert. */
    public List<FeatureFinding> findings() {
        List<FeatureFinding> findings = new ArrayList<>();
        if (rows < LEAST_ROWS) {
            return findings;
        }
        for (int i = 0; i < known.length; i++) {
            Feature feature = set.features().get(i);
            missing(feature, i, findings);
            constant(feature, i, findings);
            drifted(feature, i, findings);
        }
        return findings;
    }

    private void missing(Feature feature, int column, List<FeatureFinding> findings) {
        double least = feature.norm().leastCoverage();
        double coverage = coverage(column);
        double noted = (1 + least) / 2;
        if (coverage < least) {
            findings.add(new FeatureFinding(feature, Kind.MISSING, Level.ALERT, coverage, least, rows));
        } else if (coverage < noted) {
            findings.add(new FeatureFinding(feature, Kind.MISSING, Level.NOTE, coverage, noted, rows));
        }
    }

    private void constant(Feature feature, int column, List<FeatureFinding> findings) {
        double most = feature.norm().mostRepeated();
        double constancy = constancy(column);
        double noted = most / 2;
        if (most >= 1 || known[column] < LEAST_ROWS) {
            return;
        }
        if (constancy > most) {
            findings.add(new FeatureFinding(feature, Kind.CONSTANT, Level.ALERT, constancy, most, rows));
        } else if (constancy > noted && feature.norm() != Feature.Norm.OFTEN_ZERO) {
            findings.add(new FeatureFinding(feature, Kind.CONSTANT, Level.NOTE, constancy, noted, rows));
        }
    }

    private void drifted(Feature feature, int column, List<FeatureFinding> findings) {
        if (references.isEmpty() || !feature.norm().drifts()) {
            return;
        }
        FeatureReference reference = references.get(column);
        double effective = FeatureReference.effective(feature, known[column], stepMinutes);
        if (effective < LEAST_ROWS || reference.effectiveRows() < LEAST_ROWS) {
            return;
        }
        double index = stability(column);
        double alert = PopulationStability.alertAbove(reference.bins(), effective, reference.effectiveRows());
        double note = PopulationStability.noteAbove(reference.bins(), effective, reference.effectiveRows());
        if (index > alert) {
            findings.add(new FeatureFinding(feature, Kind.DRIFTED, Level.ALERT, index, alert, rows));
        } else if (index > note) {
            findings.add(new FeatureFinding(feature, Kind.DRIFTED, Level.NOTE, index, note, rows));
        }
    }
}
