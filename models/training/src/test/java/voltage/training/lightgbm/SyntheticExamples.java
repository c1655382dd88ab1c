package voltage.training.lightgbm;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Examples whose outcome depends on some of their features; with NaN, zeros, tiny and huge values mixed in. */
final class SyntheticExamples {
    static final double[] EXTREMES = {
        0.0,
        -0.0,
        1e-35f,
        -1e-35f,
        1e-36,
        1.1e-35,
        Double.MIN_VALUE,
        1e300,
        -1e300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private SyntheticExamples() {}

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** @param oddShare of the values that are NaN, and as many again that are zero */
    static Examples draw(int size, int features, double oddShare, long seed) {
        RandomGenerator random = random(seed);
        String[] names = new String[features];
        Arrays.setAll(names, i -> "feature_" + i);
        double[][] rows = new double[size][features];
        boolean[] labels = new boolean[size];
        for (int i = 0; i < size; i++) {
            double score = -1;
            for (int j = 0; j < features; j++) {
                double draw = random.nextDouble();
                double value = random.nextGaussian();
                rows[i][j] = draw < oddShare ? Double.NaN : draw < 2 * oddShare ? 0 : value;
                if (j < 4) {
                    score += draw < oddShare ? 0.7 : rows[i][j] * (j + 1) / 4;
                }
            }
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-score));
        }
        return new Examples(names, rows, labels);
    }

    /** A row full of trouble. */
    static double[] trouble(RandomGenerator random, int features, double nanShare) {
        double[] row = new double[features];
        for (int j = 0; j < features; j++) {
            double draw = random.nextDouble();
            if (draw < nanShare) {
                row[j] = Double.NaN;
            } else if (draw < nanShare + 0.2) {
                row[j] = EXTREMES[random.nextInt(EXTREMES.length)];
            } else {
                row[j] = random.nextGaussian() * (draw > 0.9 ? 100 : 1);
            }
        }
        return row;
    }
}
