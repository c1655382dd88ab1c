package voltage.training.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Splits that leak nothing (López de Prado 2018, ch. 7): rows whose label is not known when a test begins are not trained on (purge), nor are
 * those that follow a test too closely (embargo). Rows of one instant are never parted.
 */
public final class PurgedSplits {
    private final long[] atNanos;
    private final long horizonNanos;
    private final long embargoNanos;

    /**
     * Splits of rows.
     *
     * @param atNanos decision times, not falling
     * @param horizonNanos from a decision to its label
     * @param embargoNanos at least as long as features remember, where rows after a test are trained on
     */
    public PurgedSplits(long[] atNanos, long horizonNanos, long embargoNanos) {
        if (horizonNanos < 0 || embargoNanos < 0) {
            throw new IllegalArgumentException(
                    "horizon and embargo are 0 or more, was " + horizonNanos + " and " + embargoNanos);
        }
        for (int i = 1; i < atNanos.length; i++) {
            if (atNanos[i] < atNanos[i - 1]) {
                throw new IllegalArgumentException(
                        "rows are in the order of time, row " + i + " was before its predecessor; sort them");
            }
        }
        this.atNanos = atNanos.clone();
        this.horizonNanos = horizonNanos;
        this.embargoNanos = embargoNanos;
    }

    /**
     * The past trains, the future tests: the rows after the first share are parted into folds, and each fold is tested by what was
     * known (label and embargo passed) when it began.
     *
     * @param firstShare of the rows that is never tested, above 0 and below 1
     */
    public List<Split> walkForward(double firstShare, int folds) {
        if (!(firstShare > 0 && firstShare < 1)) {
            throw new IllegalArgumentException("the first share is above 0 and below 1, was " + firstShare);
        }
        int from = (int) Math.round(atNanos.length * firstShare);
        return splits(from, folds, false);
    }

    /** Each fold is tested once, and all others train: for tuning, never for claims. */
    public List<Split> folds(int folds) {
        return splits(0, folds, true);
    }

    private List<Split> splits(int first, int folds, boolean later) {
        int rest = atNanos.length - first;
        if (folds < 1 || rest < folds) {
            throw new IllegalArgumentException(
                    "each fold needs a row, was " + rest + " rows for " + folds + " folds; take fewer folds");
        }
        List<Split> splits = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int from = instant(first + (int) ((long) rest * fold / folds));
            int to = instant(first + (int) ((long) rest * (fold + 1) / folds));
            if (to <= from) {
                throw new IllegalArgumentException(
                        "fold " + fold + " is empty, its rows are of one instant; take fewer folds");
            }
            long begin = atNanos[from];
            long end = atNanos[to - 1] + horizonNanos;
            // The label of the past must be known at the first test, that of the last test before the rows after it.
            IntPredicate before = i -> i < from && atNanos[i] + horizonNanos + (later ? 0 : embargoNanos) <= begin;
            IntPredicate after = i -> later && i >= to && atNanos[i] >= end + embargoNanos;
            int[] train =
                    IntStream.range(0, atNanos.length).filter(before.or(after)).toArray();
            if (train.length == 0) {
                throw new IllegalArgumentException("fold " + fold
                        + " has nothing to train on after purge and embargo; take a longer span or fewer folds");
            }
            splits.add(new Split(train, IntStream.range(from, to).toArray()));
        }
        return splits;
    }

    /** The first row of the same instant. */
    private int instant(int row) {
        int first = row;
        while (first > 0 && first < atNanos.length && atNanos[first - 1] == atNanos[first]) {
            first--;
        }
        return first;
    }
}
