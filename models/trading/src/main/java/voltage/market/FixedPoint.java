package voltage.market;

import java.nio.charset.StandardCharsets;

/**
 * Decimal text to scaled integers and back, exactly. Every price, count and amount of money enters and leaves through
 * here, so no binary floating point ever touches one.
 *
 * <p>Scales are the number of decimal places kept: 4 for prices ({@code E4}), 2 for counts ({@code E2}), 6 for cash
 * ({@code E6}), 8 for spot sizes ({@code E8}).
 */
public final class FixedPoint {
    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private FixedPoint() {}

    /**
     * Reads {@code [-]digits[.digits]} as an integer scaled by ten to the power of {@code scale}.
     *
     * @throws NumberFormatException if the text is not such a number, has a non-zero digit beyond {@code scale} places, or does
     *     not fit; the message contains the text
     */
    public static long parse(CharSequence text, int scale) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return parse(bytes, 0, bytes.length, scale);
    }

    /** As {@link #parse(CharSequence, int)}, from ASCII bytes and without allocating. */
    public static long parse(byte[] text, int from, int to, int scale) {
        int i = from;
        boolean negative = i < to && text[i] == '-';
        if (negative) {
            i++;
        }
        long value = 0;
        int digits = 0;
        int places = -1;
        for (; i < to; i++) {
            int c = text[i];
            if (c >= '0' && c <= '9') {
                digits++;
                if (places >= scale) {
                    if (c != '0') {
                        throw malformed(text, from, to, scale);
                    }
                    continue;
                }
                value = value * 10 + (c - '0');
                if (value < 0 || digits > 18 + 1) {
                    throw malformed(text, from, to, scale);
                }
                if (places >= 0) {
                    places++;
                }
            } else if (c == '.' && places < 0 && digits > 0) {
                places = 0;
            } else {
                throw malformed(text, from, to, scale);
            }
        }
        if (digits == 0 || text[to - 1] == '.') {
            throw malformed(text, from, to, scale);
        }
        int missing = scale - Math.max(places, 0);
        if (missing > 0) {
            long factor = POWERS_OF_TEN[missing];
            if (value > Long.MAX_VALUE / factor) {
                throw malformed(text, from, to, scale);
            }
            value *= factor;
        }
        return negative ? -value : value;
    }

    /** Writes {@code value} with exactly {@code scale} decimal places, as Kalshi does: {@code 4800} at scale 4 is {@code 0.4800}. */
    public static String format(long value, int scale) {
        StringBuilder out = new StringBuilder(24);
        append(out, value, scale);
        return out.toString();
    }

    /** As {@link #format(long, int)}, onto an existing builder. */
    public static void append(StringBuilder out, long value, int scale) {
        if (scale == 0) {
            out.append(value);
            return;
        }
        if (value < 0) {
            out.append('-');
        }
        out.append(Math.abs(value / POWERS_OF_TEN[scale]));
        out.append('.');
        // Taken of the quotient and the remainder, since the lowest long has no magnitude.
        long fraction = Math.abs(value % POWERS_OF_TEN[scale]);
        for (int i = scale - 1; i >= 0; i--) {
            out.append((char) ('0' + fraction / POWERS_OF_TEN[i] % 10));
        }
    }

    private static NumberFormatException malformed(byte[] text, int from, int to, int scale) {
        String shown = new String(text, from, Math.min(to - from, 40), StandardCharsets.UTF_8);
        return new NumberFormatException(
                "a decimal number with at most " + scale + " places was expected, was \"" + shown + "\"");
    }
}
