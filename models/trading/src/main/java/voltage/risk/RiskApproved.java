package voltage.risk;

import voltage.order.Command;

/**
 * A command that has passed every limit. Only {@link RiskGate} can make one, so an exchange that takes nothing else cannot be
 * reached around the gate.
 */
public final class RiskApproved<T extends Command> {
    private final T command;

    RiskApproved(T command) {
        this.command = command;
    }

    /** The command as it may be sent; a reduction may have been cut to what is held. */
    public T command() {
        return command;
    }

    @Override
    public String toString() {
        return "RiskApproved[" + command + "]";
    }
}
