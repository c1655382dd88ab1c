package voltage.local.feeds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import voltage.market.FixedPoint;

/** How venues write numbers and times, and what they read. */
final class Wire {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TO_MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TO_NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Wire() {}

    static long now(InstantSource clock) {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    static String micros(long nanos) {
        return TO_MICROS.format(instant(nanos));
    }

    static String nanos(long nanos) {
        return TO_NANOS.format(instant(nanos));
    }

    static long millis(long nanos) {
        return Math.floorDiv(nanos, 1_000_000L);
    }

    /** A price with at least so many places, and more only if it has them. */
    static String price(long priceE4, int places) {
        String text = FixedPoint.format(priceE4, 4);
        int end = text.length();
        int least = end - 4 + places;
        while (end > least && text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end);
    }

    /** A price with exactly eight places, as Binance writes it. */
    static String price8(long priceE4) {
        return FixedPoint.format(priceE4, 4) + "0000";
    }

    static String size(long sizeE8) {
        return FixedPoint.format(sizeE8, 8);
    }

    /** A client's message; missing if it is no JSON. */
    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** A text as a JSON string. */
    static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    /** The parameters of a query, decoded; the last of equal names. */
    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** A whole number of a query; empty if it is absent or none. */
    static Optional<Long> number(Map<String, String> parameters, String name) {
        try {
            return Optional.ofNullable(parameters.get(name)).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
