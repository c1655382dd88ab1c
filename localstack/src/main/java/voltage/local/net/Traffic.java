package voltage.local.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts text frames on their way inside one process, so that a driver of virtual time knows when nothing is in flight. Each
 * sender says {@link #sent()} before it hands a frame to the network, each receiver {@link #received()} after it has wholly
 * processed one. Frames that were on their way when a connection broke are never received: whoever breaks connections calls
 * {@link #reset()} once they are closed.
 */
public final class Traffic {
    private final AtomicLong inFlight = new AtomicLong();

    public void sent() {
        inFlight.incrementAndGet();
    }

    public void received() {
        inFlight.decrementAndGet();
    }

    /** Whether every frame sent has been processed. */
    public boolean quiet() {
        return inFlight.get() <= 0;
    }

    /** Forgets what is in flight. */
    public void reset() {
        inFlight.set(0);
    }

    public long inFlight() {
        return inFlight.get();
    }
}
