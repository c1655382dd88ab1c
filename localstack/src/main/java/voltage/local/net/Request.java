package voltage.local.net;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    /** A request as it arrives when it is sent to an address. */
    public static Request to(String method, URI uri, Map<String, String> headers, byte[] body) {
        Map<String, String> lowerCase = new TreeMap<>();
        headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Request(method, path, uri.getRawQuery() == null ? "" : uri.getRawQuery(), lowerCase, body);
    }

    /** A header's value, or null. */
    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
