package voltage.forecast.event;

/** The regularised incomplete beta function, the same on every machine. */
final class IncompleteBeta {
    private static final int MOST_STEPS = 500;
    private static final double ENOUGH = 1e-15;
    private static final double TINY = 1e-300;
    /** Lanczos' coefficients for g = 7, n = 9; relative error of the gamma function below 1e-15. */
    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private IncompleteBeta() {}

    /**
     * {@code I_x(a, b)} by Lentz's continued fraction (Numerical Recipes 6.4), to about 1e-14.
     *
     * @param x 0 to 1
     * @param y {@code 1 − x}, given apart, since close to 1 little of it can be read from x
     * @param a positive
     * @param b positive
     * @param logBeta {@code ln B(a, b)}, see {@link #logBeta}
     */
    static double regularised(double x, double y, double a, double b, double logBeta) {
        if (x <= 0) {
            return 0;
        }
        if (y <= 0) {
            return 1;
        }
        double front = StrictMath.exp(a * StrictMath.log(x) + b * StrictMath.log(y) - logBeta);
        // On the far side of the mean the fraction of the mirror image converges, on this side it would not.
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(y, b, a) / b;
    }

    static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /** For positive arguments. */
    static double logGamma(double x) {
        if (x < 0.5) {
            return StrictMath.log(Math.PI / StrictMath.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double t = x + 6.5;
        return 0.5 * StrictMath.log(2 * Math.PI) + (x - 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MOST_STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            double step = d * c;
            value *= step;
            if (Math.abs(step - 1) < ENOUGH) {
                return value;
            }
        }
        return value;
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
