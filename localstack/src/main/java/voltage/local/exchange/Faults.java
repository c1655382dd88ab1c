package voltage.local.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Misbehaviour on request. Everything is off until asked for; chances come from a seeded generator. */
public final class Faults {
    /** What becomes of a REST request. */
    public enum Answer {
        /** 429, not executed. */
        TOO_MANY_REQUESTS,
        /** 500 with a JSON body, not executed. */
        SERVER_ERROR,
        /** 502 with an HTML body from the edge, not executed. */
        BAD_GATEWAY,
        /** Executed, but the answer is lost. */
        LOST_ANSWER,
        /** Executed, but answered with 504 and an HTML body. */
        GATEWAY_TIMEOUT
    }

    private record Planned(String method, String pathPrefix, Answer answer) {}

    private final RandomGenerator random;
    private final Deque<Planned> planned = new ArrayDeque<>();
    private double dropped;
    private double duplicated;
    private boolean skipNext;
    private long privateDelayNanos;
    private long staleNanos;

    Faults(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The next request with this method and a path that starts so (from {@code /trade-api/v2} on) is answered so. */
    public synchronized void answerNext(String method, String pathPrefix, Answer answer) {
        planned.add(new Planned(method, pathPrefix, answer));
    }

    /** Share of data frames that never arrive, 0 to 1. Their sequence numbers are used up. */
    public synchronized void dropFrames(double share) {
        dropped = share;
    }

    /** Share of data frames that arrive twice, 0 to 1. */
    public synchronized void duplicateFrames(double share) {
        duplicated = share;
    }

    /** The next sequenced data frame skips a number on its subscription. */
    public synchronized void skipNextSequence() {
        skipNext = true;
    }

    /** Frames about the own account come so much later. 0 ends it. */
    public synchronized void delayPrivateFrames(long nanos) {
        privateDelayNanos = nanos;
    }

    /** REST views of own data lag so much more than they do anyway. 0 ends it. */
    public synchronized void lagReads(long nanos) {
        staleNanos = nanos;
    }

    /** Everything off. */
    public synchronized void clear() {
        planned.clear();
        dropped = 0;
        duplicated = 0;
        skipNext = false;
        privateDelayNanos = 0;
        staleNanos = 0;
    }

    synchronized @Nullable Answer answer(String method, String path) {
        for (Planned plan : planned) {
            if (plan.method.equals(method) && path.startsWith(plan.pathPrefix)) {
                planned.removeFirstOccurrence(plan);
                return plan.answer;
            }
        }
        return null;
    }

    /** How often a data frame is sent: 0, 1 or 2 times. */
    synchronized int copies() {
        if (dropped > 0 && random.nextDouble() < dropped) {
            return 0;
        }
        return duplicated > 0 && random.nextDouble() < duplicated ? 2 : 1;
    }

    synchronized boolean takeSkip() {
        boolean skip = skipNext;
        skipNext = false;
        return skip;
    }

    synchronized long staleNanos() {
        return staleNanos;
    }

    synchronized long privateDelayNanos() {
        return privateDelayNanos;
    }
}
