package voltage.order;

import java.util.List;
import java.util.Optional;

/**
 * The money's book of record, one partition a lane. Written only by the lane's executor. Every write is one transaction that
 * either happens whole or not at all, and repeating it changes nothing.
 */
public interface Ledger {
    /**
     * The lane's state and its lease's epoch as they are now; a strongly consistent read of both. {@link LaneState#initial} if nobody
     * has touched the lane.
     */
    LaneState laneState(Lane lane);

    /**
     * Replaces the lane's state if it still is at {@code next.version() - 1}. The lease's epoch is not part of what is written: only an
     * acquisition of the lease raises it.
     *
     * @throws LedgerConflictException if somebody else changed it
     */
    void changeLaneState(Lane lane, LaneState next);

    /**
     * Writes a command down as received unless its id is already there.
     *
     * @return empty if it was written now; otherwise the record that was there, untouched
     */
    Optional<CommandRecord> record(Command command, long nowNanos);

    Optional<CommandRecord> find(Lane lane, String commandId);

    /** Commands of the lane that are not finished, oldest decision first; a strongly consistent view. */
    List<CommandRecord> unfinished(Lane lane);

    /** Orders and amendments that went to {@code SENDING} at or after a moment, oldest first; a strongly consistent view. */
    List<SentOrder> sentSince(Lane lane, long nanos);

    /**
     * Moves a command on and books what it did, in one transaction: the state, further reports and the entries.
     * An entry whose key is already booked is skipped; everything else still happens.
     *
     * @return the entries that were booked now
     * @throws LedgerConflictException if the command is not in {@code change.from()}, or somebody else wrote to the lane meanwhile
     * @throws IllegalStateException if {@link Lifecycle} forbids the transition
     */
    List<LedgerEntry> apply(Lane lane, LedgerChange change);

    /** Books entries that belong to no command: deposits, and what reconciliation found. Skips known keys. */
    List<LedgerEntry> book(Lane lane, List<LedgerEntry> entries);

    /** All entries of the lane in booking order, from the one after {@code afterVersion} (0 for all). */
    Entries entries(Lane lane, long afterVersion);

    /**
     * Entries and the version up to which they reach.
     *
     * @param version raised by each booked entry; 0 for an empty ledger
     */
    record Entries(List<LedgerEntry> entries, long version) {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A transition of one command.
     *
     * @param from the state it must be in
     * @param reports appended to the command's reports
     */
    record LedgerChange(
            String commandId,
            CommandState from,
            CommandState to,
            List<ExecutionReport> reports,
            List<LedgerEntry> entries) {
        public LedgerChange {
            reports = List.copyOf(reports);
            entries = List.copyOf(entries);
        }

        public static LedgerChange of(
                CommandRecord record, CommandState to, List<ExecutionReport> reports, List<LedgerEntry> entries) {
            return new LedgerChange(record.command().id(), record.state(), to, reports, entries);
        }

        /**
         * Whether it may be made of the record as it is now; asked by every ledger before it writes.
         *
         * @throws LedgerConflictException if the record is not in {@code from}
         * @throws IllegalStateException if no command of this kind may go this way
         */
        public void requireFits(Optional<CommandRecord> record) {
            if (record.isEmpty() || !record.get().state().equals(from)) {
                throw new LedgerConflictException("command " + commandId + " is "
                        + record.map(found -> found.state().toString()).orElse("not there") + ", " + from
                        + " was expected");
            }
            Lifecycle.require(record.get().command(), from, to);
        }
    }
}
