package voltage.local.play;

import java.util.concurrent.locks.LockSupport;

/** How fast a session is played. Speed changes when things are seen, never what happens. */
public final class Pace {
    private final double speed;
    private final long startNanos;
    private final long startTicks;

    /** @param speed session seconds per second; positive infinity for as fast as it goes */
    public Pace(double speed, long startNanos) {
        this.speed = speed;
        this.startNanos = startNanos;
        this.startTicks = System.nanoTime();
    }

    /** Waits until session time {@code nanos} may be. */
    void await(long nanos) {
        if (Double.isInfinite(speed)) {
            return;
        }
        long due = startTicks + (long) ((nanos - startNanos) / speed);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }
}
