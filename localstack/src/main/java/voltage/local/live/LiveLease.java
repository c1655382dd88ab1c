package voltage.local.live;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.order.Lane;
import voltage.store.lease.LeaseItem;
import voltage.store.lease.LeaseStore;
import voltage.store.lease.LeaseTerms;
import voltage.store.lease.WorkerLease;

/**
 * A worker's lease in real time. The calls are made on a thread of their own, so that a slow store never holds the engine up; but that
 * thread renews only while the engine shows that it is alive, so an engine that hangs loses the lease as one that died would.
 */
public final class LiveLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveLease.class);
    private static final long LONGEST_NAP_NANOS = 100_000_000L;
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final WorkerLease lease;
    private final CountDownLatch leading = new CountDownLatch(1);
    private final Thread thread;
    private volatile long aliveNanos = System.nanoTime();
    private volatile boolean isStopping;

    private LiveLease(LeaseStore store, Lane lane) {
        String owner = "process " + ProcessHandle.current().pid() + ", "
                + UUID.randomUUID().toString().substring(0, 8);
        lease = new WorkerLease(store, lane, owner, LeaseTerms.DEFAULT, System::nanoTime);
        thread = Thread.ofPlatform().name("worker-lease").daemon(true).unstarted(this::run);
    }

    /** Begins to follow the lane's lease, and takes it as soon as nobody has it. */
    static LiveLease follow(LeaseStore store, Lane lane) {
        LiveLease live = new LiveLease(store, lane);
        live.thread.start();
        return live;
    }

    private void run() {
        while (!isStopping) {
            boolean isWaiting = leading.getCount() > 0;
            if (isWaiting || System.nanoTime() - aliveNanos < SILENCE_NANOS) {
                turn();
            }
            LockSupport.parkNanos(LONGEST_NAP_NANOS);
        }
        lease.release();
    }

    private void turn() {
        try {
            boolean isDueAtOnce = true;
            // A look, and at once the acquisition that it allows.
            for (int calls = 0; isDueAtOnce && calls < 3; calls++) {
                isDueAtOnce = lease.tick() <= 0;
            }
        } catch (RuntimeException e) {
            LOG.error("the lease could not be looked after; it is tried again", e);
        }
        if (leading.getCount() > 0 && lease.epoch().isPresent()) {
            aliveNanos = System.nanoTime();
            leading.countDown();
        }
    }

    /** Waits until this worker leads, at most so long; whether it has led. */
    public boolean awaitLeading(Duration atMost) throws InterruptedException {
        return leading.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The worker that is waited for, if one is. */
    public Optional<LeaseItem> leader() {
        return lease.leader();
    }

    WorkerLease lease() {
        return lease;
    }

    /** The engine goes round: it says so at every turn. */
    void alive() {
        aliveNanos = System.nanoTime();
    }

    /** Gives the lease back, after the last command has left. */
    @Override
    public void close() {
        isStopping = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                LOG.warn("the lease could not be given back in time; a successor waits until it is over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
