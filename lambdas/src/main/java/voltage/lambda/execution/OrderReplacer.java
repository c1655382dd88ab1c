package voltage.lambda.execution;

import java.util.Optional;
import voltage.lambda.execution.OrderChanger.TakenDown;
import voltage.market.FixedPoint;
import voltage.order.Command.PlaceOrder;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.RefusalReason;

/**
 * The first half of replacing an order: the other order is taken down, and what is left to place follows from its certain end. That
 * this has begun is written down before the cancel, as {@code REPLACING}: a delivery after a death goes on from there, while a second
 * command that would replace the same order finds it ended and is refused. So the other order is followed by one replacement or
 * by none.
 */
final class OrderReplacer {
    /** What follows for the replacement. */
    sealed interface Room {
        /** @param countE2 what is to be placed, above 0 */
        record Left(long countE2) implements Room {}

        /** Nothing is placed. */
        record None(RefusalReason reason, String detail) implements Room {}
    }

    private final LaneDesk desk;
    private final OrderChanger changer;

    OrderReplacer(LaneDesk desk, OrderChanger changer) {
        this.desk = desk;
        this.changer = changer;
    }

    /** What would be left if the other order ended now, to be judged before it is touched. */
    Room room(PlaceOrder order) {
        String target = order.replaces().orElseThrow();
        Optional<CommandRecord> found = desk.ledger.find(desk.lane, target);
        if (found.isEmpty() || found.get().state().isFinished()) {
            return none(target + " is "
                    + found.map(record -> record.state().label()).orElse("not known") + ", RESTING is needed");
        }
        boolean isAlike = found.get().command() instanceof PlaceOrder other
                && other.terms().ticker().equals(order.terms().ticker())
                && other.terms().bookSide() == order.terms().bookSide();
        if (!isAlike) {
            return none(target + " is no order of " + order.terms().ticker() + " on side "
                    + order.terms().bookSide());
        }
        // With nothing left to place the other order is still to be taken down.
        return new Room.Left(Math.max(1, leftE2(order, found.get())));
    }

    /** Takes the other order down, or sees that it is. Its fills are booked and reported before this returns. */
    Room takeDown(PlaceOrder order) {
        String target = order.replaces().orElseThrow();
        Optional<CommandRecord> found = desk.ledger.find(desk.lane, target);
        if (found.isEmpty()) {
            return none(target + " is not known, RESTING is needed");
        }
        return switch (changer.takeDown(found.get())) {
            case TakenDown.Ended ended -> after(order, ended.target());
            case TakenDown.Open open ->
                new Room.None(
                        RefusalReason.NOT_YET, "the end of " + target + " cannot be seen yet: nothing takes its place");
            case TakenDown.NotAuthorised no -> new Room.None(RefusalReason.NOT_AUTHORISED, no.detail());
        };
    }

    private Room after(PlaceOrder order, CommandRecord target) {
        if (target.state() instanceof CommandState.Refused) {
            return none(target.command().id() + " never was at the exchange: nothing takes its place");
        }
        long leftE2 = leftE2(order, target);
        return leftE2 > 0
                ? new Room.Left(leftE2)
                : none(target.command().id() + " has filled, "
                        + FixedPoint.format(order.terms().countE2() - leftE2, 2)
                        + " of the " + FixedPoint.format(order.terms().countE2(), 2)
                        + " that it and its replacement may have: nothing is left");
    }

    private long leftE2(PlaceOrder order, CommandRecord target) {
        return order.terms().countE2()
                - target.orderId().map(desk.books.refresh()::filledE2).orElse(0L);
    }

    private static Room none(String detail) {
        return new Room.None(RefusalReason.NOT_OPEN, detail);
    }
}
