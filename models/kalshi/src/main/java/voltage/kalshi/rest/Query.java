package voltage.kalshi.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A path with a query, put together step by step. */
final class Query {
    private final StringBuilder text;
    private char separator = '?';

    private Query(String path) {
        text = new StringBuilder(path);
    }

    static Query of(String path) {
        return new Query(path);
    }

    /** One step of a path, percent-encoded. */
    static String step(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Adds a parameter unless it is empty. */
    Query with(String name, String value) {
        if (!value.isEmpty()) {
            text.append(separator).append(name).append('=').append(step(value));
            separator = '&';
        }
        return this;
    }

    Query with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** Adds a parameter unless it is 0. */
    Query withUnless0(String name, long value) {
        return value == 0 ? this : with(name, value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
