package voltage.lambda.execution;

import java.util.ArrayDeque;
import java.util.List;
import voltage.order.Command;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.SentOrder;
import voltage.risk.OrderFlowLimits;

/**
 * What a lane has sent of late. Read from the ledger once, so that a cold start forgets nothing, and kept up from then on: the executor
 * is the lane's only writer. Bounded by what the gate lets pass in the time that it remembers.
 */
final class SendLog {
    private final Lane lane;
    private final Ledger ledger;
    private final ArrayDeque<SentOrder> sent = new ArrayDeque<>();
    private boolean isLoaded;

    SendLog(Lane lane, Ledger ledger) {
        this.lane = lane;
        this.ledger = ledger;
    }

    /** Oldest first. */
    List<SentOrder> upTo(long nowNanos) {
        long since = nowNanos - OrderFlowLimits.MEMORY_NANOS;
        if (!isLoaded) {
            sent.addAll(ledger.sentSince(lane, since));
            isLoaded = true;
        }
        while (!sent.isEmpty() && sent.peekFirst().sentNanos() < since) {
            sent.removeFirst();
        }
        return List.copyOf(sent);
    }

    /** When a command was sent; 0 if that is longer ago than is remembered, or never happened. */
    long sentNanos(String commandId, long nowNanos) {
        return upTo(nowNanos).stream()
                .filter(order -> order.command().id().equals(commandId))
                .mapToLong(SentOrder::sentNanos)
                .findFirst()
                .orElse(0);
    }

    void add(Command command, long nowNanos) {
        if (isLoaded) {
            sent.addLast(new SentOrder(command, nowNanos));
        }
    }
}
