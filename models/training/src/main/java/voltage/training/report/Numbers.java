package voltage.training.report;

import java.util.Locale;
import voltage.training.measure.Interval;

/** How numbers are shown. */
final class Numbers {
    private Numbers() {}

    /** A coordinate in a drawing. */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** With so many digits; a dash for what is not known. */
    static String fixed(double value, int digits) {
        return Double.isFinite(value) ? minus(String.format(Locale.ROOT, "%." + digits + "f", value)) : "–";
    }

    /** With its sign; nothing has none. */
    static String signed(double value, int digits) {
        if (value == 0) {
            return fixed(0, digits);
        }
        return Double.isFinite(value) ? minus(String.format(Locale.ROOT, "%+." + digits + "f", value)) : "–";
    }

    static String percent(double share, int digits) {
        return fixed(100 * share, digits) + " %";
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** An estimate and its interval, with signs. */
    static String difference(Interval interval, int digits) {
        return signed(interval.estimate(), digits) + " (" + range(interval, digits) + ")";
    }

    /** An interval of a difference. */
    static String range(Interval interval, int digits) {
        return signed(interval.low(), digits) + " to " + signed(interval.high(), digits);
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }
}
