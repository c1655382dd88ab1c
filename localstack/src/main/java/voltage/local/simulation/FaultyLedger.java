package voltage.local.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import voltage.local.simulation.cloud.CloudOperation;
import voltage.local.simulation.cloud.Fault;
import voltage.local.simulation.cloud.ProcessDeath;
import voltage.local.simulation.cloud.Verdict;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.SentOrder;
import voltage.store.ledger.DynamoLedger;

/** The ledger as one life of an executor reaches it: throttled, in conflict, answered with a failure, or the last thing it ever did. */
final class FaultyLedger implements Ledger {
    private final World world;
    private final ExecutorLife life;
    private final Ledger inner;
    private boolean hasRead;
    private String doneId = "";

    FaultyLedger(World world, ExecutorLife life) {
        this.world = world;
        this.life = life;
        inner = new DynamoLedger(world.cloud.dynamo(this::verdict), World.RESOURCES);
    }

    /** What becomes of a call to the tables. */
    private Verdict verdict(CloudOperation operation, String table) {
        life.mustLive();
        world.operations++;
        FaultBoard board = world.board;
        if (!hasRead && !operation.changes()) {
            hasRead = true;
            if (board.waits(FaultKind.EXECUTOR_KILLED_STARTING)) {
                throw life.killedBy(FaultKind.EXECUTOR_KILLED_STARTING);
            }
        }
        PlannedFault throttled = board.take(FaultKind.LEDGER_THROTTLED);
        if (throttled != null) {
            world.ledgerRefusesUntilNanos = world.now() + throttled.lastsNanos();
        }
        if (world.now() < world.ledgerRefusesUntilNanos) {
            return Verdict.of(
                    operation == CloudOperation.TRANSACT_WRITE_ITEMS ? Fault.TRANSACTION_THROTTLED : Fault.THROTTLED);
        }
        return operation.changes() ? writing() : Verdict.PASS;
    }

    private Verdict writing() {
        FaultBoard board = world.board;
        if (board.waits(FaultKind.EXECUTOR_KILLED_BEFORE_WRITE)) {
            throw life.killedBy(FaultKind.EXECUTOR_KILLED_BEFORE_WRITE);
        }
        if (board.waits(FaultKind.EXECUTOR_KILLED_AFTER_WRITE)) {
            ProcessDeath death = life.killedBy(FaultKind.EXECUTOR_KILLED_AFTER_WRITE);
            world.log.add(() -> "the executor will not survive this: " + death.getMessage());
            return Verdict.of(Fault.DEATH_AFTER);
        }
        PlannedFault conflict = board.take(FaultKind.LEDGER_CONFLICT);
        if (conflict != null) {
            return Verdict.of(conflict.pick() % 2 == 0 ? Fault.CONDITION_FAILED : Fault.TRANSACTION_CONFLICT);
        }
        PlannedFault lost = board.take(FaultKind.LEDGER_ANSWER_LOST);
        return lost == null ? Verdict.PASS : Verdict.of(lost.pick() % 2 == 0 ? Fault.ANSWER_LOST : Fault.REPEATED);
    }

    /** @param books whether it may book entries */
    private <T> T write(boolean books, Supplier<T> write) {
        try {
            T written = write.get();
            if (!doneId.isEmpty()) {
                if (books) {
                    world.rules.ledgerChanged();
                }
                world.rules.done(doneId);
            }
            return written;
        } finally {
            doneId = "";
            if (books) {
                world.rules.ledgerChanged();
            }
        }
    }

    @Override
    public LaneState laneState(Lane lane) {
        life.mustLive();
        LaneState state = inner.laneState(lane);
        life.seen = state;
        return state;
    }

    @Override
    public void changeLaneState(Lane lane, LaneState next) {
        world.laneChanged();
        try {
            inner.changeLaneState(lane, next);
            world.log.add(() -> "executor sets the lane to " + next);
        } finally {
            world.rules.laneIs(world.lane());
        }
    }

    @Override
    public Optional<CommandRecord> record(Command command, long nowNanos) {
        return write(false, () -> {
            Optional<CommandRecord> earlier = inner.record(command, nowNanos);
            if (earlier.isEmpty()) {
                world.rules.recorded(command);
            }
            return earlier;
        });
    }

    @Override
    public Optional<CommandRecord> find(Lane lane, String commandId) {
        life.mustLive();
        return inner.find(lane, commandId);
    }

    @Override
    public List<CommandRecord> unfinished(Lane lane) {
        life.mustLive();
        return inner.unfinished(lane);
    }

    @Override
    public List<SentOrder> sentSince(Lane lane, long nanos) {
        life.mustLive();
        return inner.sentSince(lane, nanos);
    }

    @Override
    public List<LedgerEntry> apply(Lane lane, LedgerChange change) {
        return write(!change.entries().isEmpty(), () -> {
            List<LedgerEntry> booked = inner.apply(lane, change);
            world.log.add(() -> "ledger " + change.commandId() + " " + change.from() + " -> " + change.to()
                    + (change.reports().isEmpty() ? "" : " " + change.reports())
                    + (booked.isEmpty() ? "" : " books " + booked));
            world.observation.text(change.commandId() + change.from() + change.to());
            for (LedgerEntry entry : booked) {
                world.observation.text(entry.key());
            }
            if (change.to() instanceof CommandState.Done) {
                doneId = change.commandId();
            }
            return booked;
        });
    }

    @Override
    public List<LedgerEntry> book(Lane lane, List<LedgerEntry> entries) {
        return write(true, () -> inner.book(lane, entries));
    }

    @Override
    public Entries entries(Lane lane, long afterVersion) {
        life.mustLive();
        return inner.entries(lane, afterVersion);
    }
}
