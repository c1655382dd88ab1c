package voltage.worker.feed;

import voltage.market.Feed;

/** Where feeds put what they receive; implementations copy the bytes. */
public interface Ingress {
    void connected(Feed feed);

    void disconnected(Feed feed, String reason);

    void frame(Feed feed, byte[] bytes, int from, int to);
}
