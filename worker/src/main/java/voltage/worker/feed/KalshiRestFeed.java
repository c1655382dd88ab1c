package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.market.Feed;
import voltage.market.MalformedFrameException;
import voltage.spot.Json;
import voltage.spot.RestFrame;

/**
 * Polls Kalshi's public REST market data: whether the exchange trades; what each series charges, and its markets; single markets that await their strike or result; and, where
 * there is no key for the stream, the books of chosen markets.
 *
 * <p>It needs timers of its own, as it waits for answers on them. Each kind of poll slows down by itself while it fails.
 */
public final class KalshiRestFeed implements LiveFeed {
    private static final Logger LOG = LoggerFactory.getLogger(KalshiRestFeed.class);
    private static final long MILLIS = 1_000_000L;
    private static final long LIST_NANOS = 15_000 * MILLIS;
    private static final long AWAITED_NANOS = 1_000 * MILLIS;
    private static final long BOOKS_NANOS = 250 * MILLIS;
    private static final long STATUS_NANOS = 5_000 * MILLIS;
    /** A word on the status that is a minute old stops entries, so trying goes on much faster than that. */
    private static final long STATUS_SLOWEST_NANOS = 20_000 * MILLIS;

    private static final long SERIES_NANOS = 3_600_000 * MILLIS;
    private static final long SERIES_RETRY_NANOS = 15_000 * MILLIS;
    private static final int SLOWEST = 32;
    private static final int MOST_DOUBLINGS = 16;
    private static final int MOST_PAGES = 10;
    private static final int MOST_BOOKS = 100;
    private static final int FAILURES_TO_DOWN = 3;

    private final URI base;
    private final String prefix;
    private final List<String> series;
    private final HttpGet http;
    private final Timers timers;
    private final Ingress ingress;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Set<String> awaited = new LinkedHashSet<>();
    private final Set<String> books = new LinkedHashSet<>();
    private final Map<String, Long> lastAnswerNanos = new TreeMap<>();
    private int run;
    private boolean isStarted;
    private boolean isUp;
    private int failures;
    private long failed;
    private String problem = "";

    /**
     * @param base {@code https://external-api.kalshi.com/trade-api/v2} or what stands in for it
     * @param series tickers of the series whose markets are listed
     * @param clock the date from which on markets are listed
     * @param random spreads the attempts of many clients after failures
     */
    public KalshiRestFeed(
            URI base,
            List<String> series,
            HttpGet http,
            Timers timers,
            Ingress ingress,
            InstantSource clock,
            RandomGenerator random) {
        this.base = base;
        this.prefix = base.getPath().endsWith("/")
                ? base.getPath().substring(0, base.getPath().length() - 1)
                : base.getPath();
        this.series = List.copyOf(series);
        this.http = http;
        this.timers = timers;
        this.ingress = ingress;
        this.clock = clock;
        this.random = random;
    }

    /** Markets to be looked at every second, because their strike or result is due; replaces the earlier ones. */
    public void awaiting(Collection<String> tickers) {
        synchronized (this) {
            awaited.clear();
            awaited.addAll(tickers);
        }
    }

    /** Markets whose books are fetched four times a second, at most 100; replaces the earlier ones. */
    public void books(Collection<String> tickers) {
        if (tickers.size() > MOST_BOOKS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_BOOKS + " books are fetched at once, was " + tickers.size());
        }
        synchronized (this) {
            books.clear();
            books.addAll(tickers);
        }
    }

    @Override
    public void start() {
        int current;
        synchronized (this) {
            if (isStarted) {
                return;
            }
            isStarted = true;
            run++;
            current = run;
        }
        schedule(current, 0, new Poll(STATUS_NANOS, STATUS_NANOS, STATUS_SLOWEST_NANOS, this::status, 0));
        schedule(current, 0, new Poll(SERIES_NANOS, SERIES_RETRY_NANOS, SERIES_NANOS, this::series, 0));
        schedule(current, 0, Poll.each(LIST_NANOS, this::markets));
        schedule(current, 0, Poll.each(AWAITED_NANOS, this::awaited));
        schedule(current, 0, Poll.each(BOOKS_NANOS, this::orderbooks));
    }

    @Override
    public void stop() {
        boolean wasUp;
        synchronized (this) {
            isStarted = false;
            run++;
            wasUp = isUp;
            isUp = false;
        }
        if (wasUp) {
            ingress.disconnected(Feed.KALSHI_REST, "stopped");
        }
    }

    @Override
    public synchronized FeedHealth health() {
        long now = timers.nowNanos();
        Map<String, Long> ages = new TreeMap<>();
        lastAnswerNanos.forEach((name, last) -> ages.put(name, now - last));
        FeedState state = !isStarted ? FeedState.STOPPED : isUp ? FeedState.LIVE : FeedState.CONNECTING;
        long age = ages.values().stream().mapToLong(Long::longValue).min().orElse(-1);
        return new FeedHealth(Feed.KALSHI_REST, state, age, ages, 0, failed, problem);
    }

    private interface Fetch {
        /** Whether all answers came; true too if there was nothing to ask. */
        boolean fetch(int current);
    }

    /**
     * @param retryNanos at most twice that passes after the first failure, and after each more of them twice as much
     * @param slowestNanos the most that passes between failures
     * @param failures one after the other
     */
    private record Poll(long intervalNanos, long retryNanos, long slowestNanos, Fetch fetch, int failures) {
        static Poll each(long intervalNanos, Fetch fetch) {
            return new Poll(intervalNanos, intervalNanos, SLOWEST * intervalNanos, fetch, 0);
        }

        Poll after(boolean succeeded) {
            int next = succeeded ? 0 : Math.min(MOST_DOUBLINGS, failures + 1);
            return new Poll(intervalNanos, retryNanos, slowestNanos, fetch, next);
        }

        long delayNanos(RandomGenerator random) {
            if (failures == 0) {
                return intervalNanos;
            }
            long mostNanos = Math.min(slowestNanos, retryNanos << failures);
            return (long) (mostNanos * (0.8 + 0.2 * random.nextDouble()));
        }
    }

    private void schedule(int current, long delayNanos, Poll poll) {
        timers.after(delayNanos, () -> {
            if (!isCurrent(current)) {
                return;
            }
            long began = timers.nowNanos();
            Poll next = poll.after(poll.fetch().fetch(current));
            // From start to start, so that slow answers do not add to the interval.
            long spent = timers.nowNanos() - began;
            schedule(current, Math.max(0, next.delayNanos(random) - spent), next);
        });
    }

    private boolean status(int current) {
        return get(current, "status", prefix + "/exchange/status").length > 0;
    }

    private boolean series(int current) {
        boolean isWhole = true;
        for (String ticker : series) {
            isWhole &= get(current, "series", prefix + "/series/" + ticker).length > 0;
        }
        return isWhole;
    }

    private boolean markets(int current) {
        boolean isWhole = true;
        for (String ticker : series) {
            isWhole &= pages(current, ticker);
        }
        return isWhole;
    }

    private boolean pages(int current, String ticker) {
        // Open ones and those to come; closed ones are awaited one by one.
        String path = prefix + "/markets?series_ticker=" + ticker + "&min_close_ts="
                + clock.instant().getEpochSecond() + "&limit=1000";
        String cursor = "";
        for (int page = 0; page < MOST_PAGES && isCurrent(current); page++) {
            byte[] body = get(
                    current, "markets", cursor.isEmpty() ? path : path + "&cursor=" + URLEncoder.encode(cursor, UTF_8));
            if (body.length == 0) {
                return false;
            }
            try {
                Json root = Json.parse(body, 0, body.length);
                cursor = root.has("cursor") ? root.get("cursor").text() : "";
            } catch (MalformedFrameException e) {
                return false;
            }
            if (cursor.isEmpty()) {
                return true;
            }
        }
        return true;
    }

    private boolean awaited(int current) {
        boolean isWhole = true;
        for (String ticker : copy(awaited)) {
            isWhole &= get(current, "awaited", prefix + "/markets/" + ticker).length > 0;
        }
        return isWhole;
    }

    private boolean orderbooks(int current) {
        List<String> tickers = copy(books);
        return tickers.isEmpty()
                || get(current, "books", prefix + "/markets/orderbooks?tickers=" + String.join("&tickers=", tickers))
                                .length
                        > 0;
    }

    /** The body, handed on; empty if there is none. */
    private byte[] get(int current, String name, String path) {
        byte[] none = new byte[0];
        if (!isCurrent(current)) {
            return none;
        }
        HttpGet.HttpBody answer;
        try {
            answer = http.get(base.resolve(path));
        } catch (IOException e) {
            failed(path + " did not answer: " + e.getMessage());
            return none;
        }
        if (answer.status() != 200) {
            failed(path + " answered HTTP " + answer.status());
            return none;
        }
        if (!isCurrent(current)) {
            return none;
        }
        answered(name);
        byte[] frame = RestFrame.wrap(path, answer.body());
        ingress.frame(Feed.KALSHI_REST, frame, 0, frame.length);
        return answer.body();
    }

    private void answered(String name) {
        boolean isNew;
        synchronized (this) {
            lastAnswerNanos.put(name, timers.nowNanos());
            failures = 0;
            problem = "";
            isNew = !isUp;
            isUp = true;
        }
        if (isNew) {
            ingress.connected(Feed.KALSHI_REST);
        }
    }

    private void failed(String why) {
        boolean isDown;
        synchronized (this) {
            failed++;
            failures++;
            problem = why;
            isDown = isUp && failures >= FAILURES_TO_DOWN;
            if (isDown) {
                isUp = false;
            }
        }
        LOG.debug("{}", why);
        if (isDown) {
            LOG.warn("{} is down: {}", Feed.KALSHI_REST, why);
            ingress.disconnected(Feed.KALSHI_REST, why);
        }
    }

    private synchronized boolean isCurrent(int current) {
        return current == run;
    }

    private synchronized List<String> copy(Set<String> tickers) {
        return new ArrayList<>(tickers);
    }
}
