package voltage.kalshi.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voltage.market.MarketKey;
import voltage.market.MarketKeys;

/** The keys of the tickers that frames name again and again, found with one comparison. */
final class TickerCache {
    private static final int SLOTS = 256;
    private static final int SLOT_BITS = 8;
    private static final int MAX_TICKER_BYTES = 128;

    private final MarketKeys keys;
    private final byte[][] names = new byte[SLOTS][];
    private final @Nullable MarketKey[] found = new MarketKey[SLOTS];

    TickerCache(MarketKeys keys) {
        this.keys = keys;
        Arrays.fill(names, new byte[0]);
    }

    /** The ticker's key; null unless it is 1 to 128 printable ASCII characters without spaces. */
    @Nullable
    MarketKey of(byte[] b, int from, int to) {
        int length = to - from;
        if (length < 1 || length > MAX_TICKER_BYTES) {
            return null;
        }
        // Tickers of one series differ in their last characters.
        long tail = length < 8 ? JsonBytes.word(b, from, length) : JsonBytes.word(b, to - 8, 8);
        int slot = (int) ((tail * 0x9e3779b97f4a7c15L) >>> (64 - SLOT_BITS));
        byte[] name = names[slot];
        if (name.length == length && Arrays.equals(name, 0, length, b, from, to)) {
            return found[slot];
        }
        for (int i = from; i < to; i++) {
            if (b[i] <= ' ' || b[i] > '~') {
                return null;
            }
        }
        MarketKey key = keys.of(b, from, to);
        names[slot] = Arrays.copyOfRange(b, from, to);
        found[slot] = key;
        return key;
    }
}
