package voltage.lambda.execution;

import java.util.function.LongSupplier;

/** A clock that moves only when somebody waits. */
final class VirtualTime implements LongSupplier, Pause {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    private long nanos = 1_794_000_000_000_000_000L;

    @Override
    public long getAsLong() {
        return nanos;
    }

    @Override
    public void pause(long pauseNanos) {
        nanos += pauseNanos;
    }
}
