package voltage.worker.feed;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import voltage.market.Feed;

/**
 * How a feed is doing.
 *
 * @param lastFrameAgeNanos since the last frame of any kind, −1 if there was none
 * @param dataAgeNanos since the last data of each subscription or since it was asked for, −1 if it never
 *     was; heartbeats do not count
 * @param reconnects connections attempted after the first
 * @param dropped frames that came too late to belong to a connection, and requests that failed
 * @param problem the last thing that went wrong, empty if nothing did since the feed was last live
 */
public record FeedHealth(
        Feed feed,
        FeedState state,
        long lastFrameAgeNanos,
        Map<String, Long> dataAgeNanos,
        long reconnects,
        long dropped,
        String problem) {
    public FeedHealth {
        dataAgeNanos = Collections.unmodifiableMap(new TreeMap<>(dataAgeNanos));
    }

    /** The same feed, with something else that is wrong. */
    FeedHealth withProblem(String newProblem) {
        return new FeedHealth(feed, state, lastFrameAgeNanos, dataAgeNanos, reconnects, dropped, newProblem);
    }
}
