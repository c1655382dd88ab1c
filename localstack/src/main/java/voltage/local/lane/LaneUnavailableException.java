package voltage.local.lane;

/** There is no such lane here, or it cannot be reached; the message says why and what to do. */
public final class LaneUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LaneUnavailableException(String message) {
        super(message);
    }

    public LaneUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
