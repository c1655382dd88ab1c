package voltage.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** A ledger in memory, for simulations and replays: the same contract as the real one, without durability. */
public final class InMemoryLedger implements Ledger {
    private static final class Partition {
        private LaneState state;
        private final Map<String, CommandRecord> commands = new LinkedHashMap<>();
        private final List<LedgerEntry> entries = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private final List<SentOrder> sent = new ArrayList<>();

        private Partition(Lane lane) {
            state = LaneState.initial(lane);
        }
    }

    private final Map<Lane, Partition> partitions = new EnumMap<>(Lane.class);
    private final ToLongFunction<Lane> leaseEpochs;

    /** A ledger of lanes that nobody leads. */
    public InMemoryLedger() {
        this(lane -> 0);
    }

    /** @param leaseEpochs reads the epoch of a lane's lease */
    public InMemoryLedger(ToLongFunction<Lane> leaseEpochs) {
        this.leaseEpochs = leaseEpochs;
    }

    private Partition partition(Lane lane) {
        return partitions.computeIfAbsent(lane, Partition::new);
    }

    @Override
    public LaneState laneState(Lane lane) {
        return partition(lane).state.withLeaseEpoch(leaseEpochs.applyAsLong(lane));
    }

    @Override
    public void changeLaneState(Lane lane, LaneState next) {
        Partition partition = partition(lane);
        if (partition.state.version() != next.version() - 1) {
            throw new LedgerConflictException("the state of lane " + lane.label() + " is at version "
                    + partition.state.version() + ", version " + (next.version() - 1) + " was expected");
        }
        partition.state = next;
    }

    @Override
    public Optional<CommandRecord> record(Command command, long nowNanos) {
        return Optional.ofNullable(
                partition(command.header().lane()).commands.putIfAbsent(command.id(), CommandRecord.received(command)));
    }

    @Override
    public Optional<CommandRecord> find(Lane lane, String commandId) {
        return Optional.ofNullable(partition(lane).commands.get(commandId));
    }

    @Override
    public List<CommandRecord> unfinished(Lane lane) {
        return partition(lane).commands.values().stream()
                .filter(record -> !record.state().isFinished())
                .sorted(Comparator.comparingLong(
                        record -> record.command().header().decidedNanos()))
                .toList();
    }

    @Override
    public List<SentOrder> sentSince(Lane lane, long nanos) {
        return partition(lane).sent.stream()
                .filter(sent -> sent.sentNanos() >= nanos)
                .toList();
    }

    @Override
    public List<LedgerEntry> apply(Lane lane, LedgerChange change) {
        Partition partition = partition(lane);
        Optional<CommandRecord> record = find(lane, change.commandId());
        change.requireFits(record);
        record.ifPresent(found -> {
            partition.commands.put(change.commandId(), found.moved(change.to(), change.reports()));
            if (change.to() instanceof CommandState.Sending sending) {
                partition.sent.add(new SentOrder(found.command(), sending.sinceNanos()));
            }
        });
        return book(lane, change.entries());
    }

    @Override
    public List<LedgerEntry> book(Lane lane, List<LedgerEntry> entries) {
        Partition partition = partition(lane);
        List<LedgerEntry> booked = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            if (partition.keys.add(entry.key())) {
                partition.entries.add(entry);
                booked.add(entry);
            }
        }
        return booked;
    }

    @Override
    public Entries entries(Lane lane, long afterVersion) {
        List<LedgerEntry> all = partition(lane).entries;
        return new Entries(all.subList((int) Math.min(afterVersion, all.size()), all.size()), all.size());
    }
}
