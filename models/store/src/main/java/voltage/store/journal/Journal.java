package voltage.store.journal;

import voltage.market.Feed;

/** Where a worker writes down what it receives, before it acts on it: files, or memory in a simulation. */
public interface Journal {
    /** The highest sequence in the journal, or -1: the next record's must be higher. */
    long lastSequence();

    /**
     * Takes the record {@code bytes[from..to)}.
     *
     * @param sequence must be higher than that of every record before, over all feeds and incarnations
     * @param receivedNanos epoch nanoseconds UTC
     * @throws JournalFullException if it could not be taken; the journal stays usable
     */
    void append(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to);

    /**
     * Acknowledges everything appended so far: it survives this process.
     *
     * @throws JournalFullException if it could not be written; nothing is lost from memory, and it may be called again
     */
    void flush();
}
