package voltage.market;

/** A frame that its decoder cannot read. It is counted, kept in the journal and skipped; nothing of it has taken effect. */
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message which feed, what was expected, what was found */
    public MalformedFrameException(String message) {
        super(message);
    }

    public MalformedFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
