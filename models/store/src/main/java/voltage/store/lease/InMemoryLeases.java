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
        LeaseItem item = items.get(lane);
        boolean isOurs = isOurs(item, owner, epoch) && !item.released();
        if (isOurs) {
            items.put(lane, new LeaseItem(owner, epoch, item.beat() + 1, false));
        }
        return isOurs;
    }

    @Override
    public synchronized boolean release(Lane lane, String owner, long epoch) {
        LeaseItem item = items.get(lane);
        boolean isOurs = isOurs(item, owner, epoch);
        if (isOurs) {
            items.put(lane, new LeaseItem(owner, epoch, item.beat() + 1, true));
        }
        return isOurs;
    }

    private static boolean isOurs(@org.jspecify.annotations.Nullable LeaseItem item, String owner, long epoch) {
        return item != null && item.owner().equals(owner) && item.epoch() == epoch;
    }

    /** The lane's epoch; 0 if it never had a leader. */
    public synchronized long epoch(Lane lane) {
        LeaseItem item = items.get(lane);
        return item == null ? 0 : item.epoch();
    }
}
