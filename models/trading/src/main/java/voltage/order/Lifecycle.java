package voltage.order;

import voltage.order.CommandState.Done;
import voltage.order.CommandState.Received;
import voltage.order.CommandState.Refused;
import voltage.order.CommandState.Replacing;
import voltage.order.CommandState.Resting;
import voltage.order.CommandState.Sending;
import voltage.order.CommandState.Unknown;

/**
 * Which state of a command may follow which, and why not the others. Every ledger asks before it writes, so a mistake anywhere in
 * the execution ends in an error and never in a position. {@code docs/order-life-cycle.md} is drawn from here.
 */
public final class Lifecycle {
    /** Commands of one kind live alike. */
    public enum Kind {
        /** Sent to the exchange as an order of its own. */
        ORDER,
        /** As an order, once another order has been taken down in its favour. */
        REPLACEMENT,
        /** Sent to the exchange as a change of another command's order. */
        AMENDMENT,
        /** Whatever may be carried out twice without harm, so that no state need say that it was sent. */
        REPEATABLE;

        public static Kind of(Command command) {
            return switch (command) {
                case Command.PlaceOrder c -> c.replaces().isPresent() ? REPLACEMENT : ORDER;
                case Command.ClosePosition c -> ORDER;
                case Command.AmendOrder c -> AMENDMENT;
                case Command.CancelOrder c -> REPEATABLE;
                case Command.Reconcile c -> REPEATABLE;
                case Command.Settle c -> REPEATABLE;
                case Command.SwitchLane c -> REPEATABLE;
            };
        }

        /** Whether it becomes an order of its own at the exchange. */
        boolean isOrder() {
            return this == ORDER || this == REPLACEMENT;
        }
    }

    /** Whether a transition exists. */
    public sealed interface Verdict {
        /** @param event what causes it */
        record Allowed(String event) implements Verdict {}

        /** @param reason what would go wrong if it existed */
        record Forbidden(String reason) implements Verdict {}
    }

    private Lifecycle() {}

    /**
     * Passes if the transition exists.
     *
     * @throws IllegalStateException naming the command, the transition and what would go wrong
     */
    public static void require(Command command, CommandState from, CommandState to) {
        if (judge(Kind.of(command), from, to) instanceof Verdict.Forbidden forbidden) {
            throw new IllegalStateException("command " + command.id() + " may not go from " + from.label() + " to "
                    + to.label() + ": " + forbidden.reason());
        }
    }

    public static Verdict judge(Kind kind, CommandState from, CommandState to) {
        Verdict verdict = switch (from) {
            case Received s -> fromReceived(kind, to);
            case Replacing s -> kind == Kind.REPLACEMENT ? fromReplacing(to) : forbidden("it replaces nothing");
            case Sending s ->
                kind == Kind.REPEATABLE ? forbidden("such a command is never sent") : fromSending(kind, to);
            case Unknown s -> kind == Kind.REPEATABLE ? forbidden("such a command is never sent") : fromUnknown(s, to);
            case Resting s -> kind.isOrder() ? fromResting(to) : forbidden("only an order of its own rests");
            case Done s -> forbidden("it is finished");
            case Refused s -> forbidden("it is finished");
        };
        return verdict instanceof Verdict.Allowed && losesItsOrder(from, to)
                ? forbidden("an order keeps the id that the exchange gave it, was " + from.orderId() + ", then "
                        + to.orderId())
                : verdict;
    }

    private static boolean losesItsOrder(CommandState from, CommandState to) {
        return from.orderId().isPresent() && !from.orderId().equals(to.orderId());
    }

    private static Verdict fromReceived(Kind kind, CommandState to) {
        boolean isRepeatable = kind == Kind.REPEATABLE;
        return switch (to) {
            case Received s ->
                isRepeatable ? allowed("books a part") : forbidden("an order has nothing to book before it is sent");
            case Replacing s ->
                kind == Kind.REPLACEMENT ? allowed("passes the risk gate") : forbidden("it replaces nothing");
            case Sending s ->
                switch (kind) {
                    case ORDER, AMENDMENT -> allowed("passes the risk gate");
                    case REPLACEMENT -> forbidden("the order that it replaces may still fill");
                    case REPEATABLE -> forbidden("such a command is never sent");
                };
            case Unknown s -> forbidden("nothing was sent, so nothing is unknown");
            case Resting s -> forbidden("nothing was sent, so nothing rests");
            case Done s -> isRepeatable ? allowed("carried out") : forbidden("nothing was sent, so nothing was done");
            case Refused s -> allowed("breaks a rule");
        };
    }

    private static Verdict fromReplacing(CommandState to) {
        return switch (to) {
            case Received s ->
                forbidden("the order that it replaces may be gone already, and that is to be remembered");
            case Replacing s -> forbidden("nothing has changed");
            case Sending s -> allowed("the other's end is certain; what is left passes the risk gate");
            case Unknown s -> forbidden("nothing was sent, so nothing is unknown");
            case Resting s -> forbidden("nothing was sent, so nothing rests");
            case Done s -> forbidden("nothing was sent, so nothing was done");
            case Refused s -> allowed("the other's end is not certain, nothing is left, or a rule is broken");
        };
    }

    private static Verdict fromSending(Kind kind, CommandState to) {
        return switch (to) {
            case Received s -> forbidden("it may exist at the exchange; it would be sent a second time");
            case Replacing s -> forbidden("it may exist at the exchange; it would be sent a second time");
            case Sending s -> forbidden("it is sent once");
            case Unknown s -> allowed("answer lost, or fills due");
            case Resting s -> kind.isOrder() ? allowed("accepted, rests") : forbidden("only an order of its own rests");
            case Done s -> allowed(kind.isOrder() ? "accepted, ended, all fills booked" : "accepted");
            case Refused s -> allowed("rejected by the exchange, or found never to have arrived");
        };
    }

    private static Verdict fromUnknown(Unknown from, CommandState to) {
        return switch (to) {
            case Received s -> forbidden("it may exist at the exchange; it would be sent a second time");
            case Replacing s -> forbidden("it may exist at the exchange; it would be sent a second time");
            case Sending s -> forbidden("it may exist at the exchange; it is never sent anew");
            case Unknown s ->
                s.rounds() == from.rounds() + 1
                        ? allowed("asked in vain, counted; an alert at the bound")
                        : forbidden("rounds of asking are counted, was " + from.rounds() + ", then " + s.rounds());
            case Resting s -> forbidden("an order found resting is taken down: its moment has passed");
            case Done s -> allowed("found ended, all fills booked");
            case Refused s ->
                from.orderId().isEmpty()
                        ? allowed("found never to have arrived")
                        : forbidden("the exchange named it, so it exists");
        };
    }

    private static Verdict fromResting(CommandState to) {
        return switch (to) {
            case Received s -> forbidden("it exists at the exchange; it would be sent a second time");
            case Replacing s -> forbidden("it exists at the exchange; it would be sent a second time");
            case Sending s -> forbidden("it exists at the exchange; it would be sent a second time");
            case Unknown s -> allowed("taken down, but its end cannot be seen yet");
            case Resting s -> allowed("filled in part");
            case Done s -> allowed("ended, all fills booked");
            case Refused s -> forbidden("it was accepted; it ends filled or cancelled");
        };
    }

    private static Verdict allowed(String event) {
        return new Verdict.Allowed(event);
    }

    private static Verdict forbidden(String reason) {
        return new Verdict.Forbidden(reason);
    }
}
