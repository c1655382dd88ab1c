package voltage.worker.feed;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.market.Feed;
import voltage.spot.RestFrame;

/** Fetches REST bodies and puts them, wrapped with their path, into the ingress under a REST feed of their own. */
final class Backfill {
    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

    private final Feed feed;
    private final URI base;
    private final HttpGet http;
    private final Ingress ingress;
    private boolean isUp;

    Backfill(Feed feed, URI base, HttpGet http, Ingress ingress) {
        this.feed = feed;
        this.base = base;
        this.http = http;
        this.ingress = ingress;
    }

    /** Fetches a path and hands it on; empty if there was no answer or one of another status than 200. */
    Optional<byte[]> fetch(String path) {
        byte[] body;
        try {
            HttpGet.HttpBody answer = http.get(base.resolve(path));
            if (answer.status() != 200) {
                LOG.warn("{}: {} answered HTTP {}", feed, path, answer.status());
                return Optional.empty();
            }
            body = answer.body();
        } catch (IOException e) {
            LOG.warn("{}: {} did not answer: {}", feed, path, e.getMessage());
            return Optional.empty();
        }
        up();
        byte[] frame = RestFrame.wrap(path, body);
        ingress.frame(feed, frame, 0, frame.length);
        return Optional.of(body);
    }

    /** The feed as a whole is stopped. */
    void stop() {
        synchronized (this) {
            if (!isUp) {
                return;
            }
            isUp = false;
        }
        ingress.disconnected(feed, "stopped");
    }

    private void up() {
        synchronized (this) {
            if (isUp) {
                return;
            }
            isUp = true;
        }
        ingress.connected(feed);
    }
}
