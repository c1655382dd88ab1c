package voltage.store.lease;

import java.util.Optional;
import voltage.store.lease.LeaseState.Ended;
import voltage.store.lease.LeaseState.Following;
import voltage.store.lease.LeaseState.Leading;
import voltage.store.lease.LeaseState.Lost;
import voltage.store.lease.LeaseState.Vacant;

/**
 * The rules of the lease, without a clock, a store or a thread: what to do in a state, and which state follows from the answer.
 *
 * <p>Why two never lead at once: a leader counts from the <em>start</em> of a renewal that was confirmed; a successor counts from the
 * <em>end</em> of the read that saw that renewal's beat, or a later one, and takes the lease only if the beat has not moved for a
 * whole TTL, by a write that fails if it moves still. So the leader's time begins earlier and is shorter, by a margin that clocks of
 * different rates may use up. An answer that was lost lengthens nobody's time.
 */
public final class LeaseRules {
    private final LeaseTerms terms;
    private final String owner;

    /** @param owner of this process and life alone, for example host, process id and a random part */
    public LeaseRules(LeaseTerms terms, String owner) {
        if (owner.isBlank()) {
            throw new IllegalArgumentException("a lease's owner needs a name of its own, was blank");
        }
        this.terms = terms;
        this.owner = owner;
    }

    /** What is due now. */
    public LeaseAction next(LeaseState state, long nowNanos) {
        return switch (state) {
            case Following following ->
                due(following.readAtNanos(), nowNanos)
                        ? new LeaseAction.Read()
                        : new LeaseAction.Wait(following.readAtNanos());
            case Vacant vacant -> new LeaseAction.Acquire(vacant.seen());
            case Leading leading ->
                due(leading.renewAtNanos(), nowNanos)
                        ? new LeaseAction.Renew(leading.epoch())
                        : new LeaseAction.Wait(leading.renewAtNanos());
            case Lost lost -> new LeaseAction.Stop();
            case Ended ended -> new LeaseAction.Stop();
        };
    }

    /**
     * The state that follows when the action of {@link #next} has been answered.
     *
     * @param startNanos before the call
     * @param endNanos after it
     */
    public LeaseState after(LeaseState state, LeaseAnswer answer, long startNanos, long endNanos) {
        return switch (state) {
            case Following following -> looked(following, answer, startNanos, endNanos);
            case Vacant vacant -> claimed(vacant, answer, startNanos, endNanos);
            case Leading leading -> renewed(leading, answer, startNanos, endNanos);
            case Lost lost -> lost;
            case Ended ended -> ended;
        };
    }

    /** Whether a state's holder may act as leader. */
    public static boolean isValid(LeaseState state, long nowNanos) {
        return state instanceof Leading leading && leading.validUntilNanos() - nowNanos > 0;
    }

    private LeaseState looked(Following following, LeaseAnswer answer, long startNanos, long endNanos) {
        if (!(answer instanceof LeaseAnswer.Found found)) {
            return new Following(following.seen(), following.sinceNanos(), endNanos + terms.readNanos());
        }
        if (found.item().isEmpty()) {
            return new Vacant(Optional.empty(), endNanos);
        }
        LeaseItem item = found.item().get();
        if (item.released()) {
            return new Vacant(found.item(), endNanos);
        }
        if (item.owner().equals(owner)) {
            // An acquisition whose answer was lost did happen. How long ago is not known: first prove that it is ours
            // still.
            return new Leading(item.epoch(), endNanos, endNanos);
        }
        boolean isUnmoved = following.seen().isPresent()
                && item.isUnmovedSince(following.seen().get());
        if (!isUnmoved) {
            return new Following(found.item(), endNanos, endNanos + terms.readNanos());
        }
        return startNanos - following.sinceNanos() >= terms.ttlNanos()
                ? new Vacant(found.item(), following.sinceNanos())
                : new Following(found.item(), following.sinceNanos(), endNanos + terms.readNanos());
    }

    private LeaseState claimed(Vacant vacant, LeaseAnswer answer, long startNanos, long endNanos) {
        return switch (answer) {
            case LeaseAnswer.Done done ->
                new Leading(
                        vacant.seen().map(LeaseItem::epoch).orElse(0L) + 1,
                        startNanos + terms.validNanos(),
                        startNanos + terms.renewNanos());
            // Refused may mean that the first of two attempts has made it. The next read says who leads.
            case LeaseAnswer.Refused refused -> new Following(vacant.seen(), vacant.sinceNanos(), endNanos);
            case LeaseAnswer.Unanswered unanswered ->
                new Following(vacant.seen(), vacant.sinceNanos(), endNanos + terms.retryNanos());
            case LeaseAnswer.Found found -> throw unexpected(vacant, answer);
        };
    }

    private LeaseState renewed(Leading leading, LeaseAnswer answer, long startNanos, long endNanos) {
        return switch (answer) {
            case LeaseAnswer.Done done ->
                new Leading(leading.epoch(), startNanos + terms.validNanos(), startNanos + terms.renewNanos());
            case LeaseAnswer.Refused refused -> new Lost(leading.epoch());
            case LeaseAnswer.Unanswered unanswered ->
                new Leading(leading.epoch(), leading.validUntilNanos(), endNanos + terms.retryNanos());
            case LeaseAnswer.Found found -> throw unexpected(leading, answer);
        };
    }

    private static boolean due(long atNanos, long nowNanos) {
        return nowNanos - atNanos >= 0;
    }

    private static IllegalStateException unexpected(LeaseState state, LeaseAnswer answer) {
        return new IllegalStateException(answer + " answers nothing that is asked in " + state);
    }
}
