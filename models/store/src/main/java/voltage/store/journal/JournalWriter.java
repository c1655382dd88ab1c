package voltage.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;

/**
 * Writes the journal. For one thread, the engine's; only {@link #status()} may be called from others.
 *
 * <p>Records of all feeds go, in order, into one open segment, so that whatever survives a crash is a prefix of what the engine
 * saw. When a record of the next five minutes arrives, the segment is closed and becomes one compressed object per feed in the
 * background. A record that arrives a little out of time stays with its neighbours.
 *
 * <p>A record is acknowledged when {@link #flush()} returns: from then on it survives the death of this process, at any instant.
 */
public final class JournalWriter implements Journal, AutoCloseable {
    private final Path directory;
    private final FileChannel lockChannel;
    private final SegmentFiler filer;
    private final SegmentRecovery recovery;
    private final byte[] buffer;

    private int used;
    private @Nullable RandomAccessFile file;
    private Path segment;
    private long windowEndNanos;
    /** Bytes of the open segment that were written whole. */
    private long segmentBytes;
    /** A failed write may have left part of itself behind. */
    private boolean tailInDoubt;

    private long lastSequence;
    private long records;
    private volatile long recordsWritten;
    private volatile long bytesWritten;

    private JournalWriter(Path directory, JournalArchive archive, JournalOptions options, FileChannel lockChannel)
            throws IOException {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.segment = directory;
        this.buffer = new byte[options.bufferBytes()];
        Files.createDirectories(directory.resolve(ObjectName.ROOT).resolve("open"));
        JournalDirectory listing = JournalDirectory.list(directory);
        this.recovery = SegmentRecovery.recover(listing);
        this.lastSequence = recovery.lastSequence();
        this.filer = new SegmentFiler(directory, archive, options, listing.unarchived());
        filer.fileLeftOvers();
        filer.start();
    }

    /**
     * Opens the journal in {@code directory}, making it if absent, and recovers what an earlier incarnation left unfinished.
     *
     * @throws IllegalStateException if another process writes this journal
     * @throws JournalFullException if the directory cannot be written
     */
    public static JournalWriter open(Path directory, JournalArchive archive, JournalOptions options) {
        FileChannel lockChannel = null;
        try {
            Path root = directory.resolve(ObjectName.ROOT);
            Files.createDirectories(root);
            lockChannel = FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(directory, lockChannel);
            return new JournalWriter(directory, archive, options, lockChannel);
        } catch (IOException e) {
            closeQuietly(lockChannel);
            throw new JournalFullException(directory, e);
        } catch (RuntimeException e) {
            closeQuietly(lockChannel);
            throw e;
        }
    }

    private static void lock(Path directory, FileChannel channel) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalStateException("the journal in \"" + directory
                    + "\" is being written by another process. Remedy: stop that one, or name another directory.");
        }
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    /** What an earlier incarnation left unfinished, found when this one was opened. */
    public SegmentRecovery recovery() {
        return recovery;
    }

    @Override
    public void append(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to) {
        int length = to - from;
        Framing.check(sequence, receivedNanos, length);
        if (sequence <= lastSequence) {
            throw new IllegalArgumentException(
                    "the journal's sequences must increase, was " + sequence + " after " + lastSequence);
        }
        if (file == null || isOutside(receivedNanos)) {
            startSegment(sequence, receivedNanos);
        }
        if (Framing.MAX_HEADER + length + 1 > buffer.length - used) {
            writeThrough();
        }
        if (Framing.MAX_HEADER + length + 1 > buffer.length) {
            byte[] whole = new byte[Framing.MAX_HEADER + length + 1];
            write(whole, encode(whole, 0, feed, kind, sequence, receivedNanos, bytes, from, length));
        } else {
            used = encode(buffer, used, feed, kind, sequence, receivedNanos, bytes, from, length);
        }
        lastSequence = sequence;
        records++;
    }

    /** Of the open segment's five minutes; the five before are let in, because feeds are not in step to the nanosecond. */
    private boolean isOutside(long receivedNanos) {
        return receivedNanos >= windowEndNanos || receivedNanos < windowEndNanos - 2 * ObjectName.WINDOW_NANOS;
    }

    private static int encode(
            byte[] out,
            int at,
            Feed feed,
            Kind kind,
            long sequence,
            long receivedNanos,
            byte[] bytes,
            int from,
            int length) {
        int p = Framing.putHeader(out, at, feed, kind, sequence, receivedNanos, length);
        System.arraycopy(bytes, from, out, p, length);
        out[p + length] = '\n';
        return p + length + 1;
    }

    @Override
    public void flush() {
        if (used > 0) {
            writeThrough();
        }
    }

    /** Safe from any thread. */
    public JournalStatus status() {
        return filer.status(recordsWritten, bytesWritten);
    }

    /** Acknowledges everything, closes the segment and waits a bounded time for it to be compressed and archived. */
    @Override
    public void close() {
        try {
            flush();
            closeSegment();
        } finally {
            filer.close();
            closeQuietly(file);
            closeQuietly(lockChannel);
        }
    }

    private void startSegment(long sequence, long receivedNanos) {
        flush();
        closeSegment();
        long window = ObjectName.windowOf(receivedNanos);
        segment = directory.resolve(ObjectName.openPath(sequence, window));
        // Before the file exists, so that the filer never takes it for a closed one.
        filer.opened(segment);
        try {
            file = new RandomAccessFile(segment.toFile(), "rw");
            // A left-over of the same name held no whole record, or its sequence would be taken.
            file.setLength(0);
        } catch (IOException e) {
            closeQuietly(file);
            file = null;
            throw new JournalFullException(segment, e);
        }
        segmentBytes = 0;
        tailInDoubt = false;
        windowEndNanos = window + ObjectName.WINDOW_NANOS;
    }

    private void closeSegment() {
        RandomAccessFile open = file;
        if (open == null) {
            return;
        }
        if (tailInDoubt) {
            writeThrough();
        }
        closeQuietly(open);
        file = null;
        filer.opened(null);
        filer.file(segment);
    }

    private void writeThrough() {
        write(buffer, used);
        used = 0;
    }

    private void write(byte[] from, int length) {
        RandomAccessFile open = file;
        if (open == null) {
            throw new IllegalStateException("no segment is open");
        }
        try {
            if (tailInDoubt) {
                open.setLength(segmentBytes);
                open.seek(segmentBytes);
                tailInDoubt = false;
            }
            open.write(from, 0, length);
        } catch (IOException e) {
            tailInDoubt = true;
            throw new JournalFullException(segment, e);
        }
        segmentBytes += length;
        bytesWritten += length;
        recordsWritten = records;
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        if (closeable != null) {
            try {
                closeable.close();
            } catch (Exception e) {
                // Everything acknowledged was written before; the operating system closes what this cannot.
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
