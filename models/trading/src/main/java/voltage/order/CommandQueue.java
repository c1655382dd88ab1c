package voltage.order;

/**
 * A lane's FIFO queue of commands: one message group, deduplicated by command id, so at most one executor works on a lane at a
 * time and in the order of sending.
 */
public interface CommandQueue {
    /**
     * Returns when the queue has the command durably.
     *
     * @throws QueueUnavailableException if it could not be delivered within the bounded retries; nothing is known then, and the same
     *     command may be sent again
     */
    void send(Command command);

    /** The queue could not be reached. */
    final class QueueUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public QueueUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
