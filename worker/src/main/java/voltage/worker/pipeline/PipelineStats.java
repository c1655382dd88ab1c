package voltage.worker.pipeline;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import voltage.market.Feed;

/** What went through a pipeline, over all incarnations. */
public final class PipelineStats {
    private static final Feed[] FEEDS = Feed.values();

    // By ordinal: a map would box a new Long for each frame.
    private final long[] frames = new long[FEEDS.length];
    private final long[] malformed = new long[FEEDS.length];
    private long events;
    private long gapsOfEarlierLives;

    void frame(Feed feed) {
        frames[feed.ordinal()]++;
    }

    void malformed(Feed feed) {
        malformed[feed.ordinal()]++;
    }

    void event() {
        events++;
    }

    void gapsOfEarlierLives(long gaps) {
        gapsOfEarlierLives += gaps;
    }

    /** Events handed to the engine, timers included. */
    public long events() {
        return events;
    }

    /** As they are now, by feed; feeds without any are left out. */
    public Map<Feed, Long> frames() {
        return counted(frames);
    }

    /** Frames that could not be read, by feed. */
    public Map<Feed, Long> malformed() {
        return counted(malformed);
    }

    public long malformedTotal() {
        return Arrays.stream(malformed).sum();
    }

    private static Map<Feed, Long> counted(long[] counts) {
        Map<Feed, Long> byFeed = new EnumMap<>(Feed.class);
        for (Feed feed : FEEDS) {
            if (counts[feed.ordinal()] > 0) {
                byFeed.put(feed, counts[feed.ordinal()]);
            }
        }
        return Collections.unmodifiableMap(byFeed);
    }

    long gapsOfEarlierLives() {
        return gapsOfEarlierLives;
    }
}
