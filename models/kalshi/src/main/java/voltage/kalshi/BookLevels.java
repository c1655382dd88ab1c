package voltage.kalshi;

/** One side of a book, in the order sent: ascending, the best last. Prices are in the side's own scale. */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on to the snapshot that owns them
public record BookLevels(int[] pricesE4, long[] countsE2) {}
