package voltage.worker.feed;

import java.net.URI;
import java.util.List;
import java.util.Map;
import voltage.market.Feed;

/** What is particular to one venue's stream. Never called under a lock; frames and commands may come from different threads. */
interface FeedProtocol {
    Feed feed();

    URI uri();

    /** Headers of the upgrade, asked for at each attempt. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** What to send on a connection that goes live. */
    List<String> subscribe();

    /** What to send to have a silent subscription served again. */
    List<String> resubscribe(String subscription);

    /** What a frame means; it has been handed on already. */
    Reading read(byte[] bytes, int from, int to);

    /** Whether {@link #backfill} has something to do between connecting and subscribing. */
    default boolean backfills() {
        return false;
    }

    /**
     * Fetches what was missed and hands it on. May wait for answers.
     *
     * @return whether it is complete; if not, it is tried again a few times
     */
    default boolean backfill() {
        return true;
    }

    /** The connection is gone, and what was subscribed on it. */
    default void disconnected() {}
}
