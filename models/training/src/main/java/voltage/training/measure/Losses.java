package voltage.training.measure;

/** What each single forecast cost; the material of paired comparisons. */
public final class Losses {
    /** Log loss takes a probability for no nearer to 0 or 1 than this. */
    public static final double LOG_CLIP = 1e-3;

    private Losses() {}

    /** Squared differences of forecast and outcome. */
    public static double[] brier(double[] probabilities, boolean[] labels) {
        require(probabilities, labels);
        double[] losses = new double[labels.length];
        for (int i = 0; i < losses.length; i++) {
            double error = probabilities[i] - (labels[i] ? 1 : 0);
            losses[i] = error * error;
        }
        return losses;
    }

    /** Negative log likelihoods in nats, clipped at {@link #LOG_CLIP}. */
    public static double[] log(double[] probabilities, boolean[] labels) {
        require(probabilities, labels);
        double[] losses = new double[labels.length];
        for (int i = 0; i < losses.length; i++) {
            double p = Math.min(1 - LOG_CLIP, Math.max(LOG_CLIP, probabilities[i]));
            losses[i] = -StrictMath.log(labels[i] ? p : 1 - p);
        }
        return losses;
    }

    static void require(double[] probabilities, boolean[] labels) {
        if (labels.length == 0 || probabilities.length != labels.length) {
            throw new IllegalArgumentException("a measure needs as many labels as forecasts, at least one, was "
                    + probabilities.length + " forecasts and " + labels.length + " labels");
        }
        for (int i = 0; i < probabilities.length; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new IllegalArgumentException("a forecast is 0 to 1, number " + i + " was " + probabilities[i]
                        + "; compare forecasters on the instants that all of them forecast");
            }
        }
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
