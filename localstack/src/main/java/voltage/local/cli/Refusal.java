package voltage.local.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import voltage.store.journal.JournalFullException;

/** A command cannot go on, for a reason that the user can understand and mend: one message, one exit code. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param message the input, the rule and the remedy */
    Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    Refusal(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * What the user is told of a failed run: a full disk or what went wrong with a file in one line; anything else is not foreseen and
     * is thrown on as it is.
     */
    static RuntimeException of(Exception failure, Path folder) {
        Optional<String> full = DiskFull.message(failure, folder);
        if (full.isPresent()) {
            return new Refusal(ExitCode.FAILURE, full.get(), failure);
        }
        return switch (failure) {
            case IOException io -> new Refusal(ExitCode.FAILURE, String.valueOf(io.getMessage()), io);
            case UncheckedIOException io -> new Refusal(ExitCode.FAILURE, String.valueOf(io.getMessage()), io);
            case JournalFullException journal ->
                new Refusal(ExitCode.FAILURE, String.valueOf(journal.getMessage()), journal);
            case RuntimeException unforeseen -> unforeseen;
            default -> new IllegalStateException(failure);
        };
    }

    int exitCode() {
        return exitCode;
    }
}
