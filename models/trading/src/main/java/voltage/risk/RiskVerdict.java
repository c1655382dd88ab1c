package voltage.risk;

import voltage.order.Command;
import voltage.order.RefusalReason;

/** The gate's answer. */
public sealed interface RiskVerdict<T extends Command> {
    record Approved<T extends Command>(RiskApproved<T> approved) implements RiskVerdict<T> {}

    /**
     * @param detail the value and the limit that it broke, in words
     */
    record Refused<T extends Command>(RefusalReason reason, String detail) implements RiskVerdict<T> {}
}
