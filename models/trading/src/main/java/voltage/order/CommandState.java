package voltage.order;

/** How far a command has got, as the ledger remembers it. */
public enum CommandState {
    /** Written down; the exchange has not been asked. */
    RECEIVED,
    /** About to be sent, or sent: from here on it may exist at the exchange. */
    SENDING,
    /** The answer was lost, or fills that it named are not booked yet: the exchange must be asked. */
    UNKNOWN,
    /** Rests at the exchange. */
    OPEN,
    /** Finished: filled, cancelled, settled or carried out otherwise. */
    DONE,
    /** Finished without effect. */
    REFUSED;

    public boolean isFinished() {
        return this == DONE || this == REFUSED;
    }
}
