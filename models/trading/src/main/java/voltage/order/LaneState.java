package voltage.order;

/**
 * What the operator and the leases have said about a lane.
 *
 * @param armed whether entries may be sent at all; paper and replay are armed from the start, live is not
 * @param paused no entries, exits run on
 * @param halted kill switch: nothing but cancels, reductions, settlements and reconciliation
 * @param fenceEpoch commands decided under a lower one are void
 * @param leaseEpoch entries of a worker with a lower one are void; 0 if the lane never had a leader. It is the lease's, read together
 *     with the state and never written with it
 * @param version raised by each change; changes are conditional on it
 */
public record LaneState(boolean armed, boolean paused, boolean halted, long fenceEpoch, long leaseEpoch, long version) {
    /** The same state under a lease. */
    public LaneState withLeaseEpoch(long newLeaseEpoch) {
        return new LaneState(armed, paused, halted, fenceEpoch, newLeaseEpoch, version);
    }

    /** The next version, with these switches. */
    public LaneState switched(boolean newArmed, boolean newPaused) {
        return new LaneState(newArmed, newPaused, halted, fenceEpoch, leaseEpoch, version + 1);
    }

    /** The next version, stopped: whatever was decided so far is void. */
    public LaneState halt() {
        return new LaneState(armed, paused, true, fenceEpoch + 1, leaseEpoch, version + 1);
    }

    /** The next version, no longer stopped. The fence stays where it is: what was decided before the halt is void for ever. */
    public LaneState resume() {
        return new LaneState(armed, paused, false, fenceEpoch, leaseEpoch, version + 1);
    }

    /** A lane nobody has touched. */
    public static LaneState initial(Lane lane) {
        return new LaneState(lane == Lane.PAPER || lane == Lane.REPLAY, false, false, 0, 0, 0);
    }
}
