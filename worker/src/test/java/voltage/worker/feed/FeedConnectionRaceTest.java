package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Feed;

/** Transport, timers and operator on three threads, time a thousand times faster than it is. */
@Timeout(60)
class FeedConnectionRaceTest {
    private static final int ATTEMPTS = 120;

    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();
    private final AtomicInteger live = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(ATTEMPTS);

    private static final class FastTimers implements Timers {
        private final LiveTimers real = new LiveTimers("fast");

        @Override
        public long nowNanos() {
            return real.nowNanos() * 1_000;
        }

        @Override
        public Cancellable after(long delayNanos, Runnable task) {
            return real.after(delayNanos / 1_000, task);
        }
    }

    /** Opens, sends, sometimes ends by itself, all on its own thread. */
    private final class RestlessTransport implements WebSocketTransport {
        private final ExecutorService thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        private final SplittableRandom random = new SplittableRandom(4);

        @Override
        public void open(URI uri, Supplier<Map<String, String>> headers, Listener listener) {
            done.countDown();
            thread.execute(() -> begin(listener));
        }

        private void begin(Listener listener) {
            boolean[] hasEnded = {false};
            if (random.nextInt(5) == 0) {
                listener.closed("no connection");
                return;
            }
            listener.opened(new Connection() {
                @Override
                public void send(String text) {}

                @Override
                public void close() {
                    thread.execute(() -> end(hasEnded, listener, "closed here"));
                }
            });
            byte[] frame = "{\"type\":\"match\"}".getBytes(UTF_8);
            for (int i = random.nextInt(50); i > 0 && !hasEnded[0]; i--) {
                listener.text(frame, 0, frame.length);
            }
            if (random.nextInt(3) > 0) {
                thread.execute(() -> end(hasEnded, listener, "restarting"));
            }
        }

        private static void end(boolean[] hasEnded, Listener listener, String reason) {
            if (!hasEnded[0]) {
                hasEnded[0] = true;
                listener.closed(reason);
            }
        }
    }

    private final Ingress ingress = new Ingress() {
        @Override
        public void connected(Feed feed) {
            expect(live.incrementAndGet() == 1, "two connections up at once");
        }

        @Override
        public void disconnected(Feed feed, String reason) {
            expect(live.decrementAndGet() == 0, "down without up");
        }

        @Override
        public void frame(Feed feed, byte[] bytes, int from, int to) {
            expect(live.get() == 1, "a frame without a connection");
        }
    };

    private void expect(boolean holds, String message) {
        if (!holds) {
            fault.compareAndSet(null, message);
        }
    }

    @Test
    void whatever_the_threads_do_ups_downs_and_frames_stay_in_order() throws InterruptedException {
        FastTimers timers = new FastTimers();
        CoinbaseFeed feed = new CoinbaseFeed(
                URI.create("wss://restless.test"),
                "BTC-USD",
                new RestlessTransport(),
                timers,
                ingress,
                new SplittableRandom(9));
        feed.start();
        SplittableRandom operator = new SplittableRandom(5);
        while (!done.await(1 + operator.nextInt(20), TimeUnit.MILLISECONDS)) {
            if (operator.nextInt(4) == 0) {
                feed.stop();
                feed.start();
            }
            assertThat(feed.health().feed()).isEqualTo(Feed.COINBASE_STREAM);
        }
        feed.stop();
        timers.real.close();
        assertThat(fault.get()).isNull();
        assertThat(feed.health().reconnects()).isGreaterThanOrEqualTo(ATTEMPTS - 1);
    }
}
