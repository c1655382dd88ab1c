package voltage.training.data;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import voltage.forecast.model.ForecastInput;

/**
 * A matrix for one target, only of rows whose outcome is known, in order of time.
 *
 * @param names of the columns
 * @param rows one for each decision, NaN for missing
 * @param labels whether the event happened
 * @param atNanos when each decision is, epoch nanoseconds UTC
 * @param labelEndNanos when each outcome was known: purging leaves out training rows whose {@code [atNanos, labelEndNanos]} meets the
 *     test's
 * @param minutes that windows are made of
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record LabelledRows(
        String[] names,
        double[][] rows,
        boolean[] labels,
        long[] atNanos,
        long[] labelEndNanos,
        MinuteHistory minutes) {
    public LabelledRows {
        if (rows.length != labels.length || rows.length != atNanos.length || rows.length != labelEndNanos.length) {
            throw new IllegalArgumentException("each row has a label and two times, was " + rows.length + " rows, "
                    + labels.length + " labels, " + atNanos.length + " and " + labelEndNanos.length + " times");
        }
    }

    public int size() {
        return rows.length;
    }

    /** What models forecast from at a row. */
    public ForecastInput input(int row) {
        return new ForecastInput(rows[row], minutes.window(atNanos[row]));
    }

    /** Share of rows in which the event happened; NaN without rows. */
    public double baseRate() {
        int happened = 0;
        for (boolean label : labels) {
            happened += label ? 1 : 0;
        }
        return happened / (double) labels.length;
    }

    /** Those for which it holds, by their number. */
    public LabelledRows where(IntPredicate wanted) {
        int[] kept = IntStream.range(0, size()).filter(wanted).toArray();
        double[][] keptRows = new double[kept.length][];
        boolean[] keptLabels = new boolean[kept.length];
        long[] at = new long[kept.length];
        long[] ends = new long[kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptRows[i] = rows[kept[i]];
            keptLabels[i] = labels[kept[i]];
            at[i] = atNanos[kept[i]];
            ends[i] = labelEndNanos[kept[i]];
        }
        return new LabelledRows(names, keptRows, keptLabels, at, ends, minutes);
    }
}
