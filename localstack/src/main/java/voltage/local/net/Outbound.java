package voltage.local.net;

/** What a server sends to one open WebSocket. Any thread may call; the order of calls is the order on the wire. */
public interface Outbound {
    void text(String text);

    void ping(byte[] payload);

    /** Sends a close frame and closes the connection. */
    void close(int code, String reason);

    /** Bytes handed over by {@link #text} and not yet taken by the socket: large when the client reads too slowly. */
    long pendingBytes();
}
