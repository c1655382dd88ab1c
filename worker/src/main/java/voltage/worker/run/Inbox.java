package voltage.worker.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;
import voltage.store.journal.Kind;
import voltage.worker.feed.Ingress;

/**
 * Where the feeds' threads leave what they receive, stamped with the time of receipt, for the one engine thread. Bounded: when it is
 * full, what comes is dropped and counted, and its feed is marked overrun, so that the worker treats it as disconnected and has it
 * start again; nothing is ever lost in silence.
 */
public final class Inbox implements Ingress {
    private static final byte[] NOTHING = new byte[0];

    private final LongSupplier nanos;
    private final ArrayBlockingQueue<Item> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final Set<Feed> overrun = EnumSet.noneOf(Feed.class);

    /** One thing received. */
    record Item(Feed feed, Kind kind, long receivedNanos, byte[] bytes) {}

    /**
     * @param capacity frames that may wait
     * @param nanos epoch nanoseconds UTC
     */
    public Inbox(int capacity, LongSupplier nanos) {
        this.nanos = nanos;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    @Override
    public void connected(Feed feed) {
        offer(new Item(feed, Kind.CONNECTED, nanos.getAsLong(), NOTHING));
    }

    @Override
    public void disconnected(Feed feed, String reason) {
        offer(new Item(
                feed, Kind.DISCONNECTED, nanos.getAsLong(), reason.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Override
    public void frame(Feed feed, byte[] bytes, int from, int to) {
        offer(new Item(feed, Kind.FRAME, nanos.getAsLong(), Arrays.copyOfRange(bytes, from, to)));
    }

    /** A whole message. */
    public void frame(Feed feed, byte[] bytes) {
        frame(feed, bytes, 0, bytes.length);
    }

    private void offer(Item item) {
        if (!queue.offer(item)) {
            dropped.incrementAndGet();
            synchronized (overrun) {
                overrun.add(item.feed());
            }
        }
    }

    int drainTo(Collection<Item> items, int most) {
        return queue.drainTo(items, most);
    }

    @Nullable
    Item poll(long timeoutNanos) throws InterruptedException {
        return queue.poll(timeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** Feeds that lost something since the last call. */
    Set<Feed> takeOverrun() {
        synchronized (overrun) {
            if (overrun.isEmpty()) {
                return Set.of();
            }
            Set<Feed> taken = EnumSet.copyOf(overrun);
            overrun.clear();
            return taken;
        }
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Frames lost because the inbox was full. */
    public long dropped() {
        return dropped.get();
    }
}
