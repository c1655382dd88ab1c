package voltage.local.session;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a plain or gzip file, as bytes, one at a time. A file that breaks off hands out its whole lines and then says where it
 * broke; memory is bounded by the longest line.
 */
final class LineReader implements AutoCloseable {
    /** Far above any frame: Kalshi's largest snapshot has some tens of kilobytes. */
    private static final int MAX_LINE_BYTES = 8 << 20;

    private final Path file;
    private final byte[] chunk = new byte[1 << 16];
    private final InputStream in;
    private @Nullable String broken;
    private byte[] line = new byte[1 << 14];
    private int length;
    private int position;
    private int limit;
    private long number;
    private boolean tooLong;
    private boolean isOver;

    LineReader(Path file) {
        this.file = file;
        InputStream opened = InputStream.nullInputStream();
        try {
            opened = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            if (file.toString().endsWith(".gz")) {
                opened = new GZIPInputStream(opened, 1 << 16);
            }
        } catch (EOFException | ZipException e) {
            isOver = true;
            broken = file + " is not a whole gzip file, nothing of it could be read: " + e.getMessage();
        } catch (IOException e) {
            isOver = true;
            broken = file + " cannot be read: " + e;
        }
        in = opened;
    }

    /** Goes to the next line; false at the end of what can be read. */
    boolean next() {
        length = 0;
        tooLong = false;
        while (true) {
            if (position == limit && !fill()) {
                if (length == 0 || broken != null) {
                    return false;
                }
                number++;
                return true;
            }
            int end = position;
            while (end < limit && chunk[end] != '\n') {
                end++;
            }
            append(position, end);
            boolean whole = end < limit;
            position = whole ? end + 1 : end;
            if (whole) {
                number++;
                return true;
            }
        }
    }

    /** The bytes of the current line, from 0 to {@link #length()}, without the line break; overwritten by the next one. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    }

    /** Whether the current line was longer than anything that can be meant, and has been cut. */
    boolean isTooLong() {
        return tooLong;
    }

    /** The current line's number, from 1. */
    long number() {
        return number;
    }

    /** Where and why the file broke off, once {@link #next()} has returned false; empty if it is whole. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() {
        if (isOver) {
            return false;
        }
        try {
            limit = Math.max(0, in.read(chunk));
        } catch (IOException e) {
            limit = 0;
            isOver = true;
            broken = file + " is truncated or damaged: it breaks off after line " + number + " (" + e.getMessage()
                    + "); what was whole has been read";
        }
        position = 0;
        return limit > 0;
    }

    private void append(int from, int to) {
        int count = to - from;
        if (length + count > MAX_LINE_BYTES) {
            tooLong = true;
            return;
        }
        if (length + count > line.length) {
            line = java.util.Arrays.copyOf(line, Math.max(line.length * 2, length + count));
        }
        System.arraycopy(chunk, from, line, length, count);
        length += count;
    }
}
