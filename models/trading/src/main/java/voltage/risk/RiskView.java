package voltage.risk;

import java.util.List;
import voltage.order.Account;
import voltage.order.CommandRecord;
import voltage.order.LaneState;
import voltage.order.SentOrder;

/**
 * What the gate looks at.
 *
 * @param state the lane's switches and epochs, read after the command was written down
 * @param account sums over the ledger, up to date
 * @param equity at cost, observed up to {@code nowNanos}
 * @param unfinished the lane's unfinished commands; the one being checked may be among them
 * @param sent orders and amendments of the last {@link OrderFlowLimits#MEMORY_NANOS}, oldest first
 * @param nowNanos epoch nanoseconds UTC
 */
public record RiskView(
        LaneState state,
        Account account,
        EquityWatch equity,
        List<CommandRecord> unfinished,
        List<SentOrder> sent,
        long nowNanos) {
    public RiskView {
        unfinished = List.copyOf(unfinished);
        sent = List.copyOf(sent);
    }
}
