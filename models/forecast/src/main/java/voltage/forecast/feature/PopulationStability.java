package voltage.forecast.feature;

/**
 * Population stability index (Lewis 1994): {@code Σ (a − e) ln(a/e)} over bins, each share at least 1e-4.
 *
 * <p>Its customary limits of 0.10 and 0.25 say nothing where rows are few: without any drift it is spread like {@code χ²_{B−1} (1/n +
 * 1/m)} (Yurdakul and Naranjo 2020). Here an index is large only if it is beyond both.
 */
public final class PopulationStability {
    private static final double LEAST_SHARE = 1e-4;
    private static final double SMALL = 0.10;
    private static final double LARGE = 0.25;
    /** Quantiles of χ² with 1 to 9 degrees of freedom. */
    private static final double[] CHI_SQUARE_95 = {3.841, 5.991, 7.815, 9.488, 11.070, 12.592, 14.067, 15.507, 16.919};

    private static final double[] CHI_SQUARE_999 = {
        10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.124, 27.877
    };

    private PopulationStability() {}

    /**
     * The index.
     *
     * @param actual shares of the bins, adding up to 1
     * @param expected shares of the same bins in the reference
     */
    public static double index(double[] actual, double[] expected) {
        if (actual.length != expected.length) {
            throw new IllegalArgumentException(
                    "both distributions have the same bins, was " + actual.length + " and " + expected.length);
        }
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double a = Math.max(actual[i], LEAST_SHARE);
            double e = Math.max(expected[i], LEAST_SHARE);
            sum += (a - e) * StrictMath.log(a / e);
        }
        return sum;
    }

    /** Above it a look is worth while: 0.10, and one in twenty by chance. NaN with fewer than two bins, of which nothing drifts. */
    public static double noteAbove(int bins, double rows, double referenceRows) {
        return limit(bins, SMALL, CHI_SQUARE_95, rows, referenceRows);
    }

    /** Above it somebody must act: 0.25, and one in a thousand by chance. NaN with fewer than two bins. */
    public static double alertAbove(int bins, double rows, double referenceRows) {
        return limit(bins, LARGE, CHI_SQUARE_999, rows, referenceRows);
    }

    private static double limit(int bins, double custom, double[] quantiles, double rows, double referenceRows) {
        if (bins < 2) {
            return Double.NaN;
        }
        int degrees = Math.min(bins - 1, quantiles.length);
        return Math.max(custom, quantiles[degrees - 1] * (1 / rows + 1 / referenceRows));
    }
}
