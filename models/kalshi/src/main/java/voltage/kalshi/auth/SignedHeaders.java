package voltage.kalshi.auth;

import java.util.Map;

/** The three headers of a private request or of the WebSocket handshake. */
public final class SignedHeaders {
    public static final String KEY = "KALSHI-ACCESS-KEY";
    public static final String TIMESTAMP = "KALSHI-ACCESS-TIMESTAMP";
    public static final String SIGNATURE = "KALSHI-ACCESS-SIGNATURE";

    private final ApiKey key;

    public SignedHeaders(ApiKey key) {
        this.key = key;
    }

    /**
     * Sign immediately before sending: Kalshi refuses a time that is more than some seconds off.
     *
     * @param method upper case
     * @param pathWithoutQuery from the host on: {@code /trade-api/v2/portfolio/balance}; for the stream {@code /trade-api/ws/v2}
     * @param millis unix time
     * @throws IllegalArgumentException for a path with a query, which Kalshi would answer with 401
     */
    public Map<String, String> of(String method, String pathWithoutQuery, long millis) {
        if (!pathWithoutQuery.startsWith("/") || pathWithoutQuery.indexOf('?') >= 0) {
            throw new IllegalArgumentException(
                    "a signed path starts with / and has no query, was \"" + pathWithoutQuery + "\"");
        }
        return Map.of(
                KEY, key.id(),
                TIMESTAMP, Long.toString(millis),
                SIGNATURE, key.signer().sign(text(method, pathWithoutQuery, millis)));
    }

    /** What is signed. */
    public static String text(String method, String pathWithoutQuery, long millis) {
        return millis + method + pathWithoutQuery;
    }

    @Override
    public String toString() {
        return "SignedHeaders[" + key + "]";
    }
}
