package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import voltage.lambda.execution.Exchange.OrderStatus;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.market.FixedPoint;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Lane;
import voltage.order.Reconciliation.Finding;
import voltage.order.Reconciliation.Subject;
import voltage.order.Reconciliation.Verdict;

/**
 * The orders of both sides: what the ledger has open, and what rests at the exchange. An order of this lane that no open command
 * explains is taken down; somebody else's is reported and left alone.
 */
final class RestingOrders {
    private final LaneDesk desk;
    private final Resolver resolver;
    private final DataClock clock;

    RestingOrders(LaneDesk desk, Resolver resolver, DataClock clock) {
        this.desk = desk;
        this.resolver = resolver;
        this.clock = clock;
    }

    /** Whether a client order id is one that this lane's engine or its operator would choose. */
    static boolean isOfLane(String clientOrderId, Lane lane) {
        return clientOrderId.startsWith("v-" + lane.label() + "-");
    }

    /** Brings the ledger's unfinished commands up to date. In a halted lane nothing may rest: what does is taken down. */
    void resolveUnfinished(String currentId, boolean isHalted) {
        for (CommandRecord other : desk.others(currentId)) {
            if (other.state() instanceof CommandState.Resting && !isHalted) {
                resolver.sync(other);
            } else {
                resolver.resolve(other);
            }
        }
    }

    /** Looks at the exchange's side; what it takes down leaves its fills to be adopted afterwards. */
    List<Finding> compare(String currentId) {
        List<Finding> findings = new ArrayList<>();
        Set<String> open = open(currentId);
        List<OrderView> unexplained = desk.exchange.resting().stream()
                .filter(order -> !open.contains(order.clientOrderId()))
                .toList();
        if (!unexplained.isEmpty() && clock.awaitNow(0)) {
            // The listing may be older than what this reconciliation has just taken down: only what still rests in
            // newer data counts.
            for (OrderView order : unexplained) {
                Optional<OrderView> now = desk.exchange.order(order.ticker(), order.orderId());
                if (now.isPresent() && now.get().status() == OrderStatus.RESTING) {
                    findings.add(unexplained(now.get()));
                }
            }
        }
        for (CommandRecord record : desk.others(currentId)) {
            boolean rests = record.state() instanceof CommandState.Resting resting
                    && desk.exchange
                            .order(LaneDesk.ticker(record.command()), resting.id())
                            .isPresent();
            if (!rests) {
                findings.add(new Finding(
                        Verdict.UNEXPLAINED,
                        Subject.ORDER,
                        LaneDesk.ticker(record.command()),
                        "command " + record.command().id() + " is "
                                + record.state().label() + " in the ledger and the"
                                + " exchange does not show its end"));
            }
        }
        return findings;
    }

    private Set<String> open(String currentId) {
        return desk.others(currentId).stream()
                .map(record -> record.command().id())
                .collect(Collectors.toSet());
    }

    private Finding unexplained(OrderView order) {
        String what = text(order);
        if (!isOfLane(order.clientOrderId(), desk.lane)) {
            return new Finding(
                    Verdict.UNEXPLAINED,
                    Subject.ORDER,
                    order.ticker(),
                    what + " rests and is not of this lane (client order id \"" + order.clientOrderId()
                            + "\"); it is left alone: cancel it where it came from, or halt the lane");
        }
        desk.exchange.cancel(order.ticker(), -1, order.orderId());
        for (int i = 0; i < desk.settings.asks(); i++) {
            desk.pause.pause(desk.settings.pauseNanos());
            Optional<OrderView> now = desk.exchange.order(order.ticker(), order.orderId());
            if (now.isPresent() && now.get().status() != OrderStatus.RESTING) {
                return new Finding(
                        Verdict.ADOPTED,
                        Subject.ORDER,
                        order.ticker(),
                        what + " (" + order.clientOrderId() + ") rested, no open command explains it: cancelled, "
                                + FixedPoint.format(now.get().filledE2(), 2) + " of it had filled");
            }
        }
        return new Finding(
                Verdict.UNEXPLAINED,
                Subject.ORDER,
                order.ticker(),
                what + " (" + order.clientOrderId() + ") rests, no open command explains it, and its cancel is not"
                        + " seen to take effect");
    }

    static String text(OrderView order) {
        return "order " + order.orderId() + ", " + order.bookSide() + " " + FixedPoint.format(order.remainingE2(), 2)
                + " at " + FixedPoint.format(order.yesPriceE4(), 4) + " of " + order.ticker() + ",";
    }
}
