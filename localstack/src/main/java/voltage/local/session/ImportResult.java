package voltage.local.session;

import java.nio.file.Path;
import java.util.List;

/**
 * What an import did.
 *
 * @param sessions in order of their captures
 * @param problems missing parts, truncated files, unreadable lines, markets left out: in words, each with its file
 */
public record ImportResult(List<ImportedSession> sessions, List<String> problems) {
    /**
     * A session on disk.
     *
     * @param capture file name of its recording
     * @param markets tickers, by close time
     * @param changes deltas of the books
     * @param missing what the recording lacks, in words
     */
    public record ImportedSession(
            String name,
            Path folder,
            String capture,
            long startNanos,
            long recordedUntilNanos,
            List<String> markets,
            long changes,
            long spotPrints,
            List<String> missing) {}

    /** Whether nothing could be imported: the one reason for an exit code other than 0. */
    public boolean isEmpty() {
        return sessions.isEmpty();
    }
}
