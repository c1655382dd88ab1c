package voltage.local.feeds;

import java.util.TreeSet;
import voltage.local.net.Outbound;

/** One client's connection: what it has subscribed to and when it is due a heartbeat. */
final class Subscriber {
    /** Who lets so much pile up is not reading: better a clear end than memory without bound. */
    private static final long MAX_PENDING_BYTES = 32L << 20;

    private final Outbound out;
    private final TreeSet<String> subscriptions = new TreeSet<>();
    private final long connectedNanos;
    private long nextHeartbeatNanos = FeedVenue.NEVER;
    private boolean closed;

    Subscriber(Outbound out, long connectedNanos) {
        this.out = out;
        this.connectedNanos = connectedNanos;
    }

    long connectedNanos() {
        return connectedNanos;
    }

    /** False if it was there already. */
    boolean subscribe(String subscription) {
        return subscriptions.add(subscription);
    }

    boolean unsubscribe(String subscription) {
        return subscriptions.remove(subscription);
    }

    boolean has(String subscription) {
        return subscriptions.contains(subscription);
    }

    TreeSet<String> subscriptions() {
        return subscriptions;
    }

    long nextHeartbeatNanos() {
        return nextHeartbeatNanos;
    }

    void heartbeatAt(long nanos) {
        nextHeartbeatNanos = nanos;
    }

    void send(String frame) {
        if (closed) {
            return;
        }
        if (out.pendingBytes() > MAX_PENDING_BYTES) {
            close(1008, "the client reads too slowly");
            return;
        }
        out.text(frame);
    }

    void ping(byte[] payload) {
        if (!closed) {
            out.ping(payload);
        }
    }

    void close(int code, String reason) {
        if (!closed) {
            closed = true;
            nextHeartbeatNanos = FeedVenue.NEVER;
            out.close(code, reason);
        }
    }

    /** Whether the server has ended the connection; the network says so a little later. */
    boolean isClosed() {
        return closed;
    }
}
