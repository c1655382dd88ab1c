package voltage.store.lease;

import java.util.Optional;

/** What a worker is to do about its lane's lease. */
public sealed interface LeaseAction {
    record Read() implements LeaseAction {}

    record Acquire(Optional<LeaseItem> seen) implements LeaseAction {}

    record Renew(long epoch) implements LeaseAction {}

    /** Nothing before a moment. */
    record Wait(long untilNanos) implements LeaseAction {}

    /** Nothing ever. */
    record Stop() implements LeaseAction {}
}
