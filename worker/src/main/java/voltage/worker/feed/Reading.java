package voltage.worker.feed;

/** What a frame means to the connection that it came on. */
sealed interface Reading {
    /** Heartbeats, acknowledgements, frames that cannot be read: they show only that somebody is there. */
    record Nothing() implements Reading {}

    /** Data of a subscription. */
    record Data(String subscription) implements Reading {}

    /** The venue will not serve what was asked. */
    record Refused(String reason) implements Reading {}

    /** The venue says that this connection is at its end. */
    record Ending(String reason) implements Reading {}

    Reading NOTHING = new Nothing();
}
