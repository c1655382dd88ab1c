package voltage.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;

/**
 * Reads a whole journal back in the order in which the engine saw it: all feeds merged by sequence, one record in memory at a
 * time. Segments that a killed writer left behind are read too, so a journal need not be recovered to be read.
 */
public final class JournalReader {
    /** What to do where a file is damaged. */
    public enum OnDamage {
        /** Throw {@link JournalDamagedException}. */
        FAIL,
        /** End there, and say so in the {@link Summary}. What was handed out is then complete up to its last record. */
        STOP
    }

    /**
     * What was read.
     *
     * @param firstSequence of the first record, or -1 if there is none
     * @param lastSequence of the last record, or -1
     * @param missing sequence numbers between them that no record has
     * @param duplicates records that were there twice and handed out once
     * @param torn unfinished last records of segments that a killed writer left behind; none was ever acknowledged
     * @param damage where reading ended early, or null
     */
    public record Summary(
            long records,
            long bytes,
            long firstSequence,
            long lastSequence,
            long missing,
            long duplicates,
            long torn,
            @Nullable JournalDamagedException damage) {}

    private final List<Source> sources;
    private final Visitor visitor;
    private long records;
    private long bytes;
    private long first = -1;
    private long last = -1;
    private long missing;
    private long duplicates;

    private JournalReader(List<Source> sources, Visitor visitor) {
        this.sources = sources;
        this.visitor = visitor;
    }

    /**
     * Hands every record of the journal in {@code directory} to {@code visitor}.
     *
     * @throws JournalDamagedException if a file is truncated, altered or foreign and {@code onDamage} says to fail
     * @throws java.io.UncheckedIOException if there is no journal at all
     */
    public static Summary read(Path directory, OnDamage onDamage, Visitor visitor) {
        List<Source> sources = new ArrayList<>();
        JournalDirectory listing = JournalDirectory.list(directory);
        listing.objects().forEach((feed, files) -> sources.add(new Source(feed, files)));
        // Two segments can be open at once, just after one was closed: each is its own source.
        listing.open().forEach(entry -> sources.add(new Source(null, List.of(entry))));
        JournalReader reader = new JournalReader(sources, visitor);
        try {
            reader.merge();
            return reader.summary(null);
        } catch (JournalDamagedException e) {
            if (onDamage == OnDamage.FAIL) {
                throw e;
            }
            return reader.summary(e);
        } finally {
            sources.forEach(Source::close);
        }
    }

    /** The highest sequence in a directory's finished objects, as far as they are readable. */
    static OptionalLong lastSequence(JournalDirectory listing) {
        long highest = -1;
        for (var feed : listing.objects().entrySet()) {
            List<JournalDirectory.Entry> files = feed.getValue();
            JournalDirectory.Entry newest = files.getLast();
            try (RecordCursor cursor = JournalFile.openCursor(newest.file(), feed.getKey())) {
                while (cursor.next()) {
                    highest = Math.max(highest, cursor.sequence());
                }
            } catch (JournalDamagedException e) {
                highest = Math.max(highest, newest.firstSequence());
            }
        }
        return highest < 0 ? OptionalLong.empty() : OptionalLong.of(highest);
    }

    private void merge() {
        for (Source source : sources) {
            source.advance();
        }
        while (true) {
            Source lowest = null;
            long lowestHead = Long.MAX_VALUE;
            long secondHead = Long.MAX_VALUE;
            for (Source source : sources) {
                if (source.head < lowestHead) {
                    secondHead = lowestHead;
                    lowestHead = source.head;
                    lowest = source;
                } else if (source.head < secondHead) {
                    secondHead = source.head;
                }
            }
            if (lowest == null) {
                return;
            }
            do {
                deliver(lowest);
                lowest.advance();
            } while (lowest.head < secondHead);
        }
    }

    private void deliver(Source source) {
        RecordCursor cursor = source.cursor();
        long sequence = cursor.sequence();
        if (sequence <= last) {
            duplicates++;
            return;
        }
        if (first < 0) {
            first = sequence;
        } else {
            missing += sequence - last - 1;
        }
        last = sequence;
        records++;
        bytes += cursor.to() - cursor.from();
        visitor.record(
                cursor.feed(),
                cursor.kind(),
                sequence,
                cursor.receivedNanos(),
                cursor.bytes(),
                cursor.from(),
                cursor.to());
    }

    private Summary summary(@Nullable JournalDamagedException damage) {
        long torn = sources.stream().filter(source -> source.torn).count();
        return new Summary(records, bytes, first, last, missing, duplicates, torn, damage);
    }

    /** The files of one feed, or one unfinished segment, as one stream. */
    private static final class Source {
        private final @Nullable Feed feed;
        private final List<JournalDirectory.Entry> files;
        private int nextFile;
        private @Nullable RecordCursor cursor;
        private boolean firstOfFile;
        private boolean torn;
        /** Sequence of the current record, or the maximum at the end. */
        long head;

        Source(@Nullable Feed feed, List<JournalDirectory.Entry> files) {
            this.feed = feed;
            this.files = files;
        }

        RecordCursor cursor() {
            if (cursor == null) {
                throw new IllegalStateException("the source is at its end");
            }
            return cursor;
        }

        void advance() {
            while (true) {
                RecordCursor current = cursor;
                if (current == null) {
                    if (nextFile == files.size()) {
                        head = Long.MAX_VALUE;
                        return;
                    }
                    JournalDirectory.Entry entry = files.get(nextFile++);
                    current = open(entry.file());
                    cursor = current;
                    firstOfFile = true;
                }
                if (nextRecord(current)) {
                    head = current.sequence();
                    if (firstOfFile) {
                        checkName(files.get(nextFile - 1));
                    }
                    return;
                }
                current.close();
                cursor = null;
            }
        }

        private boolean nextRecord(RecordCursor current) {
            try {
                return current.next();
            } catch (JournalDamagedException e) {
                if (feed == null && e.isTruncated()) {
                    torn = true;
                    return false;
                }
                throw e;
            }
        }

        private void checkName(JournalDirectory.Entry entry) {
            firstOfFile = false;
            if (head != entry.firstSequence()) {
                throw JournalDamagedException.altered(
                        entry.file(),
                        0,
                        "its name says that it begins with sequence " + entry.firstSequence() + ", was " + head);
            }
        }

        private RecordCursor open(Path file) {
            if (feed != null) {
                return JournalFile.openCursor(file, feed);
            }
            try {
                return new RecordCursor(file, Files.newInputStream(file), null);
            } catch (NoSuchFileException e) {
                throw JournalDamagedException.truncated(file, 0, "it was removed while the journal was read");
            } catch (IOException e) {
                throw JournalDamagedException.unreadable(file, 0, e);
            }
        }

        void close() {
            if (cursor != null) {
                cursor.close();
                cursor = null;
            }
        }
    }
}
