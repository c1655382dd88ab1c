package voltage.forecast;

/** The standard normal distribution, the same on every machine. */
public final class NormalDistribution {
    private NormalDistribution() {}

    /** Φ(x), by a Chebyshev fit of the complementary error function; absolute error below 1.2e-7. */
    public static double cumulative(double x) {
        double z = Math.abs(x) / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * z);
        double polynomial = -1.26551223
                + t
                        * (1.00002368
                                + t
                                        * (0.37409196
                                                + t
                                                        * (0.09678418
                                                                + t
                                                                        * (-0.18628806
                                                                                + t
                                                                                        * (0.27886807
                                                                                                + t
                                                                                                        * (-1.13520398
                                                                                                                + t
                                                                                                                        * (1.48851587
                                                                                                                                + t
                                                                                                                                        * (-0.82215223
                                                                                                                                                + t
                                                                                                                                                        * 0.17087277))))))));
        double erfc = t * StrictMath.exp(-z * z + polynomial);
        return x >= 0 ? 1 - erfc / 2 : erfc / 2;
    }
}
