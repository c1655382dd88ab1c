package voltage.store.journal;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import voltage.market.Feed;

/**
 * One compressed file of records of one feed: an object of the journal, or a tape of a session. The file's name or folder says
 * which feed it is.
 */
public final class JournalFile {
    private static final int LEVEL = 3;

    /** A window of 128 KiB: records repeat their near past, so files get smaller with it, and it stays in a processor's cache. */
    private static final int WINDOW_LOG = 17;

    private JournalFile() {}

    /** Writes a file that appears under its name only when it is {@linkplain #finish() finished}. For one thread. */
    public static final class Writer implements AutoCloseable {
        private final Path file;
        private final Path temporary;
        private final FileChannel channel;
        private final OutputStream out;
        private final byte[] header = new byte[Framing.MAX_HEADER];
        private long lastSequence = -1;
        private long records;
        private boolean finished;

        private Writer(Path file) throws IOException {
            this.file = file;
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            this.temporary = file.resolveSibling(file.getFileName() + ".tmp");
            this.channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            try {
                ZstdOutputStreamNoFinalizer zstd =
                        new ZstdOutputStreamNoFinalizer(Channels.newOutputStream(channel), LEVEL);
                zstd.setChecksum(true);
                zstd.setWindowLog(WINDOW_LOG);
                this.out = new BufferedOutputStream(zstd, 64 << 10);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        /**
         * Starts a file; an existing one of this name stays until {@link #finish()}.
         *
         * @throws JournalFullException if it cannot be made
         */
        public static Writer create(Path file) {
            try {
                return new Writer(file);
            } catch (IOException e) {
                throw new JournalFullException(file, e);
            }
        }

        /**
         * Adds the record {@code bytes[from..to)}; sequences must increase.
         *
         * @throws JournalFullException if it cannot be written
         */
        public void append(Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to) {
            Framing.check(sequence, receivedNanos, to - from);
            if (sequence <= lastSequence) {
                throw new IllegalArgumentException(
                        "sequences must increase in \"" + file + "\", was " + sequence + " after " + lastSequence);
            }
            try {
                out.write(header, 0, Framing.putHeader(header, 0, null, kind, sequence, receivedNanos, to - from));
                out.write(bytes, from, to - from);
                out.write('\n');
            } catch (IOException e) {
                throw new JournalFullException(file, e);
            }
            lastSequence = sequence;
            records++;
        }

        public long records() {
            return records;
        }

        /**
         * Completes the file, brings it to the disk and gives it its name.
         *
         * @throws JournalFullException if it cannot be written
         */
        public void finish() {
            try {
                // Closing the compressor closes the channel, so it is flushed first and forced through a second one.
                out.close();
                try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                finished = true;
            } catch (IOException e) {
                throw new JournalFullException(file, e);
            }
        }

        /** Without {@link #finish()} nothing is left of the file. */
        @Override
        public void close() {
            if (finished) {
                return;
            }
            try {
                out.close();
            } catch (IOException e) {
                // The file is given up; that it cannot be completed does not matter.
            }
            try {
                channel.close();
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                // A left-over .tmp file is ignored by every reader and overwritten by the next writer.
            }
        }
    }

    /** Reads one file, record by record. For one thread. */
    public static final class Reader implements AutoCloseable {
        private final RecordCursor cursor;

        private Reader(RecordCursor cursor) {
            this.cursor = cursor;
        }

        /**
         * @param feed what all records of the file belong to
         * @throws JournalDamagedException if the file is not there or not readable
         */
        public static Reader open(Path file, Feed feed) {
            return new Reader(openCursor(file, feed));
        }

        /**
         * Goes to the next record; its bytes are valid until the next call.
         *
         * @return false at the end of the file
         * @throws JournalDamagedException if the file is truncated, altered or foreign
         */
        public boolean next() {
            return cursor.next();
        }

        public Kind kind() {
            return cursor.kind();
        }

        public long sequence() {
            return cursor.sequence();
        }

        public long receivedNanos() {
            return cursor.receivedNanos();
        }

        /** The buffer that holds the record, from {@link #from()} to {@link #to()}. */
        public byte[] bytes() {
            return cursor.bytes();
        }

        public int from() {
            return cursor.from();
        }

        public int to() {
            return cursor.to();
        }

        /** Hands all remaining records to {@code visitor}. */
        public void forEachRemaining(Visitor visitor) {
            while (cursor.next()) {
                visitor.record(
                        cursor.feed(),
                        cursor.kind(),
                        cursor.sequence(),
                        cursor.receivedNanos(),
                        cursor.bytes(),
                        cursor.from(),
                        cursor.to());
            }
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    static RecordCursor openCursor(Path file, Feed feed) {
        try {
            return new RecordCursor(file, new ZstdInputStreamNoFinalizer(Files.newInputStream(file)), feed);
        } catch (NoSuchFileException e) {
            throw JournalDamagedException.truncated(file, 0, "there is no such file");
        } catch (IOException e) {
            throw JournalDamagedException.unreadable(file, 0, e);
        }
    }
}
