package voltage.local.exchange;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters behind a question mark. */
final class Query {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Query(String raw) {
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(decode(pair.substring(0, equals)), key -> new ArrayList<>())
                        .add(decode(pair.substring(equals + 1)));
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Nullable
    String text(String name) {
        List<String> all = values.get(name);
        return all == null || all.getFirst().isEmpty() ? null : all.getFirst();
    }

    boolean flag(String name) {
        return "true".equals(text(name));
    }

    /** Values given once with commas or several times. */
    Set<String> set(String name) {
        Set<String> set = new LinkedHashSet<>();
        for (String value : values.getOrDefault(name, List.of())) {
            Arrays.stream(value.split(",")).filter(part -> !part.isEmpty()).forEach(set::add);
        }
        return set;
    }

    OptionalLong number(String name) {
        String text = text(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Refusal.of(400, "invalid_parameters", name + " must be a number");
        }
    }

    OptionalInt shard() {
        OptionalLong index = number("exchange_index");
        return index.isPresent() ? OptionalInt.of((int) index.getAsLong()) : OptionalInt.empty();
    }

    /** @throws Refusal in the bare shape if it is out of range */
    int limit(String operation, int most) {
        long limit = number("limit").orElse(Math.min(100, most));
        String struct = operation + "Params";
        if (limit > most) {
            throw Refusal.parameter(operation, struct, "Limit", "lte");
        }
        if (limit < 0) {
            throw Refusal.parameter(operation, struct, "Limit", "gte");
        }
        return limit == 0 ? Math.min(100, most) : (int) limit;
    }

    /** Whether seconds lie within {@code min_X} and {@code max_X}. */
    boolean within(String what, long seconds) {
        return seconds >= number("min_" + what).orElse(Long.MIN_VALUE)
                && seconds <= number("max_" + what).orElse(Long.MAX_VALUE);
    }
}
