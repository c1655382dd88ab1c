package voltage.training.evaluate;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import voltage.training.data.Dataset;

/**
 * Which part of the data is for what, in the order of time: models train before {@code holdFromNanos}, weights and calibration are fitted from there, and from {@code
 * testFromNanos} on everything is tested once. Between the parts lie the horizon and an hour, so that no label reaches over.
 *
 * @param fromNanos epoch nanoseconds UTC, like all of them
 */
public record Spans(long fromNanos, long holdFromNanos, long testFromNanos, long endNanos) {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long DAY_NANOS = 1_440 * MINUTE_NANOS;
    private static final long EMBARGO_NANOS = 60 * MINUTE_NANOS;
    /** Of the latest stretch, what is tested unless somebody says otherwise. */
    public static final double TEST_SHARE = 0.4;
    /** Of the same; so much of it is held out before the test, and some of it trains. */
    private static final double HOLD_SHARE = 0.2;

    private static final double MOST_TESTED = 0.75;
    /** Of the rows before a given test, whatever gaps lie between them. */
    private static final double HOLD_SHARE_BEFORE = 0.2;

    public Spans {
        if (!(fromNanos < holdFromNanos && holdFromNanos < testFromNanos && testFromNanos < endNanos)) {
            throw new IllegalArgumentException(
                    "the parts follow each other: training from " + at(fromNanos) + ", held out from "
                            + at(holdFromNanos) + ", tested from " + at(testFromNanos) + " to " + at(endNanos));
        }
    }

    /** The last 40 % of the latest stretch without a gap of a day are tested, the 20 % before them held out. */
    public static Spans of(Dataset data) {
        return of(data, TEST_SHARE);
    }

    private static Spans of(Dataset data, double testShare) {
        if (!(testShare > 0 && testShare <= MOST_TESTED)) {
            throw new IllegalArgumentException("of the latest stretch more than nothing and at most " + MOST_TESTED
                    + " is tested, was " + testShare);
        }
        if (data.size() < 2) {
            throw new IllegalArgumentException("there is nothing to split in " + data.size() + " rows");
        }
        int block = data.size() - 1;
        while (block > 0 && data.atNanos(block) - data.atNanos(block - 1) < DAY_NANOS) {
            block--;
        }
        long from = data.atNanos(block);
        long end = data.atNanos(data.size() - 1) + 1;
        return new Spans(
                data.atNanos(0),
                from + (long) ((1 - testShare - HOLD_SHARE) * (end - from)) / MINUTE_NANOS * MINUTE_NANOS,
                from + (long) ((1 - testShare) * (end - from)) / MINUTE_NANOS * MINUTE_NANOS,
                end);
    }

    /**
     * The test of {@link #of} in consecutive folds, each tested by models of all that was known before it, as if they were retrained when it
     * begins. What is held out before each is as long.
     *
     * @param testShare of the latest stretch, at most 0.75; {@link #TEST_SHARE} usually
     * @param folds 1 or more, of at least a day each if more than one
     */
    public static List<Spans> walkForward(Dataset data, double testShare, int folds) {
        Spans whole = of(data, testShare);
        long length = whole.endNanos - whole.testFromNanos;
        if (folds < 1 || (folds > 1 && length / folds < DAY_NANOS)) {
            throw new IllegalArgumentException("a fold is at least a day long, was " + folds + " folds of "
                    + length / DAY_NANOS + " days; take fewer");
        }
        long held = whole.testFromNanos - whole.holdFromNanos;
        long[] bounds = LongStream.rangeClosed(0, folds)
                .map(fold -> whole.testFromNanos + length / folds * fold / MINUTE_NANOS * MINUTE_NANOS)
                .toArray();
        bounds[folds] = whole.endNanos;
        return IntStream.range(0, folds)
                .mapToObj(fold -> new Spans(whole.fromNanos, bounds[fold] - held, bounds[fold], bounds[fold + 1]))
                .toList();
    }

    /**
     * Everything before an instant trains and is held out, what follows is the test.
     *
     * @param testFromNanos epoch nanoseconds UTC
     * @throws IllegalArgumentException if there is not a day of rows before it
     */
    public static Spans before(Dataset data, long testFromNanos) {
        int rows = data.between(Long.MIN_VALUE, testFromNanos).size();
        if (rows < DAY_NANOS / MINUTE_NANOS / data.stepMinutes()) {
            throw new IllegalArgumentException("models need at least a day of candles before " + at(testFromNanos)
                    + " to train on, was " + rows + " rows; give more data");
        }
        return new Spans(
                data.atNanos(0),
                data.atNanos((int) (rows * (1 - HOLD_SHARE_BEFORE))),
                testFromNanos,
                Math.max(testFromNanos, data.atNanos(data.size() - 1)) + 1);
    }

    /** Until when a part may have rows whose labels reach so far. */
    public static long purged(long nextFromNanos, int horizonMinutes) {
        return nextFromNanos - horizonMinutes * MINUTE_NANOS - EMBARGO_NANOS;
    }

    /** In ISO form. */
    public static String at(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
