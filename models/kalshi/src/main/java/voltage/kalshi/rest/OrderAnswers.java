package voltage.kalshi.rest;

import java.util.OptionalLong;
import voltage.kalshi.JsonFields;
import voltage.market.MalformedFrameException;

/** What the order endpoints answer. Times are unix milliseconds of the matching engine, which is ahead of what REST reads show. */
public final class OrderAnswers {
    private OrderAnswers() {}

    /**
     * An order was taken.
     *
     * @param filledE2 filled at once; all there will be of an order that does not rest
     * @param remainingE2 resting now
     * @param averagePrice on the YES scale, as Kalshi wrote it; empty if nothing was filled
     * @param averageFee of one contract, as Kalshi wrote it; empty if nothing was filled
     */
    public record Created(
            String orderId,
            String clientOrderId,
            long filledE2,
            long remainingE2,
            String averagePrice,
            String averageFee,
            long tsMillis) {
        static Created read(JsonFields body, String clientOrderId) throws MalformedFrameException {
            Created created = new Created(
                    body.text("order_id"),
                    body.textOr("client_order_id", clientOrderId),
                    body.decimal("fill_count", 2),
                    body.decimal("remaining_count", 2),
                    body.textOr("average_fill_price", ""),
                    body.textOr("average_fee_paid", ""),
                    body.integerOr("ts_ms", 0));
            same("client_order_id", clientOrderId, created.clientOrderId);
            return created;
        }
    }

    /** An order was taken off the book; {@code reducedByE2} is what was still resting. */
    public record Canceled(String orderId, long reducedByE2, long tsMillis) {
        static Canceled read(JsonFields body, String orderId) throws MalformedFrameException {
            same("order_id", orderId, body.text("order_id"));
            return new Canceled(orderId, body.decimal("reduced_by", 2), body.integerOr("ts_ms", 0));
        }
    }

    /** An order was changed. Counts come only if something was filled or the size changed. */
    public record Amended(
            String orderId,
            String clientOrderId,
            OptionalLong filledE2,
            OptionalLong remainingE2,
            String averagePrice,
            String averageFee,
            long tsMillis) {
        static Amended read(JsonFields body, String orderId) throws MalformedFrameException {
            same("order_id", orderId, body.text("order_id"));
            return new Amended(
                    orderId,
                    body.textOr("client_order_id", ""),
                    body.decimalIfPresent("fill_count", 2),
                    body.decimalIfPresent("remaining_count", 2),
                    body.textOr("average_fill_price", ""),
                    body.textOr("average_fee_paid", ""),
                    body.integerOr("ts_ms", 0));
        }
    }

    /** An order was made smaller. */
    public record Decreased(String orderId, long remainingE2, long tsMillis) {
        static Decreased read(JsonFields body, String orderId) throws MalformedFrameException {
            same("order_id", orderId, body.text("order_id"));
            return new Decreased(orderId, body.decimal("remaining_count", 2), body.integerOr("ts_ms", 0));
        }
    }

    /** Done, with nothing to say. */
    public record Done() {}

    /** In May 2026 some answers described another order; such an answer says nothing about ours. */
    private static void same(String name, String asked, String answered) throws MalformedFrameException {
        if (!asked.equals(answered)) {
            throw new MalformedFrameException(
                    "the answer must be about the " + name + " asked for, " + asked + ", was \"" + answered + "\"");
        }
    }
}
