package voltage.store.journal;

import java.time.Duration;

/**
 * How a journal is written.
 *
 * @param bufferBytes records wait here until {@link JournalWriter#flush()} or until it is full
 * @param queuedSegments closed segments that may wait to be compressed; beyond it they wait on the disk for the next start
 * @param archiveAttempts how often one object is offered to the archive before it is given up for now
 * @param archiveBackoff wait after the first failure, doubled after each further one
 * @param closeTimeout how long {@link JournalWriter#close()} waits for segments to be compressed and archived
 */
public record JournalOptions(
        int bufferBytes, int queuedSegments, int archiveAttempts, Duration archiveBackoff, Duration closeTimeout) {
    public static final JournalOptions DEFAULT =
            new JournalOptions(64 << 10, 64, 5, Duration.ofSeconds(1), Duration.ofSeconds(30));

    public JournalOptions {
        if (bufferBytes < Framing.MAX_HEADER || queuedSegments < 1 || archiveAttempts < 1) {
            throw new IllegalArgumentException("a journal needs a buffer of at least " + Framing.MAX_HEADER
                    + " bytes, one queued segment and one attempt, was " + bufferBytes + ", " + queuedSegments + ", "
                    + archiveAttempts);
        }
    }

    public JournalOptions withArchive(int attempts, Duration backoff) {
        return new JournalOptions(bufferBytes, queuedSegments, attempts, backoff, closeTimeout);
    }
}
