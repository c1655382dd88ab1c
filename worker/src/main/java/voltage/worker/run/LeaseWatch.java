package voltage.worker.run;

import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.store.lease.WorkerLease;

/**
 * Keeps a worker in step with its lease. While the lease is not valid the engine decides on no entries and goes on observing; when it has
 * been renewed after all, nobody else has led meanwhile, and the worker goes on from the ledger. When it is lost, the worker ends: there
 * is no way back to leading but a new start.
 */
public final class LeaseWatch {
    private final WorkerLease lease;
    private final Worker worker;
    private final Lane lane;
    private final Ledger ledger;
    private boolean isPaused;

    /** Another worker leads: this one is over. */
    public static final class LeaseLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private LeaseLostException(String message) {
            super(message);
        }
    }

    public LeaseWatch(WorkerLease lease, Worker worker, Lane lane, Ledger ledger) {
        this.lease = lease;
        this.worker = worker;
        this.lane = lane;
        this.ledger = ledger;
    }

    /**
     * Called on the worker's thread at each turn of its loop.
     *
     * @throws LeaseLostException if another worker leads the lane
     */
    public void check() {
        if (lease.isLost()) {
            throw new LeaseLostException("another worker leads lane " + lane.label()
                    + " now, so this one ends. Remedy: none is needed; started again, it stands by until it can lead");
        }
        boolean isLeading = lease.epoch().isPresent();
        if (!isLeading && !isPaused) {
            isPaused = true;
            worker.pause(
                    lane,
                    "the lease of lane " + lane.label()
                            + " could not be renewed in time: no command leaves until it is");
        } else if (isLeading && isPaused) {
            isPaused = false;
            worker.loadLedger(lane, ledger);
        }
    }
}
