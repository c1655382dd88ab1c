package voltage.local.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import voltage.market.Feed;
import voltage.store.journal.JournalReader;
import voltage.store.journal.Kind;
import voltage.store.journal.Visitor;

/** A journal's records in memory, in order, so that nothing but the pipeline is measured. */
final class Frames {
    private static final byte[] DELTA = "\"orderbook_delta\"".getBytes(StandardCharsets.US_ASCII);
    /** The type stands at the front of a frame. */
    private static final int TYPE_WITHIN = 64;

    /** One record. */
    record Frame(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, boolean isDelta) {
        void to(Visitor visitor) {
            visitor.record(feed, kind, sequence, receivedNanos, bytes, 0, bytes.length);
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private final List<Frame> all;
    private final long deltas;

    private Frames(List<Frame> all) {
        this.all = all;
        deltas = all.stream().filter(Frame::isDelta).count();
    }

    static Frames of(Path journal) {
        List<Frame> all = new ArrayList<>();
        JournalReader.read(journal, JournalReader.OnDamage.FAIL, (feed, kind, sequence, nanos, bytes, from, to) -> {
            byte[] copy = java.util.Arrays.copyOfRange(bytes, from, to);
            all.add(new Frame(feed, kind, sequence, nanos, copy, isDelta(feed, kind, copy, 0, copy.length)));
        });
        return new Frames(List.copyOf(all));
    }

    /** Whether a record is an increment of a Kalshi book. */
    static boolean isDelta(Feed feed, Kind kind, byte[] bytes, int from, int to) {
        if (feed != Feed.KALSHI_STREAM || kind != Kind.FRAME) {
            return false;
        }
        int last = Math.min(to, from + TYPE_WITHIN) - DELTA.length;
        for (int i = from; i <= last; i++) {
            if (java.util.Arrays.equals(bytes, i, i + DELTA.length, DELTA, 0, DELTA.length)) {
                return true;
            }
        }
        return false;
    }

    List<Frame> all() {
        return all;
    }

    long deltas() {
        return deltas;
    }
}
