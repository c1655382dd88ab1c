package voltage.local.exchange;

import java.util.List;
import voltage.market.Side;

/** An account without delay, as only the exchange itself knows it: for those who compare books. To be used in the exchange's own thread. */
public interface Inspection {
    /** @param canRest whether it may stay in the book */
    record OrderFact(
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

    record FillFact(
            String tradeId,
            String orderId,
            String ticker,
            long signedE2,
            int yesPriceE4,
            long feeE6,
            long positionAfterE2,
            long nanos) {}

    record SettlementFact(String ticker, Side result, long netE2, long payoutE6, long nanos) {}

    int orders();

    /** In order of appearance, from the one with this number, counted from 0. */
    List<OrderFact> ordersFrom(int first);

    List<OrderFact> resting();

    /** @throws IllegalArgumentException if the account has no such order */
    OrderFact order(String orderId);

    int fills();

    FillFact fill(int number);

    int settlements();

    SettlementFact settlement(int number);

    /** What the open contracts cost, over all markets, without fees. */
    long costE6();

    /** Bound or not, over all shards. */
    long cashE6();
}
