package voltage.worker.pipeline;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import voltage.market.Feed;

/** What went through a pipeline, over all incarnations. */
public final class PipelineStats {
    private final Map<Feed, Long> frames = new EnumMap<>(Feed.class);
    private final Map<Feed, Long> malformed = new EnumMap<>(Feed.class);
    private long events;
    private long gapsOfEarlierLives;

    void frame(Feed feed) {
        frames.merge(feed, 1L, Long::sum);
    }

    void malformed(Feed feed) {
        malformed.merge(feed, 1L, Long::sum);
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

    public Map<Feed, Long> frames() {
        return Collections.unmodifiableMap(frames);
    }

    /** Frames that could not be read, by feed. */
    public Map<Feed, Long> malformed() {
        return Collections.unmodifiableMap(malformed);
    }

    public long malformedTotal() {
        return malformed.values().stream().mapToLong(Long::longValue).sum();
    }

    long gapsOfEarlierLives() {
        return gapsOfEarlierLives;
    }
}
