package voltage.kalshi;

/** Kalshi's times to epoch nanoseconds UTC. */
public final class WireTimes {
    /** The last millisecond whose nanoseconds fit a {@code long}. */
    public static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

    /** The last second whose nanoseconds fit a {@code long}. */
    public static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000;

    private static final int FRACTION_AT = 19;

    private WireTimes() {}

    /**
     * Reads {@code 2026-06-11T06:31:29[.957081]Z}, ASCII, without allocating.
     *
     * @return epoch nanoseconds, or 0 if it is not such a time: what Kalshi marks as optional must not cost a book
     */
    public static long rfc3339Nanos(byte[] text, int from, int to) {
        if (to - from < FRACTION_AT + 1
                || to - from > FRACTION_AT + 11
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || text[from + 10] != 'T'
                || text[from + 13] != ':'
                || text[from + 16] != ':'
                || text[to - 1] != 'Z') {
            return 0;
        }
        int year = digits(text, from, from + 4);
        int month = digits(text, from + 5, from + 7);
        int day = digits(text, from + 8, from + 10);
        int hour = digits(text, from + 11, from + 13);
        int minute = digits(text, from + 14, from + 16);
        int second = digits(text, from + 17, from + 19);
        if (year < 1970 || year > 2261 || month < 1 || month > 12 || day < 1 || day > 31) {
            return 0;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return 0;
        }
        long nanos = fractionNanos(text, from + FRACTION_AT, to - 1);
        if (nanos < 0) {
            return 0;
        }
        long days = daysSinceEpoch(year, month, day);
        return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000_000L + nanos;
    }

    /** As {@link #rfc3339Nanos(byte[], int, int)}. */
    public static long rfc3339Nanos(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return rfc3339Nanos(bytes, 0, bytes.length);
    }

    private static long fractionNanos(byte[] text, int from, int to) {
        if (from == to) {
            return 0;
        }
        if (text[from] != '.' || to - from < 2) {
            return -1;
        }
        long nanos = digits(text, from + 1, to);
        for (int places = to - from - 1; places < 9; places++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** At most nine digits as a number; negative if any is none. */
    private static int digits(byte[] text, int from, int to) {
        int value = 0;
        int bad = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            bad |= digit | (9 - digit);
            value = value * 10 + digit;
        }
        return bad < 0 ? -1 : value;
    }

    /** Howard Hinnant's days_from_civil, for years from 1970. */
    private static long daysSinceEpoch(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = y / 400;
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
