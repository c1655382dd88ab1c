package voltage.local.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a list in order of falling numbers. A cursor names the last number seen, so pages stay right while the list
 * grows. A cursor that cannot be read is ignored, as Kalshi does.
 */
record Page<T>(List<T> items, String cursor) {
    /** @param newestLast in order of rising numbers */
    static <T> Page<T> of(
            List<T> newestLast, ToLongFunction<T> number, Predicate<T> wanted, @Nullable String cursor, int limit) {
        long below = decode(cursor);
        List<T> items = new ArrayList<>();
        for (int i = newestLast.size() - 1; i >= 0; i--) {
            T item = newestLast.get(i);
            if (number.applyAsLong(item) < below && wanted.test(item)) {
                if (items.size() == limit) {
                    return new Page<>(items, encode(number.applyAsLong(items.getLast())));
                }
                items.add(item);
            }
        }
        return new Page<>(items, "");
    }

    private static String encode(long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("n" + number).getBytes(StandardCharsets.US_ASCII));
    }

    private static long decode(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            return text.startsWith("n") ? Long.parseLong(text.substring(1)) : Long.MAX_VALUE;
        } catch (IllegalArgumentException e) {
            return Long.MAX_VALUE;
        }
    }
}
