package voltage.local.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A REST answer.
 *
 * @param status HTTP status, or 0 for an answer that is lost on the way: the client waits until it gives up
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record ExchangeResponse(int status, Map<String, String> headers, byte[] body) {
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    static ExchangeResponse json(int status, String body) {
        return new ExchangeResponse(status, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    static ExchangeResponse html(int status, String body) {
        return new ExchangeResponse(status, Map.of("content-type", "text/html"), body.getBytes(StandardCharsets.UTF_8));
    }

    static ExchangeResponse empty(int status) {
        return new ExchangeResponse(status, Map.of(), new byte[0]);
    }

    static ExchangeResponse lost() {
        return empty(0);
    }

    public boolean isLost() {
        return status == 0;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
