package voltage.kalshi.rest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.JsonFields;
import voltage.market.MalformedFrameException;

/** Kalshi, or something on the way to it, said no. */
public sealed interface KalshiError permits KalshiError.Refusal, KalshiError.Unauthorized {
    /** What it was, as far as this program must tell cases apart. */
    enum Code {
        /** The request could not be read: wrong types. A bug of ours. */
        BAD_REQUEST,
        INVALID_ORDER,
        /** A post-only order would have taken. */
        POST_ONLY_CROSS,
        /** Reduce-only with a resting order. */
        REDUCE_ONLY,
        /** Off the grid or out of range. */
        INVALID_PRICE,
        INVALID_ORDER_SIZE,
        /** Also when the money is on another shard. */
        INSUFFICIENT_BALANCE,
        /** The order named is not of this client id, side or ticker. */
        ORDER_MISMATCH,
        MARKET_CLOSED,
        /** Nothing can be placed; cancelling may be possible. */
        PAUSED,
        /** Our clock is off by more than some seconds. */
        CLOCK_SKEW,
        /** Wrong key, wrong signature or missing headers. */
        UNAUTHORIZED,
        /** The key may not do this. */
        FORBIDDEN,
        /** No such order or market, or not on this shard. Of a cancel: says nothing about why the order is gone; it may be filled. */
        NOT_FOUND,
        /** This client order id was used before: the order is there, or was. */
        ORDER_ALREADY_EXISTS,
        /** A fill-or-kill order found too little: a normal outcome. */
        FILL_OR_KILL_UNFILLED,
        /** The order's group has tripped or would: it takes no orders until it is reset. */
        ORDER_GROUP_LIMIT,
        /** The order's group was triggered while it was on its way. */
        ORDER_GROUP_CANCEL,
        /** No such group on this shard; the order had no effect. */
        ORDER_GROUP_NOT_FOUND,
        /** The endpoint is gone. */
        DEPRECATED,
        RATE_LIMITED,
        /** A failure of Kalshi's. */
        SERVER,
        /** Not sent: our own budget had no tokens in time. */
        NOT_SENT_BUDGET,
        /** Not sent: no connection could be made. */
        NOT_SENT_UNREACHABLE,
        UNKNOWN
    }

    Code code();

    /** 0 if it was never sent. */
    int httpStatus();

    /** Kalshi's own code, empty if it sent none. */
    String rawCode();

    String message();

    String details();

    /** Any error but of authorization. */
    record Refusal(Code code, int httpStatus, String rawCode, String message, String details) implements KalshiError {}

    /** HTTP 401: nothing at all can be done with this key, so trading must stop. */
    record Unauthorized(Code code, String rawCode, String message, String details) implements KalshiError {
        @Override
        public int httpStatus() {
            return 401;
        }
    }

    /** An error of our own making. */
    static KalshiError notSent(Code code, String message) {
        return new Refusal(code, 0, "", message, "");
    }

    /** Reads any of Kalshi's four shapes of error; what is none of them (a page of the edge) is kept as the message, shortened. */
    static KalshiError read(int httpStatus, byte[] body) {
        String rawCode = "";
        String message = "";
        String details = "";
        try {
            JsonFields fields = JsonFields.parse(body);
            JsonFields nested = fields.has("error") && !fields.isText("error") ? fields.object("error") : fields;
            rawCode = nested.textOr("code", "");
            message =
                    fields.isText("error") ? fields.text("error") : nested.textOr("message", nested.textOr("msg", ""));
            details = nested.textOr("details", "");
        } catch (MalformedFrameException noneOfTheShapes) {
            message = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
        }
        return of(httpStatus, rawCode, message, details);
    }

    /** As {@link #read}, from an error inside a body: one item of a batch. */
    static KalshiError ofItem(JsonFields error) throws MalformedFrameException {
        return of(200, error.textOr("code", ""), error.textOr("message", ""), error.textOr("details", ""));
    }

    /** The error of a 2xx answer that is none: a retired endpoint has been seen to answer so. */
    static @Nullable KalshiError hiddenIn(int httpStatus, JsonFields body) throws MalformedFrameException {
        if (!body.has("error")) {
            return null;
        }
        return body.isText("error")
                ? of(httpStatus, "", body.text("error"), "")
                : of(
                        httpStatus,
                        body.object("error").textOr("code", ""),
                        body.object("error").textOr("message", ""),
                        body.object("error").textOr("details", ""));
    }

    private static KalshiError of(int httpStatus, String rawCode, String message, String details) {
        Code code = code(httpStatus, rawCode.toLowerCase(Locale.ROOT), details.toLowerCase(Locale.ROOT));
        return httpStatus == 401
                ? new Unauthorized(code, rawCode, message, details)
                : new Refusal(code, httpStatus, rawCode, message, details);
    }

    private static Code code(int httpStatus, String raw, String details) {
        Code byName = switch (raw) {
            case "bad_request" -> Code.BAD_REQUEST;
            case "invalid_order" ->
                details.contains("post only")
                        ? Code.POST_ONLY_CROSS
                        : details.contains("reduce_only") ? Code.REDUCE_ONLY : Code.INVALID_ORDER;
            case "invalid_price" -> Code.INVALID_PRICE;
            case "invalid_order_size" -> Code.INVALID_ORDER_SIZE;
            case "insufficient_balance", "available_balance_too_low" -> Code.INSUFFICIENT_BALANCE;
            case "order_id_and_client_order_id_mismatch", "order_side_mismatch", "order_ticker_mismatch" ->
                Code.ORDER_MISMATCH;
            case "market_closed", "market_already_closed", "market_inactive", "market_not_active" -> Code.MARKET_CLOSED;
            case "trading_paused", "exchange_paused", "trading_is_paused", "exchange_is_paused" -> Code.PAUSED;
            case "header_timestamp_expired" -> Code.CLOCK_SKEW;
            case "not_found", "market_not_found", "order_not_found" -> Code.NOT_FOUND;
            case "order_already_exists" -> Code.ORDER_ALREADY_EXISTS;
            case "fill_or_kill_insufficient_resting_volume" -> Code.FILL_OR_KILL_UNFILLED;
            case "exceeded_order_group_risk_limit" -> Code.ORDER_GROUP_LIMIT;
            case "order_group_cancel" -> Code.ORDER_GROUP_CANCEL;
            case "order_group_not_found" -> Code.ORDER_GROUP_NOT_FOUND;
            case "deprecated_v1_order_endpoint" -> Code.DEPRECATED;
            default -> Code.UNKNOWN;
        };
        if (byName != Code.UNKNOWN) {
            return byName;
        }
        return switch (httpStatus) {
            case 400 -> raw.isEmpty() ? Code.BAD_REQUEST : Code.UNKNOWN;
            case 401 -> Code.UNAUTHORIZED;
            case 403 -> Code.FORBIDDEN;
            case 404 -> Code.NOT_FOUND;
            case 410 -> Code.DEPRECATED;
            case 429 -> Code.RATE_LIMITED;
            default -> httpStatus >= 500 ? Code.SERVER : Code.UNKNOWN;
        };
    }
}
