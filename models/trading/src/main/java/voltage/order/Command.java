package voltage.order;

import java.util.Optional;

/**
 * The only thing on a lane's queue, and the only way to change orders, positions and cash. Its id is deterministic; it is the
 * queue's deduplication id and, for an order, the exchange's client order id.
 */
public sealed interface Command {
    Header header();

    /** The market concerned; empty for those that concern the whole lane. */
    Optional<String> market();

    /** Whether it can only make risk smaller: such commands are never refused as late, paused or over a limit. */
    boolean reducesRisk();

    default String id() {
        return header().id();
    }

    /**
     * What every command carries.
     *
     * @param id deterministic, at most 64 ASCII characters
     * @param lane where it is to be executed
     * @param decidedNanos when the engine decided it, engine time
     * @param refuseAfterNanos the moment after which it must be refused; {@link Long#MAX_VALUE} for never
     * @param leaseEpoch the deciding worker's lease; {@link #NO_LEASE} from the operator and from schedules, who need none
     * @param fenceEpoch the lane's fence as the worker knew it; an emergency stop raises the fence and voids what is older
     */
    record Header(String id, Lane lane, long decidedNanos, long refuseAfterNanos, long leaseEpoch, long fenceEpoch) {
        public Header {
            if (id.isEmpty() || id.length() > 64) {
                throw new IllegalArgumentException("a command id has 1 to 64 characters, was \"" + id + "\"");
            }
            if (leaseEpoch < NO_LEASE) {
                throw new IllegalArgumentException(
                        "a lease's epoch is 0 or above, or " + NO_LEASE + " for none, was " + leaseEpoch);
            }
        }

        /** What stands for the epoch in commands that no worker decided. Entries and amendments need a worker's. */
        public static final long NO_LEASE = -1;

        /** A command of the operator or of a schedule: it may arm, resume, cancel, reduce and reconcile, but enter nothing. */
        public static Header withoutLease(
                String id, Lane lane, long decidedNanos, long refuseAfterNanos, long fenceEpoch) {
            return new Header(id, lane, decidedNanos, refuseAfterNanos, NO_LEASE, fenceEpoch);
        }

        /** Whether a worker decided it, under its lease. */
        public boolean hasLease() {
            return leaseEpoch != NO_LEASE;
        }

        public Header withEpochs(long newLeaseEpoch, long newFenceEpoch) {
            return new Header(id, lane, decidedNanos, refuseAfterNanos, newLeaseEpoch, newFenceEpoch);
        }
    }

    /** Why an order is placed. The first reason is immutable and reaches attribution. */
    enum Purpose {
        ENTRY,
        STOP,
        EXPIRY_GUARD,
        SIGNAL_EXIT,
        OPERATOR_CLOSE;

        public boolean isExit() {
            return this != ENTRY;
        }
    }

    /**
     * What a decision saw of its market: what the executor compares with before it sends.
     *
     * @param closesNanos when the market closes, epoch nanoseconds UTC
     */
    record SeenBook(int yesBidE4, int yesAskE4, long sequence, long receivedNanos, long closesNanos) {}

    /**
     * Place an order. The command's id is its client order id.
     *
     * @param terms of an order that replaces another, the count is of both together, as in an amendment: what the other has filled by its
     *     certain end is taken off, and nothing is placed if nothing is left
     * @param replaces the command whose resting order, of the same market and side, is cancelled first; empty for none
     */
    record PlaceOrder(Header header, OrderTerms terms, Purpose purpose, SeenBook seen, Optional<String> replaces)
            implements Command {
        public PlaceOrder {
            if (replaces.isPresent() && (terms.reduceOnly() || replaces.get().equals(header.id()))) {
                throw new IllegalArgumentException("an order replaces another order that rests, so it is an entry, was "
                        + header.id() + " in place of " + replaces.get()
                        + (terms.reduceOnly() ? ", reduce-only" : ""));
            }
        }

        /** An order that replaces none. */
        public PlaceOrder(Header header, OrderTerms terms, Purpose purpose, SeenBook seen) {
            this(header, terms, purpose, seen, Optional.empty());
        }

        /** The same order in place of one that rests; the count is now of both together. */
        public PlaceOrder replacing(String targetCommandId) {
            return new PlaceOrder(header, terms, purpose, seen, Optional.of(targetCommandId));
        }

        /** The same order for fewer contracts. */
        public PlaceOrder withCount(long countE2) {
            return new PlaceOrder(header, terms.withCount(countE2), purpose, seen, replaces);
        }

        @Override
        public Optional<String> market() {
            return Optional.of(terms.ticker());
        }

        @Override
        public boolean reducesRisk() {
            return terms.reduceOnly();
        }
    }

    /** Change a resting order's price or size. */
    record AmendOrder(Header header, String targetCommandId, OrderTerms terms) implements Command {
        @Override
        public Optional<String> market() {
            return Optional.of(terms.ticker());
        }

        @Override
        public boolean reducesRisk() {
            return false;
        }
    }

    /** Cancel the resting order that an earlier command placed. */
    record CancelOrder(Header header, String ticker, String targetCommandId) implements Command {
        @Override
        public Optional<String> market() {
            return Optional.of(ticker);
        }

        @Override
        public boolean reducesRisk() {
            return true;
        }
    }

    /** Sell whatever the ledger says is held in a market, at once, at any price down to {@code worstPriceE4} of the held side. */
    record ClosePosition(Header header, String ticker, int exchangeIndex, int worstPriceE4, Purpose purpose)
            implements Command {
        @Override
        public Optional<String> market() {
            return Optional.of(ticker);
        }

        @Override
        public boolean reducesRisk() {
            return true;
        }
    }

    /**
     * Compare orders, fills, positions, settlements and balance with the exchange and book what is missing.
     *
     * @param liftsHalt whether the lane's halt ends if nothing is left unexplained; void if the fence has risen since
     */
    record Reconcile(Header header, boolean liftsHalt) implements Command {
        public Reconcile(Header header) {
            this(header, false);
        }

        @Override
        public Optional<String> market() {
            return Optional.empty();
        }

        @Override
        public boolean reducesRisk() {
            return !liftsHalt;
        }
    }

    /** Book the settlement of a market, if the exchange has it. */
    record Settle(Header header, String ticker) implements Command {
        @Override
        public Optional<String> market() {
            return Optional.of(ticker);
        }

        @Override
        public boolean reducesRisk() {
            return true;
        }
    }

    /**
     * Arm or disarm, pause or unpause the lane. A switch that is not named stays as it is when the command is carried out, whatever it
     * was when the command was sent.
     *
     * @param armed as it shall be; empty to leave it
     * @param paused as it shall be; empty to leave it
     */
    record SwitchLane(Header header, Optional<Boolean> armed, Optional<Boolean> paused, String reason)
            implements Command {
        public SwitchLane {
            if (armed.isEmpty() && paused.isEmpty()) {
                throw new IllegalArgumentException(
                        "a command that switches names at least one switch, was none in " + header.id());
            }
        }

        /** Both switches at once, whatever they are. */
        public SwitchLane(Header header, boolean armed, boolean paused, String reason) {
            this(header, Optional.of(armed), Optional.of(paused), reason);
        }

        /** Arms or disarms; a pause goes on. */
        public static SwitchLane arming(Header header, boolean armed, String reason) {
            return new SwitchLane(header, Optional.of(armed), Optional.empty(), reason);
        }

        /** Pauses or unpauses; what is not armed stays so. */
        public static SwitchLane pausing(Header header, boolean paused, String reason) {
            return new SwitchLane(header, Optional.empty(), Optional.of(paused), reason);
        }

        /** The next version of the state, with what is named switched. */
        public LaneState switched(LaneState state) {
            return state.switched(armed.orElse(state.armed()), paused.orElse(state.paused()));
        }

        /** Whether the state is already as it shall be. */
        public boolean isDone(LaneState state) {
            return armed.orElse(state.armed()) == state.armed() && paused.orElse(state.paused()) == state.paused();
        }

        @Override
        public Optional<String> market() {
            return Optional.empty();
        }

        /** Whether nothing is entered once it is carried out, whatever the other switch says. */
        @Override
        public boolean reducesRisk() {
            return paused.orElse(false) || !armed.orElse(true);
        }
    }
}
