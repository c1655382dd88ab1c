package voltage.kalshi.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Steps through JSON as bytes, eight at a time where that pays. Positions are indices; −1 means not there or out of the ordinary. */
final class JsonBytes {
    /** No number that any field may hold. */
    static final long UNUSUAL = Long.MIN_VALUE;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long ZEROS = ONES * '0';
    private static final long HIGH_NIBBLES = 0xf0f0f0f0f0f0f0f0L;

    private JsonBytes() {}

    /** The position of the value after a key that ends at {@code keyEnd}. */
    static int valueAfter(byte[] b, int keyEnd, int to) {
        if (keyEnd < 0) {
            return -1;
        }
        int i = skipSpace(b, keyEnd + 1, to);
        return i < to && b[i] == ':' ? skipSpace(b, i + 1, to) : -1;
    }

    static int skipSpace(byte[] b, int at, int to) {
        int i = at;
        while (i < to && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** The closing quote of a string that opens at {@code at}; as {@link #stringEnd}. */
    static int stringValueEnd(byte[] b, int at, int to) {
        return at >= 0 && at < to && b[at] == '"' ? stringEnd(b, at + 1, to) : -1;
    }

    /** The closing quote of a plain ASCII string; −1 also for an escape, a control or a non-ASCII byte before it. */
    static int stringEnd(byte[] b, int at, int to) {
        int i = at;
        while (i + 8 <= to) {
            long w = (long) WORD.get(b, i);
            long quote = w ^ QUOTES;
            long backslash = w ^ BACKSLASHES;
            long special = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((w - ONES * 0x20) & ~w) | w;
            special &= HIGHS;
            if (special != 0) {
                // The lowest flag is exact; higher ones may be borrowed.
                int found = i + (Long.numberOfTrailingZeros(special) >>> 3);
                return b[found] == '"' ? found : -1;
            }
            i += 8;
        }
        for (; i < to; i++) {
            int c = b[i];
            if (c == '"') {
                return i;
            }
            if (c < 0x20 || c == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /** The {@code length} ≤ 8 bytes at {@code at}, the first one lowest. */
    static long word(byte[] b, int at, int length) {
        if (at + 8 <= b.length) {
            long w = (long) WORD.get(b, at);
            return length == 8 ? w : w & ((1L << (length << 3)) - 1);
        }
        long w = 0;
        for (int i = Math.min(length, b.length - at) - 1; i >= 0; i--) {
            w = w << 8 | (b[at + i] & 0xff);
        }
        return w;
    }

    /** The position after {@code literal}, which must stand at {@code at}; −1 if it does not, or if {@code at} is −1. */
    static int after(byte[] literal, byte[] b, int at, int to) {
        int length = literal.length;
        int end = at + length;
        if (at < 0 || end > to) {
            return -1;
        }
        if (length < 8) {
            return word(b, at, length) == word(literal, 0, length) ? end : -1;
        }
        // The last eight bytes may be compared twice.
        long difference = (long) WORD.get(b, end - 8) ^ (long) WORD.get(literal, length - 8);
        for (int i = 0; i + 8 < length; i += 8) {
            difference |= (long) WORD.get(b, at + i) ^ (long) WORD.get(literal, i);
        }
        return difference == 0 ? end : -1;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static long word(String text) {
        byte[] bytes = ascii(text);
        return word(bytes, 0, bytes.length);
    }

    /** The number that the eight bytes at {@code at} spell, or −1 if one of them is no digit. */
    static long eightDigits(byte[] b, int at, int to) {
        return at + 8 > to ? -1 : eightDigits((long) WORD.get(b, at));
    }

    private static long eightDigits(long text) {
        if (((text & HIGH_NIBBLES) ^ ZEROS | ((text + ONES * 6) & HIGH_NIBBLES) ^ ZEROS) != 0) {
            return -1;
        }
        long w = text - ZEROS;
        w = w * 10 + (w >>> 8);
        return ((w & 0x000000ff000000ffL) * (100 + (1_000_000L << 32))
                        + (w >>> 16 & 0x000000ff000000ffL) * (1 + (10_000L << 32)))
                >>> 32;
    }

    /**
     * A decimal with exactly {@code scale} of 1 to 4 places and at most eight characters after its sign, as Kalshi writes it; else
     * {@link #UNUSUAL}. Hardly branches: lengths and signs change from frame to frame and cannot be predicted.
     */
    static long usualDecimal(byte[] b, int from, int to, int scale) {
        if (from >= to || to < 8) {
            return UNUSUAL;
        }
        int minus = b[from] == '-' ? 1 : 0;
        int length = to - from - minus;
        if (length > 8 || length < scale + 2) {
            return UNUSUAL;
        }
        // The last eight bytes, with zeros for what stands before the number.
        int before = (8 - length) << 3;
        long w = (long) WORD.get(b, to - 8);
        w = before == 0 ? w : w >>> before << before | ZEROS >>> (64 - before);
        // The places keep theirs, what is before the point moves up by one over it.
        int places = 64 - (scale << 3);
        if ((w >>> (places - 8) & 0xff) != '.') {
            return UNUSUAL;
        }
        long kept = -1L << places;
        w = w & kept | w << 8 & ~kept | '0';
        long magnitude = eightDigits(w);
        return magnitude < 0 ? UNUSUAL : (magnitude ^ -minus) + minus;
    }
}
