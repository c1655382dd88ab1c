package voltage.local.play;

import voltage.local.session.SessionEvent;

/** A server of the outside that lives by the session's events and by time: the exchange, a spot venue. */
interface Actor {
    void apply(SessionEvent event);

    /** Does what is due up to now. */
    void advanceTo(long nanos);

    /** When something is due without an event; {@link Long#MAX_VALUE} for never. */
    long nextDueNanos();
}
