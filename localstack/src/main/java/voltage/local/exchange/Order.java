package voltage.local.exchange;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.market.FeeAccumulator;
import voltage.market.QueuePosition;
import voltage.market.Side;
import voltage.market.TickGrid;

/** An account's order as the matching engine holds it. */
final class Order {
    enum TimeInForce {
        FILL_OR_KILL,
        GOOD_TILL_CANCELED,
        IMMEDIATE_OR_CANCEL
    }

    enum SelfTrade {
        TAKER_AT_CROSS,
        MAKER
    }

    enum Status {
        RESTING,
        CANCELED,
        EXECUTED
    }

    final String id;
    final Account account;
    final Market market;
    /** The ladder that it rests on: YES for a bid, NO for an ask. */
    final Side ladder;

    final TimeInForce timeInForce;
    final SelfTrade selfTrade;
    final boolean cancelOnPause;
    final boolean reduceOnly;
    final @Nullable OrderGroup group;
    final FeeAccumulator fees;
    final long number;
    final long createdNanos;

    @Nullable
    String clientOrderId;

    /** YES scale, as in requests. */
    int priceE4;

    long initialE2;
    long remainingE2;
    long filledE2;
    long takerCostE6;
    long makerCostE6;
    long takerFeesE6;
    long makerFeesE6;
    OptionalLong expirationNanos = OptionalLong.empty();
    Schedule.@Nullable Item expiry;
    Status status = Status.RESTING;

    @Nullable
    String updateReason;

    long updatedNanos;
    /** When it took its present place in the queue: only trades after this serve it. */
    long queuedNanos;

    QueuePosition queue = new QueuePosition(0);

    Order(
            String id,
            Account account,
            Market market,
            Side ladder,
            TimeInForce timeInForce,
            SelfTrade selfTrade,
            boolean cancelOnPause,
            boolean reduceOnly,
            @Nullable OrderGroup group,
            FeeAccumulator fees,
            long number,
            long createdNanos) {
        this.id = id;
        this.account = account;
        this.market = market;
        this.ladder = ladder;
        this.timeInForce = timeInForce;
        this.selfTrade = selfTrade;
        this.cancelOnPause = cancelOnPause;
        this.reduceOnly = reduceOnly;
        this.group = group;
        this.fees = fees;
        this.number = number;
        this.createdNanos = createdNanos;
        this.updatedNanos = createdNanos;
        this.queuedNanos = createdNanos;
    }

    boolean isBid() {
        return ladder == Side.YES;
    }

    /** The price in the scale of its own ladder. */
    int ladderPriceE4() {
        return ladder == Side.YES ? priceE4 : TickGrid.ONE_DOLLAR_E4 - priceE4;
    }

    /** Grid index on its own ladder. */
    int index() {
        return market.book.grid().indexOf(ladderPriceE4());
    }

    boolean isResting() {
        return status == Status.RESTING && remainingE2 > 0;
    }

    OrderView view() {
        return new OrderView(
                number,
                id,
                clientOrderId,
                account.userId,
                market.ticker(),
                market.definition.eventTicker(),
                market.shard(),
                ladder,
                priceE4,
                status,
                initialE2,
                remainingE2,
                filledE2,
                takerCostE6,
                makerCostE6,
                takerFeesE6,
                makerFeesE6,
                expirationNanos,
                createdNanos,
                updatedNanos,
                timeInForce,
                selfTrade,
                group == null ? null : group.id,
                cancelOnPause,
                reduceOnly,
                updateReason,
                queue.aheadE2(),
                fees.heldE6());
    }
}
