package voltage.store.journal;

import org.jspecify.annotations.Nullable;

/**
 * How the journal is doing, for the operator.
 *
 * @param records appended by this incarnation
 * @param bytes written through to the operating system by this incarnation, headers included
 * @param segmentsWaiting closed segments that are not yet compressed
 * @param objects compressed objects made
 * @param archived objects the archive has confirmed
 * @param archiveFailures attempts to archive that failed, retries included
 * @param unarchived objects given up for now; they stay on the local disk and are tried again with every later segment and at
 *     the next start
 * @param problem the last failure in words, or null since the last success
 */
public record JournalStatus(
        long records,
        long bytes,
        int segmentsWaiting,
        long objects,
        long archived,
        long archiveFailures,
        long unarchived,
        @Nullable String problem) {}
