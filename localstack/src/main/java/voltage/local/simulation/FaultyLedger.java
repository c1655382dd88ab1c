package voltage.local.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;

/** The ledger as one life of an executor reaches it: throttled, in conflict, answered with a failure, or the last thing it ever did. */
final class FaultyLedger implements Ledger {
    private final World world;
    private final ExecutorLife life;
    private boolean hasRead;
    private String doneId = "";

    FaultyLedger(World world, ExecutorLife life) {
        this.world = world;
        this.life = life;
    }

    private void reading() {
        life.mustLive();
        if (!hasRead) {
            hasRead = true;
            if (world.board.waits(FaultKind.EXECUTOR_KILLED_STARTING)) {
                throw life.killedBy(FaultKind.EXECUTOR_KILLED_STARTING);
            }
        }
        throttle();
    }

    private void throttle() {
        PlannedFault throttled = world.board.take(FaultKind.LEDGER_THROTTLED);
        if (throttled != null) {
            world.ledgerRefusesUntilNanos = world.now() + throttled.lastsNanos();
        }
        if (world.now() < world.ledgerRefusesUntilNanos) {
            throw new IllegalStateException("the ledger's table is throttled");
        }
    }

    private <T> T write(Supplier<T> write) {
        life.mustLive();
        throttle();
        if (world.board.waits(FaultKind.EXECUTOR_KILLED_BEFORE_WRITE)) {
            throw life.killedBy(FaultKind.EXECUTOR_KILLED_BEFORE_WRITE);
        }
        if (world.board.take(FaultKind.LEDGER_CONFLICT) != null) {
            throw new LedgerConflictException("somebody else wrote to the lane");
        }
        T written = write.get();
        world.operations++;
        world.rules.ledgerChanged();
        if (!doneId.isEmpty()) {
            world.rules.done(doneId);
            doneId = "";
        }
        if (world.board.waits(FaultKind.EXECUTOR_KILLED_AFTER_WRITE)) {
            throw life.killedBy(FaultKind.EXECUTOR_KILLED_AFTER_WRITE);
        }
        if (world.board.take(FaultKind.LEDGER_ANSWER_LOST) != null) {
            throw new IllegalStateException("the ledger's answer was lost");
        }
        return written;
    }

    @Override
    public LaneState laneState(Lane lane) {
        reading();
        LaneState state = world.ledger.laneState(lane);
        life.seen = state;
        return state;
    }

    @Override
    public void changeLaneState(Lane lane, LaneState next) {
        boolean changed = write(() -> {
            world.ledger.changeLaneState(lane, next);
            return true;
        });
        world.log.add(() -> "executor sets the lane to " + next + (changed ? "" : ", in vain"));
    }

    @Override
    public Optional<CommandRecord> record(Command command, long nowNanos) {
        return write(() -> {
            Optional<CommandRecord> earlier = world.ledger.record(command, nowNanos);
            if (earlier.isEmpty()) {
                world.rules.recorded(command);
            }
            return earlier;
        });
    }

    @Override
    public Optional<CommandRecord> find(Lane lane, String commandId) {
        reading();
        return world.ledger.find(lane, commandId);
    }

    @Override
    public List<CommandRecord> unfinished(Lane lane) {
        reading();
        return world.ledger.unfinished(lane);
    }

    @Override
    public List<LedgerEntry> apply(Lane lane, LedgerChange change) {
        return write(() -> {
            List<LedgerEntry> booked = world.ledger.apply(lane, change);
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
        return write(() -> world.ledger.book(lane, entries));
    }

    @Override
    public Entries entries(Lane lane, long afterVersion) {
        reading();
        return world.ledger.entries(lane, afterVersion);
    }
}
