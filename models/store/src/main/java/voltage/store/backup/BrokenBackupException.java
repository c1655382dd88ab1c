package voltage.store.backup;

import java.util.Locale;

/** A backup that is not what its manifest says. */
public final class BrokenBackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenBackupException(Shelf shelf, String day, String what) {
        super("the backup of " + day + " (" + shelf.name().toLowerCase(Locale.ROOT) + ") is broken: " + what
                + "; use another day's, and find out who wrote to the bucket");
    }
}
