package voltage.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Interns tickers, also straight from the bytes of a frame, without allocating for a ticker seen before. Shared by a stream's
 * decoder and the engine that it feeds; used by one thread.
 */
public final class MarketKeys {
    private static final int MAX_TICKER_BYTES = 128;

    private final Map<String, MarketKey> byTicker = new HashMap<>();
    private MarketKey[] table = new MarketKey[64];
    private byte[][] names = new byte[64][];

    /** The key of a ticker, made on first sight. */
    public MarketKey of(String ticker) {
        MarketKey known = byTicker.get(ticker);
        if (known != null) {
            return known;
        }
        byte[] name = ticker.getBytes(StandardCharsets.US_ASCII);
        if (name.length == 0 || name.length > MAX_TICKER_BYTES) {
            throw new IllegalArgumentException(
                    "a ticker has 1 to " + MAX_TICKER_BYTES + " characters, was \"" + ticker + "\"");
        }
        MarketKey key = new MarketKey(ticker, byTicker.size());
        byTicker.put(ticker, key);
        if (byTicker.size() * 2 > table.length) {
            grow();
        }
        insert(key, name);
        return key;
    }

    /** As {@link #of(String)}, from ASCII bytes. */
    public MarketKey of(byte[] text, int from, int to) {
        int mask = table.length - 1;
        int slot = hash(text, from, to) & mask;
        while (true) {
            byte[] name = names[slot];
            if (name == null) {
                return of(new String(text, from, to - from, StandardCharsets.US_ASCII));
            }
            if (Arrays.equals(name, 0, name.length, text, from, to)) {
                return table[slot];
            }
            slot = (slot + 1) & mask;
        }
    }

    public int size() {
        return byTicker.size();
    }

    private void grow() {
        MarketKey[] oldTable = table;
        byte[][] oldNames = names;
        table = new MarketKey[oldTable.length * 2];
        names = new byte[oldNames.length * 2][];
        for (int i = 0; i < oldTable.length; i++) {
            if (oldNames[i] != null) {
                insert(oldTable[i], oldNames[i]);
            }
        }
    }

    private void insert(MarketKey key, byte[] name) {
        int mask = table.length - 1;
        int slot = hash(name, 0, name.length) & mask;
        while (names[slot] != null) {
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        table[slot] = key;
    }

    private static int hash(byte[] text, int from, int to) {
        int h = 0;
        for (int i = from; i < to; i++) {
            h = h * 31 + text[i];
        }
        return h ^ (h >>> 15);
    }
}
