package voltage.training.measure;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/**
 * Intervals by drawing whole UTC days anew: windows of one day share its volatility and are not independent, so drawing single windows would
 * claim too much. Equal seeds give equal intervals.
 */
public final class DayBootstrap {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final double TAIL = 0.025;

    private final int resamples;
    private final long seed;

    /** @param resamples 200 or more; 2000 are usual */
    public DayBootstrap(int resamples, long seed) {
        if (resamples < 200) {
            throw new IllegalArgumentException("a 95 % interval needs at least 200 resamples, was " + resamples);
        }
        this.resamples = resamples;
        this.seed = seed;
    }

    /** Of the mean of {@code losses − reference}; below 0 means that the losses are the smaller. */
    public Interval difference(double[] losses, double[] reference, long[] atNanos) {
        return interval(losses, reference, atNanos, (a, b) -> a - b);
    }

    /** Of the skill {@code 1 − mean(losses)/mean(reference)}; above 0 means that the losses are the smaller. */
    public Interval skill(double[] losses, double[] reference, long[] atNanos) {
        return interval(losses, reference, atNanos, (a, b) -> 1 - a / b);
    }

    /** Of a mean. */
    public Interval mean(double[] values, long[] atNanos) {
        return interval(values, values, atNanos, (a, b) -> a);
    }

    /** Sums of one day. */
    private static final class Day {
        double first;
        double second;
        int n;
    }

    private Interval interval(double[] first, double[] second, long[] atNanos, DoubleBinaryOperator ofMeans) {
        int n = atNanos.length;
        if (n == 0 || first.length != n || second.length != n) {
            throw new IllegalArgumentException("a comparison pairs losses of the same instants, at least one, was "
                    + first.length + ", " + second.length + " losses and " + n + " instants");
        }
        TreeMap<Long, Day> byDay = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            Day day = byDay.computeIfAbsent(Math.floorDiv(atNanos[i], DAY_NANOS), key -> new Day());
            day.first += first[i];
            day.second += second[i];
            day.n++;
        }
        Day[] days = byDay.values().toArray(Day[]::new);
        double estimate = ofMeans.applyAsDouble(Losses.mean(first), Losses.mean(second));
        if (days.length < 2) {
            return new Interval(
                    estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, n, days.length);
        }
        double[] drawn = new double[resamples];
        SplittableRandom random = new SplittableRandom(seed);
        for (int r = 0; r < resamples; r++) {
            double sumFirst = 0;
            double sumSecond = 0;
            long count = 0;
            for (int d = 0; d < days.length; d++) {
                Day day = days[random.nextInt(days.length)];
                sumFirst += day.first;
                sumSecond += day.second;
                count += day.n;
            }
            drawn[r] = ofMeans.applyAsDouble(sumFirst / count, sumSecond / count);
        }
        Arrays.sort(drawn);
        double mean = Losses.mean(drawn);
        double squares = 0;
        for (double value : drawn) {
            squares += (value - mean) * (value - mean);
        }
        int tail = (int) Math.floor(TAIL * resamples);
        return new Interval(
                estimate,
                drawn[tail],
                drawn[resamples - 1 - tail],
                Math.sqrt(squares / (resamples - 1)),
                n,
                days.length);
    }
}
