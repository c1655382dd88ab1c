package voltage.worker.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * When to connect, to fetch what was missed, to ask again and to give up: the one policy of all feeds, as a state machine without
 * sockets, threads or a clock. Each input returns what is to be done about it.
 *
 * <p>A connection is dead after {@link FeedLimits#idleNanos()} without any frame. A subscription that stays silent although the
 * connection lives, because nobody serves it, is asked for again, then the connection is given up. If that did not help either, the
 * market may just be quiet: its limit doubles, up to eight times, until data comes.
 */
final class FeedPolicy {
    /** What the shell has to do. */
    sealed interface Action {
        record Connect() implements Action {}

        record Close(String reason) implements Action {}

        record Backfill() implements Action {}

        record Subscribe() implements Action {}

        record Resubscribe(String subscription) implements Action {}
    }

    private static final long SECOND = 1_000_000_000L;
    private static final int LONGEST_BACKOFF_SECONDS = 30;
    private static final int MOST_PATIENCE = 8;
    private static final long CLOSING_NANOS = 5 * SECOND;

    private static final class Watch {
        long silenceNanos;
        long lastDataNanos;
        /** When it was asked for again, −1 if it was not since its last data. */
        long askedAgainNanos = -1;

        int patience = 1;

        Watch(long silenceNanos, long nowNanos) {
            this.silenceNanos = silenceNanos;
            this.lastDataNanos = nowNanos;
        }

        long dueNanos(long graceNanos) {
            return askedAgainNanos >= 0 ? askedAgainNanos + graceNanos : lastDataNanos + silenceNanos * patience;
        }
    }

    private final FeedLimits limits;
    private final boolean backfills;
    private final RandomGenerator random;
    private final Map<String, Watch> watches = new TreeMap<>();
    private final Deque<Long> attempts = new ArrayDeque<>();
    private FeedState state = FeedState.STOPPED;
    /** When the present state ends by itself; of no meaning when live or stopped. */
    private long dueNanos;

    private long lastFrameNanos;
    private boolean hasFrames;
    private boolean hasBeenLive;
    private long liveSinceNanos;
    private boolean isWanted;
    private boolean isRefused;
    private int failures;
    private long connects;
    private String problem = "";

    /**
     * @param backfills whether something must be fetched between connecting and subscribing
     * @param random spreads the attempts of many clients; seeded by who composes
     */
    FeedPolicy(FeedLimits limits, boolean backfills, RandomGenerator random) {
        this.limits = limits;
        this.backfills = backfills;
        this.random = random;
        limits.silenceNanos().forEach((name, silence) -> watches.put(name, new Watch(silence, 0)));
    }

    FeedState state() {
        return state;
    }

    long reconnects() {
        return Math.max(0, connects - 1);
    }

    String problem() {
        return problem;
    }

    long lastFrameAgeNanos(long nowNanos) {
        return hasFrames ? nowNanos - lastFrameNanos : -1;
    }

    Map<String, Long> dataAgeNanos(long nowNanos) {
        Map<String, Long> ages = new TreeMap<>();
        watches.forEach((name, watch) -> ages.put(name, hasBeenLive ? nowNanos - watch.lastDataNanos : -1));
        return ages;
    }

    List<Action> start(long nowNanos) {
        isWanted = true;
        return state == FeedState.STOPPED ? connect(nowNanos) : List.of();
    }

    /** A connection that is open ends first: a start in the meantime waits for that. */
    List<Action> stop(long nowNanos) {
        isWanted = false;
        return switch (state) {
            case CONNECTING, BACKFILLING, LIVE -> close("stopped", nowNanos);
            case STOPPED, WAITING, REFUSED -> {
                state = FeedState.STOPPED;
                yield List.of();
            }
            case CLOSING -> List.of();
        };
    }

    List<Action> opened(long nowNanos) {
        if (state != FeedState.CONNECTING) {
            return List.of();
        }
        received(nowNanos);
        if (!backfills) {
            return subscribe(nowNanos);
        }
        state = FeedState.BACKFILLING;
        dueNanos = nowNanos + limits.backfillNanos();
        return List.of(new Action.Backfill());
    }

    /** The backfill has been handed on, or will not come. */
    List<Action> backfilled(long nowNanos) {
        return state == FeedState.BACKFILLING ? subscribe(nowNanos) : List.of();
    }

    /** A frame of any kind came. */
    void received(long nowNanos) {
        lastFrameNanos = nowNanos;
        hasFrames = true;
    }

    /** Data of a subscription came; heartbeats and acknowledgements are none. */
    void data(String subscription, long nowNanos) {
        Watch watch = watches.get(subscription);
        if (watch != null) {
            watch.lastDataNanos = nowNanos;
            watch.askedAgainNanos = -1;
            watch.patience = 1;
        }
    }

    /** The venue will not serve what was asked: reported, and tried again only rarely. */
    List<Action> refused(String reason, long nowNanos) {
        if (!isWanted || isRefused) {
            return List.of();
        }
        isRefused = true;
        return giveUp(reason, nowNanos);
    }

    /** This connection is no longer good for anything. */
    List<Action> giveUp(String reason, long nowNanos) {
        if (state != FeedState.CONNECTING && state != FeedState.BACKFILLING && state != FeedState.LIVE) {
            return List.of();
        }
        problem = reason;
        failed(nowNanos);
        return close(reason, nowNanos);
    }

    private List<Action> close(String reason, long nowNanos) {
        state = FeedState.CLOSING;
        dueNanos = nowNanos + CLOSING_NANOS;
        return List.of(new Action.Close(reason));
    }

    /** The connection ended, or the attempt failed. */
    List<Action> closed(String reason, long nowNanos) {
        if (state == FeedState.STOPPED || state == FeedState.WAITING || state == FeedState.REFUSED) {
            return List.of();
        }
        if (state != FeedState.CLOSING) {
            problem = reason;
            failed(nowNanos);
        }
        if (isWanted) {
            waitBeforeNext(nowNanos);
        } else {
            state = FeedState.STOPPED;
        }
        return List.of();
    }

    /** Time has passed. */
    List<Action> tick(long nowNanos) {
        return switch (state) {
            case STOPPED -> List.of();
            case WAITING, REFUSED -> nowNanos >= dueNanos ? connect(nowNanos) : List.of();
            case CONNECTING ->
                nowNanos >= dueNanos
                        ? giveUp("no connection within " + limits.connectNanos() / SECOND + " s", nowNanos)
                        : List.of();
            case BACKFILLING -> nowNanos >= dueNanos ? subscribe(nowNanos) : List.of();
            case LIVE -> watch(nowNanos);
            case CLOSING -> nowNanos >= dueNanos ? closed("abandoned", nowNanos) : List.of();
        };
    }

    /** When {@link #tick} has something to do next, {@code Long.MAX_VALUE} for never. */
    long deadlineNanos() {
        return switch (state) {
            case STOPPED -> Long.MAX_VALUE;
            case WAITING, REFUSED, CONNECTING, BACKFILLING, CLOSING -> dueNanos;
            case LIVE -> {
                long due = lastFrameNanos + limits.idleNanos();
                for (Watch watch : watches.values()) {
                    due = Math.min(due, watch.dueNanos(limits.graceNanos()));
                }
                yield due;
            }
        };
    }

    /** From now on data of this subscription is expected. */
    void watch(String subscription, long silenceNanos, long nowNanos) {
        watches.putIfAbsent(subscription, new Watch(silenceNanos, nowNanos));
    }

    /** No data of this subscription is expected any more. */
    void unwatch(String subscription) {
        watches.remove(subscription);
    }

    private List<Action> watch(long nowNanos) {
        if (nowNanos - liveSinceNanos >= limits.stableNanos()) {
            failures = 0;
            problem = "";
        }
        if (nowNanos - lastFrameNanos >= limits.idleNanos()) {
            return giveUp("no frame for " + (nowNanos - lastFrameNanos) / SECOND + " s", nowNanos);
        }
        for (Map.Entry<String, Watch> entry : watches.entrySet()) {
            Watch watch = entry.getValue();
            if (nowNanos < watch.dueNanos(limits.graceNanos())) {
                continue;
            }
            String name = entry.getKey();
            if (watch.askedAgainNanos < 0) {
                watch.askedAgainNanos = nowNanos;
                problem = name + " is silent";
                return List.of(new Action.Resubscribe(name));
            }
            watch.patience = Math.min(MOST_PATIENCE, watch.patience * 2);
            return giveUp(name + " silent for " + (nowNanos - watch.lastDataNanos) / SECOND + " s", nowNanos);
        }
        return List.of();
    }

    private List<Action> subscribe(long nowNanos) {
        state = FeedState.LIVE;
        hasBeenLive = true;
        liveSinceNanos = nowNanos;
        lastFrameNanos = nowNanos;
        for (Watch watch : watches.values()) {
            watch.lastDataNanos = nowNanos;
            watch.askedAgainNanos = -1;
        }
        return List.of(new Action.Subscribe());
    }

    private List<Action> connect(long nowNanos) {
        while (!attempts.isEmpty() && nowNanos - attempts.peekFirst() >= limits.budgetNanos()) {
            attempts.removeFirst();
        }
        if (attempts.size() >= limits.budget()) {
            state = FeedState.WAITING;
            dueNanos = attempts.getFirst() + limits.budgetNanos();
            problem = "the budget of " + limits.budget() + " connections is spent";
            return List.of();
        }
        attempts.addLast(nowNanos);
        connects++;
        isRefused = false;
        state = FeedState.CONNECTING;
        dueNanos = nowNanos + limits.connectNanos();
        return List.of(new Action.Connect());
    }

    private void failed(long nowNanos) {
        boolean wasStable = state == FeedState.LIVE && nowNanos - liveSinceNanos >= limits.stableNanos();
        failures = wasStable ? 1 : failures + 1;
    }

    private void waitBeforeNext(long nowNanos) {
        state = isRefused ? FeedState.REFUSED : FeedState.WAITING;
        long base = isRefused ? limits.refusalNanos() : failures == 0 ? 0 : backoffSeconds() * SECOND;
        // A fifth either way, so that all clients of a venue that restarts do not come back at once.
        dueNanos = nowNanos + (long) (base * (0.8 + 0.4 * random.nextDouble()));
    }

    private long backoffSeconds() {
        return Math.min(LONGEST_BACKOFF_SECONDS, 1L << Math.min(failures - 1, 5));
    }
}
