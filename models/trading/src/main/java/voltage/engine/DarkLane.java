package voltage.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices a lane that does nothing and says nothing: no decision at all through two market windows, or one gate that has kept it out for
 * a whole day. Both look like patience from outside; the one was fourteen hours of silence after a restart, the other five days behind a
 * single filter. Told once, and again a day later if it is still so.
 */
final class DarkLane {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long HOUR_NANOS = 60 * MINUTE_NANOS;
    /** Two windows of a quarter of an hour. */
    private static final long SILENCE_NANOS = 30 * MINUTE_NANOS;

    private static final int HOURS = 24;
    private static final long SHARE_E2 = 95;
    private static final int GATES = Gate.values().length;

    /** Decisions by hour of the day, and by the gate that kept us out; the last place is for all others. */
    private final long[][] decisions = new long[HOURS][GATES + 1];

    private long hour = Long.MIN_VALUE;
    private long judgedHour = Long.MIN_VALUE;
    private long firstNanos = Long.MIN_VALUE;
    private long lastDecisionNanos = Long.MIN_VALUE;
    private boolean isSilenceTold;
    private long toldNanos = Long.MIN_VALUE;

    /** @param keptOut the gate for which nothing was done; null if there was an entry, an exit or a position */
    void decided(long nanos, @Nullable Gate keptOut) {
        roll(nanos);
        decisions[(int) Math.floorMod(hour, HOURS)][keptOut == null ? GATES : keptOut.ordinal()]++;
        lastDecisionNanos = nanos;
        isSilenceTold = false;
    }

    /** Once a second. What to alert about, if anything. */
    Optional<String> second(long nanos) {
        if (firstNanos == Long.MIN_VALUE) {
            firstNanos = nanos;
            lastDecisionNanos = Math.max(lastDecisionNanos, nanos);
        }
        if (nanos - lastDecisionNanos >= SILENCE_NANOS && !isSilenceTold) {
            isSilenceTold = true;
            return Optional.of("DARK: no market has been decided on for " + (nanos - lastDecisionNanos) / MINUTE_NANOS
                    + " minutes. Are the feeds up, and does the exchange list markets of the traded series?");
        }
        roll(nanos);
        boolean isDue = hour > judgedHour && nanos - firstNanos >= HOURS * HOUR_NANOS;
        if (isDue) {
            judgedHour = hour;
        }
        return isDue ? oneReason(nanos) : Optional.empty();
    }

    /** Forgets what is older than a day. */
    private void roll(long nanos) {
        long newHour = Math.floorDiv(nanos, HOUR_NANOS);
        if (newHour <= hour) {
            return;
        }
        long from = hour == Long.MIN_VALUE ? newHour : Math.max(hour + 1, newHour - HOURS + 1);
        for (long i = from; i <= newHour; i++) {
            Arrays.fill(decisions[(int) Math.floorMod(i, HOURS)], 0);
        }
        hour = newHour;
    }

    private Optional<String> oneReason(long nanos) {
        long all = 0;
        long most = 0;
        int reason = GATES;
        for (int gate = 0; gate <= GATES; gate++) {
            long sum = 0;
            for (long[] ofHour : decisions) {
                sum += ofHour[gate];
            }
            all += sum;
            if (gate < GATES && sum > most) {
                most = sum;
                reason = gate;
            }
        }
        boolean isTold = toldNanos != Long.MIN_VALUE && nanos - toldNanos < HOURS * HOUR_NANOS;
        if (all == 0 || isTold || most * 100 <= all * SHARE_E2) {
            return Optional.empty();
        }
        toldNanos = nanos;
        return Optional.of(String.format(
                Locale.ROOT,
                "DARK: for a day %s has kept us out in %d of %d decisions (%.1f %%). Is the gate right, or its input?",
                Gate.values()[reason],
                most,
                all,
                100.0 * most / all));
    }
}
