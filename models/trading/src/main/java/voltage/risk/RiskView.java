package voltage.risk;

import java.util.List;
import voltage.order.Account;
import voltage.order.CommandRecord;
import voltage.order.LaneState;

/**
 * What the gate looks at.
 *
 * @param state the lane's switches and epochs, read after the command was written down
 * @param account sums over the ledger, up to date
 * @param equity at cost, observed up to {@code nowNanos}
 * @param unfinished the lane's unfinished commands; the one being checked may be among them
 * @param ordersInLastSecond orders sent within the second before {@code nowNanos}
 * @param nowNanos epoch nanoseconds UTC
 */
public record RiskView(
        LaneState state,
        Account account,
        EquityWatch equity,
        List<CommandRecord> unfinished,
        int ordersInLastSecond,
        long nowNanos) {
    public RiskView {
        unfinished = List.copyOf(unfinished);
    }
}
