package voltage.local.simulation;

import java.util.ArrayList;
import java.util.List;
import voltage.market.Feed;
import voltage.store.journal.Journal;
import voltage.store.journal.Kind;
import voltage.store.journal.Visitor;

/** A worker's journal in memory. What was not flushed when the process died is lost with it. */
final class MemoryJournal implements Journal {
    private record Entry(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to) {}

    private final List<Entry> entries = new ArrayList<>();
    private int flushed;

    @Override
    public long lastSequence() {
        return entries.isEmpty() ? -1 : entries.getLast().sequence();
    }

    /** Keeps the bytes themselves: whoever receives frames makes an array for each. */
    @Override
    public void append(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to) {
        if (sequence <= lastSequence()) {
            throw new IllegalArgumentException(
                    "the journal's sequences must increase, was " + sequence + " after " + lastSequence());
        }
        entries.add(new Entry(feed, kind, sequence, receivedNanos, bytes, from, to));
    }

    @Override
    public void flush() {
        flushed = entries.size();
    }

    /** The process dies. */
    void loseUnflushed() {
        entries.subList(flushed, entries.size()).clear();
    }

    void read(Visitor visitor) {
        for (Entry entry : entries) {
            visitor.record(
                    entry.feed(),
                    entry.kind(),
                    entry.sequence(),
                    entry.receivedNanos(),
                    entry.bytes(),
                    entry.from(),
                    entry.to());
        }
    }

    int size() {
        return entries.size();
    }
}
