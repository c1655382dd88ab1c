package voltage.local.net;

/** What a server does with its requests. Called on network threads: answers quickly, never blocks on the network. */
public interface Handler {
    Response http(Request request);

    /**
     * A WebSocket handshake. {@code out} may be written to at once: what is written before the handshake is answered follows it.
     * A refusal writes nothing.
     */
    default Upgrade webSocket(Request request, Outbound out) {
        return new Upgrade.Refused(Response.text(404, "text/plain", "no WebSocket here"));
    }

    /** Whether a handshake is accepted. */
    sealed interface Upgrade {
        record Accepted(Stream stream) implements Upgrade {}

        record Refused(Response response) implements Upgrade {}
    }
}
