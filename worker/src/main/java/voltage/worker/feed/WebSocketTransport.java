package voltage.worker.feed;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/** Text WebSocket connections. Callbacks of one connection come one at a time, in order. */
public interface WebSocketTransport {
    /**
     * Begins to connect. Either {@link Listener#opened} or {@link Listener#closed} follows; {@code closed} comes exactly once, also
     * after {@link Connection#close}.
     *
     * @param headers asked for at each attempt, so that they can be signed for the moment
     */
    void open(URI uri, Supplier<Map<String, String>> headers, Listener listener);

    /** What happens to a connection. */
    interface Listener {
        void opened(Connection connection);

        /** A whole text message; the bytes are valid during the call only. */
        void text(byte[] bytes, int from, int to);

        /** Any other frame: ping or pong. */
        void alive();

        /**
         * The connection ended or never came about.
         *
         * @param reason begins with {@code HTTP} and the status if the server refused the upgrade
         */
        void closed(String reason);
    }

    /** An open connection. After it has ended, both methods do nothing. */
    interface Connection {
        void send(String text);

        void close();
    }
}
