package voltage.local.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import voltage.market.Candle;
import voltage.market.FixedPoint;

/**
 * One-minute candles by their open. Keeps only minutes that a session to be imported can need, so that years of candles cost no
 * memory.
 */
final class CandleTable {
    /** 25 hours: what the forecast's longest window needs, and an hour for safety. */
    static final int HISTORY_MINUTES = 1_500;

    private final TreeMap<Long, Candle> byOpen = new TreeMap<>();
    private final TreeMap<Long, Long> wanted = new TreeMap<>();

    /** Says that a capture begins here and is not longer than ten days. To be called before reading. */
    void want(long startNanos) {
        long from = startNanos - (HISTORY_MINUTES + 1) * Times.MINUTE;
        wanted.put(from, startNanos + 10 * 24 * 60 * Times.MINUTE);
    }

    /** Reads a file. Where two files have the same minute, one that knows the number of trades counts, else the first. */
    void read(Path file, ImportProblems problems) throws IOException {
        try (CsvReader csv = new CsvReader(file)) {
            while (csv.next()) {
                try {
                    long openNanos = Math.multiplyExact(Long.parseLong(csv.cell("open_time_ms")), 1_000_000L);
                    if (isWanted(openNanos)) {
                        byOpen.merge(openNanos, candle(openNanos, csv), CandleTable::better);
                    }
                } catch (IllegalArgumentException | ArithmeticException e) {
                    problems.unreadable(file, csv.number(), String.valueOf(e.getMessage()));
                }
            }
            csv.broken().ifPresent(problems::add);
        }
    }

    boolean isEmpty() {
        return byOpen.isEmpty();
    }

    /** Candles that were closed at a time, at most {@link #HISTORY_MINUTES} before it; gaps are gaps. */
    List<Candle> before(long nanos) {
        long until = nanos - Times.MINUTE;
        return new ArrayList<>(byOpen.subMap(until - HISTORY_MINUTES * Times.MINUTE, false, until, true)
                .values());
    }

    /** Candles that close after a time, by open. */
    SortedMap<Long, Candle> closingAfter(long nanos) {
        return byOpen.tailMap(nanos - Times.MINUTE, false);
    }

    private boolean isWanted(long openNanos) {
        Map.Entry<Long, Long> range = wanted.floorEntry(openNanos);
        // The latest range that begins before has the latest end, too: all are equally long.
        return range != null && openNanos <= range.getValue();
    }

    private static Candle candle(long openNanos, CsvReader csv) {
        String trades = csv.cell("trades");
        String volume = csv.cell("volume");
        return new Candle(
                openNanos,
                FixedPoint.parse(csv.cell("open"), 4),
                FixedPoint.parse(csv.cell("high"), 4),
                FixedPoint.parse(csv.cell("low"), 4),
                FixedPoint.parse(csv.cell("close"), 4),
                volume.isEmpty() ? 0 : FixedPoint.parse(volume, 8),
                trades.isEmpty() ? 0 : Integer.parseInt(trades),
                false);
    }

    private static Candle better(Candle first, Candle second) {
        return first.trades() == 0 && second.trades() > 0 ? second : first;
    }
}
