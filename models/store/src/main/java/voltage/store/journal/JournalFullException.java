package voltage.store.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The journal cannot be written: the disk is full or failing. Nothing acknowledged is lost, and the records not yet
 * acknowledged stay in memory for another {@link JournalWriter#flush()}. Whoever sees this stops entries: decisions
 * on input that is not journalled cannot be explained afterwards.
 */
public final class JournalFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalFullException(Path file, IOException cause) {
        super(text(file, cause), cause);
    }

    private static String text(Path file, IOException cause) {
        String why = String.valueOf(cause.getMessage());
        String lower = why.toLowerCase(Locale.ROOT);
        boolean full = lower.contains("no space") || lower.contains("quota") || lower.contains("too large");
        return "journal file \"" + file + "\" cannot be written" + (full ? ", the disk is full" : "") + ": " + why
                + ". No new position may be entered. Remedy: free space on that disk or move the journal directory.";
    }
}
