package voltage.order;

import java.util.List;
import java.util.Optional;

/**
 * A command in the ledger.
 *
 * @param orderId the exchange's id, once known
 * @param reports what has been reported of it so far, in order; sent again when the command is delivered again
 * @param attempts how often its outcome has been asked for while {@code UNKNOWN}
 */
public record CommandRecord(
        Command command, CommandState state, Optional<String> orderId, List<ExecutionReport> reports, int attempts) {
    public CommandRecord {
        reports = List.copyOf(reports);
    }
}
