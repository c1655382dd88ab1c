package voltage.local.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import voltage.market.Candle;
import voltage.market.Venue;

/** Writes one session while its capture is read: merges the spot ticks and candles in, and watches the sequence numbers. */
final class SessionRecorder {
    private final SessionFolder folder;
    private final MarketTable markets;
    private final TickSource ticks;
    private final Iterator<Candle> candles;
    private final List<Candle> history;
    private final EventWriter events;
    private final long startNanos;

    private final Map<Long, Long> lastSequences = new HashMap<>();
    /** Markets whose book is whole in this connection. */
    private final Set<String> whole = new HashSet<>();
    /** Markets whose book is lost, which has been said. */
    private final Set<String> lost = new HashSet<>();

    private final Map<String, Optional<SessionMarket>> known = new HashMap<>();
    private final Set<Long> minutesWithTicks = new HashSet<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private Candle nextCandle;
    private long atNanos;

    private static final Candle NONE = Candle.flat(Long.MAX_VALUE / 2, 1);

    SessionRecorder(Path path, long startNanos, MarketTable markets, CandleTable candles, TickSource ticks)
            throws IOException {
        folder = new SessionFolder(path);
        this.startNanos = startNanos;
        this.markets = markets;
        this.ticks = ticks;
        atNanos = startNanos;
        history = candles.before(startNanos);
        this.candles = candles.closingAfter(startNanos).values().iterator();
        nextCandle = this.candles.hasNext() ? this.candles.next() : NONE;
        ticks.seek(startNanos);
        Files.createDirectories(path);
        events = new EventWriter(Files.newOutputStream(folder.eventsFile()));
        for (String name : List.of("bookChanges", "bookImages", "bookLost", "candles", "spotPrints", "tickerPrints")) {
            counts.put(name, 0L);
        }
    }

    /** Whether a frame with a sequence number follows the one before it on its subscription. */
    boolean continues(CaptureFrame frame) {
        Long last = lastSequences.get(frame.subscription());
        return last != null && frame.sequence() == last + 1;
    }

    void frame(CaptureFrame frame) throws IOException {
        atNanos = Math.max(atNanos, frame.receivedNanos());
        spotUntil(atNanos);
        count("frames");
        switch (frame.kind()) {
            case CONNECTED -> {
                count("connections");
                lastSequences.clear();
                whole.clear();
            }
            case OTHER -> {}
            case SNAPSHOT -> {
                sequence(frame);
                if (isKnown(frame.ticker())) {
                    whole.add(frame.ticker());
                    lost.remove(frame.ticker());
                    write(frame.image(atNanos), "bookImages");
                }
            }
            case DELTA -> {
                sequence(frame);
                if (isKnown(frame.ticker())) {
                    if (!whole.contains(frame.ticker())) {
                        lose(frame.ticker());
                    }
                    write(frame.change(atNanos), "bookChanges");
                }
            }
            case TICKER -> {
                if (isKnown(frame.ticker())) {
                    write(frame.print(atNanos), "tickerPrints");
                }
            }
        }
    }

    void unreadableLine() {
        count("unreadableLines");
    }

    /**
     * Ends the session.
     *
     * @return its manifest; empty if no market of it is known, so that it cannot be played
     */
    Optional<SessionManifest> finish(
            String name,
            String capture,
            List<String> findings,
            SortedMap<String, String> inputs,
            ImportProblems problems)
            throws IOException {
        events.close();
        for (long nanos : new long[] {startNanos, atNanos}) {
            markets.openAt(nanos).ifPresent(this::isKnown);
        }
        List<SessionMarket> listed = known.values().stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(SessionMarket::closeNanos).thenComparing(SessionMarket::ticker))
                .toList();
        TreeSet<String> leftOut = new TreeSet<>();
        known.forEach((ticker, market) -> {
            if (market.isEmpty()) {
                leftOut.add(ticker);
            }
        });
        for (String ticker : leftOut) {
            problems.add("session " + name + ": market " + ticker
                    + " is left out: its times or its result are not in kxbtc15m_markets");
        }
        if (listed.isEmpty()) {
            problems.add("session " + name + " of " + capture
                    + " is skipped: of none of its markets times and result are known, so nothing could be settled");
            return Optional.empty();
        }
        try (EventWriter before = new EventWriter(Files.newOutputStream(folder.historyFile()))) {
            for (Candle candle : history) {
                before.write(new SessionEvent.CandleClosed(candle.openNanos() + Times.MINUTE, Venue.BINANCE, candle));
            }
        }
        counts.put("historyCandles", (long) history.size());
        long settledNanos =
                listed.stream().mapToLong(SessionMarket::settledNanos).max().orElse(atNanos);
        Set<Venue> venues = EnumSet.noneOf(Venue.class);
        if (counts.getOrDefault("spotPrints", 0L) > 0) {
            venues.add(Venue.COINBASE);
        }
        if (!history.isEmpty() || counts.getOrDefault("candles", 0L) > 0) {
            venues.add(Venue.BINANCE);
        }
        SessionManifest manifest = new SessionManifest(
                name,
                capture,
                startNanos,
                atNanos,
                Math.max(atNanos, settledNanos),
                listed,
                venues,
                missing(leftOut, findings),
                counts,
                inputs);
        folder.write(manifest);
        return Optional.of(manifest);
    }

    /** Gives the session up after an error. */
    void abandon() throws IOException {
        events.abandon();
    }

    private List<String> missing(Set<String> leftOut, List<String> findings) {
        SessionGaps gaps = new SessionGaps(startNanos, atNanos);
        gaps.ticks(minutesWithTicks);
        gaps.candles(counts.getOrDefault("candles", 0L), history.size());
        gaps.sequences(counts.getOrDefault("sequenceGaps", 0L), counts.getOrDefault("bookLost", 0L));
        gaps.markets(leftOut);
        gaps.unreadable(counts.getOrDefault("unreadableLines", 0L));
        return gaps.words(findings);
    }

    private void sequence(CaptureFrame frame) throws IOException {
        Long last = lastSequences.put(frame.subscription(), frame.sequence());
        if (last != null && frame.sequence() != last + 1) {
            count("sequenceGaps");
            // Which market's frames are gone cannot be known: all books of the subscription are in doubt.
            for (String ticker : new TreeSet<>(whole)) {
                lose(ticker);
            }
            whole.clear();
        }
    }

    private void lose(String ticker) throws IOException {
        if (lost.add(ticker)) {
            write(new SessionEvent.BookLost(atNanos, ticker), "bookLost");
        }
    }

    private boolean isKnown(String ticker) {
        return known.computeIfAbsent(ticker, markets::market).isPresent();
    }

    private void spotUntil(long nanos) throws IOException {
        while (true) {
            SessionEvent.SpotPrint tick = ticks.peek();
            long tickNanos = tick == null ? Long.MAX_VALUE : tick.atNanos();
            long candleNanos = nextCandle.openNanos() + Times.MINUTE;
            if (Math.min(tickNanos, candleNanos) > nanos) {
                return;
            }
            if (candleNanos <= tickNanos || tick == null) {
                write(new SessionEvent.CandleClosed(candleNanos, Venue.BINANCE, nextCandle), "candles");
                nextCandle = candles.hasNext() ? candles.next() : NONE;
            } else {
                write(tick, "spotPrints");
                minutesWithTicks.add(Math.floorDiv(tickNanos, Times.MINUTE));
                ticks.next();
            }
        }
    }

    private void write(SessionEvent event, String name) throws IOException {
        events.write(event);
        count(name);
    }

    private void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }
}
