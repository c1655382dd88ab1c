package voltage.risk;

import java.util.List;
import java.util.Optional;
import voltage.market.FixedPoint;
import voltage.order.Command;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.SeenBook;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.SentOrder;

/** The part of the gate that looks at the stream of orders rather than at money: a program gone wild shows here first. */
final class OrderFlow {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final OrderFlowLimits limits;

    OrderFlow(OrderFlowLimits limits) {
        this.limits = limits;
    }

    /** A price far through the book that it was decided on is a mistake, whoever made it. */
    Optional<Refusal> price(OrderTerms terms, SeenBook seen) {
        int collarE4 = limits.collarE4();
        if (terms.bookSide().sign() > 0 && terms.yesPriceE4() > seen.yesAskE4() + collarE4) {
            return Refusal.of(
                    RefusalReason.PRICE_INVALID,
                    Refusal.over("bid above the ask it saw", terms.yesPriceE4(), seen.yesAskE4() + collarE4, 4));
        }
        return terms.bookSide().sign() < 0 && terms.yesPriceE4() < seen.yesBidE4() - collarE4
                ? Refusal.of(
                        RefusalReason.PRICE_INVALID,
                        "offer below the bid it saw " + FixedPoint.format(terms.yesPriceE4(), 4) + ", "
                                + FixedPoint.format(seen.yesBidE4() - collarE4, 4) + " is the least")
                : Optional.empty();
    }

    /** The same entry under another name, too soon after the first to be meant. */
    Optional<Refusal> repeated(PlaceOrder order, RiskView view) {
        long since = view.nowNanos() - limits.repeatNanos();
        for (SentOrder sent : view.sent()) {
            if (sent.sentNanos() > since
                    && sent.command() instanceof PlaceOrder earlier
                    && !earlier.id().equals(order.id())
                    && !order.replaces().equals(Optional.of(earlier.id()))
                    && earlier.terms().equals(order.terms())) {
                return Refusal.of(
                        RefusalReason.DUPLICATE,
                        "the same as " + earlier.id() + ", sent "
                                + FixedPoint.format((view.nowNanos() - sent.sentNanos()) / 1_000_000, 3)
                                + " s before it, "
                                + FixedPoint.format(limits.repeatNanos() / 1_000_000, 3)
                                + " s apart are needed");
            }
        }
        return Optional.empty();
    }

    /** Whether the market was left so often within some minute that something must be wrong with the reasons for it. */
    Optional<Refusal> quarantine(String ticker, RiskView view) {
        int rapid = limits.rapidExits();
        List<Long> exits = exitsNanos(ticker, view);
        for (int last = rapid - 1; last < exits.size(); last++) {
            if (exits.get(last) - exits.get(last - rapid + 1) <= 60 * SECOND_NANOS) {
                return Refusal.of(
                        RefusalReason.QUARANTINED,
                        Refusal.over("exits of " + ticker + " within a minute", rapid, rapid - 1, 0));
            }
        }
        return Optional.empty();
    }

    private static List<Long> exitsNanos(String ticker, RiskView view) {
        return view.sent().stream()
                .filter(sent ->
                        isReduction(sent.command()) && sent.command().market().equals(Optional.of(ticker)))
                .map(SentOrder::sentNanos)
                .toList();
    }

    private static long entriesSince(RiskView view, long nanos) {
        return view.sent().stream()
                .filter(sent -> sent.sentNanos() > nanos && isEntry(sent.command()))
                .count();
    }

    /** Exits are bounded too, generously: one that is retried without end floods the exchange and helps nobody. */
    Optional<Refusal> exitRate(String ticker, RiskView view) {
        long since = view.nowNanos() - 60 * SECOND_NANOS;
        long sent =
                exitsNanos(ticker, view).stream().filter(nanos -> nanos > since).count() + 1;
        return sent > limits.exitsPerMinute()
                ? Refusal.of(
                        RefusalReason.ORDER_RATE_LIMIT,
                        Refusal.over(
                                "exits of " + ticker + " within a minute with it", sent, limits.exitsPerMinute(), 0))
                : Optional.empty();
    }

    Optional<Refusal> rate(RiskView view) {
        long second = entriesSince(view, view.nowNanos() - SECOND_NANOS) + 1;
        if (second > limits.ordersPerSecond()) {
            return Refusal.of(
                    RefusalReason.ORDER_RATE_LIMIT,
                    Refusal.over("orders within a second with it", second, limits.ordersPerSecond(), 0));
        }
        long minute = entriesSince(view, view.nowNanos() - 60 * SECOND_NANOS) + 1;
        return minute > limits.ordersPerMinute()
                ? Refusal.of(
                        RefusalReason.ORDER_RATE_LIMIT,
                        Refusal.over("orders within a minute with it", minute, limits.ordersPerMinute(), 0))
                : Optional.empty();
    }

    static boolean isEntry(Command command) {
        return command instanceof AmendOrder
                || command instanceof PlaceOrder order && !order.terms().reduceOnly();
    }

    static boolean isReduction(Command command) {
        return command instanceof ClosePosition
                || command instanceof PlaceOrder order && order.terms().reduceOnly();
    }
}
