package voltage.local.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voltage.market.FeeAccumulator;
import voltage.market.Side;

/**
 * What orders bind of an account's cash on a shard: the cost of what they would open. Quantity that closes a position needs
 * none. Orders on one side of a market share the closing allowance in the order in which they would fill.
 */
final class Collateral {
    private static final Comparator<Order> FILLS_FIRST = Comparator.comparingInt(Order::ladderPriceE4)
            .reversed()
            .thenComparingLong(order -> order.queuedNanos)
            .thenComparingLong(order -> order.number);

    private record Place(Market market, Side ladder) {}

    private Collateral() {}

    /** Cash that an order may still use, in micro-dollars. */
    static long availableE6(Account account, int shard) {
        return account.cashE6(shard) - boundE6(account, shard, null);
    }

    /** Cash bound by the resting orders on a shard and by one that is about to come, which would fill first. */
    static long boundE6(Account account, int shard, @Nullable Order coming) {
        if (account.resting.isEmpty() && coming == null) {
            return 0;
        }
        Map<Place, List<Order>> places = new LinkedHashMap<>();
        if (coming != null) {
            add(places, coming);
        }
        List<Order> resting = new ArrayList<>(account.resting);
        resting.sort(FILLS_FIRST);
        for (Order order : resting) {
            if (order != coming && order.market.shard() == shard) {
                add(places, order);
            }
        }
        long boundE6 = 0;
        for (Map.Entry<Place, List<Order>> place : places.entrySet()) {
            long closingE2 = Math.max(
                    0,
                    -place.getKey().ladder().sign()
                            * account.netE2(place.getKey().market()));
            for (Order order : place.getValue()) {
                long closes = Math.min(closingE2, order.remainingE2);
                closingE2 -= closes;
                boundE6 += order.ladderPriceE4() * (order.remainingE2 - closes);
            }
        }
        return boundE6;
    }

    /** What a fill would leave of the account's cash. */
    static long cashAfterE6(Order order, int yesPriceE4, long countE2, boolean taker, ExchangeSettings settings) {
        Account account = order.account;
        Position held = account.held(order.market);
        long closes = held == null ? 0 : held.closingE2(order.ladder, countE2);
        int ladderPriceE4 = order.isBid() ? yesPriceE4 : 10_000 - yesPriceE4;
        long changeE6 = (10_000L - ladderPriceE4) * closes - ladderPriceE4 * (countE2 - closes);
        long feeE6 =
                new FeeAccumulator(settings.fees(), order.fees.heldE6()).feeE6(countE2, yesPriceE4, taker, changeE6);
        return account.cashE6(order.market.shard()) + changeE6 - feeE6;
    }

    private static void add(Map<Place, List<Order>> places, Order order) {
        places.computeIfAbsent(new Place(order.market, order.ladder), key -> new ArrayList<>())
                .add(order);
    }
}
