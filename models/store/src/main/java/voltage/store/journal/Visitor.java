package voltage.store.journal;

import voltage.market.Feed;

/** Takes the records of a journal, in the order in which the engine saw them. */
@FunctionalInterface
public interface Visitor {
    /**
     * @param sequence position in the order over all feeds
     * @param receivedNanos epoch nanoseconds UTC
     * @param bytes the reader's own buffer, valid only during the call: the record is {@code bytes[from..to)}
     */
    void record(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to);
}
