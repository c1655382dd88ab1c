package voltage.training.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.DiurnalFactors;
import voltage.forecast.feature.DiurnalProfile;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteFeatures;
import voltage.market.Candle;

/**
 * Makes a {@link Dataset} of minutes as they come, with the engine's own {@link MinuteFeatures}. A row is made at the end of a known
 * minute, before any later one is seen; at each midnight the times of day are learned anew from all minutes until then. Outcomes are
 * filled in at the end.
 */
public final class DatasetBuilder {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long DAY_MINUTES = 1440;

    private final FeatureSet set;
    private final Cadence cadence;
    private final List<VolatilityEvent> targets;
    private final MinuteFeatures features;
    private final DiurnalProfile profile = new DiurnalProfile();
    private final List<DiurnalFactors> tables = new ArrayList<>();
    private final MessageDigest digest = sha256();
    private final ByteBuffer digested = ByteBuffer.allocate(7 * Long.BYTES);

    /** Ends of the known minutes, in minutes since the epoch, their closes and volumes. */
    private long[] ends = new long[1 << 12];

    private long[] closesE4 = new long[1 << 12];
    private long[] volumesE8 = new long[1 << 12];
    private int known;
    /** For each row the index of the minute that it is at the end of. */
    private int[] rowMinutes = new int[1 << 12];

    private double[][] rows = new double[1 << 12][];
    private int count;
    private long day = Long.MIN_VALUE;

    /** @param targets at least one, each once */
    public DatasetBuilder(FeatureSet set, Cadence cadence, List<VolatilityEvent> targets) {
        if (targets.isEmpty() || targets.stream().distinct().count() != targets.size()) {
            throw new IllegalArgumentException("a data set has targets, each once, was " + targets);
        }
        this.set = set;
        this.cadence = cadence;
        this.targets = List.copyOf(targets);
        features = new MinuteFeatures(set);
    }

    /** All of a source. */
    public static Dataset build(CandleSource source, FeatureSet set, Cadence cadence, List<VolatilityEvent> targets) {
        DatasetBuilder builder = new DatasetBuilder(set, cadence, targets);
        source.forEach(builder::minute);
        return builder.build();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The next minute.
     *
     * @throws IllegalArgumentException if it is not after the one before
     */
    public void minute(Candle candle) {
        long end = candle.openNanos() / MINUTE_NANOS + 1;
        if (!features.minute(candle)) {
            throw new IllegalArgumentException("minutes come in order, was " + candle.openNanos() + " after "
                    + (features.endNanos() - MINUTE_NANOS));
        }
        digest(candle);
        profile.minute(candle);
        if (end / DAY_MINUTES != day) {
            day = end / DAY_MINUTES;
            profile.factors().ifPresent(this::use);
        }
        if (candle.isSynthetic()) {
            return;
        }
        if (known == ends.length) {
            ends = Arrays.copyOf(ends, 2 * known);
            closesE4 = Arrays.copyOf(closesE4, 2 * known);
            volumesE8 = Arrays.copyOf(volumesE8, 2 * known);
        }
        ends[known] = end;
        closesE4[known] = candle.closeE4();
        volumesE8[known] = candle.volumeE8();
        known++;
        if (end % cadence.minutes() == 0) {
            addRow(end * MINUTE_NANOS);
        }
    }

    private void use(DiurnalFactors table) {
        features.use(table);
        tables.add(table);
    }

    private void addRow(long instantNanos) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
            rowMinutes = Arrays.copyOf(rowMinutes, 2 * count);
        }
        rows[count] = features.at(instantNanos).toRow();
        rowMinutes[count] = known - 1;
        count++;
    }

    private void digest(Candle candle) {
        digested.clear();
        digested.putLong(candle.openNanos())
                .putLong(candle.openE4())
                .putLong(candle.highE4())
                .putLong(candle.lowE4())
                .putLong(candle.closeE4())
                .putLong(candle.volumeE8())
                .putLong(candle.isSynthetic() ? 1 : 0);
        digest.update(digested.array());
    }

    /** The data set of all minutes so far. To be called once. */
    public Dataset build() {
        int[] horizons = targets.stream()
                .mapToInt(VolatilityEvent::horizonMinutes)
                .distinct()
                .sorted()
                .toArray();
        double[][] returns = new double[horizons.length][count];
        double[][] variances = new double[horizons.length][count];
        long[] at = new long[count];
        double[] squares = squaresUntil();
        for (int row = 0; row < count; row++) {
            int from = rowMinutes[row];
            at[row] = ends[from] * MINUTE_NANOS;
            for (int i = 0; i < horizons.length; i++) {
                int to = Arrays.binarySearch(ends, from, known, ends[from] + horizons[i]);
                returns[i][row] = to < 0 ? Double.NaN : StrictMath.log((double) closesE4[to] / closesE4[from]);
                variances[i][row] = to - from == horizons[i] ? (squares[to] - squares[from]) / horizons[i] : Double.NaN;
            }
        }
        return new Dataset(
                set,
                targets,
                cadence.minutes(),
                horizons,
                at,
                Arrays.copyOf(rows, count),
                returns,
                variances,
                tables,
                new MinuteHistory(
                        Arrays.copyOf(ends, known), Arrays.copyOf(closesE4, known), Arrays.copyOf(volumesE8, known)),
                HexFormat.of().formatHex(digest.digest()));
    }

    /** Sums of squared one-minute returns until each known minute; over a gap nothing is added. */
    private double[] squaresUntil() {
        double[] sums = new double[known];
        for (int i = 1; i < known; i++) {
            double change = ends[i] - ends[i - 1] == 1 ? StrictMath.log((double) closesE4[i] / closesE4[i - 1]) : 0;
            sums[i] = sums[i - 1] + change * change;
        }
        return sums;
    }
}
