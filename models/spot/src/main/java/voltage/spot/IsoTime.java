package voltage.spot;

/** The one form of ISO-8601 that the venues really send, {@code 2026-05-13T23:01:10[.123456]Z}, without a formatter's machinery. */
final class IsoTime {
    /** Not of that form: ask {@link java.time.Instant#parse}, which also says what is wrong. */
    static final long UNUSUAL = Long.MIN_VALUE;

    private static final int FRACTION_AT = 19;

    private IsoTime() {}

    /** Epoch nanoseconds of a time from 1970 to 2261, or {@link #UNUSUAL}; the last days of months are unusual too. */
    static long nanos(String text) {
        int length = text.length();
        if (length < FRACTION_AT + 1
                || length > FRACTION_AT + 11
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(length - 1) != 'Z') {
            return UNUSUAL;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        boolean isDay = year >= 1970 && year <= 2261 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
        boolean isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
        long fraction = fractionNanos(text, length - 1);
        if (!isDay || !isTime || fraction < 0) {
            return UNUSUAL;
        }
        long days = java.time.LocalDate.of(year, month, day).toEpochDay();
        return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000_000L + fraction;
    }

    private static long fractionNanos(String text, int end) {
        if (end == FRACTION_AT) {
            return 0;
        }
        if (text.charAt(FRACTION_AT) != '.' || end < FRACTION_AT + 2) {
            return -1;
        }
        long nanos = digits(text, FRACTION_AT + 1, end);
        for (int places = end - FRACTION_AT - 1; places < 9; places++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** At most nine digits as a number; −1 if any is none. */
    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
