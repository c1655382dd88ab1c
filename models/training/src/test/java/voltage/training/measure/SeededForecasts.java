package voltage.training.measure;

import java.util.SplittableRandom;

/** Forecasts that are calibrated unless told otherwise, a quarter-hour apart. */
final class SeededForecasts {
    static final long QUARTER = 900_000_000_000L;

    final double[] probabilities;
    final boolean[] labels;
    final long[] atNanos;

    /** @param steps number of different forecasts; 0 for as many as there are rows */
    SeededForecasts(long seed, int n, int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        probabilities = new double[n];
        labels = new boolean[n];
        atNanos = new long[n];
        for (int i = 0; i < n; i++) {
            double p = random.nextDouble();
            probabilities[i] = steps == 0 ? p : Math.floor(p * steps) / steps + 0.5 / steps;
            labels[i] = random.nextDouble() < probabilities[i];
            atNanos[i] = i * QUARTER;
        }
    }
}
