package voltage.local.session;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import voltage.market.Candle;
import voltage.market.Venue;

/** A stretch of time that can be played: recorded or simulated, always the same. */
public interface Session {
    enum Source {
        RECORDED,
        SIMULATED
    }

    /** For example {@code 20260513T230110Z}, or {@code simulated-42}. */
    String name();

    Source source();

    /** When the first event happens; a player starts here. Epoch nanoseconds UTC. */
    long startNanos();

    /** When the last market is settled: a player goes on until here, after the last event. */
    long endNanos();

    /** All markets that are listed at any time of the session, by close time. */
    List<SessionMarket> markets();

    /** Venues that have trades ({@link SessionEvent.SpotPrint}) or candles here; no server of another venue is started. */
    Set<Venue> venues();

    /** One-minute candles of a venue before {@link #startNanos()}, oldest first: what its REST interface can be asked for. */
    List<Candle> history(Venue venue);

    /** What the recording lacks, in words for the user; empty if nothing. */
    List<String> missing();

    /** Hands out all events in order of {@link SessionEvent#atNanos()}, streaming. */
    EventCursor open();

    /** A streaming reader of a session's events. */
    interface EventCursor extends AutoCloseable {
        /** The next event, without consuming it; null at the end. */
        @org.jspecify.annotations.Nullable
        SessionEvent peek();

        /** Consumes and returns the next event. */
        SessionEvent next();

        @Override
        void close();

        default void forEachRemaining(Consumer<SessionEvent> consumer) {
            while (peek() != null) {
                consumer.accept(next());
            }
        }
    }
}
