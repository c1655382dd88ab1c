package voltage.worker.feed;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The minutes before the twelve hours that Kraken's candles reach back: their trades, page by page, a little more than one a second,
 * from 25 hours ago until the candles begin. Models look back a day, and shall forecast from the first minutes on.
 *
 * <p>Once for each start; bounded in pages and in repetitions. What fails is told and left: a day later it is there anyway.
 */
final class KrakenHistory {
    private static final Logger LOG = LoggerFactory.getLogger(KrakenHistory.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Kraken counts down one call a second. */
    private static final long PAGE_NANOS = 1_100_000_000L;

    private static final long PAUSE_NANOS = 5 * SECOND_NANOS;
    private static final long REACH_SECONDS = 25 * 3_600;
    /** Candles reach back 720 minutes before the latest. */
    private static final long CANDLES_SECONDS = 719 * 60;

    private static final int MOST_PAGES = 600;
    private static final int MOST_FAILURES = 5;

    private final String pair;
    private final Backfill backfill;
    private final Timers timers;
    private boolean isBegun;
    private volatile boolean isStopped;

    KrakenHistory(String pair, Backfill backfill, Timers timers) {
        this.pair = pair;
        this.backfill = backfill;
        this.timers = timers;
    }

    /** Begins, once, if the answer to a request for one-minute candles says when we are. */
    void begin(byte[] candles) {
        Optional<Long> last = last(candles);
        if (isBegun || last.isEmpty() || last.get() <= REACH_SECONDS) {
            return;
        }
        isBegun = true;
        long latestSeconds = last.get();
        long untilNanos = (latestSeconds - CANDLES_SECONDS) * SECOND_NANOS;
        // One less, since trades are given from after the instant that is named.
        next((latestSeconds - REACH_SECONDS) * SECOND_NANOS - 1, untilNanos, 1, 0, PAGE_NANOS);
    }

    void stop() {
        isStopped = true;
    }

    private void next(long sinceNanos, long untilNanos, int page, int failures, long delayNanos) {
        timers.after(delayNanos, () -> {
            if (!isStopped) {
                fetch(sinceNanos, untilNanos, page, failures);
            }
        });
    }

    private void fetch(long sinceNanos, long untilNanos, int page, int failures) {
        Optional<Long> reached = backfill.fetch("/0/public/Trades?pair=" + pair + "&since=" + sinceNanos)
                .flatMap(KrakenHistory::last);
        if (reached.isEmpty()) {
            if (failures + 1 < MOST_FAILURES) {
                next(sinceNanos, untilNanos, page, failures + 1, PAUSE_NANOS << failures);
            } else {
                LOG.warn(
                        "Kraken's trades before the last 12 hours cannot be had; models wait until a day of minutes is there");
            }
            return;
        }
        boolean isThere = reached.get() >= untilNanos || reached.get() <= sinceNanos;
        if (!isThere && page < MOST_PAGES) {
            next(reached.get(), untilNanos, page + 1, failures, PAGE_NANOS);
        }
    }

    /** Where an answer ends: seconds for candles, nanoseconds for trades; empty for one without a result. */
    private static Optional<Long> last(byte[] body) {
        String text = FrameScan.anywhere(body, 0, body.length, "last");
        return text.matches("\\d{1,19}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
