package voltage.worker.run;

import voltage.market.Feed;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.ExecutionReport;
import voltage.order.LaneState;
import voltage.store.json.AccountJson;

/**
 * Sends the engine's commands to the lane's queue, stamped with the worker's lease and the fence as the engine knows it. A command
 * that may or may not have got there is reported as unknown: the engine then has it resolved and never decides it anew.
 */
public final class CommandPublisher {
    private final CommandQueue queue;
    private final Inbox inbox;
    private final long leaseEpoch;

    public CommandPublisher(CommandQueue queue, Inbox inbox, long leaseEpoch) {
        this.queue = queue;
        this.inbox = inbox;
        this.leaseEpoch = leaseEpoch;
    }

    /** Returns when the queue has it, or when it has been reported as unknown. */
    public void send(Command command, LaneState state) {
        Command stamped = withEpochs(command, state.fenceEpoch());
        try {
            queue.send(stamped);
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

    private Command withEpochs(Command command, long fenceEpoch) {
        Command.Header header = command.header().withEpochs(leaseEpoch, fenceEpoch);
        return switch (command) {
            case Command.PlaceOrder c -> new Command.PlaceOrder(header, c.terms(), c.purpose(), c.seen());
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
