package voltage.local.exchange;

import java.util.ArrayDeque;
import java.util.Deque;

/** Frames that wait until what they tell of has been written to the journal. Keeps their order. */
final class Outbox {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean flushing;

    void add(Runnable send) {
        waiting.addLast(send);
    }

    /** Sends all. A sink may call the exchange back: what that adds is sent by the outermost call. */
    void flush() {
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            for (Runnable send = waiting.pollFirst(); send != null; send = waiting.pollFirst()) {
                send.run();
            }
        } finally {
            flushing = false;
        }
    }
}
