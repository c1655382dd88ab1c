package voltage.local.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A full disk ends many things at once, wherever the next byte was due; the user is told of the one reason. */
final class DiskFull {
    private static final int DEPTH = 16;

    private DiskFull() {}

    /** What to tell the user if a full disk is behind a failure. */
    static Optional<String> message(Throwable failure, Path folder) {
        return isBehind(failure, DEPTH)
                ? Optional.of("the disk is full, in " + folder
                        + ": what was acknowledged is safe; make room there and run the same command again, or"
                        + " give another folder with --out")
                : Optional.empty();
    }

    private static boolean isBehind(@Nullable Throwable failure, int depth) {
        if (failure == null || depth == 0) {
            return false;
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (isBehind(suppressed, depth - 1)) {
                return true;
            }
        }
        return isBehind(failure.getCause(), depth - 1);
    }
}
