package voltage.order;

import java.util.Optional;

/** How far a command has got, as the ledger remembers it. {@link Lifecycle} says which may follow which. */
public sealed interface CommandState {
    /** Written down; the exchange has not been asked. */
    record Received() implements CommandState {
        @Override
        public Optional<String> orderId() {
            return Optional.empty();
        }
    }

    /** The order that it replaces is being taken down; nothing of its own has been sent. */
    record Replacing() implements CommandState {
        @Override
        public Optional<String> orderId() {
            return Optional.empty();
        }
    }

    /**
     * About to be sent, or sent: from here on it may exist at the exchange.
     *
     * @param sinceNanos when it was marked so, epoch nanoseconds UTC
     */
    record Sending(long sinceNanos) implements CommandState {
        @Override
        public Optional<String> orderId() {
            return Optional.empty();
        }
    }

    /**
     * The answer was lost, or fills that it named are not booked yet: the exchange must be asked.
     *
     * @param orderId the exchange's id, if it has told us: then the order exists
     * @param rounds how often it has been asked for in vain
     */
    record Unknown(Optional<String> orderId, int rounds) implements CommandState {}

    /** Rests at the exchange, whole or in part. */
    record Resting(String id) implements CommandState {
        @Override
        public Optional<String> orderId() {
            return Optional.of(id);
        }
    }

    /**
     * Finished: filled, cancelled or carried out otherwise, and everything of it booked.
     *
     * @param orderId empty for what never was an order at the exchange
     */
    record Done(Optional<String> orderId) implements CommandState {}

    /** Finished without effect. */
    record Refused(RefusalReason reason) implements CommandState {
        @Override
        public Optional<String> orderId() {
            return Optional.empty();
        }
    }

    /** The exchange's id, once known. */
    Optional<String> orderId();

    default boolean isFinished() {
        return switch (this) {
            case Received s -> false;
            case Replacing s -> false;
            case Sending s -> false;
            case Unknown s -> false;
            case Resting s -> false;
            case Done s -> true;
            case Refused s -> true;
        };
    }

    /** What it is called in the ledger, in messages and in the diagram. */
    default String label() {
        return switch (this) {
            case Received s -> "RECEIVED";
            case Replacing s -> "REPLACING";
            case Sending s -> "SENDING";
            case Unknown s -> "UNKNOWN";
            case Resting s -> "RESTING";
            case Done s -> "DONE";
            case Refused s -> "REFUSED";
        };
    }
}
