package voltage.forecast.calibration;

/** What calibrators are fitted to. */
final class Points {
    private Points() {}

    /** Refuses what cannot be fitted to. */
    static void require(double[] probabilities, boolean[] labels) {
        if (probabilities.length != labels.length || labels.length == 0) {
            throw new IllegalArgumentException("a calibrator needs as many labels as probabilities, at least one, was "
                    + probabilities.length + " probabilities and " + labels.length + " labels");
        }
        for (int i = 0; i < probabilities.length; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new IllegalArgumentException("a probability is 0 to 1, number " + i + " was " + probabilities[i]
                        + "; leave rows without a forecast out");
            }
        }
    }
}
