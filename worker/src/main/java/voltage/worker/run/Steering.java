package voltage.worker.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import voltage.market.EventSink;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.worker.feed.KalshiRestFeed;
import voltage.worker.feed.KalshiStreamFeed;

/**
 * Decides which markets the Kalshi feeds follow: those about to open, open, or closed and not yet final. Sees every event before the
 * engine does and acts once a second.
 */
public final class Steering implements EventSink {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LEAD_NANOS = 30 * SECOND_NANOS;
    /** After this a market's result is looked for only through its settlement. */
    private static final long TRAIL_NANOS = 6 * 3_600 * SECOND_NANOS;
    /** A closed market's book is of no more use than to see it emptied. */
    private static final long BOOK_TRAIL_NANOS = 10 * SECOND_NANOS;

    private final @Nullable KalshiStreamFeed stream;
    private final KalshiRestFeed rest;
    private final Map<String, MarketDefinition> listed = new TreeMap<>();
    private final Set<String> finals = new TreeSet<>();
    private final Set<String> followed = new TreeSet<>();

    /** @param stream null without a key: then books are polled */
    public Steering(@Nullable KalshiStreamFeed stream, KalshiRestFeed rest) {
        this.stream = stream;
        this.rest = rest;
    }

    @Override
    public void on(MarketEvent event) {
        switch (event) {
            case MarketEvent.MarketListed market ->
                listed.put(market.definition().ticker(), market.definition());
            case MarketEvent.MarketSettled settled ->
                finals.add(settled.market().ticker());
            case MarketEvent.Timer timer -> steer(timer.receivedNanos());
            default -> {}
        }
    }

    private void steer(long nowNanos) {
        Set<String> wanted = new TreeSet<>();
        List<String> awaited = new ArrayList<>();
        listed.values().removeIf(market -> nowNanos > market.closeNanos() + TRAIL_NANOS);
        finals.retainAll(listed.keySet());
        for (MarketDefinition market : listed.values()) {
            boolean isNear = nowNanos >= market.openNanos() - LEAD_NANOS;
            if (isNear && nowNanos < market.closeNanos() + BOOK_TRAIL_NANOS) {
                wanted.add(market.ticker());
            }
            boolean awaitsStrike =
                    nowNanos >= market.openNanos() && nowNanos < market.closeNanos() && !market.strikeKnown();
            boolean awaitsResult = nowNanos >= market.closeNanos() && !finals.contains(market.ticker());
            if (awaitsStrike || awaitsResult) {
                awaited.add(market.ticker());
            }
        }
        rest.awaiting(awaited);
        follow(wanted);
    }

    private void follow(Set<String> wanted) {
        if (stream == null) {
            rest.books(wanted);
            return;
        }
        List<String> added =
                wanted.stream().filter(ticker -> !followed.contains(ticker)).toList();
        List<String> removed =
                followed.stream().filter(ticker -> !wanted.contains(ticker)).toList();
        if (!added.isEmpty()) {
            stream.add(added);
        }
        if (!removed.isEmpty()) {
            stream.remove(removed);
        }
        followed.clear();
        followed.addAll(wanted);
    }
}
