package voltage.kalshi.rest;

import java.util.ArrayList;
import java.util.List;

/**
 * One page of a list.
 *
 * @param cursor what to ask the next page with; empty on the last one
 */
public record Page<T>(List<T> items, String cursor) {
    public Page {
        items = List.copyOf(items);
    }

    public boolean isLast() {
        return cursor.isEmpty();
    }

    /** Fetches a page; an empty cursor means the first. */
    @FunctionalInterface
    public interface Fetch<T> {
        Page<T> page(String cursor) throws KalshiException;
    }

    /**
     * The items of all pages.
     *
     * @param maxPages where to stop, because a cursor that repeats would never end
     * @throws KalshiException if a page cannot be read, or if there are more pages than that: part of a list of orders or fills would be
     *     taken for the whole
     */
    public static <T> List<T> all(Fetch<T> fetch, int maxPages) throws KalshiException {
        List<T> items = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < maxPages; page++) {
            Page<T> next = fetch.page(cursor);
            items.addAll(next.items());
            if (next.isLast()) {
                return items;
            }
            cursor = next.cursor();
        }
        throw new KalshiException(
                "a list of more than " + maxPages + " pages",
                new IllegalStateException("narrow the request or allow more pages"));
    }
}
