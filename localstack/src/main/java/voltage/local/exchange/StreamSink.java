package voltage.local.exchange;

/** Where the exchange sends one client's frames. Calls must not block; they come in the order of the wire. */
public interface StreamSink {
    void text(String frame);

    void ping(String payload);

    void close(int code, String reason);

    /** Bytes taken and not yet read by the client; a sink that delivers at once has none. */
    default long pendingBytes() {
        return 0;
    }
}
