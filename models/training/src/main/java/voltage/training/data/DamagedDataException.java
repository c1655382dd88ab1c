package voltage.training.data;

/** Data that nothing may be trained on; the message names file, line and rule. */
public final class DamagedDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedDataException(String message) {
        super(message);
    }

    DamagedDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
