package voltage.local.exchange;

/** The outcome of a stream's handshake. */
public sealed interface Connection {
    record Opened(StreamSession session) implements Connection {}

    /** Not let in: an HTTP answer, 401 for a failed signature. */
    record Refused(ExchangeResponse response) implements Connection {}
}
