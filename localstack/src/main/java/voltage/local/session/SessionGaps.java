package voltage.local.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says in words what a recorded session lacks. */
final class SessionGaps {
    private final long startNanos;
    private final long endNanos;
    private final List<String> words = new ArrayList<>();

    SessionGaps(long startNanos, long endNanos) {
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        words.add("Kraken prices, the settlement index and the public contract trades were not recorded");
    }

    /** @param minutes epoch minutes with at least one trade */
    void ticks(Set<Long> minutes) {
        long from = Math.floorDiv(startNanos, Times.MINUTE);
        long to = Math.floorDiv(endNanos, Times.MINUTE);
        long without = 0;
        for (long minute = from; minute <= to; minute++) {
            without += minutes.contains(minute) ? 0 : 1;
        }
        if (minutes.isEmpty()) {
            words.add("there are no Coinbase trades of this time");
        } else if (without > 0) {
            words.add("Coinbase trades are missing in " + without + " of " + (to - from + 1) + " minutes");
        }
    }

    void candles(long during, long before) {
        long expected = Math.floorDiv(endNanos, Times.MINUTE) - Math.floorDiv(startNanos, Times.MINUTE);
        if (during == 0 && before == 0) {
            words.add("there are no Binance candles of this time");
            return;
        }
        if (during < expected) {
            words.add((expected - during) + " of " + expected + " Binance candles during the session are missing");
        }
        if (before < CandleTable.HISTORY_MINUTES) {
            words.add((CandleTable.HISTORY_MINUTES - before) + " of " + CandleTable.HISTORY_MINUTES
                    + " Binance candles before the session are missing");
        }
    }

    void sequences(long gaps, long booksLost) {
        if (gaps > 0) {
            words.add("the recording has " + gaps + (gaps == 1 ? " gap" : " gaps") + " in its sequence numbers");
        }
        if (booksLost > 0) {
            words.add("books are unusable from " + booksLost + (booksLost == 1 ? " place" : " places")
                    + " on until their next snapshot");
        }
    }

    void markets(Set<String> leftOut) {
        for (String ticker : leftOut) {
            words.add("market " + ticker + " is left out: its times or its result are not known");
        }
    }

    void unreadable(long lines) {
        if (lines > 0) {
            words.add(lines + (lines == 1 ? " line" : " lines") + " of the recording were unreadable");
        }
    }

    List<String> words(List<String> more) {
        words.addAll(more);
        return List.copyOf(words);
    }
}
