package voltage.store.journal;

import java.nio.file.Path;

/** A journal file is not what it should be: truncated, altered, or not a journal file at all. */
public final class JournalDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;
    private final boolean truncated;

    private JournalDamagedException(
            Path file,
            long offset,
            boolean truncated,
            String message,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
        this.offset = offset;
        this.truncated = truncated;
    }

    static JournalDamagedException truncated(Path file, long offset, String what) {
        return new JournalDamagedException(file, offset, true, text(file, offset, what), null);
    }

    static JournalDamagedException altered(Path file, long offset, String what) {
        return new JournalDamagedException(file, offset, false, text(file, offset, what), null);
    }

    static JournalDamagedException unreadable(Path file, long offset, Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new JournalDamagedException(
                file, offset, false, text(file, offset, "it cannot be decompressed: " + why), cause);
    }

    static JournalDamagedException foreign(Path file, String rule) {
        return new JournalDamagedException(
                file,
                0,
                false,
                "\"" + file + "\" does not belong in a journal: " + rule + ". Remedy: move it elsewhere.",
                null);
    }

    private static String text(Path file, long offset, String what) {
        return "journal file \"" + file + "\" is damaged at byte " + offset + " of its uncompressed content: " + what
                + ". Remedy: fetch the file again from where it came, or read with the option to stop at damage, which uses"
                + " everything before it.";
    }

    public Path file() {
        return file;
    }

    /** Where the first unusable record begins, in uncompressed bytes. */
    public long offset() {
        return offset;
    }

    /** The file just ends too early, as after a process was killed while writing. */
    public boolean isTruncated() {
        return truncated;
    }
}
