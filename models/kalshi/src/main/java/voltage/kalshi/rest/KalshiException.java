package voltage.kalshi.rest;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A read failed, retries included. */
public final class KalshiException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable KalshiError error;

    KalshiException(String what, KalshiError error) {
        super(what + ": " + error);
        this.error = error;
    }

    KalshiException(String what, Exception cause) {
        super(what + ": " + cause.getMessage(), cause);
        error = null;
    }

    /** What Kalshi answered; empty if no answer came or it could not be read. */
    public Optional<KalshiError> error() {
        return Optional.ofNullable(error);
    }
}
