package voltage.local.play;

/** A play cannot be begun or continued, for a reason that the user can mend: the message says which and how. */
public final class PlayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlayException(String message) {
        super(message);
    }

    PlayException(String message, Throwable cause) {
        super(message, cause);
    }
}
