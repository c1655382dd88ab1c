package voltage.store.lease;

import java.util.Optional;
import voltage.order.Lane;

/** Where leases are kept: one item a lane, changed by conditional writes alone. */
public interface LeaseStore {
    /**
     * A strongly consistent read; empty if the lane never had a leader.
     *
     * @throws LeaseUnavailableException if there is no answer
     */
    Optional<LeaseItem> read(Lane lane);

    /**
     * Takes the lease with the next epoch, if it still is at the epoch and beat that were seen (or still absent).
     *
     * @return whether this call took it. False proves nothing if the call was repeated underway: read
     * @throws LeaseUnavailableException if there is no answer; it may have been taken
     */
    boolean acquire(Lane lane, Optional<LeaseItem> seen, String owner);

    /**
     * Raises the beat, if the lease is this owner's under this epoch and has not been released. Doing it twice does no harm.
     *
     * @return false if the lease is somebody else's or released, for good
     * @throws LeaseUnavailableException if there is no answer; it may have been renewed
     */
    boolean renew(Lane lane, String owner, long epoch);

    /**
     * Gives the lease back, if it is this owner's under this epoch. Doing it twice does no harm.
     *
     * @throws LeaseUnavailableException if there is no answer; it may have been released
     */
    boolean release(Lane lane, String owner, long epoch);

    /** The store gave no answer: what was asked may or may not have happened. */
    final class LeaseUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LeaseUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }

        public LeaseUnavailableException(String message) {
            super(message);
        }
    }
}
