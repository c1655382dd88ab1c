package voltage.store.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backup holds. It is written last: a day without one has no backup.
 *
 * @param format of the files
 * @param stage whose tables these were
 * @param day UTC, for example {@code 2026-11-22}
 * @param createdAt when, in ISO form
 * @param tables one file each
 * @param ledgers by the lane's label, as they were before the first table was read: what was booked while it was read is in the files too,
 *     and need not be whole
 */
public record BackupManifest(
        String format,
        String stage,
        String day,
        String createdAt,
        List<Part> tables,
        SortedMap<String, LedgerDigest> ledgers) {
    /** The only format there has been. */
    public static final String FORMAT = "voltage-backup-1";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One table.
     *
     * @param table its role, in lower case
     * @param file below the backup's folder
     * @param items one a line
     * @param bytes of the compressed file
     * @param sha256 of the same, in hexadecimal
     */
    public record Part(String table, String file, long items, long bytes, String sha256) {}

    public BackupManifest {
        tables = List.copyOf(tables);
        ledgers = new TreeMap<>(ledgers);
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "this code reads backups of the format " + FORMAT + ", was \"" + format + "\"");
        }
    }

    /** Items of all tables. */
    public long items() {
        return tables.stream().mapToLong(Part::items).sum();
    }

    byte[] toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(this)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is plain records", e);
        }
    }

    /** @throws IOException if it is none; the message says what is wrong */
    static BackupManifest of(byte[] json) throws IOException {
        return JSON.readValue(json, BackupManifest.class);
    }
}
