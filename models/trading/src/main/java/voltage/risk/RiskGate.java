package voltage.risk;

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

/**
 * The last check before the exchange: a pure function of the command and of what the ledger says. The first broken rule is the
 * answer, in this order: fence, time to close, price, repetition, lease, armed, halted, paused, late, series, paid market, in flight,
 * quarantine, order size, position, open orders, losses, exposure, rate, cash; an amendment has no book, so it begins with fence and
 * lease.
 *
 * <p>What makes risk smaller passes all of that but the fence: stopping an exit because a limit is broken would keep the very
 * risk that broke it. Cancels pass the fence too, for an emergency stop wants nothing to rest. Settlements and reconciliations
 * never come here: they write down what the exchange did and ask it for nothing.
 *
 * <p>Entries and amendments need the lease of the worker that leads now. Arming and resuming need it too if a worker decided them;
 * the operator needs none.
 */
public final class RiskGate {
    private final RiskLimits limits;
    private final FeeSchedule fees;
    private final OrderFlow flow;

    /**
     * @param fees the dearest schedule that the lane's markets have
     */
    public RiskGate(RiskLimits limits, FeeSchedule fees) {
        this.limits = limits;
        this.fees = fees;
        flow = new OrderFlow(limits.flow());
    }

    /**
     * An entry against every limit, in place of the order that it replaces if there is one; a reduce-only order against the fence and what
     * is held, to which it is cut.
     */
    public RiskVerdict<PlaceOrder> check(PlaceOrder order, RiskView view) {
        if (!order.terms().reduceOnly()) {
            return verdict(
                    order,
                    fence(order.header(), view)
                            .or(() -> closing(order.seen(), view))
                            .or(() -> flow.price(order.terms(), order.seen()))
                            .or(() -> flow.repeated(order, view))
                            .or(() -> entry(
                                    order.header(),
                                    order.terms(),
                                    order.replaces().orElse(order.id()),
                                    view)));
        }
        Optional<Refusal> barred =
                fence(order.header(), view).or(() -> flow.exitRate(order.terms().ticker(), view));
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
        return approved(order.withCount(Math.min(terms.countE2(), reducible)));
    }

    /** The signed remainder of the position as a reduce-only order that is carried out at once. */
    public RiskVerdict<PlaceOrder> check(ClosePosition close, RiskView view) {
        Optional<Refusal> barred = fence(close.header(), view).or(() -> flow.exitRate(close.ticker(), view));
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

    /**
     * The amended order as if it were a new one in place of its target; what has filled of it counts again, to be safe. It may not
     * cost more than its target: the ledger goes on counting that one's first terms.
     */
    public RiskVerdict<AmendOrder> check(AmendOrder amend, RiskView view) {
        return verdict(
                amend,
                fence(amend.header(), view)
                        .or(() -> entry(amend.header(), amend.terms(), amend.targetCommandId(), view))
                        .or(() -> dearer(amend, view)));
    }

    private static Optional<Refusal> dearer(AmendOrder amend, RiskView view) {
        long costE6 = openedE6(0, amend.terms());
        for (CommandRecord record : view.unfinished()) {
            if (record.command() instanceof PlaceOrder target && target.id().equals(amend.targetCommandId())) {
                long mostE6 = openedE6(0, target.terms());
                return costE6 > mostE6
                        ? Refusal.of(
                                RefusalReason.EXPOSURE_LIMIT,
                                Refusal.over(
                                        "an amendment may not cost more than its order, replace it instead: cost",
                                        costE6,
                                        mostE6,
                                        6))
                        : Optional.empty();
            }
        }
        return Optional.empty();
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

    /** What entries and amendments have in common behind the fence. */
    private Optional<Refusal> entry(Header header, OrderTerms terms, String replaced, RiskView view) {
        return lease(header, view)
                .or(() -> switches(view))
                .or(() -> late(header, view))
                .or(() -> series(terms.ticker()))
                .or(() -> settled(terms.ticker(), view))
                .or(() -> inFlight(header.id(), terms.ticker(), replaced, view))
                .or(() -> flow.quarantine(terms.ticker(), view))
                .or(() -> size(terms, view))
                .or(() -> openOrders(header.id(), replaced, view))
                .or(() -> losses(view.equity()))
                .or(() -> exposure(terms, header.id(), replaced, view))
                .or(() -> flow.rate(view))
                .or(() -> cash(terms, header.id(), replaced, view));
    }

    private static Optional<Refusal> fence(Header header, RiskView view) {
        long fence = view.state().fenceEpoch();
        return header.fenceEpoch() < fence
                ? Refusal.of(
                        RefusalReason.FENCED, "decided under fence " + header.fenceEpoch() + ", the fence is " + fence)
                : Optional.empty();
    }

    private static Optional<Refusal> lease(Header header, RiskView view) {
        long lease = view.state().leaseEpoch();
        if (!header.hasLease()) {
            return Refusal.of(RefusalReason.STALE_LEASE, "sent under no lease, the lease is " + lease);
        }
        return header.leaseEpoch() < lease
                ? Refusal.of(
                        RefusalReason.STALE_LEASE,
                        "sent under lease " + header.leaseEpoch() + ", the lease is " + lease)
                : Optional.empty();
    }

    private static Optional<Refusal> switches(RiskView view) {
        if (!view.state().armed()) {
            return Refusal.of(RefusalReason.DISARMED, "armed is false, true is needed");
        }
        if (view.state().halted()) {
            return Refusal.of(RefusalReason.HALTED, "halted is true, false is needed");
        }
        return view.state().paused()
                ? Refusal.of(RefusalReason.PAUSED, "paused is true, false is needed")
                : Optional.empty();
    }

    private static Optional<Refusal> late(Header header, RiskView view) {
        long lateNanos = view.nowNanos() - header.refuseAfterNanos();
        return view.nowNanos() > header.refuseAfterNanos()
                ? Refusal.of(
                        RefusalReason.LATE, "late by " + FixedPoint.format(lateNanos / 1_000_000, 3) + " s, 0 allowed")
                : Optional.empty();
    }

    /** A price of something else than what the engine has a forecast for. */
    private Optional<Refusal> series(String ticker) {
        return limits.series().hold(ticker)
                ? Optional.empty()
                : Refusal.of(
                        RefusalReason.FOREIGN_SERIES,
                        ticker + " is of none of the traded series "
                                + limits.series().tickers());
    }

    /** A market that has paid stays settled, whatever a late command thinks. */
    private static Optional<Refusal> settled(String ticker, RiskView view) {
        Account.Position position = view.account().position(ticker);
        return position != null && position.isSettled()
                ? Refusal.of(RefusalReason.MARKET_CLOSED, ticker + " has paid out, an open market is needed")
                : Optional.empty();
    }

    private Optional<Refusal> closing(SeenBook seen, RiskView view) {
        long leftNanos = seen.closesNanos() - view.nowNanos();
        return leftNanos < limits.closeCutoffNanos()
                ? Refusal.of(
                        RefusalReason.MARKET_CLOSED,
                        "closes in " + FixedPoint.format(leftNanos / 1_000_000, 3) + " s, "
                                + FixedPoint.format(limits.closeCutoffNanos() / 1_000_000, 3) + " s are needed")
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
                return Refusal.of(
                        RefusalReason.IN_FLIGHT, "the outcome of " + other.id() + " is unknown, none may be unknown");
            }
            if (OrderFlow.isEntry(other) && other.market().equals(Optional.of(ticker))) {
                return Refusal.of(
                        RefusalReason.IN_FLIGHT,
                        other.id() + " is " + record.state().label() + " on " + ticker + ", one entry at a time");
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> size(OrderTerms terms, RiskView view) {
        if (terms.countE2() > limits.orderSizeE2()) {
            return Refusal.of(
                    RefusalReason.ORDER_SIZE_LIMIT,
                    Refusal.over("order size", terms.countE2(), limits.orderSizeE2(), 2));
        }
        long after = view.account().positionE2(terms.ticker()) + terms.signedCountE2();
        return Math.abs(after) > limits.positionE2()
                ? Refusal.of(
                        RefusalReason.POSITION_LIMIT, Refusal.over("position after it", after, limits.positionE2(), 2))
                : Optional.empty();
    }

    private Optional<Refusal> openOrders(String id, String replaced, RiskView view) {
        long open = 1;
        for (CommandRecord record : view.unfinished()) {
            if (isOther(record, id, replaced)
                    && (OrderFlow.isEntry(record.command()) || OrderFlow.isReduction(record.command()))) {
                open++;
            }
        }
        return open > limits.openOrders()
                ? Refusal.of(
                        RefusalReason.OPEN_ORDERS_LIMIT,
                        Refusal.over("open orders with it", open, limits.openOrders(), 0))
                : Optional.empty();
    }

    private Optional<Refusal> losses(EquityWatch equity) {
        if (equity.dailyLossE6() >= limits.dailyLossE6()) {
            return Refusal.of(
                    RefusalReason.DAILY_LOSS_LIMIT,
                    Refusal.over("loss since midnight", equity.dailyLossE6(), limits.dailyLossE6(), 6));
        }
        if (equity.dailyLossShareE4() >= limits.dailyLossShareE4()) {
            return Refusal.of(
                    RefusalReason.DAILY_LOSS_LIMIT,
                    Refusal.over("share lost since midnight", equity.dailyLossShareE4(), limits.dailyLossShareE4(), 4));
        }
        if (equity.weeklyLossShareE4() >= limits.weeklyLossShareE4()) {
            return Refusal.of(
                    RefusalReason.DRAWDOWN_LIMIT,
                    Refusal.over("share lost since Monday", equity.weeklyLossShareE4(), limits.weeklyLossShareE4(), 4));
        }
        return equity.drawdownShareE4() >= limits.drawdownShareE4()
                ? Refusal.of(
                        RefusalReason.DRAWDOWN_LIMIT,
                        Refusal.over("share below the peak", equity.drawdownShareE4(), limits.drawdownShareE4(), 4))
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
                ? Refusal.of(RefusalReason.EXPOSURE_LIMIT, Refusal.over("worst-case loss with it", atRisk, limit, 6))
                : Optional.empty();
    }

    private Optional<Refusal> cash(OrderTerms terms, String id, String replaced, RiskView view) {
        long held = view.account().positionE2(terms.ticker());
        long flowE6 = Account.cashBeforeFeeE6(held, terms.signedCountE2(), terms.yesPriceE4());
        long needed = Math.max(0, -flowE6) + worstFeeE6(terms);
        long free = view.account().cashE6() - pendingE6(id, replaced, view);
        return needed > free
                ? Refusal.of(RefusalReason.INSUFFICIENT_CASH, Refusal.over("cash needed", needed, free, 6))
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
