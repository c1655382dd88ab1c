package voltage.spot.kraken;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import voltage.market.MalformedFrameException;
import voltage.spot.Json;

/**
 * The best levels of Kraken's book, checked against the checksum that comes with every change. Levels keep their text, for the checksum
 * is over the characters as sent.
 */
final class KrakenBook {
    private static final int CHECKED_LEVELS = 10;
    private static final int[] DEPTHS = {10, 25, 100, 500, 1_000};

    /** A level as sent; {@code priceE8} orders, the texts are checked. */
    private record Level(long priceE8, String price, String quantity, boolean isEmpty) {
        static Level read(Json row) throws MalformedFrameException {
            Json price = row.get("price");
            Json quantity = row.get("qty");
            return new Level(price.decimal(8), price.text(), quantity.text(), quantity.decimal(8) == 0);
        }
    }

    /** One message, read whole. */
    record Change(boolean isSnapshot, List<Level> bids, List<Level> asks, long checksum) {
        static Change read(Json row, boolean isSnapshot) throws MalformedFrameException {
            return new Change(
                    isSnapshot,
                    levels(row.get("bids")),
                    levels(row.get("asks")),
                    row.get("checksum").integer());
        }

        private static List<Level> levels(Json side) throws MalformedFrameException {
            List<Level> levels = new ArrayList<>();
            for (Json level : side.items()) {
                levels.add(Level.read(level));
            }
            return levels;
        }
    }

    private final NavigableMap<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Level> asks = new TreeMap<>();
    private int depth;
    private boolean isTrusted;
    private long failures;

    /** Nothing is known any more. */
    void clear() {
        bids.clear();
        asks.clear();
        isTrusted = false;
    }

    /**
     * Takes a message.
     *
     * @return whether the book now agrees with Kraken's and has both sides; if not, it says nothing until the next snapshot
     */
    boolean apply(Change change) {
        if (change.isSnapshot()) {
            clear();
            isTrusted = true;
            depth = depth(Math.max(change.bids().size(), change.asks().size()));
        }
        if (!isTrusted) {
            return false;
        }
        apply(change.bids(), bids);
        apply(change.asks(), asks);
        if (checksum() != change.checksum()) {
            failures++;
            clear();
            return false;
        }
        return !bids.isEmpty() && !asks.isEmpty();
    }

    long bidE4() {
        return bids.firstKey() / 10_000;
    }

    long askE4() {
        return asks.firstKey() / 10_000;
    }

    /** How often the book disagreed with Kraken's. */
    long failures() {
        return failures;
    }

    private void apply(List<Level> changes, NavigableMap<Long, Level> side) {
        for (Level level : changes) {
            if (level.isEmpty()) {
                side.remove(level.priceE8());
            } else {
                side.put(level.priceE8(), level);
            }
        }
        // Kraken does not say when a level falls out of the depth.
        while (side.size() > depth) {
            side.pollLastEntry();
        }
    }

    private static int depth(int levels) {
        for (int depth : DEPTHS) {
            if (levels <= depth) {
                return depth;
            }
        }
        return levels;
    }

    private long checksum() {
        StringBuilder text = new StringBuilder(400);
        asks.values().stream().limit(CHECKED_LEVELS).forEach(level -> append(text, level));
        bids.values().stream().limit(CHECKED_LEVELS).forEach(level -> append(text, level));
        CRC32 crc = new CRC32();
        crc.update(text.toString().getBytes(US_ASCII));
        return crc.getValue();
    }

    private static void append(StringBuilder text, Level level) {
        append(text, level.price());
        append(text, level.quantity());
    }

    private static void append(StringBuilder text, String number) {
        boolean hasBegun = false;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            hasBegun |= c >= '1' && c <= '9';
            if (hasBegun && c != '.') {
                text.append(c);
            }
        }
    }
}
