package voltage.forecast.ensemble;

/** The set of weights of 0 or more with sum 1. */
final class Simplex {
    private Simplex() {}

    static boolean holds(double[] weights, double tolerance) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0)) {
                return false;
            }
            sum += weight;
        }
        return Math.abs(sum - 1) <= tolerance;
    }
}
