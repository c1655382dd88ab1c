package voltage.worker.feed;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import voltage.market.Feed;

/**
 * Kalshi's WebSocket. The markets whose book, ticker and trades are wanted may change at any time, connected or not; the lifecycle of
 * all markets, the settlement index and, if wanted, our own orders, fills and positions come along.
 */
public final class KalshiStreamFeed implements LiveFeed {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long BOOK_SILENCE_NANOS = 60 * SECOND_NANOS;
    /** Kalshi acknowledges at once. */
    private static final long ANSWER_NANOS = 15 * SECOND_NANOS;

    private static final int LONGEST_RETRY_SECONDS = 64;

    private final KalshiSubscriptions subscriptions;
    private final FeedConnection connection;
    private final Resyncs resyncs;
    private final Timers timers;
    private final RandomGenerator random;
    private final Object retryLock = new Object();
    private boolean isRetrying;
    /** Retries on this connection. */
    private int retries;

    private int connections;

    /**
     * @param stream {@code wss://external-api-ws.kalshi.com/trade-api/ws/v2} or what stands in for it
     * @param signed the signed headers, made anew for each attempt: a signature is good for seconds
     * @param withAccount whether our own orders, fills and positions are wanted
     */
    public KalshiStreamFeed(
            URI stream,
            Supplier<Map<String, String>> signed,
            boolean withAccount,
            WebSocketTransport transport,
            Timers timers,
            Ingress ingress,
            RandomGenerator random) {
        this.subscriptions = new KalshiSubscriptions(withAccount);
        this.resyncs = new Resyncs(timers);
        this.timers = timers;
        this.random = random;
        Protocol protocol = new Protocol(stream, signed);
        this.connection = new FeedConnection(protocol, FeedLimits.kalshi(), transport, timers, ingress, random);
    }

    @Override
    public void start() {
        connection.start();
    }

    @Override
    public void stop() {
        connection.stop();
    }

    @Override
    public FeedHealth health() {
        FeedHealth health = connection.health();
        Map<String, String> refusals = subscriptions.refusals();
        return refusals.isEmpty() || !health.problem().isEmpty()
                ? health
                : health.withProblem(refusals.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ")));
    }

    /** What the venue refuses although the feed works: the index needs rights that a key may lack. By channel. */
    public Map<String, String> refusals() {
        return subscriptions.refusals();
    }

    /** From now on these markets too. */
    public void add(Collection<String> tickers) {
        connection.send(subscriptions.add(tickers));
        watchBooks();
    }

    /** From now on without these markets. */
    public void remove(Collection<String> tickers) {
        connection.send(subscriptions.remove(tickers));
        watchBooks();
    }

    /** The markets that are wanted now, in the order in which they were added. */
    public List<String> tickers() {
        return subscriptions.tickers();
    }

    /**
     * The books of these markets cannot be trusted, usually after a gap in the sequence: asks for them anew. When that happens over and
     * over, the connection itself is not good.
     *
     * @param sid the subscription on which they came
     */
    public void resync(long sid, Collection<String> tickers) {
        if (tickers.isEmpty()) {
            return;
        }
        if (resyncs.areTooMany()) {
            connection.giveUp("the books had to be asked for anew more than " + Resyncs.MOST + " times in 10 s");
            return;
        }
        connection.send(List.of(subscriptions.snapshots(sid, tickers)));
    }

    /** Asks again for what failed: after 2 s at first, then twice as long each time, with jitter; one at a time. */
    private void retryLater() {
        long delayNanos;
        int current;
        synchronized (retryLock) {
            if (isRetrying) {
                return;
            }
            isRetrying = true;
            retries++;
            current = connections;
            long seconds = Math.min(LONGEST_RETRY_SECONDS, 1L << Math.min(retries, 6));
            delayNanos = (long) (seconds * SECOND_NANOS * (0.8 + 0.4 * random.nextDouble()));
        }
        timers.after(delayNanos, () -> retry(current));
    }

    private void retry(int of) {
        synchronized (retryLock) {
            if (of != connections) {
                return;
            }
            isRetrying = false;
        }
        connection.send(subscriptions.retries());
        awaitAnswers(of);
    }

    private void awaitAnswers(int of) {
        timers.after(ANSWER_NANOS, () -> {
            boolean isCurrent;
            synchronized (retryLock) {
                isCurrent = of == connections;
            }
            if (isCurrent && subscriptions.isUnanswered()) {
                retryLater();
            }
        });
    }

    private int connected() {
        synchronized (retryLock) {
            isRetrying = false;
            retries = 0;
            connections++;
            return connections;
        }
    }

    private void watchBooks() {
        if (subscriptions.tickers().isEmpty()) {
            connection.unwatch(KalshiSubscriptions.BOOK);
        } else {
            connection.watch(KalshiSubscriptions.BOOK, BOOK_SILENCE_NANOS);
        }
    }

    private final class Protocol implements FeedProtocol {
        private final URI stream;
        private final Supplier<Map<String, String>> signed;

        Protocol(URI stream, Supplier<Map<String, String>> signed) {
            this.stream = stream;
            this.signed = signed;
        }

        @Override
        public Feed feed() {
            return Feed.KALSHI_STREAM;
        }

        @Override
        public URI uri() {
            return stream;
        }

        @Override
        public Map<String, String> headers() {
            return signed.get();
        }

        @Override
        public List<String> subscribe() {
            awaitAnswers(connected());
            return subscriptions.subscribe();
        }

        @Override
        public List<String> resubscribe(String subscription) {
            return subscriptions.resubscribe(subscription);
        }

        @Override
        public Reading read(byte[] bytes, int from, int to) {
            KalshiSubscriptions.Heard heard = subscriptions.hear(bytes, from, to);
            if (!heard.commands().isEmpty()) {
                connection.send(heard.commands());
            }
            if (heard.isToBeRetried()) {
                retryLater();
            }
            if (heard.begins(KalshiSubscriptions.INDEX)) {
                connection.watch(KalshiSubscriptions.INDEX, KalshiSubscriptions.INDEX_SILENCE_NANOS);
            } else if (heard.ends(KalshiSubscriptions.INDEX)) {
                connection.unwatch(KalshiSubscriptions.INDEX);
            }
            return heard.reading();
        }

        @Override
        public void disconnected() {
            connected();
            subscriptions.forget();
        }
    }

    /** Counts resyncs over the last ten seconds. */
    private static final class Resyncs {
        static final int MOST = 20;
        private static final long WINDOW_NANOS = 10_000_000_000L;

        private final Timers timers;
        private long sinceNanos;
        private int count;

        Resyncs(Timers timers) {
            this.timers = timers;
        }

        synchronized boolean areTooMany() {
            long now = timers.nowNanos();
            if (count == 0 || now - sinceNanos >= WINDOW_NANOS) {
                sinceNanos = now;
                count = 0;
            }
            count++;
            if (count > MOST) {
                count = 0;
                return true;
            }
            return false;
        }
    }
}
