package voltage.local.exchange;

import java.util.Collection;
import java.util.List;

/** Looks straight into an account. */
final class AccountInspection implements Inspection {
    private final Account account;

    AccountInspection(Account account) {
        this.account = account;
    }

    @Override
    public int orders() {
        return account.orders.size();
    }

    @Override
    public List<OrderFact> ordersFrom(int first) {
        return account.orders.values().stream()
                .skip(first)
                .map(AccountInspection::fact)
                .toList();
    }

    @Override
    public List<OrderFact> resting() {
        Collection<Order> resting = account.resting;
        return resting.stream().map(AccountInspection::fact).toList();
    }

    @Override
    public OrderFact order(String orderId) {
        Order order = account.orders.get(orderId);
        if (order == null) {
            throw new IllegalArgumentException("the account has no order \"" + orderId + "\"");
        }
        return fact(order);
    }

    private static OrderFact fact(Order order) {
        String clientOrderId = order.clientOrderId;
        return new OrderFact(
                order.id,
                clientOrderId == null ? "" : clientOrderId,
                order.market.ticker(),
                order.ladder.sign(),
                order.priceE4,
                order.initialE2,
                order.filledE2,
                order.remainingE2,
                order.reduceOnly,
                order.timeInForce == Order.TimeInForce.GOOD_TILL_CANCELED,
                order.isResting(),
                order.createdNanos);
    }

    @Override
    public int fills() {
        return account.fills.size();
    }

    @Override
    public FillFact fill(int number) {
        Fill fill = account.fills.get(number);
        return new FillFact(
                fill.tradeId(),
                fill.orderId(),
                fill.ticker(),
                fill.ladder().sign() * fill.countE2(),
                fill.priceE4(),
                fill.feeE6(),
                fill.postPositionE2(),
                fill.nanos());
    }

    @Override
    public int settlements() {
        return account.settlements.size();
    }

    @Override
    public SettlementFact settlement(int number) {
        Settlement settlement = account.settlements.get(number);
        return new SettlementFact(
                settlement.ticker(),
                settlement.result(),
                settlement.netE2(),
                settlement.payoutE6(),
                settlement.nanos());
    }

    @Override
    public long costE6() {
        return account.positions.values().stream()
                .mapToLong(position -> position.costE6)
                .sum();
    }

    @Override
    public long cashE6() {
        return account.cashE6.values().stream().mapToLong(Long::longValue).sum();
    }
}
