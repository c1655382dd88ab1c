package voltage.lambda.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.PlaceOrder;
import voltage.order.Fill;
import voltage.order.Settlement;
import voltage.risk.RiskApproved;

/**
 * A lane's exchange. Orders can only be placed with the risk gate's approval. Mutations are sent once and never retried here; what
 * is not known of them is an answer. Reads may lag behind the matching engine, and {@link #userDataNanos()} says how far.
 *
 * <p>Every read throws {@link ExchangeUnavailableException} if it got no answer.
 */
public interface Exchange {
    /** What became of a placed or amended order. */
    sealed interface Outcome {
        /**
         * The exchange has it.
         *
         * @param filledE2 contracts executed so far, in hundredths; their prices and fees are only in the fills
         * @param remainingE2 contracts that rest now; 0 for what is cancelled at once
         */
        record Accepted(String orderId, long filledE2, long remainingE2, long exchangeNanos) implements Outcome {}

        /** The exchange refused it: it had no effect, except for {@link Rejection#ORDER_EXISTS}. */
        record Rejected(Rejection rejection, String detail) implements Outcome {}

        /** No answer, or one that says nothing: it may or may not have happened. */
        record Unknown(String cause) implements Outcome {}

        /** The key is not accepted. */
        record NotAuthorised(String detail) implements Outcome {}
    }

    /** Why an exchange refuses. */
    enum Rejection {
        /** The client order id was used before, by whatever order: ask for it. */
        ORDER_EXISTS,
        MARKET_CLOSED,
        INSUFFICIENT_CASH,
        /** A fill-or-kill order that could not be filled whole: a normal end. */
        NOT_FILLABLE,
        RATE_LIMITED,
        PRICE_INVALID,
        NOT_FOUND,
        /** The lane's order group is not known, or not there any more: an entry is never sent without one. */
        NO_ORDER_GROUP,
        /** The order group has hit its limit or was closed. */
        ORDER_GROUP_TRIPPED,
        /** The adapter cannot do this, for example rest an order on paper. */
        UNSUPPORTED,
        OTHER
    }

    /** What became of a cancel. */
    sealed interface CancelOutcome {
        record Cancelled(long reducedE2) implements CancelOutcome {}

        /** Not resting there: cancelled before, filled, or unknown. It proves nothing. */
        record NotFound() implements CancelOutcome {}

        record Rejected(Rejection rejection, String detail) implements CancelOutcome {}

        record Unknown(String cause) implements CancelOutcome {}

        record NotAuthorised(String detail) implements CancelOutcome {}
    }

    enum OrderStatus {
        RESTING,
        CANCELLED,
        EXECUTED
    }

    /** An order as the exchange lists it. Its price is a quote and never an execution. */
    record OrderView(
            String orderId,
            String clientOrderId,
            String ticker,
            BookSide bookSide,
            int yesPriceE4,
            OrderStatus status,
            long filledE2,
            long remainingE2) {}

    /** A market's final outcome. */
    record MarketResult(Side side, long settledNanos) {}

    /**
     * Places an order. Where there are order groups, an entry joins the lane's, which must have been obtained before; a reduction joins
     * none.
     */
    Outcome place(RiskApproved<PlaceOrder> order);

    /** The exchange's own limit on this lane's entries; empty if it has no such thing, as on paper. */
    Optional<OrderGroup> orderGroup();

    CancelOutcome cancel(String ticker, int exchangeIndex, String orderId);

    Outcome amend(RiskApproved<AmendOrder> amend, String orderId);

    /**
     * Takes down whatever of the account rests, on all shards, in as few requests as the exchange allows and ahead of all others. It
     * may also catch orders that arrive shortly after. {@code Cancelled} carries 0 if the exchange does not count.
     */
    CancelOutcome cancelEverything();

    /** All orders of the account that rest on this lane's shard, whoever placed them. */
    List<OrderView> resting();

    /** The order that bears this client order id, if the listing shows it. */
    Optional<OrderView> findByClientOrderId(String ticker, String clientOrderId);

    Optional<OrderView> order(String ticker, String orderId);

    List<Fill> fillsOfOrder(String ticker, String orderId);

    List<Fill> fillsOfMarket(String ticker);

    /** All fills at or after a moment, oldest first. */
    List<Fill> fillsSince(long nanos);

    /** Signed contracts by ticker in unsettled markets, in hundredths. */
    Map<String, Long> positions();

    /** What the exchange paid us for a market, as it reported it; empty until it has, and for ever if nothing was held. */
    Optional<Settlement> settlement(String ticker);

    /** A market's result once it is final, not merely determined. */
    Optional<MarketResult> marketResult(String ticker);

    /** Cash on the shard that trades these markets, in micro-dollars. */
    long cashE6();

    /** The moment up to which the reads above show what happened, by the exchange's clock. */
    long userDataNanos();

    /**
     * A moment by the exchange's clock, by a second or less to come: everything that has happened there up to now bears an earlier time.
     * Data from then on leave nothing of it out, however wrong our own clock may be.
     */
    long latestNowNanos();
}
