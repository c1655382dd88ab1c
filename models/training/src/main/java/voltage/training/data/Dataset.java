package voltage.training.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.DiurnalFactors;
import voltage.forecast.feature.FeatureBasis;
import voltage.forecast.feature.FeatureReference;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteFeatures;
import voltage.forecast.model.ForecastInput;

/**
 * Rows of features at instants, and what became of the price afterwards. A row's outcome over a horizon is known if the minutes that
 * end at the instant and at the horizon's end are; of realised variance if all between are. Made by {@link DatasetBuilder}.
 */
public final class Dataset {
    /** Outcome of a target at a row that is not known: the data end or have a gap. */
    public static final int UNKNOWN = -1;

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final FeatureSet set;
    private final List<VolatilityEvent> targets;
    private final int stepMinutes;
    private final int[] horizons;
    private final long[] atNanos;
    private final double[][] rows;
    private final double[][] returns;
    private final double[][] variances;
    private final List<DiurnalFactors> tables;
    private final MinuteHistory minutes;
    private final String candleHash;

    /** @param returns and {@code variances}: one array for each of {@code horizons}, NaN where not known */
    Dataset(
            FeatureSet set,
            List<VolatilityEvent> targets,
            int stepMinutes,
            int[] horizons,
            long[] atNanos,
            double[][] rows,
            double[][] returns,
            double[][] variances,
            List<DiurnalFactors> tables,
            MinuteHistory minutes,
            String candleHash) {
        this.set = set;
        this.targets = List.copyOf(targets);
        this.stepMinutes = stepMinutes;
        this.horizons = horizons;
        this.atNanos = atNanos;
        this.rows = rows;
        this.returns = returns;
        this.variances = variances;
        this.tables = List.copyOf(tables);
        this.minutes = minutes;
        this.candleHash = candleHash;
    }

    public FeatureSet set() {
        return set;
    }

    /** Minutes between two rows, but for gaps. */
    public int stepMinutes() {
        return stepMinutes;
    }

    public String[] names() {
        return set.names();
    }

    public List<VolatilityEvent> targets() {
        return targets;
    }

    public int size() {
        return rows.length;
    }

    /** When a row's decision is, epoch nanoseconds UTC: the end of a minute. */
    public long atNanos(int row) {
        return atNanos[row];
    }

    /** A row's features in the set's order, NaN for missing; not to be changed. */
    public double[] row(int row) {
        return rows[row];
    }

    /** What models forecast from at a row. */
    public ForecastInput input(int row) {
        return new ForecastInput(rows[row], minutes.window(atNanos[row]));
    }

    /** The known minutes, from which windows are made. */
    public MinuteHistory minutes() {
        return minutes;
    }

    /** All rows; not to be changed. */
    public double[][] rows() {
        return rows.clone();
    }

    /** ln C(t+h)/C(t); NaN if not known. */
    public double forwardReturn(int horizonMinutes, int row) {
        return returns[horizon(horizonMinutes)][row];
    }

    /** Mean squared one-minute return until the horizon: variance of log price per minute; NaN if not known. */
    public double forwardVariance(int horizonMinutes, int row) {
        return variances[horizon(horizonMinutes)][row];
    }

    private int horizon(int minutes) {
        int found = Arrays.binarySearch(horizons, minutes);
        if (found < 0) {
            throw new IllegalArgumentException(
                    "this data set has the horizons " + Arrays.toString(horizons) + ", was " + minutes);
        }
        return found;
    }

    /** 1 if the event happened, 0 if not, {@link #UNKNOWN}. */
    public int label(VolatilityEvent target, int row) {
        double change = forwardReturn(target.horizonMinutes(), row);
        if (Double.isNaN(change)) {
            return UNKNOWN;
        }
        return target.happened(change) ? 1 : 0;
    }

    /** When a target's outcome at a row is known, epoch nanoseconds UTC. */
    public long labelEndNanos(VolatilityEvent target, int row) {
        return atNanos[row] + target.horizonMinutes() * MINUTE_NANOS;
    }

    /** The matrix of one target. The rows are shared, not copied. */
    public LabelledRows labelled(VolatilityEvent target) {
        int[] known = IntStream.range(0, size())
                .filter(row -> label(target, row) != UNKNOWN)
                .toArray();
        double[][] kept = new double[known.length][];
        boolean[] labels = new boolean[known.length];
        long[] at = new long[known.length];
        long[] ends = new long[known.length];
        for (int i = 0; i < known.length; i++) {
            kept[i] = rows[known[i]];
            labels[i] = label(target, known[i]) == 1;
            at[i] = atNanos[known[i]];
            ends[i] = labelEndNanos(target, known[i]);
        }
        return new LabelledRows(names(), kept, labels, at, ends, minutes);
    }

    /** The rows from one instant on and before another, epoch nanoseconds UTC; their outcomes may end later. */
    public Dataset between(long fromNanos, long toNanos) {
        int from = firstAtOrAfter(fromNanos);
        int to = Math.max(from, firstAtOrAfter(toNanos));
        return new Dataset(
                set,
                targets,
                stepMinutes,
                horizons,
                Arrays.copyOfRange(atNanos, from, to),
                Arrays.copyOfRange(rows, from, to),
                cut(returns, from, to),
                cut(variances, from, to),
                tables,
                minutes,
                candleHash);
    }

    /** The row at an instant, epoch nanoseconds UTC; −1 if there is none. */
    public int indexAt(long nanos) {
        return Math.max(-1, Arrays.binarySearch(atNanos, nanos));
    }

    /**
     * With the times of day that are known at an instant in all rows from it on, as a model has them that is made then.
     *
     * @throws IllegalArgumentException if no times of day were known by then
     */
    public Dataset servedFrom(long nanos) {
        return withTimesOfDay(timesOfDay(nanos), nanos);
    }

    /** With one table of the times of day in all rows from an instant on. */
    public Dataset withTimesOfDay(DiurnalFactors table, long fromNanos) {
        double[][] frozen = rows.clone();
        for (int row = firstAtOrAfter(fromNanos); row < frozen.length; row++) {
            frozen[row] = rows[row].clone();
            MinuteFeatures.writeTimesOfDay(set, table, atNanos[row], frozen[row]);
        }
        return new Dataset(
                set, targets, stepMinutes, horizons, atNanos, frozen, returns, variances, tables, minutes, candleHash);
    }

    private int firstAtOrAfter(long nanos) {
        int found = Arrays.binarySearch(atNanos, nanos);
        return found >= 0 ? found : -found - 1;
    }

    private static double[][] cut(double[][] columns, int from, int to) {
        return Arrays.stream(columns)
                .map(column -> Arrays.copyOfRange(column, from, to))
                .toArray(double[][]::new);
    }

    /**
     * What a model that was trained on rows up to an instant serves its features with: the times of day that were known then, and the
     * distributions of the rows up to it.
     *
     * @param nanos epoch nanoseconds UTC
     * @throws IllegalArgumentException if no times of day were known by then
     */
    public FeatureBasis basis(long nanos) {
        DiurnalFactors table = timesOfDay(nanos);
        double[][] past = Arrays.copyOf(rows, firstAtOrAfter(nanos + 1));
        return new FeatureBasis(set, table, FeatureReference.of(set, past, stepMinutes));
    }

    private DiurnalFactors timesOfDay(long nanos) {
        return tables.stream()
                .filter(known -> known.knownNanos() <= nanos)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the times of day are known after the first whole day of minutes, was " + nanos));
    }

    /** SHA-256 over all candles that went in, whatever files they stood in: what a model card calls its data. */
    public String candleHash() {
        return candleHash;
    }
}
