package voltage.training.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import voltage.forecast.calibration.LogOdds;
import voltage.training.measure.Interval;

/**
 * The weight w that one forecast (ours) keeps beside another (the market's price) in {@code σ(w·logit ours + (1−w)·logit market)}, least log loss, 0 to 1. Of two
 * members the simplex is a segment, and the loss is convex along it, so Newton's method finds the one weight; whole days drawn anew give its
 * interval.
 */
public final class EdgeWeight {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int MOST_STEPS = 60;
    private static final double ENOUGH = 1e-9;
    private static final int RESAMPLES = 400;
    private static final long SEED = 20_261_124;

    private final double[] market;
    private final double[] apart;
    private final boolean[] labels;

    public EdgeWeight(double[] ours, double[] market, boolean[] labels) {
        if (labels.length == 0 || ours.length != labels.length || market.length != labels.length) {
            throw new IllegalArgumentException("a weight needs as many forecasts as outcomes, at least one, was "
                    + ours.length + ", " + market.length + " and " + labels.length);
        }
        this.market = Arrays.stream(market).map(LogOdds::of).toArray();
        this.labels = labels;
        apart = new double[labels.length];
        for (int i = 0; i < apart.length; i++) {
            apart[i] = LogOdds.of(ours[i]) - this.market[i];
        }
    }

    /** The weight of ours; 0 if both always say the same. */
    double weight() {
        return weight(IntStream.range(0, labels.length).toArray());
    }

    /** With its interval over days drawn anew. */
    public Interval interval(long[] atNanos) {
        TreeMap<Long, int[]> days = new TreeMap<>();
        IntStream.range(0, labels.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> Math.floorDiv(atNanos[i], DAY_NANOS)))
                .forEach((day, rows) ->
                        days.put(day, rows.stream().mapToInt(row -> row).toArray()));
        int[][] byDay = days.values().toArray(int[][]::new);
        double estimate = weight();
        if (byDay.length < 2) {
            return new Interval(estimate, 0, 1, Double.NaN, labels.length, byDay.length);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] drawn = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            drawn[r] = weight(IntStream.range(0, byDay.length)
                    .mapToObj(day -> byDay[random.nextInt(byDay.length)])
                    .flatMapToInt(Arrays::stream)
                    .toArray());
        }
        Arrays.sort(drawn);
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double squares = Arrays.stream(drawn).map(w -> (w - mean) * (w - mean)).sum();
        int tail = (int) (0.025 * RESAMPLES);
        return new Interval(
                estimate,
                drawn[tail],
                drawn[RESAMPLES - 1 - tail],
                Math.sqrt(squares / (RESAMPLES - 1)),
                labels.length,
                byDay.length);
    }

    private double weight(int[] rows) {
        if (slope(rows, 0) >= 0) {
            return 0;
        }
        if (slope(rows, 1) <= 0) {
            return 1;
        }
        double low = 0;
        double high = 1;
        double weight = 0.5;
        for (int step = 0; step < MOST_STEPS && high - low > ENOUGH; step++) {
            double slope = 0;
            double bend = 0;
            for (int row : rows) {
                double p = LogOdds.inverse(market[row] + weight * apart[row]);
                slope += (p - (labels[row] ? 1 : 0)) * apart[row];
                bend += p * (1 - p) * apart[row] * apart[row];
            }
            if (slope > 0) {
                high = weight;
            } else {
                low = weight;
            }
            double newton = weight - slope / bend;
            double next = newton > low && newton < high ? newton : (low + high) / 2;
            if (Math.abs(next - weight) < ENOUGH) {
                return next;
            }
            weight = next;
        }
        return weight;
    }

    /** Of the summed log loss at a weight: the loss is convex, so a slope that leads out of the segment at an end makes that end the best. */
    private double slope(int[] rows, double weight) {
        double slope = 0;
        for (int row : rows) {
            slope += (LogOdds.inverse(market[row] + weight * apart[row]) - (labels[row] ? 1 : 0)) * apart[row];
        }
        return slope;
    }
}
