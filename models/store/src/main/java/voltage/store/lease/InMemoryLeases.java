package voltage.store.lease;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import voltage.order.Lane;

/** Leases in memory, for simulations and replays. Its {@link #epoch} is what a ledger in memory is given to read. */
public final class InMemoryLeases implements LeaseStore {
    private final Map<Lane, LeaseItem> items = new EnumMap<>(Lane.class);

    @Override
    public synchronized Optional<LeaseItem> read(Lane lane) {
        return Optional.ofNullable(items.get(lane));
    }

    @Override
    public synchronized boolean acquire(Lane lane, Optional<LeaseItem> seen, String owner) {
        LeaseItem item = items.get(lane);
        boolean isAsSeen = item == null ? seen.isEmpty() : seen.isPresent() && item.isUnmovedSince(seen.get());
        if (isAsSeen) {
            items.put(lane, new LeaseItem(owner, item == null ? 1 : item.epoch() + 1, 0, false));
        }
        return isAsSeen;
    }

    @Override
    public synchronized boolean renew(Lane lane, String owner, long epoch) {
        Optional<LeaseItem> ours = held(lane, owner, epoch).filter(item -> !item.released());
        ours.ifPresent(item -> items.put(lane, new LeaseItem(owner, epoch, item.beat() + 1, false)));
        return ours.isPresent();
    }

    @Override
    public synchronized boolean release(Lane lane, String owner, long epoch) {
        Optional<LeaseItem> ours = held(lane, owner, epoch);
        ours.ifPresent(item -> items.put(lane, new LeaseItem(owner, epoch, item.beat() + 1, true)));
        return ours.isPresent();
    }

    private Optional<LeaseItem> held(Lane lane, String owner, long epoch) {
        return read(lane).filter(item -> item.owner().equals(owner) && item.epoch() == epoch);
    }

    /** The lane's epoch; 0 if it never had a leader. */
    public synchronized long epoch(Lane lane) {
        LeaseItem item = items.get(lane);
        return item == null ? 0 : item.epoch();
    }
}
