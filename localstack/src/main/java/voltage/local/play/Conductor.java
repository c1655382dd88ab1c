package voltage.local.play;

import java.util.List;
import java.util.function.BooleanSupplier;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.worker.run.Worker;

/**
 * Moves virtual time through a session, one happening at a time, and lets everything that a happening causes come to rest before the
 * next. So the order of all that the worker receives is the same on every run, over sockets as in memory, at any speed.
 *
 * <p>A pause inside a task (an executor waiting for an answer) moves time from within: the nested call plays on and returns when the
 * pause is over.
 */
final class Conductor {
    private final VirtualTime time;
    private final Session.EventCursor events;
    private final List<Actor> actors;
    private final BooleanSupplier isQuiet;
    private final Worker worker;
    private final Pace pace;
    private volatile boolean isStopped;

    /** @param isQuiet whether nothing is on its way between servers and feeds */
    Conductor(
            VirtualTime time,
            Session.EventCursor events,
            List<Actor> actors,
            BooleanSupplier isQuiet,
            Worker worker,
            Pace pace) {
        this.time = time;
        this.events = events;
        this.actors = List.copyOf(actors);
        this.isQuiet = isQuiet;
        this.worker = worker;
        this.pace = pace;
    }

    /** Plays until nothing is due at or before {@code nanos}, and leaves the clock there. */
    void runUntil(long nanos) {
        // What the caller has just caused arrives now, before time moves.
        rest();
        while (!isStopped) {
            long next = nextNanos();
            if (next > nanos) {
                break;
            }
            if (next > time.nowNanos()) {
                pace.await(next);
                time.moveTo(next);
            }
            step();
        }
        if (!isStopped) {
            pace.await(nanos);
            time.moveTo(nanos);
        }
    }

    /** Moves time on by a pause that somebody makes inside a task. */
    void pause(long nanos) {
        runUntil(time.nowNanos() + nanos);
    }

    /** Ends the play after the current step. */
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    private long nextNanos() {
        SessionEvent event = events.peek();
        long next = event == null ? Long.MAX_VALUE : event.atNanos();
        for (Actor actor : actors) {
            next = Math.min(next, actor.nextDueNanos());
        }
        next = Math.min(next, time.nextDueNanos());
        return Math.max(time.nowNanos(), Math.min(next, worker.pipeline().nextTimerNanos()));
    }

    /** One happening of each kind that is due now, each followed by rest. */
    private void step() {
        long now = time.nowNanos();
        if (worker.pipeline().nextTimerNanos() <= now) {
            worker.tick();
            rest();
        }
        for (Actor actor : actors) {
            if (actor.nextDueNanos() <= now) {
                actor.advanceTo(now);
                rest();
            }
        }
        while (time.runDue()) {
            rest();
        }
        SessionEvent event = events.peek();
        if (event != null && event.atNanos() <= now) {
            events.next();
            for (Actor actor : actors) {
                actor.apply(event);
                rest();
            }
        }
    }

    /** Waits until every message in flight has arrived and everything received has been handled. */
    void rest() {
        do {
            while (!isQuiet.getAsBoolean()) {
                Thread.onSpinWait();
            }
        } while (worker.drain() > 0 || !isQuiet.getAsBoolean());
    }
}
