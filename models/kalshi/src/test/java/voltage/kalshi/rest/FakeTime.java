package voltage.kalshi.rest;

import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when somebody waits. */
final class FakeTime implements InstantSource, Pause {
    private long nanos = 1_790_000_000_000_000_000L;
    private long waited;

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, nanos);
    }

    @Override
    public void pause(long nanosToWait) {
        nanos += nanosToWait;
        waited += nanosToWait;
    }

    long nanos() {
        return nanos;
    }

    long waited() {
        return waited;
    }
}
