package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Connections that a test opens, feeds and ends. */
final class FakeTransport implements WebSocketTransport {
    final List<Attempt> attempts = new ArrayList<>();
    /** Whether connections open by themselves, at once. */
    boolean opensAtOnce;

    @Override
    public void open(URI uri, Supplier<Map<String, String>> headers, Listener listener) {
        Attempt attempt = new Attempt(uri, headers.get(), listener);
        attempts.add(attempt);
        if (opensAtOnce) {
            attempt.open();
        }
    }

    Attempt last() {
        return attempts.getLast();
    }

    static final class Attempt implements Connection {
        final URI uri;
        final Map<String, String> headers;
        final List<String> sent = new ArrayList<>();
        private final Listener listener;
        private boolean hasEnded;
        /** Whether the peer is gone so that closing goes unanswered. */
        boolean isDeaf;

        Attempt(URI uri, Map<String, String> headers, Listener listener) {
            this.uri = uri;
            this.headers = headers;
            this.listener = listener;
        }

        Attempt open() {
            listener.opened(this);
            return this;
        }

        void text(String text) {
            byte[] bytes = ("..." + text).getBytes(UTF_8);
            listener.text(bytes, 3, bytes.length);
        }

        void ping() {
            listener.alive();
        }

        void end(String reason) {
            if (!hasEnded) {
                hasEnded = true;
                listener.closed(reason);
            }
        }

        boolean hasEnded() {
            return hasEnded;
        }

        @Override
        public void send(String text) {
            if (!hasEnded) {
                sent.add(text);
            }
        }

        @Override
        public void close() {
            if (!isDeaf) {
                end("closed here");
            }
        }
    }
}
