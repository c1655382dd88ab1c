package voltage.local.net;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole HTTP request.
 *
 * @param method upper case
 * @param path without query, percent-decoding left to the reader
 * @param query raw query without the question mark, or empty
 * @param headers first value of each, names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Request(String method, String path, String query, Map<String, String> headers, byte[] body) {
    /** A header's value, or null. */
    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
