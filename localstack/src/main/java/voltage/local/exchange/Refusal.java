package voltage.local.exchange;

/** A request that Kalshi answers with an error: the status and the exact body, in one of the four shapes that occur. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    private Refusal(int status, String body) {
        super(body, null, false, false);
        this.status = status;
        this.body = body;
    }

    /** {@code {"error":{"code","message"}}}: the message is the code in words. */
    static Refusal of(int status, String code) {
        return new Refusal(status, nested(code, code.replace('_', ' '), null));
    }

    static Refusal of(int status, String code, String details) {
        return new Refusal(status, nested(code, code.replace('_', ' '), details));
    }

    static Refusal authentication(String details) {
        return new Refusal(401, nested("authentication_error", "authentication_error", details));
    }

    static Refusal notFound() {
        return of(404, "not_found");
    }

    /** {@code {"code","message","details"}}: the body could not be decoded. */
    static Refusal undecodable(String details) {
        return new Refusal(
                400,
                new JsonText()
                        .object()
                        .field("code", "bad_request")
                        .field("message", "bad request")
                        .field("details", details)
                        .end()
                        .toString());
    }

    /** {@code {"msg"}}: a parameter failed validation. */
    static Refusal parameter(String operation, String struct, String field, String tag) {
        return new Refusal(
                400,
                new JsonText()
                        .object()
                        .field(
                                "msg",
                                "Parameter validation failed for " + operation + ": Key: '" + struct + "." + field
                                        + "' Error:Field validation for '" + field + "' failed on the '" + tag
                                        + "' tag")
                        .end()
                        .toString());
    }

    static Refusal tooManyRequests() {
        return new Refusal(429, "{\"error\":\"too many requests\"}");
    }

    static Refusal legacyOrderPath() {
        return new Refusal(
                410,
                "{\"error\":{\"code\":\"deprecated_v1_order_endpoint\",\"message\":\"Please switch to the V2 endpoints\","
                        + "\"details\":\"https://docs.kalshi.com/api-reference/orders/create-order-v2\"}}");
    }

    ExchangeResponse response() {
        return ExchangeResponse.json(status, body);
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    private static String nested(String code, String message, @org.jspecify.annotations.Nullable String details) {
        return new JsonText()
                .object()
                .object("error")
                .field("code", code)
                .field("message", message)
                .optional("details", details)
                .end()
                .end()
                .toString();
    }
}
