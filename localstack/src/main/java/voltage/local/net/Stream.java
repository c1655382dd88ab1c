package voltage.local.net;

/** The server's side of one open WebSocket: what the client sends. Called by one thread at a time, in order. */
public interface Stream {
    void text(String text);

    /** The client has gone or has been closed; nothing follows. Called exactly once. */
    void closed();
}
