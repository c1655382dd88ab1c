package voltage.training.filter;

/**
 * Rows to train on and rows to test on.
 *
 * @param train indices, rising
 * @param test indices, rising
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record Split(int[] train, int[] test) {}
