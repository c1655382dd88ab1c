package voltage.store.lease;

import java.util.Optional;

/** Where a worker stands with its lane's lease. Times are of its own monotonic clock, which may wrap: compare differences. */
public sealed interface LeaseState {
    /**
     * Somebody else leads, or it is not known yet who does.
     *
     * @param seen the lease as last read; empty before the first answer
     * @param sinceNanos when the read that first saw it there ended
     * @param readAtNanos when to look again
     */
    record Following(Optional<LeaseItem> seen, long sinceNanos, long readAtNanos) implements LeaseState {}

    /**
     * Nobody leads: to be taken at once, if it still is as it was seen.
     *
     * @param seen empty if the lane never had a leader
     */
    record Vacant(Optional<LeaseItem> seen, long sinceNanos) implements LeaseState {}

    /**
     * The lease is ours as far as we know, and we lead while it is valid.
     *
     * @param validUntilNanos nobody else can have taken it before; afterwards it may still be ours, but that is to be proved first
     */
    record Leading(long epoch, long validUntilNanos, long renewAtNanos) implements LeaseState {}

    /** It was ours and is somebody else's. Final: a worker starts again from nothing, under another name. */
    record Lost(long epoch) implements LeaseState {}

    /** Given back, or never wanted any more. Final. */
    record Ended() implements LeaseState {}

    static LeaseState start(long nowNanos) {
        return new Following(Optional.empty(), nowNanos, nowNanos);
    }
}
