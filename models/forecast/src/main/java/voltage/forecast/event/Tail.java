package voltage.forecast.event;

import voltage.forecast.NormalDistribution;

/** A symmetric distribution of mean 0 and variance 1: how a return divided by its volatility is spread. */
public sealed interface Tail permits Tail.Normal, StudentT {
    /** The normal distribution. */
    Tail NORMAL = new Normal();

    /** Probability that the value is at most {@code z}. */
    double cumulative(double z);

    /** Probability density at {@code z}. */
    double density(double z);

    /** Probability that the value is further from 0 than {@code z}, which is not negative; exact far out, too. */
    default double beyond(double z) {
        return 2 * cumulative(-z);
    }

    /** The normal distribution. */
    record Normal() implements Tail {
        private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

        @Override
        public double cumulative(double z) {
            return NormalDistribution.cumulative(z);
        }

        @Override
        public double density(double z) {
            return StrictMath.exp(-z * z / 2) / ROOT_OF_TWO_PI;
        }
    }
}
