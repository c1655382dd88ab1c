package voltage.order;

/**
 * An order, or an amendment, that went to the exchange.
 *
 * @param sentNanos when it was marked as being sent, epoch nanoseconds UTC
 */
public record SentOrder(Command command, long sentNanos) {}
