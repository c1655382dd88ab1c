package voltage.market;

/**
 * Turns the frames of one feed into events, as they were received. A decoder may keep the connection's state (sequence numbers,
 * subscriptions), so it sees every frame of its feed, in order, and is told of every new connection. The same decoder reads a live
 * socket and a journal.
 */
public interface FrameDecoder {
    /** A new connection: sequence numbers start again. Anything that is thereby in doubt is reported to {@code out}. */
    void connected(long receivedNanos, EventSink out);

    /** The connection ended. */
    void disconnected(long receivedNanos, EventSink out);

    /**
     * One whole frame or body.
     *
     * @throws MalformedFrameException if it cannot be read; then {@code out} has been given nothing of it
     */
    void frame(byte[] bytes, int from, int to, long receivedNanos, EventSink out) throws MalformedFrameException;
}
