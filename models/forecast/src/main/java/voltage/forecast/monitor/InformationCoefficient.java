package voltage.forecast.monitor;

/** Rank correlation of a signal with what came of it, over a rolling window. */
public final class InformationCoefficient {
    private final double[] signals;
    private final double[] outcomes;
    private int next;
    private int size;

    /** @param window pairs that are kept, 3 or more */
    public InformationCoefficient(int window) {
        if (window < 3) {
            throw new IllegalArgumentException("a window holds 3 pairs or more, was " + window);
        }
        signals = new double[window];
        outcomes = new double[window];
    }

    public void add(double signal, double outcome) {
        signals[next] = signal;
        outcomes[next] = outcome;
        next = (next + 1) % signals.length;
        size = Math.min(size + 1, signals.length);
    }

    /** NaN while it is not defined, see {@link RankCorrelation#of}. */
    public double value() {
        return RankCorrelation.of(java.util.Arrays.copyOf(signals, size), java.util.Arrays.copyOf(outcomes, size));
    }

    /** Student's t of the coefficient. */
    public double t() {
        return RankCorrelation.t(value(), size);
    }

    public int n() {
        return size;
    }
}
