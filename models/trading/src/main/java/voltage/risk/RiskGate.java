package voltage.risk;

import java.util.List;
import java.util.Optional;
import voltage.market.FeeSchedule;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.Command;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.SeenBook;
import voltage.order.Command.SwitchLane;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.SentOrder;

/**
 * The last check before the exchange: a pure function of the command and of what the ledger says. The first broken rule is the
 * answer, in this order: fence, lease, armed, halted, paused, late, market, price, in flight, repeated, quarantine, order size,
 * position, open orders, losses, exposure, rate, cash.
 *
 * <p>What makes risk smaller passes all of that but the fence: stopping an exit because a limit is broken would keep the very
 * risk that broke it. Cancels pass the fence too, for an emergency stop wants nothing to rest. Settlements and reconciliations
 * never come here: they write down what the exchange did and ask it for nothing.
 *
 * <p>Entries and amendments need the lease of the worker that leads now. Arming and resuming need it too if a worker decided them;
 * the operator needs none.
 */
public final class RiskGate {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private record Refusal(RefusalReason reason, String detail) {}

    private final RiskLimits limits;
    private final FeeSchedule fees;

    /**
     * @param fees the dearest schedule that the lane's markets have
     */
    public RiskGate(RiskLimits limits, FeeSchedule fees) {
        this.limits = limits;
        this.fees = fees;
    }

    /** An entry against every limit; a reduce-only order against the fence and what is held, to which it is cut. */
    public RiskVerdict<PlaceOrder> check(PlaceOrder order, RiskView view) {
        if (!order.terms().reduceOnly()) {
            return verdict(
                    order,
                    fence(order.header(), view)
                            .or(() -> closing(order.seen(), view))
                            .or(() -> price(order.terms(), order.seen()))
                            .or(() -> repeated(order, view))
                            .or(() -> entry(order.header(), order.terms(), order.id(), view)));
        }
        Optional<Refusal> barred =
                fence(order.header(), view).or(() -> exitRate(order.terms().ticker(), view));
        if (barred.isPresent()) {
            return refused(barred.get());
        }
        OrderTerms terms = order.terms();
        long held = view.account().positionE2(terms.ticker());
        if (held == 0 || Long.signum(held) == terms.bookSide().sign()) {
            return refused(nothingToReduce(terms.ticker(), held));
        }
        long reducible = Math.abs(held) - reducingE2(terms.ticker(), order.id(), view);
        if (reducible <= 0) {
            return refused(exitInFlight(terms.ticker(), held));
        }
        return approved(new PlaceOrder(
                order.header(), withCount(terms, Math.min(terms.countE2(), reducible)), order.purpose(), order.seen()));
    }

    /** The signed remainder of the position as a reduce-only order that is carried out at once. */
    public RiskVerdict<PlaceOrder> check(ClosePosition close, RiskView view) {
        Optional<Refusal> barred = fence(close.header(), view).or(() -> exitRate(close.ticker(), view));
        if (barred.isPresent()) {
            return refused(barred.get());
        }
        long held = view.account().positionE2(close.ticker());
        if (held == 0) {
            return refused(nothingToReduce(close.ticker(), held));
        }
        long reducible = Math.abs(held) - reducingE2(close.ticker(), close.id(), view);
        if (reducible <= 0) {
            return refused(exitInFlight(close.ticker(), held));
        }
        OrderTerms terms = OrderTerms.reduce(
                close.ticker(), close.exchangeIndex(), Side.ofPosition(held), close.worstPriceE4(), reducible);
        return approved(new PlaceOrder(close.header(), terms, close.purpose(), new SeenBook(0, 0, 0, 0, 0)));
    }

    /** The amended order as if it were a new one in place of its target; what has filled of it counts again, to be safe. */
    public RiskVerdict<AmendOrder> check(AmendOrder amend, RiskView view) {
        return verdict(amend, entry(amend.header(), amend.terms(), amend.targetCommandId(), view));
    }

    /** Always approved, fenced or not: the order that an emergency stop is afraid of is the one this takes away. */
    public RiskVerdict<CancelOrder> check(CancelOrder cancel) {
        return approved(cancel);
    }

    /** Arming or resuming is void once the fence has risen or another worker leads; disarming and pausing never are. */
    public RiskVerdict<SwitchLane> check(SwitchLane change, RiskView view) {
        if (change.reducesRisk()) {
            return approved(change);
        }
        Header header = change.header();
        return verdict(
                change, fence(header, view).or(() -> header.hasLease() ? lease(header, view) : Optional.empty()));
    }

    private Optional<Refusal> entry(Header header, OrderTerms terms, String replaced, RiskView view) {
        return fence(header, view)
                .or(() -> lease(header, view))
                .or(() -> switches(view))
                .or(() -> late(header, view))
                .or(() -> settled(terms.ticker(), view))
                .or(() -> inFlight(header.id(), terms.ticker(), replaced, view))
                .or(() -> quarantine(terms.ticker(), view))
                .or(() -> size(terms, view))
                .or(() -> openOrders(header.id(), replaced, view))
                .or(() -> losses(view.equity()))
                .or(() -> exposure(terms, header.id(), replaced, view))
                .or(() -> rate(view))
                .or(() -> cash(terms, header.id(), replaced, view));
    }

    private static Optional<Refusal> fence(Header header, RiskView view) {
        long fence = view.state().fenceEpoch();
        return header.fenceEpoch() < fence
                ? refusal(
                        RefusalReason.FENCED, "decided under fence " + header.fenceEpoch() + ", the fence is " + fence)
                : Optional.empty();
    }

    private static Optional<Refusal> lease(Header header, RiskView view) {
        long lease = view.state().leaseEpoch();
        if (!header.hasLease()) {
            return refusal(RefusalReason.STALE_LEASE, "sent under no lease, the lease is " + lease);
        }
        return header.leaseEpoch() < lease
                ? refusal(
                        RefusalReason.STALE_LEASE,
                        "sent under lease " + header.leaseEpoch() + ", the lease is " + lease)
                : Optional.empty();
    }

    private static Optional<Refusal> switches(RiskView view) {
        if (!view.state().armed()) {
            return refusal(RefusalReason.DISARMED, "armed is false, true is needed");
        }
        if (view.state().halted()) {
            return refusal(RefusalReason.HALTED, "halted is true, false is needed");
        }
        return view.state().paused()
                ? refusal(RefusalReason.PAUSED, "paused is true, false is needed")
                : Optional.empty();
    }

    private static Optional<Refusal> late(Header header, RiskView view) {
        long lateNanos = view.nowNanos() - header.refuseAfterNanos();
        return view.nowNanos() > header.refuseAfterNanos()
                ? refusal(
                        RefusalReason.LATE, "late by " + FixedPoint.format(lateNanos / 1_000_000, 3) + " s, 0 allowed")
                : Optional.empty();
    }

    /** A market that has paid stays settled, whatever a late command thinks. */
    private static Optional<Refusal> settled(String ticker, RiskView view) {
        Account.Position position = view.account().position(ticker);
        return position != null && position.isSettled()
                ? refusal(RefusalReason.MARKET_CLOSED, ticker + " has paid out, an open market is needed")
                : Optional.empty();
    }

    private Optional<Refusal> closing(SeenBook seen, RiskView view) {
        long leftNanos = seen.closesNanos() - view.nowNanos();
        return leftNanos < limits.closeCutoffNanos()
                ? refusal(
                        RefusalReason.MARKET_CLOSED,
                        "closes in " + FixedPoint.format(leftNanos / 1_000_000, 3) + " s, "
                                + FixedPoint.format(limits.closeCutoffNanos() / 1_000_000, 3) + " s are needed")
                : Optional.empty();
    }

    /** A price far through the book that it was decided on is a mistake, whoever made it. */
    private Optional<Refusal> price(OrderTerms terms, SeenBook seen) {
        int collarE4 = limits.flow().collarE4();
        if (terms.bookSide().sign() > 0 && terms.yesPriceE4() > seen.yesAskE4() + collarE4) {
            return refusal(
                    RefusalReason.PRICE_INVALID,
                    over("bid above the ask it saw", terms.yesPriceE4(), seen.yesAskE4() + collarE4, 4));
        }
        return terms.bookSide().sign() < 0 && terms.yesPriceE4() < seen.yesBidE4() - collarE4
                ? refusal(
                        RefusalReason.PRICE_INVALID,
                        "offer below the bid it saw " + FixedPoint.format(terms.yesPriceE4(), 4) + ", "
                                + FixedPoint.format(seen.yesBidE4() - collarE4, 4) + " is the least")
                : Optional.empty();
    }

    /** The same entry under another name, too soon after the first to be meant. */
    private Optional<Refusal> repeated(PlaceOrder order, RiskView view) {
        long since = view.nowNanos() - limits.flow().repeatNanos();
        for (SentOrder sent : view.sent()) {
            if (sent.sentNanos() > since
                    && sent.command() instanceof PlaceOrder earlier
                    && !earlier.id().equals(order.id())
                    && earlier.terms().equals(order.terms())) {
                return refusal(
                        RefusalReason.DUPLICATE,
                        "the same as " + earlier.id() + ", sent "
                                + FixedPoint.format((view.nowNanos() - sent.sentNanos()) / 1_000_000, 3)
                                + " s before it, "
                                + FixedPoint.format(limits.flow().repeatNanos() / 1_000_000, 3)
                                + " s apart are needed");
            }
        }
        return Optional.empty();
    }

    /** Whether the market was left so often within some minute that something must be wrong with the reasons for it. */
    private Optional<Refusal> quarantine(String ticker, RiskView view) {
        int rapid = limits.flow().rapidExits();
        List<Long> exits = exitsNanos(ticker, view);
        for (int last = rapid - 1; last < exits.size(); last++) {
            if (exits.get(last) - exits.get(last - rapid + 1) <= 60 * SECOND_NANOS) {
                return refusal(
                        RefusalReason.QUARANTINED,
                        over("exits of " + ticker + " within a minute", rapid, rapid - 1, 0));
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
    private Optional<Refusal> exitRate(String ticker, RiskView view) {
        long since = view.nowNanos() - 60 * SECOND_NANOS;
        long sent =
                exitsNanos(ticker, view).stream().filter(nanos -> nanos > since).count() + 1;
        return sent > limits.flow().exitsPerMinute()
                ? refusal(
                        RefusalReason.ORDER_RATE_LIMIT,
                        over(
                                "exits of " + ticker + " within a minute with it",
                                sent,
                                limits.flow().exitsPerMinute(),
                                0))
                : Optional.empty();
    }

    /** One entry of a market at a time; and while any outcome is unknown, so is what another order would risk. */
    private static Optional<Refusal> inFlight(String id, String ticker, String replaced, RiskView view) {
        for (CommandRecord record : view.unfinished()) {
            Command other = record.command();
            if (other.id().equals(id) || other.id().equals(replaced)) {
                continue;
            }
            if (record.state() instanceof CommandState.Unknown) {
                return refusal(
                        RefusalReason.IN_FLIGHT, "the outcome of " + other.id() + " is unknown, none may be unknown");
            }
            if (isEntry(other) && other.market().equals(Optional.of(ticker))) {
                return refusal(
                        RefusalReason.IN_FLIGHT,
                        other.id() + " is " + record.state().label() + " on " + ticker + ", one entry at a time");
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> size(OrderTerms terms, RiskView view) {
        if (terms.countE2() > limits.orderSizeE2()) {
            return refusal(
                    RefusalReason.ORDER_SIZE_LIMIT, over("order size", terms.countE2(), limits.orderSizeE2(), 2));
        }
        long after = view.account().positionE2(terms.ticker()) + terms.signedCountE2();
        return Math.abs(after) > limits.positionE2()
                ? refusal(RefusalReason.POSITION_LIMIT, over("position after it", after, limits.positionE2(), 2))
                : Optional.empty();
    }

    private Optional<Refusal> openOrders(String id, String replaced, RiskView view) {
        long open = 1;
        for (CommandRecord record : view.unfinished()) {
            if (isOther(record, id, replaced) && (isEntry(record.command()) || isReduction(record.command()))) {
                open++;
            }
        }
        return open > limits.openOrders()
                ? refusal(RefusalReason.OPEN_ORDERS_LIMIT, over("open orders with it", open, limits.openOrders(), 0))
                : Optional.empty();
    }

    private Optional<Refusal> losses(EquityWatch equity) {
        if (equity.dailyLossE6() >= limits.dailyLossE6()) {
            return refusal(
                    RefusalReason.DAILY_LOSS_LIMIT,
                    over("loss since midnight", equity.dailyLossE6(), limits.dailyLossE6(), 6));
        }
        if (equity.dailyLossShareE4() >= limits.dailyLossShareE4()) {
            return refusal(
                    RefusalReason.DAILY_LOSS_LIMIT,
                    over("share lost since midnight", equity.dailyLossShareE4(), limits.dailyLossShareE4(), 4));
        }
        if (equity.weeklyLossShareE4() >= limits.weeklyLossShareE4()) {
            return refusal(
                    RefusalReason.DRAWDOWN_LIMIT,
                    over("share lost since Monday", equity.weeklyLossShareE4(), limits.weeklyLossShareE4(), 4));
        }
        return equity.drawdownShareE4() >= limits.drawdownShareE4()
                ? refusal(
                        RefusalReason.DRAWDOWN_LIMIT,
                        over("share below the peak", equity.drawdownShareE4(), limits.drawdownShareE4(), 4))
                : Optional.empty();
    }

    private Optional<Refusal> exposure(OrderTerms terms, String id, String replaced, RiskView view) {
        long held = view.account().positionE2(terms.ticker());
        long atRisk = view.account().worstCaseLossE6()
                + pendingE6(id, replaced, view)
                + openedE6(held, terms)
                + worstFeeE6(terms);
        long limit = Math.max(0, view.equity().equityE6()) * limits.exposureShareE4() / 10_000;
        return atRisk > limit
                ? refusal(RefusalReason.EXPOSURE_LIMIT, over("worst-case loss with it", atRisk, limit, 6))
                : Optional.empty();
    }

    private Optional<Refusal> rate(RiskView view) {
        OrderFlowLimits flow = limits.flow();
        long second = entriesSince(view, view.nowNanos() - SECOND_NANOS) + 1;
        if (second > flow.ordersPerSecond()) {
            return refusal(
                    RefusalReason.ORDER_RATE_LIMIT,
                    over("orders within a second with it", second, flow.ordersPerSecond(), 0));
        }
        long minute = entriesSince(view, view.nowNanos() - 60 * SECOND_NANOS) + 1;
        return minute > flow.ordersPerMinute()
                ? refusal(
                        RefusalReason.ORDER_RATE_LIMIT,
                        over("orders within a minute with it", minute, flow.ordersPerMinute(), 0))
                : Optional.empty();
    }

    private Optional<Refusal> cash(OrderTerms terms, String id, String replaced, RiskView view) {
        long held = view.account().positionE2(terms.ticker());
        long flowE6 = Account.cashBeforeFeeE6(held, terms.signedCountE2(), terms.yesPriceE4());
        long needed = Math.max(0, -flowE6) + worstFeeE6(terms);
        long free = view.account().cashE6() - pendingE6(id, replaced, view);
        return needed > free
                ? refusal(RefusalReason.INSUFFICIENT_CASH, over("cash needed", needed, free, 6))
                : Optional.empty();
    }

    /** What other unfinished entries may still cost, as if each filled whole at its limit. */
    private long pendingE6(String id, String replaced, RiskView view) {
        long pending = 0;
        for (CommandRecord record : view.unfinished()) {
            if (isOther(record, id, replaced)
                    && record.command() instanceof PlaceOrder order
                    && !order.terms().reduceOnly()) {
                pending += openedE6(0, order.terms()) + worstFeeE6(order.terms());
            }
        }
        return pending;
    }

    /** Cost of the contracts that the order opens beyond those it closes. */
    private static long openedE6(long held, OrderTerms terms) {
        boolean closesFirst = held != 0 && Long.signum(held) != terms.bookSide().sign();
        long opened = closesFirst ? Math.max(0, terms.countE2() - Math.abs(held)) : terms.countE2();
        int costE4 = terms.bookSide().sign() > 0 ? terms.yesPriceE4() : 10_000 - terms.yesPriceE4();
        return opened * costE4;
    }

    /** At the limit, where price and fee together are dearest; two units of the balance cover the rounding of many fills. */
    private long worstFeeE6(OrderTerms terms) {
        return fees.tradeFeeE6(terms.countE2(), terms.yesPriceE4(), true) + 2L * fees.balanceUnitE6();
    }

    /** Contracts that unfinished reductions of the market may still take: all exits together never exceed the position. */
    private static long reducingE2(String ticker, String id, RiskView view) {
        long reducing = 0;
        for (CommandRecord record : view.unfinished()) {
            Command other = record.command();
            if (other.id().equals(id) || !other.market().equals(Optional.of(ticker))) {
                continue;
            }
            if (other instanceof ClosePosition) {
                return Long.MAX_VALUE / 2;
            }
            if (other instanceof PlaceOrder order && order.terms().reduceOnly()) {
                reducing += order.terms().countE2();
            }
        }
        return reducing;
    }

    private static boolean isOther(CommandRecord record, String id, String replaced) {
        return !record.command().id().equals(id) && !record.command().id().equals(replaced);
    }

    private static boolean isEntry(Command command) {
        return command instanceof AmendOrder
                || command instanceof PlaceOrder order && !order.terms().reduceOnly();
    }

    private static boolean isReduction(Command command) {
        return command instanceof ClosePosition
                || command instanceof PlaceOrder order && order.terms().reduceOnly();
    }

    private static OrderTerms withCount(OrderTerms terms, long countE2) {
        return new OrderTerms(
                terms.ticker(),
                terms.exchangeIndex(),
                terms.bookSide(),
                terms.yesPriceE4(),
                countE2,
                terms.timeInForce(),
                terms.expiresNanos(),
                terms.postOnly(),
                terms.reduceOnly());
    }

    private static Refusal nothingToReduce(String ticker, long held) {
        return new Refusal(
                RefusalReason.NOTHING_TO_REDUCE,
                "held on " + ticker + " " + FixedPoint.format(held, 2) + ", the order would not make it smaller");
    }

    private static Refusal exitInFlight(String ticker, long held) {
        return new Refusal(
                RefusalReason.IN_FLIGHT,
                "held on " + ticker + " " + FixedPoint.format(held, 2)
                        + ", exits in flight may already take all of it");
    }

    private static String over(String what, long value, long limit, int scale) {
        return what + " " + FixedPoint.format(value, scale) + ", limit " + FixedPoint.format(limit, scale);
    }

    private static Optional<Refusal> refusal(RefusalReason reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }

    private static <T extends Command> RiskVerdict<T> approved(T command) {
        return new RiskVerdict.Approved<>(new RiskApproved<>(command));
    }

    private static <T extends Command> RiskVerdict<T> refused(Refusal refusal) {
        return new RiskVerdict.Refused<>(refusal.reason(), refusal.detail());
    }

    private static <T extends Command> RiskVerdict<T> verdict(T command, Optional<Refusal> refusal) {
        return refusal.isPresent() ? refused(refusal.get()) : approved(command);
    }
}
