package voltage.local.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voltage.local.play.VirtualTime;

/** What happened, in words: made only for who listens, since a schedule has tens of thousands of happenings. */
final class EventLog {
    private static final int KEPT = 60;

    private final VirtualTime time;
    private final long startNanos;
    private final @Nullable Consumer<String> listener;
    private final Deque<String> last = new ArrayDeque<>();

    /** @param listener null for nobody */
    EventLog(VirtualTime time, @Nullable Consumer<String> listener) {
        this.time = time;
        this.listener = listener;
        startNanos = time.nowNanos();
    }

    void add(Supplier<String> words) {
        Consumer<String> told = listener;
        if (told != null) {
            String line = at(time.nowNanos()) + " " + words.get();
            last.addLast(line);
            if (last.size() > KEPT) {
                last.removeFirst();
            }
            told.accept(line);
        }
    }

    String at(long nanos) {
        long millis = (nanos - startNanos) / 1_000_000;
        return "%02d:%02d.%03d".formatted(millis / 60_000, millis / 1_000 % 60, millis % 1_000);
    }

    List<String> last() {
        return List.copyOf(last);
    }
}
