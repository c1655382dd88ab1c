package voltage.store.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;

/** Steps through the records of one stream, in place: the current record lies in a buffer that is used again for the next. */
final class RecordCursor implements Closeable {
    private static final int WINDOW_BYTES = 256 << 10;

    private final Path file;
    private final InputStream in;
    private final boolean feedInHeader;
    private Feed feed;

    private byte[] window = new byte[WINDOW_BYTES];
    private int pos;
    private int limit;
    private boolean inputEnded;
    /** Uncompressed offset of {@code window[0]}. */
    private long base;

    private Kind kind = Kind.FRAME;
    private long sequence = -1;
    private long receivedNanos;
    private int from;
    private int to;

    /** @param feed the feed of all records, or null if each header names its own */
    RecordCursor(Path file, InputStream in, @Nullable Feed feed) {
        this.file = file;
        this.in = in;
        this.feedInHeader = feed == null;
        this.feed = feed == null ? Feed.KALSHI_STREAM : feed;
    }

    Feed feed() {
        return feed;
    }

    Kind kind() {
        return kind;
    }

    long sequence() {
        return sequence;
    }

    long receivedNanos() {
        return receivedNanos;
    }

    byte[] bytes() {
        return window;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Uncompressed offset of the end of the last whole record. */
    long end() {
        return base + pos;
    }

    /**
     * Goes to the next record.
     *
     * @return false if the stream ended where a record ended
     * @throws JournalDamagedException if the next record is not whole and well-formed; {@link #end()} stays before it
     */
    boolean next() {
        if (limit - pos < Framing.MAX_HEADER && !inputEnded) {
            refill(Framing.MAX_HEADER);
        }
        if (pos == limit) {
            return false;
        }
        byte[] w = window;
        int p = pos;
        if (feedInHeader) {
            p = readFeed(w, p);
        }
        int digitsFrom = p;
        long number = 0;
        while (p < limit && (w[p] & 0xF0) == 0x30 && w[p] <= '9') {
            number = number * 10 + (w[p++] - '0');
        }
        p = expect(w, p, digitsFrom, ' ');
        long nextSequence = number;
        digitsFrom = p;
        number = 0;
        while (p < limit && (w[p] & 0xF0) == 0x30 && w[p] <= '9') {
            number = number * 10 + (w[p++] - '0');
        }
        p = expect(w, p, digitsFrom, ' ');
        long nextNanos = number;
        Kind nextKind = p < limit ? Kind.ofLetter(w[p]) : Kind.FRAME;
        if (nextKind == null) {
            throw altered("the kind of a record was expected, was '" + printable(w[p]) + "'");
        }
        p = expect(w, p + 1, p, ' ');
        digitsFrom = p;
        number = 0;
        while (p < limit && (w[p] & 0xF0) == 0x30 && w[p] <= '9') {
            number = number * 10 + (w[p++] - '0');
        }
        p = expect(w, p, digitsFrom, '\n');
        if (number < 0 || number > Framing.MAX_LENGTH) {
            throw altered("a record's length must be 0 to " + Framing.MAX_LENGTH + ", was " + number);
        }
        if (nextSequence <= sequence || nextNanos < 0) {
            throw altered("sequence numbers must increase, was " + nextSequence + " after " + sequence);
        }
        int length = (int) number;
        if (limit - p <= length) {
            int header = p - pos;
            refill(header + length + 1);
            w = window;
            p = pos + header;
            if (limit - p <= length) {
                throw JournalDamagedException.truncated(
                        file, end(), "it ends inside the record with sequence " + nextSequence);
            }
        }
        if (w[p + length] != '\n') {
            throw altered("the record with sequence " + nextSequence + " does not end where its header says");
        }
        kind = nextKind;
        sequence = nextSequence;
        receivedNanos = nextNanos;
        from = p;
        to = p + length;
        pos = to + 1;
        return true;
    }

    private int readFeed(byte[] w, int at) {
        int p = at;
        while (p < limit && w[p] > ' ') {
            p++;
        }
        byte[] last = Framing.nameOf(feed);
        if (p < limit && Arrays.equals(w, at, p, last, 0, last.length)) {
            return p + 1;
        }
        p = expect(w, p, at, ' ');
        for (Feed candidate : Feed.values()) {
            byte[] name = Framing.nameOf(candidate);
            if (Arrays.equals(w, at, p - 1, name, 0, name.length)) {
                feed = candidate;
                return p;
            }
        }
        throw altered("the name of a feed was expected");
    }

    /** Checks that something was read since {@code since} and that {@code wanted} follows. */
    private int expect(byte[] w, int p, int since, char wanted) {
        if (p >= limit) {
            throw JournalDamagedException.truncated(file, end(), "it ends inside a record's header");
        }
        // 19 digits always fit a long; a twentieth could overflow unnoticed; feed names are shorter.
        if (p == since || w[p] != wanted || p - since > 19) {
            throw altered("a record's header was expected, was '" + printable(w[p]) + "' in it");
        }
        return p + 1;
    }

    private JournalDamagedException altered(String what) {
        return JournalDamagedException.altered(file, end(), what);
    }

    private static String printable(byte b) {
        return b > ' ' && b < 127 ? String.valueOf((char) b) : "byte " + (b & 0xFF);
    }

    /** Moves what is left to the front and reads until {@code needed} bytes are there or the stream ends. */
    private void refill(int needed) {
        byte[] target = needed > window.length ? new byte[Integer.highestOneBit(needed - 1) << 1] : window;
        System.arraycopy(window, pos, target, 0, limit - pos);
        window = target;
        base += pos;
        limit -= pos;
        pos = 0;
        while (limit < needed && !inputEnded) {
            try {
                int count = in.read(window, limit, window.length - limit);
                if (count < 0) {
                    inputEnded = true;
                } else {
                    limit += count;
                }
            } catch (IOException e) {
                String message = String.valueOf(e.getMessage());
                if (message.startsWith("Truncated")) {
                    throw JournalDamagedException.truncated(file, end(), "it ends inside a compressed block");
                }
                throw JournalDamagedException.unreadable(file, end(), e);
            }
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Only reading: what was read is already checked, and nothing depends on the file any more.
        }
    }
}
