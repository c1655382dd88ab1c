package voltage.worker.feed;

import java.util.Map;
import java.util.TreeMap;

/**
 * How long silence is bearable and how often to try again. All times in nanoseconds.
 *
 * @param connectNanos from an attempt to an open connection
 * @param idleNanos between frames of any kind, heartbeats included
 * @param backfillNanos from an open connection to going live without the backfill
 * @param graceNanos from asking again for a silent subscription to giving up on the connection
 * @param stableNanos after so long a connection counts as good, and the next failure starts from the shortest delay
 * @param refusalNanos from a refusal to the next attempt
 * @param budget most attempts within {@code budgetNanos}
 * @param silenceNanos by subscription: longest time without data
 */
public record FeedLimits(
        long connectNanos,
        long idleNanos,
        long backfillNanos,
        long graceNanos,
        long stableNanos,
        long refusalNanos,
        int budget,
        long budgetNanos,
        Map<String, Long> silenceNanos) {
    private static final long SECOND = 1_000_000_000L;

    public FeedLimits {
        silenceNanos = Map.copyOf(new TreeMap<>(silenceNanos));
        if (connectNanos <= 0 || idleNanos <= 0 || backfillNanos <= 0 || graceNanos <= 0 || refusalNanos <= 0) {
            throw new IllegalArgumentException("the limits of a feed are above 0, was connect " + connectNanos
                    + ", idle "
                    + idleNanos + ", backfill " + backfillNanos + ", grace " + graceNanos + ", refusal " + refusalNanos
                    + " ns; correct the one that is not");
        }
        if (budget < 1 || budgetNanos <= 0) {
            throw new IllegalArgumentException("at least one connection in a time above 0 must be allowed, was "
                    + budget + " in " + budgetNanos + " ns");
        }
    }

    /** A heartbeat once a second; Bitcoin trades and quotes at least once a minute; 150 attempts in 10 minutes mean a ban. */
    static FeedLimits kraken() {
        return of(5, 75, "ohlc-1", "ohlc-5", "trade", "ticker");
    }

    /** A heartbeat once a second. */
    static FeedLimits coinbase() {
        return of(5, 60, "matches", "ticker");
    }

    /** A ping every 20 seconds; candles every one or two. */
    static FeedLimits binance() {
        return of(30, 60, "kline_1m", "trade", "bookTicker");
    }

    /** A closed candle a minute and nothing else. */
    static FeedLimits binanceCandles() {
        return of(60, 180, "kline_1m");
    }

    /** The same protocol, but hardly any trading. */
    static FeedLimits binanceUs() {
        return of(60, 900, "kline_1m", "trade", "bookTicker");
    }

    /** A ping every 10 seconds, fewer when busy: 30 seconds without a frame of any kind is death. */
    static FeedLimits kalshi() {
        return of(30, 60);
    }

    private static FeedLimits of(long idleSeconds, long silenceSeconds, String... subscriptions) {
        Map<String, Long> silence = new TreeMap<>();
        for (String subscription : subscriptions) {
            silence.put(subscription, silenceSeconds * SECOND);
        }
        return new FeedLimits(
                10 * SECOND,
                idleSeconds * SECOND,
                60 * SECOND,
                15 * SECOND,
                60 * SECOND,
                300 * SECOND,
                60,
                600 * SECOND,
                silence);
    }
}
