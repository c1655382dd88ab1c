package voltage.local.session;

import java.io.IOException;
import java.io.Serial;

/** A session or its source cannot be read or written. The message names the file, the rule and the remedy, and is meant for the user. */
public final class SessionException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public SessionException(String message) {
        super(message);
    }

    public SessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
