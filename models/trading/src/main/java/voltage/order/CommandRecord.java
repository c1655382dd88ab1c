package voltage.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command in the ledger.
 *
 * @param reports what has been reported of it so far, in order; sent again when the command is delivered again
 */
public record CommandRecord(Command command, CommandState state, List<ExecutionReport> reports) {
    public CommandRecord {
        reports = List.copyOf(reports);
    }

    /** A command just written down. */
    public static CommandRecord received(Command command) {
        return new CommandRecord(command, new CommandState.Received(), List.of());
    }

    /** The record after a change of its state. */
    public CommandRecord moved(CommandState to, List<ExecutionReport> further) {
        List<ExecutionReport> all = new ArrayList<>(reports);
        all.addAll(further);
        return new CommandRecord(command, to, all);
    }

    /** The exchange's id, once known. */
    public Optional<String> orderId() {
        return state.orderId();
    }

    /** How often its outcome has been asked for in vain. */
    public int rounds() {
        return state instanceof CommandState.Unknown unknown ? unknown.rounds() : 0;
    }
}
