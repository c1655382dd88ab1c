package voltage.local.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import voltage.local.cloud.DirectoryInUseException;
import voltage.store.lease.LeaseItem;
import voltage.worker.run.Endpoints;

/**
 * How a worker waits for its turn: first for the folder's cloud, which one process at a time has, and then for the lane's lease. A worker
 * that was killed leaves the first at once and the second after the lease's time; one that stops in order leaves both at once.
 */
public final class Standby {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private Standby() {}

    /** A worker's turn: it leads. Closing it gives the lease back, and then the cloud. */
    public record Turn(PaperCloud cloud, LiveLease lease) implements AutoCloseable {
        @Override
        public void close() {
            lease.close();
            cloud.close();
        }
    }

    /** Waits a while; says whether waiting is to end. */
    @FunctionalInterface
    public interface Patience {
        boolean isOver(Duration wait) throws InterruptedException;
    }

    /**
     * Returns when this worker leads.
     *
     * @param told whom it waits for, once each
     * @return empty if patience was over before
     * @throws IllegalStateException if the cloud does not start
     */
    public static Optional<Turn> await(Endpoints endpoints, Path directory, Patience patience, Consumer<String> told)
            throws InterruptedException {
        Optional<PaperCloud> cloud = cloud(endpoints, directory, patience, told);
        if (cloud.isEmpty()) {
            return Optional.empty();
        }
        return lead(cloud.get(), patience, told);
    }

    private static Optional<PaperCloud> cloud(
            Endpoints endpoints, Path directory, Patience patience, Consumer<String> told) throws InterruptedException {
        boolean isTold = false;
        while (true) {
            try {
                return Optional.of(PaperCloud.open(endpoints, directory));
            } catch (DirectoryInUseException e) {
                if (!isTold) {
                    isTold = true;
                    told.accept("standing by: another process trades in " + directory
                            + "; this one takes over when that one ends. Stop with Ctrl-C");
                }
            }
            if (patience.isOver(LOOK_EVERY)) {
                return Optional.empty();
            }
        }
    }

    private static Optional<Turn> lead(PaperCloud cloud, Patience patience, Consumer<String> told)
            throws InterruptedException {
        Turn turn = new Turn(cloud, LiveLease.follow(cloud.leases(), PaperCloud.LANE));
        boolean isLeading = false;
        try {
            boolean isTold = false;
            while (!turn.lease().awaitLeading(LOOK_EVERY)) {
                Optional<LeaseItem> leader = turn.lease().leader();
                if (!isTold && leader.isPresent()) {
                    isTold = true;
                    told.accept("standing by: " + leader.get().owner() + " leads lane " + PaperCloud.LANE.label()
                            + " under epoch " + leader.get().epoch()
                            + "; this one leads when that has been silent for 10 s. Stop with Ctrl-C");
                }
                if (patience.isOver(Duration.ZERO)) {
                    return Optional.empty();
                }
            }
            isLeading = true;
            return Optional.of(turn);
        } finally {
            if (!isLeading) {
                turn.close();
            }
        }
    }
}
