package voltage.training.filter;

import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryRecord;

/**
 * What the filter learns from: what was known at an entry, whether it ended with a profit after fees, and when. Excursions are not
 * here, and nothing that trains takes a type that has them.
 *
 * @param endedNanos when the label was known
 */
public record LabelledEntry(EntryFeatures features, boolean isWin, long endedNanos) {
    public LabelledEntry {
        if (endedNanos < features.atNanos()) {
            throw new IllegalArgumentException(
                    "a trade ends after its entry, was entry " + features.atNanos() + " and end " + endedNanos);
        }
    }

    public static LabelledEntry of(EntryRecord trade) {
        return new LabelledEntry(trade.features(), trade.label() > 0, trade.endedNanos());
    }

    /** Whether both were open at some time, or less than an embargo apart. */
    boolean overlaps(LabelledEntry other, long embargoNanos) {
        return features.atNanos() - embargoNanos <= other.endedNanos
                && other.features.atNanos() - embargoNanos <= endedNanos;
    }
}
