package voltage.worker.run;

import java.util.OptionalLong;
import voltage.market.Feed;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.ExecutionReport;
import voltage.order.LaneState;
import voltage.order.RefusalReason;
import voltage.store.json.AccountJson;
import voltage.store.lease.Leadership;

/**
 * Sends the engine's commands to the lane's queue, stamped with the worker's lease and the fence as the engine knows it. A worker that
 * does not lead at this moment sends nothing, cancels and exits included: the leader sees the same and does them. What is withheld is
 * reported as refused, which ends it in the engine. A command that may or may not have got there is reported as unknown: the engine then
 * has it resolved and never decides it anew.
 */
public final class CommandPublisher {
    private final CommandQueue queue;
    private final Inbox inbox;
    private final Leadership leadership;

    /** @param leadership asked before each command leaves */
    public CommandPublisher(CommandQueue queue, Inbox inbox, Leadership leadership) {
        this.queue = queue;
        this.inbox = inbox;
        this.leadership = leadership;
    }

    /** Returns when the queue has it, or when it has been reported as refused or unknown. */
    public void send(Command command, LaneState state) {
        OptionalLong leaseEpoch = leadership.epoch();
        if (leaseEpoch.isEmpty()) {
            inbox.frame(
                    Feed.REPORTS,
                    AccountJson.write(new ExecutionReport.Refused(
                            command.id(),
                            command.market().orElse(""),
                            RefusalReason.STALE_LEASE,
                            "its lease is not valid at this moment; the command has not left",
                            0,
                            0)));
            return;
        }
        try {
            queue.send(withEpochs(command, leaseEpoch.getAsLong(), state.fenceEpoch()));
        } catch (CommandQueue.QueueUnavailableException e) {
            inbox.frame(
                    Feed.REPORTS,
                    AccountJson.write(new ExecutionReport.Unknown(
                            command.id(),
                            command.market().orElse(""),
                            "the queue did not confirm the command: " + e.getMessage(),
                            0,
                            0)));
        }
    }

    private static Command withEpochs(Command command, long leaseEpoch, long fenceEpoch) {
        Command.Header header = command.header().withEpochs(leaseEpoch, fenceEpoch);
        return switch (command) {
            case Command.PlaceOrder c -> new Command.PlaceOrder(header, c.terms(), c.purpose(), c.seen(), c.replaces());
            case Command.AmendOrder c -> new Command.AmendOrder(header, c.targetCommandId(), c.terms());
            case Command.CancelOrder c -> new Command.CancelOrder(header, c.ticker(), c.targetCommandId());
            case Command.ClosePosition c ->
                new Command.ClosePosition(header, c.ticker(), c.exchangeIndex(), c.worstPriceE4(), c.purpose());
            case Command.Reconcile c -> new Command.Reconcile(header, c.liftsHalt());
            case Command.Settle c -> new Command.Settle(header, c.ticker());
            case Command.SwitchLane c -> new Command.SwitchLane(header, c.armed(), c.paused(), c.reason());
        };
    }
}
