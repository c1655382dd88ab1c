package voltage.worker.feed;

/** Where a feed stands. */
public enum FeedState {
    /** Not wanted. */
    STOPPED,
    /** Before the next attempt to connect. */
    WAITING,
    /** An attempt is under way. */
    CONNECTING,
    /** Connected, fetching what was missed before the stream resumes. */
    BACKFILLING,
    /** Subscribed. */
    LIVE,
    /** Given up on a connection that has not ended yet. */
    CLOSING,
    /** The venue said no: somebody must change something. Tried again only rarely. */
    REFUSED
}
