package voltage.forecast.calibration;

/** Log odds of probabilities, the same on every machine. Probabilities are kept {@link #EDGE} away from 0 and 1. */
public final class LogOdds {
    /** Nearest to 0 or 1 that a probability is taken for. */
    public static final double EDGE = 1e-9;

    private LogOdds() {}

    /** {@code ln(p/(1−p))}; NaN for NaN. */
    public static double of(double probability) {
        double p = clip(probability);
        return StrictMath.log(p) - StrictMath.log1p(-p);
    }

    /** {@code 1/(1+e^−s)}. */
    public static double inverse(double score) {
        return 1 / (1 + StrictMath.exp(-score));
    }

    static double clip(double probability) {
        return Math.min(1 - EDGE, Math.max(EDGE, probability));
    }
}
