package voltage.local.exchange;

import java.util.Collection;
import java.util.List;
import voltage.market.Side;

/** An account without delay, as only the exchange itself knows it: for those who compare books. To be used in the exchange's own thread. */
public final class Inspection {
    private final Account account;

    Inspection(Account account) {
        this.account = account;
    }

    /** @param canRest whether it may stay in the book */
    public record OrderFact(
            String orderId,
            String clientOrderId,
            String ticker,
            int sign,
            int yesPriceE4,
            long initialE2,
            long filledE2,
            long remainingE2,
            boolean reduceOnly,
            boolean canRest,
            boolean isResting,
            long createdNanos) {}

    public record FillFact(
            String tradeId,
            String orderId,
            String ticker,
            long signedE2,
            int yesPriceE4,
            long feeE6,
            long positionAfterE2,
            long nanos) {}

    public record SettlementFact(String ticker, Side result, long netE2, long payoutE6, long nanos) {}

    public int orders() {
        return account.orders.size();
    }

    /** In order of appearance, from the one with this number, counted from 0. */
    public List<OrderFact> ordersFrom(int first) {
        return account.orders.values().stream().skip(first).map(Inspection::fact).toList();
    }

    public List<OrderFact> resting() {
        Collection<Order> resting = account.resting;
        return resting.stream().map(Inspection::fact).toList();
    }

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

    public int fills() {
        return account.fills.size();
    }

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

    public int settlements() {
        return account.settlements.size();
    }

    public SettlementFact settlement(int number) {
        Settlement settlement = account.settlements.get(number);
        return new SettlementFact(
                settlement.ticker(),
                settlement.result(),
                settlement.netE2(),
                settlement.payoutE6(),
                settlement.nanos());
    }

    public long positionE2(String ticker) {
        Position position = account.positions.get(ticker);
        return position == null ? 0 : position.netE2;
    }

    /** What the open contracts cost, over all markets, without fees. */
    public long costE6() {
        return account.positions.values().stream().mapToLong(position -> position.costE6).sum();
    }

    /** Bound or not, over all shards. */
    public long cashE6() {
        return account.cashE6.values().stream().mapToLong(Long::longValue).sum();
    }
}
