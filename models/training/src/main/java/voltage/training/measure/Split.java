package voltage.training.measure;

/**
 * Rows to train on and rows to test on.
 *
 * @param train indices, rising
 * @param test indices, rising
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record Split(int[] train, int[] test) {}
