package voltage.training.patchtst;

import org.jspecify.annotations.Nullable;

/** A net's training that did not come to its end; the message says what the process said last and what can be done. */
public final class NetTrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NetTrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
