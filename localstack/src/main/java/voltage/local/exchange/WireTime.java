package voltage.local.exchange;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as Kalshi prints them. */
final class WireTime {
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;

    private WireTime() {}

    /** RFC 3339 with up to six fractional digits, trailing zeros cut, as Go prints it. */
    static String rfc3339(long nanos) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(nanos, SECOND), 0, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(27);
        append(out, time.getYear(), 4).append('-');
        append(out, time.getMonthValue(), 2).append('-');
        append(out, time.getDayOfMonth(), 2).append('T');
        append(out, time.getHour(), 2).append(':');
        append(out, time.getMinute(), 2).append(':');
        append(out, time.getSecond(), 2);
        int micros = (int) (Math.floorMod(nanos, SECOND) / 1_000);
        if (micros > 0) {
            out.append('.');
            append(out, micros, 6);
            while (out.charAt(out.length() - 1) == '0') {
                out.setLength(out.length() - 1);
            }
        }
        return out.append('Z').toString();
    }

    static long seconds(long nanos) {
        return Math.floorDiv(nanos, SECOND);
    }

    static long millis(long nanos) {
        return Math.floorDiv(nanos, MILLI);
    }

    static long nanosOfSeconds(long seconds) {
        return Math.multiplyExact(seconds, SECOND);
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    private static StringBuilder append(StringBuilder out, int value, int width) {
        int power = 1;
        for (int i = 1; i < width; i++) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            out.append((char) ('0' + value / power % 10));
        }
        return out;
    }
}
