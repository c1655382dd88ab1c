package voltage.forecast.feature;

/** Features that nothing may be trained on; the message names each with what is wrong. */
public final class UntrainableFeaturesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UntrainableFeaturesException(String message) {
        super(message);
    }
}
