package voltage.lambda.execution;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.market.FeeSchedule;
import voltage.order.Account;
import voltage.order.BookSide;

/** What resting orders bind of the cash at the exchange: the cost of what they would open. The ledger knows nothing of it. */
final class BoundCash {
    private record Place(String ticker, BookSide side) {}

    private BoundCash() {}

    /** Orders of one market and side share what they may close, in the order in which they would fill. Micro-dollars. */
    static long boundE6(List<OrderView> resting, Account account) {
        List<OrderView> inOrder = resting.stream()
                .sorted(Comparator.comparingInt(BoundCash::costE4).reversed())
                .toList();
        Map<Place, Long> closing = new HashMap<>();
        long boundE6 = 0;
        for (OrderView order : inOrder) {
            Place place = new Place(order.ticker(), order.bookSide());
            long held = account.positionE2(order.ticker());
            long allowance =
                    closing.getOrDefault(place, Math.max(0, -order.bookSide().sign() * held));
            long closes = Math.min(allowance, order.remainingE2());
            closing.put(place, allowance - closes);
            boundE6 += costE4(order) * (order.remainingE2() - closes);
        }
        return boundE6;
    }

    /** What the orders could cost in fees: so much more an exchange may set aside for them. */
    static long feesE6(List<OrderView> resting, FeeSchedule fees) {
        return resting.stream()
                .mapToLong(
                        order -> fees.tradeFeeE6(order.remainingE2(), order.yesPriceE4(), true) + fees.balanceUnitE6())
                .sum();
    }

    private static int costE4(OrderView order) {
        return order.bookSide() == BookSide.BID ? order.yesPriceE4() : 10_000 - order.yesPriceE4();
    }
}
