package voltage.local.session;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Epoch nanoseconds and their texts. */
final class Times {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long QUARTER_HOUR = 15 * MINUTE;

    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** Exact, in ISO 8601. */
    static String text(long nanos) {
        return instant(nanos).toString();
    }

    /** To the second, as sessions are named: {@code 20260513T230110Z}. */
    static String compact(long nanos) {
        return COMPACT.format(instant(nanos));
    }
}
