package voltage.store.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier incarnation left unfinished, made whole.
 *
 * @param segments left-over segments found
 * @param records whole records in them
 * @param tornRecords last records cut off because the process died while writing them; they were never acknowledged
 * @param tornBytes bytes cut off
 * @param lastSequence of all whole records of the journal, or -1
 */
public record SegmentRecovery(int segments, long records, int tornRecords, long tornBytes, long lastSequence) {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentRecovery.class);

    /** Cuts torn tails off all segments of the listing, so that each ends where a record ends. */
    static SegmentRecovery recover(JournalDirectory listing) throws IOException {
        long records = 0;
        int tornRecords = 0;
        long tornBytes = 0;
        long last = JournalReader.lastSequence(listing).orElse(-1);
        for (JournalDirectory.Entry entry : listing.open()) {
            Path segment = entry.file();
            boolean altered = false;
            long end;
            long recordsBefore = records;
            try (RecordCursor cursor = new RecordCursor(segment, Files.newInputStream(segment), null)) {
                try {
                    while (cursor.next()) {
                        records++;
                        last = Math.max(last, cursor.sequence());
                    }
                } catch (JournalDamagedException e) {
                    LOG.warn("{}", e.getMessage());
                    altered = !e.isTruncated();
                }
                end = cursor.end();
            }
            long cut = Files.size(segment) - end;
            if (cut > 0) {
                tornRecords++;
                tornBytes += cut;
                if (altered) {
                    // More than a process's death: the machine's, perhaps. Kept for a look, as nothing here is ever
                    // thrown away.
                    keep(segment, end);
                }
                try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                    channel.truncate(end);
                }
                LOG.warn("journal segment \"{}\" was cut by {} bytes to its last whole record", segment, cut);
            }
            if (records == recordsBefore) {
                // Its name promises a record that was never acknowledged; the next record may well want that name.
                Files.delete(segment);
            }
        }
        return new SegmentRecovery(listing.open().size(), records, tornRecords, tornBytes, last);
    }

    private static void keep(Path segment, long from) throws IOException {
        Path aside = segment.resolveSibling(segment.getFileName() + ".cut");
        try (InputStream in = Files.newInputStream(segment);
                OutputStream out = Files.newOutputStream(aside)) {
            in.skipNBytes(from);
            in.transferTo(out);
        }
    }
}
