package voltage.forecast.feature;

import java.time.Instant;

/**
 * The features of one decision: a value for each of a set's features, NaN where it is missing, with the time at which it was known.
 * What was known after the decision cannot be in it.
 */
public final class FeatureVector {
    /** When a missing value was known. */
    public static final long NEVER = Long.MIN_VALUE;

    private final FeatureSet set;
    private final long atNanos;
    private final double[] values;
    private final long[] knownNanos;

    /**
     * Copies what it is given.
     *
     * @param atNanos the decision, epoch nanoseconds UTC
     * @param values finite, or NaN for missing
     * @param knownNanos when each value was known, epoch nanoseconds UTC; of a missing value it is not looked at
     * @throws IllegalArgumentException if a value was known later than the decision, is infinite, or a column lacks
     */
    public FeatureVector(FeatureSet set, long atNanos, double[] values, long[] knownNanos) {
        if (values.length != set.size() || knownNanos.length != set.size()) {
            throw new IllegalArgumentException("the set " + set.version() + " has " + set.size() + " features, was "
                    + values.length + " values, " + knownNanos.length + " times");
        }
        this.set = set;
        this.atNanos = atNanos;
        this.values = values.clone();
        this.knownNanos = knownNanos.clone();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                this.knownNanos[i] = NEVER;
            } else if (Double.isInfinite(values[i])) {
                throw new IllegalArgumentException("a feature is finite or missing, "
                        + set.features().get(i).key() + " was " + values[i]);
            } else if (knownNanos[i] > atNanos) {
                throw new IllegalArgumentException("a feature must be known by the decision at " + time(atNanos) + ", "
                        + set.features().get(i).key() + " was known at " + time(knownNanos[i])
                        + ": leave it out or decide later");
            }
        }
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    public FeatureSet set() {
        return set;
    }

    /** The decision, epoch nanoseconds UTC. */
    public long atNanos() {
        return atNanos;
    }

    /** Value in a column; NaN if missing. */
    public double value(int column) {
        return values[column];
    }

    /** Value of a feature; NaN if missing or not in the set. */
    public double value(Feature feature) {
        int column = set.indexOf(feature);
        return column < 0 ? Double.NaN : values[column];
    }

    /** When a column's value was known, epoch nanoseconds UTC, never after the decision; {@link #NEVER} if missing. */
    public long knownNanos(int column) {
        return knownNanos[column];
    }

    /** A row of a matrix, the caller's own. */
    public double[] toRow() {
        return values.clone();
    }

    /** Share of values that are there, 0 to 1. */
    public double coverage() {
        int there = 0;
        for (double value : values) {
            there += Double.isNaN(value) ? 0 : 1;
        }
        return there / (double) values.length;
    }
}
