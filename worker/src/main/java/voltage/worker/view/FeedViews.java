package voltage.worker.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import voltage.market.Feed;
import voltage.worker.dashboard.FeedView;
import voltage.worker.feed.FeedHealth;
import voltage.worker.feed.FeedState;
import voltage.worker.feed.LiveFeed;
import voltage.worker.pipeline.Pipeline;

/** Feeds' health in the page's terms. */
final class FeedViews {
    private static final long MILLI_NANOS = 1_000_000L;

    private FeedViews() {}

    static List<FeedView> of(Map<Feed, LiveFeed> feeds, Pipeline pipeline) {
        List<FeedView> views = new ArrayList<>();
        new TreeMap<>(feeds).forEach((feed, live) -> {
            FeedHealth health = live.health();
            views.add(new FeedView(
                    feed.name(),
                    health.state() == FeedState.LIVE || health.state() == FeedState.BACKFILLING,
                    health.lastFrameAgeNanos() < 0 ? null : (Long) (health.lastFrameAgeNanos() / MILLI_NANOS),
                    limitMillis(feed),
                    health.reconnects(),
                    feed == Feed.KALSHI_STREAM ? pipeline.sequenceGaps() : 0,
                    pipeline.stats().malformed().getOrDefault(feed, 0L)));
        });
        return views;
    }

    /** The longest silence of a healthy feed: by heartbeats where there are some, by the slowest poll, else by the next candle. */
    private static long limitMillis(Feed feed) {
        return switch (feed) {
            case KALSHI_STREAM -> 30_000;
            case KALSHI_REST -> 60_000;
            case KRAKEN_STREAM, COINBASE_STREAM -> 5_000;
            case BINANCE_STREAM, BINANCE_US_STREAM -> 60_000;
            case KRAKEN_REST, BINANCE_REST, BINANCE_US_REST, REPORTS, LEDGER, OPERATOR, FORECAST -> 0;
        };
    }
}
