package voltage.store.journal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;

/**
 * How a record is laid out in a file: {@code <sequence> <receivedNanos> <kind> <length>\n}, the bytes, {@code \n}. In a segment
 * that holds all feeds, the feed's name stands first. Readable with {@code zstdcat} and {@code grep}, and safe for any bytes,
 * because the length decides and the line ends are only checked.
 */
final class Framing {
    /** The longest header there can be: feed, three numbers, the kind, blanks and the line's end. */
    static final int MAX_HEADER = 96;

    /** A record longer than this is taken for damage, not for data. */
    static final int MAX_LENGTH = 64 << 20;

    private static final byte[][] NAMES = new byte[Feed.values().length][];

    static {
        for (Feed feed : Feed.values()) {
            NAMES[feed.ordinal()] = feed.name().getBytes(StandardCharsets.US_ASCII);
        }
    }

    private Framing() {}

    static byte[] nameOf(Feed feed) {
        return NAMES[feed.ordinal()];
    }

    /** Writes a header at {@code at}, for which {@link #MAX_HEADER} bytes must be free, and returns its end. */
    static int putHeader(
            byte[] out, int at, @Nullable Feed feed, Kind kind, long sequence, long receivedNanos, int length) {
        int p = at;
        if (feed != null) {
            byte[] name = nameOf(feed);
            System.arraycopy(name, 0, out, p, name.length);
            p += name.length;
            out[p++] = ' ';
        }
        p = putNumber(out, p, sequence);
        out[p++] = ' ';
        p = putNumber(out, p, receivedNanos);
        out[p++] = ' ';
        out[p++] = kind.letter();
        out[p++] = ' ';
        p = putNumber(out, p, length);
        out[p++] = '\n';
        return p;
    }

    private static int putNumber(byte[] out, int at, long value) {
        int end = at + digits(value);
        long rest = value;
        for (int i = end - 1; i >= at; i--) {
            long tenth = rest / 10;
            out[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        return end;
    }

    private static int digits(long value) {
        int count = 1;
        for (long bound = 10; value >= bound; bound *= 10) {
            count++;
            if (count == 19) {
                break;
            }
        }
        return count;
    }

    static void check(long sequence, long receivedNanos, int length) {
        if (sequence < 0 || receivedNanos < 0) {
            throw new IllegalArgumentException("a record's sequence and time must not be negative, was sequence "
                    + sequence + " at " + receivedNanos);
        }
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a record must have 0 to " + MAX_LENGTH + " bytes, was " + length + " (sequence " + sequence + ")");
        }
    }
}
