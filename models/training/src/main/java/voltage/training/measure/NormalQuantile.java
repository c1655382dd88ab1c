package voltage.training.measure;

import voltage.forecast.NormalDistribution;

/** Inverse of the standard normal distribution. */
public final class NormalQuantile {
    private NormalQuantile() {}

    /** Φ⁻¹(p) to about 1e-6 in the middle, by bisection; infinite at 0 and 1. */
    public static double of(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a probability is 0 to 1, was " + p);
        }
        if (p == 0 || p == 1) {
            return p == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        // The relative error of the lower tail is small, that of 1 − a small number is not.
        if (p > 0.5) {
            return -of(1 - p);
        }
        double low = -40;
        double high = 0;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (NormalDistribution.cumulative(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
