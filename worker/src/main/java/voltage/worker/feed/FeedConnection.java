package voltage.worker.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a {@link FeedPolicy} with a transport and timers. Frames go straight to the ingress on the transport's thread. The policy
 * is guarded by a lock that is never held while calling out; what it wants done is queued and done in order by one thread at a time.
 */
final class FeedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(FeedConnection.class);
    private static final int BACKFILL_ATTEMPTS = 3;
    private static final long SECOND = 1_000_000_000L;

    private final FeedProtocol protocol;
    private final FeedPolicy policy;
    private final WebSocketTransport transport;
    private final Timers timers;
    private final Ingress ingress;
    private final Object lock = new Object();
    /** Few at a time: an action leads to at most a handful of others. */
    private final Deque<Runnable> outbox = new ArrayDeque<>();

    private boolean isDraining;
    private volatile int generation;
    private volatile long dropped;
    private WebSocketTransport.@Nullable Connection connection;
    private @Nullable Frames frames;
    private Timers.@Nullable Cancellable alarm;
    private long alarmNanos = Long.MAX_VALUE;

    FeedConnection(
            FeedProtocol protocol,
            FeedLimits limits,
            WebSocketTransport transport,
            Timers timers,
            Ingress ingress,
            RandomGenerator random) {
        this.protocol = protocol;
        this.policy = new FeedPolicy(limits, protocol.backfills(), random);
        this.transport = transport;
        this.timers = timers;
        this.ingress = ingress;
    }

    void start() {
        perform(policy::start);
    }

    void stop() {
        perform(policy::stop);
    }

    /** This connection is no longer good for anything. */
    void giveUp(String reason) {
        perform(now -> policy.giveUp(reason, now));
    }

    /** Sends if the stream is live; what is subscribed is sent anew on each connection anyway. */
    void send(List<String> texts) {
        synchronized (lock) {
            if (policy.state() != FeedState.LIVE) {
                return;
            }
            int current = generation;
            outbox.add(() -> sendOn(current, texts));
        }
        drain();
    }

    /** From now on data of this subscription is expected. */
    void watch(String subscription, long silenceNanos) {
        perform(now -> {
            policy.watch(subscription, silenceNanos, now);
            return List.of();
        });
    }

    void unwatch(String subscription) {
        synchronized (lock) {
            policy.unwatch(subscription);
        }
    }

    void countDropped() {
        synchronized (lock) {
            dropped++;
        }
    }

    boolean isLive() {
        synchronized (lock) {
            return policy.state() == FeedState.LIVE;
        }
    }

    FeedHealth health() {
        synchronized (lock) {
            long now = timers.nowNanos();
            return new FeedHealth(
                    protocol.feed(),
                    policy.state(),
                    policy.lastFrameAgeNanos(now),
                    policy.dataAgeNanos(now),
                    policy.reconnects(),
                    dropped,
                    policy.problem());
        }
    }

    private interface Input {
        List<FeedPolicy.Action> apply(long nowNanos);
    }

    private void perform(Input input) {
        synchronized (lock) {
            FeedState before = policy.state();
            for (FeedPolicy.Action action : input.apply(timers.nowNanos())) {
                enqueue(action);
            }
            if (policy.state() != before) {
                FeedState after = policy.state();
                String problem = policy.problem();
                outbox.add(() -> report(after, problem));
            }
            setAlarm();
        }
        drain();
    }

    /** As {@link #perform}, unless the attempt has been overtaken by another. */
    private void performOn(int attempt, Input input) {
        perform(now -> attempt == generation ? input.apply(now) : List.of());
    }

    private void report(FeedState state, String problem) {
        if (state == FeedState.REFUSED) {
            LOG.error("{} is refused by the venue: {}. Check its configuration.", protocol.feed(), problem);
        } else if (state == FeedState.WAITING) {
            LOG.warn("{} is down: {}", protocol.feed(), problem);
        } else {
            LOG.debug("{} is {}", protocol.feed(), state);
        }
    }

    private void enqueue(FeedPolicy.Action action) {
        switch (action) {
            case FeedPolicy.Action.Connect connect -> {
                // What an earlier connection still says is of no account from here on.
                int attempt = generation + 1;
                generation = attempt;
                Frames previous = frames;
                Frames next = new Frames(attempt);
                frames = next;
                connection = null;
                outbox.add(() -> {
                    if (previous != null) {
                        previous.abandon();
                    }
                    open(next);
                });
            }
            case FeedPolicy.Action.Close last -> {
                int current = generation;
                outbox.add(() -> close(current, last.reason()));
            }
            case FeedPolicy.Action.Backfill past -> {
                int current = generation;
                // Not here: it waits for answers, and this may be the thread that must answer pings.
                outbox.add(() -> timers.after(0, () -> backfill(current, 1)));
            }
            case FeedPolicy.Action.Subscribe all -> {
                int current = generation;
                outbox.add(() -> sendOn(current, protocol.subscribe()));
            }
            case FeedPolicy.Action.Resubscribe one -> {
                int current = generation;
                LOG.warn("{}: {} is silent, asking for it again", protocol.feed(), one.subscription());
                outbox.add(() -> sendOn(current, protocol.resubscribe(one.subscription())));
            }
        }
    }

    private void drain() {
        while (true) {
            Runnable next;
            synchronized (lock) {
                if (isDraining || outbox.isEmpty()) {
                    return;
                }
                isDraining = true;
                next = outbox.removeFirst();
            }
            try {
                next.run();
            } finally {
                synchronized (lock) {
                    isDraining = false;
                }
            }
        }
    }

    private void open(Frames next) {
        try {
            transport.open(protocol.uri(), protocol::headers, next);
        } catch (RuntimeException e) {
            // A key that cannot sign, a transport at its end: like any attempt that fails.
            next.closed("no attempt: " + e.getMessage());
        }
    }

    private void sendOn(int attempt, List<String> texts) {
        WebSocketTransport.Connection current;
        synchronized (lock) {
            current = attempt == generation ? connection : null;
        }
        if (current != null) {
            texts.forEach(current::send);
        }
    }

    private void close(int attempt, String reason) {
        WebSocketTransport.Connection current;
        synchronized (lock) {
            current = attempt == generation ? connection : null;
        }
        LOG.debug("{}: closing, {}", protocol.feed(), reason);
        if (current != null) {
            current.close();
        }
    }

    private void backfill(int attempt, int number) {
        if (attempt != generation) {
            return;
        }
        if (protocol.backfill()) {
            performOn(attempt, policy::backfilled);
            return;
        }
        countDropped();
        if (number < BACKFILL_ATTEMPTS) {
            timers.after(SECOND << number, () -> backfill(attempt, number + 1));
            return;
        }
        // Observation fails open: a stream without its past is better than no stream.
        LOG.warn("{}: the backfill failed {} times, going live without it", protocol.feed(), number);
        performOn(attempt, policy::backfilled);
    }

    private void setAlarm() {
        long due = policy.deadlineNanos();
        // Frames only ever move a deadline away: an alarm that rings early is set again then.
        if (alarm != null && alarmNanos <= due && due != Long.MAX_VALUE) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        alarmNanos = due;
        if (due != Long.MAX_VALUE) {
            alarm = timers.after(Math.max(0, due - timers.nowNanos()), () -> ring(due));
        }
    }

    private void ring(long due) {
        synchronized (lock) {
            if (alarmNanos == due) {
                alarm = null;
                alarmNanos = Long.MAX_VALUE;
            }
        }
        perform(policy::tick);
    }

    /** The callbacks of one attempt. */
    private final class Frames implements WebSocketTransport.Listener {
        private final int attempt;
        private volatile boolean isUp;

        Frames(int attempt) {
            this.attempt = attempt;
        }

        @Override
        public void opened(WebSocketTransport.Connection opened) {
            boolean isWanted;
            synchronized (lock) {
                isWanted = attempt == generation && policy.state() == FeedState.CONNECTING;
                if (isWanted) {
                    connection = opened;
                }
            }
            if (!isWanted) {
                opened.close();
                return;
            }
            isUp = true;
            ingress.connected(protocol.feed());
            performOn(attempt, policy::opened);
        }

        @Override
        public void text(byte[] bytes, int from, int to) {
            if (attempt != generation || !isUp) {
                countDropped();
                return;
            }
            ingress.frame(protocol.feed(), bytes, from, to);
            Reading reading = protocol.read(bytes, from, to);
            switch (reading) {
                case Reading.Nothing nothing -> alive();
                case Reading.Data data -> {
                    synchronized (lock) {
                        long now = timers.nowNanos();
                        policy.received(now);
                        policy.data(data.subscription(), now);
                    }
                }
                case Reading.Refused refused -> performOn(attempt, now -> policy.refused(refused.reason(), now));
                case Reading.Ending ending -> performOn(attempt, now -> policy.giveUp(ending.reason(), now));
            }
        }

        @Override
        public void alive() {
            synchronized (lock) {
                if (attempt == generation) {
                    policy.received(timers.nowNanos());
                }
            }
        }

        @Override
        public void closed(String reason) {
            down(reason);
            synchronized (lock) {
                if (attempt != generation) {
                    return;
                }
                connection = null;
                // In line with everything else: a next attempt may begin at any moment.
                outbox.add(protocol::disconnected);
            }
            boolean isRefused = reason.startsWith("HTTP 4") && !reason.startsWith("HTTP 429");
            performOn(attempt, now -> {
                if (isRefused) {
                    policy.refused(reason, now);
                }
                return policy.closed(reason, now);
            });
        }

        /** The next attempt begins although this connection never said that it ended. */
        void abandon() {
            down("abandoned");
        }

        private void down(String reason) {
            if (isUp) {
                isUp = false;
                ingress.disconnected(protocol.feed(), reason);
            }
        }
    }
}
