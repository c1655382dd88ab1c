package voltage.lambda.execution;

import java.util.List;
import java.util.Optional;
import voltage.lambda.execution.OrderGroup.Answer;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.LaneState;
import voltage.order.LedgerConflictException;
import voltage.order.RefusalReason;

/**
 * The exchange's own limit as the executor uses it: no entry without a group, a group that has tripped halts the lane, and a halt ends
 * only with the group open again. Where the exchange has no groups, none of this asks for anything.
 */
final class OrderGroupGuard {
    private static final int ATTEMPTS = 3;

    private final LaneDesk desk;
    private final long limitE2;

    /** @param limitE2 contracts of entries that may be matched in 15 seconds, in hundredths */
    OrderGroupGuard(LaneDesk desk, long limitE2) {
        this.desk = desk;
        this.limitE2 = limitE2;
    }

    /** Whether an entry can be sent without asking for a group first. */
    boolean isReady() {
        return group().map(OrderGroup::isKnown).orElse(true);
    }

    /** Finds or makes the group, by one attempt: an entry does not wait. Why there is none; empty if there is. */
    Optional<String> obtain() {
        return group().flatMap(group -> problem(() -> group.obtain(limitE2)));
    }

    /** Opens the group again. Why that is not certain; empty if it is open, or if there is none. */
    Optional<String> reset() {
        Optional<String> problem = Optional.empty();
        for (int i = 0; i < ATTEMPTS; i++) {
            if (i > 0) {
                desk.pause.pause(desk.settings.pauseNanos());
            }
            problem = group().flatMap(group -> problem(group::reset));
            if (problem.isEmpty()) {
                return problem;
            }
        }
        return problem;
    }

    /** Closes the group again, after all: the lane stays halted by its fence, whatever comes of this. */
    void closeAgain() {
        group().ifPresent(group -> problem(group::trigger));
    }

    private Optional<OrderGroup> group() {
        return desk.exchange.orderGroup();
    }

    private interface Request {
        Answer send();
    }

    private static Optional<String> problem(Request request) {
        try {
            return switch (request.send()) {
                case Answer.Done done -> Optional.empty();
                case Answer.Failed failed -> Optional.of(failed.why());
            };
        } catch (RuntimeException e) {
            // An adapter that fails in an unforeseen way has said nothing about the group.
            return Optional.of("the adapter failed: " + e);
        }
    }

    /**
     * Refuses a command that the exchange has refused for the group's sake, and halts the lane if it is not halted: either more was
     * matched than the gate could have let out, or somebody has closed the group.
     */
    void tripped(CommandRecord record, String detail) {
        Command command = record.command();
        String alert = halt(detail);
        ExecutionReport refused = desk.refused(command, RefusalReason.ORDER_GROUP_TRIPPED, detail);
        desk.finish(
                record,
                new CommandState.Refused(RefusalReason.ORDER_GROUP_TRIPPED),
                alert.isEmpty()
                        ? List.of(refused)
                        : List.of(
                                refused,
                                new ExecutionReport.Corrected(
                                        "", LaneDesk.ticker(command), List.of(), alert, desk.now(), 0)),
                List.of());
    }

    /** What to tell everybody; empty if the lane was halted already. */
    private String halt(String detail) {
        for (int i = 0; i < ATTEMPTS; i++) {
            LaneState state = desk.ledger.laneState(desk.lane);
            if (state.halted()) {
                return "";
            }
            try {
                desk.ledger.changeLaneState(desk.lane, state.halt());
                return "ALERT: the lane is halted, for the exchange's own limit on its entries has tripped (" + detail
                        + "). Look why, then resume";
            } catch (LedgerConflictException e) {
                // Somebody else changed it just now: perhaps it is halted, so look again.
            }
        }
        return "ALERT: the exchange's own limit on the lane's entries has tripped (" + detail
                + ") and the lane could not be halted: halt it";
    }
}
