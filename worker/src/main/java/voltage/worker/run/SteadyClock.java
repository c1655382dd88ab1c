package voltage.worker.run;

import java.util.function.LongSupplier;

/**
 * The time of day that never stands still: where the machine's clock is set back, it runs on from where it was. An engine whose time
 * stands still finds every book fresh, however old it is. A clock that is set forward is followed at once, which makes everything
 * look old: that is safe.
 */
public final class SteadyClock implements LongSupplier {
    private final LongSupplier wall;
    private final LongSupplier ticker;
    private long lastNanos;
    private long lastTicks;

    /**
     * @param wall epoch nanoseconds UTC, which may jump
     * @param ticker nanoseconds that never run backwards, from any origin
     */
    public SteadyClock(LongSupplier wall, LongSupplier ticker) {
        this.wall = wall;
        this.ticker = ticker;
        lastNanos = wall.getAsLong();
        lastTicks = ticker.getAsLong();
    }

    @Override
    public synchronized long getAsLong() {
        long ticks = ticker.getAsLong();
        lastNanos = Math.max(wall.getAsLong(), lastNanos + Math.max(0, ticks - lastTicks));
        lastTicks = ticks;
        return lastNanos;
    }
}
