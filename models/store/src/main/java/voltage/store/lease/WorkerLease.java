package voltage.store.lease;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.order.Lane;

/**
 * A worker's hold on its lane's lease: does what {@link LeaseRules} say, one call to the store a tick. It has no thread and no clock of
 * its own, so it runs in virtual time as in real time. Ticked by one thread; asked by any.
 */
public final class WorkerLease implements Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLease.class);
    private static final int RELEASE_ATTEMPTS = 3;

    private final LeaseStore store;
    private final Lane lane;
    private final String owner;
    private final LongSupplier monotonicNanos;
    private final LeaseRules rules;
    private volatile LeaseState state;

    /**
     * @param owner of this process and life alone; the same name in a second process would make two leaders
     * @param monotonicNanos a clock that never goes back and is never set, for example {@link System#nanoTime}
     */
    public WorkerLease(LeaseStore store, Lane lane, String owner, LeaseTerms terms, LongSupplier monotonicNanos) {
        this.store = store;
        this.lane = lane;
        this.owner = owner;
        this.monotonicNanos = monotonicNanos;
        rules = new LeaseRules(terms, owner);
        state = LeaseState.start(monotonicNanos.getAsLong());
    }

    /**
     * Does what is due, with at most one call to the store.
     *
     * @return nanoseconds until something is due again: 0 for at once, {@link Long#MAX_VALUE} for never
     */
    public long tick() {
        LeaseState before = state;
        long start = monotonicNanos.getAsLong();
        LeaseAnswer answer = carryOut(rules.next(before, start));
        if (answer != null) {
            state = rules.after(before, answer, start, monotonicNanos.getAsLong());
            tell(before, state);
        }
        return untilDue(monotonicNanos.getAsLong());
    }

    private @Nullable LeaseAnswer carryOut(LeaseAction action) {
        try {
            return switch (action) {
                case LeaseAction.Read read -> new LeaseAnswer.Found(store.read(lane));
                case LeaseAction.Acquire acquire -> answer(store.acquire(lane, acquire.seen(), owner));
                case LeaseAction.Renew renew -> answer(store.renew(lane, owner, renew.epoch()));
                case LeaseAction.Wait wait -> null;
                case LeaseAction.Stop stop -> null;
            };
        } catch (LeaseStore.LeaseUnavailableException e) {
            LOG.warn("the lease of lane {} gave no answer: {}", lane.label(), e.getMessage());
            return new LeaseAnswer.Unanswered();
        }
    }

    private static LeaseAnswer answer(boolean isDone) {
        return isDone ? new LeaseAnswer.Done() : new LeaseAnswer.Refused();
    }

    private long untilDue(long nowNanos) {
        return switch (rules.next(state, nowNanos)) {
            case LeaseAction.Wait wait -> wait.untilNanos() - nowNanos;
            case LeaseAction.Stop stop -> Long.MAX_VALUE;
            case LeaseAction.Read read -> 0;
            case LeaseAction.Acquire acquire -> 0;
            case LeaseAction.Renew renew -> 0;
        };
    }

    private void tell(LeaseState before, LeaseState after) {
        if (after instanceof LeaseState.Leading leading && !(before instanceof LeaseState.Leading)) {
            LOG.info("{} leads lane {} under epoch {}", owner, lane.label(), leading.epoch());
        } else if (after instanceof LeaseState.Lost lost && !(before instanceof LeaseState.Lost)) {
            LOG.warn("{} led lane {} under epoch {}; somebody else does now", owner, lane.label(), lost.epoch());
        }
    }

    @Override
    public OptionalLong epoch() {
        LeaseState now = state;
        return now instanceof LeaseState.Leading leading && LeaseRules.isValid(now, monotonicNanos.getAsLong())
                ? OptionalLong.of(leading.epoch())
                : OptionalLong.empty();
    }

    /** How long this worker still counts itself leader without another renewal; 0 if it does not. */
    public long validForNanos() {
        return state instanceof LeaseState.Leading leading
                ? Math.max(0, leading.validUntilNanos() - monotonicNanos.getAsLong())
                : 0;
    }

    /** Whether it was ours and is somebody else's, for good. */
    public boolean isLost() {
        return state instanceof LeaseState.Lost;
    }

    /** Whom this worker waits for: the lease as last seen while another holds it. */
    public Optional<LeaseItem> leader() {
        return switch (state) {
            case LeaseState.Following following -> following.seen();
            case LeaseState.Vacant vacant -> Optional.empty();
            case LeaseState.Leading leading -> Optional.empty();
            case LeaseState.Lost lost -> Optional.empty();
            case LeaseState.Ended ended -> Optional.empty();
        };
    }

    public LeaseState state() {
        return state;
    }

    /**
     * Ends it, after the last command has left: gives the lease back, so that a successor need not wait. If the store does not answer,
     * the successor waits for the TTL. Called by the thread that ticks.
     */
    public void release() {
        LeaseState before = state;
        // From here on nothing leaves, whatever becomes of the calls.
        state = new LeaseState.Ended();
        if (!(before instanceof LeaseState.Leading leading)) {
            return;
        }
        for (int attempt = 1; attempt <= RELEASE_ATTEMPTS; attempt++) {
            try {
                boolean wasOurs = store.release(lane, owner, leading.epoch());
                LOG.debug("the lease of lane {} is given back; it was ours: {}", lane.label(), wasOurs);
                return;
            } catch (LeaseStore.LeaseUnavailableException e) {
                LOG.warn(
                        "the lease of lane {} could not be given back, attempt {} of {}: {}",
                        lane.label(),
                        attempt,
                        RELEASE_ATTEMPTS,
                        e.getMessage());
            }
        }
    }
}
