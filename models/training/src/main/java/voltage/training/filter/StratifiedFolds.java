package voltage.training.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Stratified folds that are purged by time. The wins, in order, are dealt into consecutive runs of equal number, and so are the others: each
 * fold has the base rate of all and is nearly one stretch of time. Whatever overlaps a trade of the test, or comes within the
 * embargo of one, is not trained on.
 */
final class StratifiedFolds {
    private StratifiedFolds() {}

    /** @param entries in the order of their decisions */
    static List<Split> of(List<LabelledEntry> entries, int folds, long embargoNanos) {
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).features().atNanos()
                    < entries.get(i - 1).features().atNanos()) {
                throw new IllegalArgumentException(
                        "entries are in the order of time, number " + i + " was not; sort them");
            }
        }
        int[] foldOf = new int[entries.size()];
        deal(entries, true, folds, foldOf);
        deal(entries, false, folds, foldOf);
        List<Split> splits = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int which = fold;
            int[] test = IntStream.range(0, foldOf.length)
                    .filter(i -> foldOf[i] == which)
                    .toArray();
            int[] train = IntStream.range(0, foldOf.length)
                    .filter(i -> foldOf[i] != which)
                    .filter(i ->
                            IntStream.of(test).noneMatch(j -> entries.get(i).overlaps(entries.get(j), embargoNanos)))
                    .toArray();
            splits.add(new Split(train, test));
        }
        return splits;
    }

    private static void deal(List<LabelledEntry> entries, boolean isWin, int folds, int[] foldOf) {
        int[] some = IntStream.range(0, foldOf.length)
                .filter(i -> entries.get(i).isWin() == isWin)
                .toArray();
        if (folds < 2 || some.length < folds) {
            throw new IllegalArgumentException("there are 2 folds or more, and each needs a win and another, was "
                    + folds + " folds and " + some.length + " of one outcome");
        }
        for (int i = 0; i < some.length; i++) {
            foldOf[some[i]] = (int) ((long) i * folds / some.length);
        }
    }
}
