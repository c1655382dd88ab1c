package voltage.local.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.store.journal.Kind;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;

/** What the lives over one journal decided, to be compared with what the journal gives when it is replayed. */
final class Decisions {
    private static final class Life {
        private long[] hashes = new long[256];
        private int count;
        private boolean endedInOrder;

        private void add(long hash) {
            if (count == hashes.length) {
                hashes = Arrays.copyOf(hashes, count * 2);
            }
            hashes[count++] = hash;
        }
    }

    private final List<Life> lives = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(256);

    void begin() {
        lives.add(new Life());
    }

    void made(Decision decision) {
        lives.getLast().add(hash(decision));
    }

    void endInOrder() {
        lives.getLast().endedInOrder = true;
    }

    private long hash(Decision decision) {
        buffer.clear();
        Observation.add(buffer, decision);
        long hash = decision.commandId().hashCode();
        for (int i = 0; i < buffer.position(); i++) {
            hash = hash * 0x100000001B3L ^ buffer.get(i);
        }
        return hash;
    }

    /**
     * Replays a journal.
     *
     * @return empty, or where the replay decided otherwise. A life that was killed may have decided less or more than its journal
     *     tells: it died between the two.
     */
    String compare(MemoryJournal journal) {
        List<Life> replayed = new ArrayList<>();
        Pipeline pipeline = new Pipeline(
                output -> {
                    if (output instanceof EngineOutput.Decided decided) {
                        replayed.getLast().add(hash(decided.decision()));
                    }
                },
                event -> {},
                LatencyProbe.off());
        journal.read((feed, kind, sequence, receivedNanos, bytes, from, to) -> {
            if (kind == Kind.STARTED) {
                replayed.add(new Life());
            }
            pipeline.record(feed, kind, sequence, receivedNanos, bytes, from, to);
        });
        if (lives.size() != replayed.size()) {
            return lives.size() + " lives began, the journal tells of " + replayed.size();
        }
        for (int i = 0; i < lives.size(); i++) {
            Life life = lives.get(i);
            Life again = replayed.get(i);
            int common = Math.min(life.count, again.count);
            if (life.endedInOrder && life.count != again.count) {
                return "a life decided " + life.count + " times, its replay " + again.count + " times";
            }
            int differing = Arrays.mismatch(life.hashes, 0, common, again.hashes, 0, common);
            if (differing >= 0) {
                return "decision " + (differing + 1) + " of a life is another one in the replay";
            }
        }
        return "";
    }
}
