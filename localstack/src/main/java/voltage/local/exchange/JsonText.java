package voltage.local.exchange;

import org.jspecify.annotations.Nullable;
import voltage.market.FixedPoint;

/** Writes JSON text in the order of the calls, numbers as Kalshi prints them. */
final class JsonText {
    private final StringBuilder out = new StringBuilder(256);
    private boolean comma;

    JsonText object() {
        return open('{');
    }

    JsonText object(String name) {
        return name(name).open('{');
    }

    JsonText end() {
        return close('}');
    }

    JsonText array() {
        return open('[');
    }

    JsonText array(String name) {
        return name(name).open('[');
    }

    JsonText endArray() {
        return close(']');
    }

    JsonText field(String name, String value) {
        return name(name).value(value);
    }

    JsonText field(String name, long value) {
        name(name);
        out.append(value);
        comma = true;
        return this;
    }

    JsonText field(String name, boolean value) {
        name(name);
        out.append(value);
        comma = true;
        return this;
    }

    JsonText optional(String name, @Nullable String value) {
        return value == null ? this : field(name, value);
    }

    /** A decimal in a string, for example {@code "0.4800"} at scale 4. */
    JsonText decimal(String name, long value, int scale) {
        name(name);
        out.append('"');
        FixedPoint.append(out, value, scale);
        out.append('"');
        comma = true;
        return this;
    }

    JsonText price(String name, long valueE4) {
        return decimal(name, valueE4, 4);
    }

    JsonText count(String name, long valueE2) {
        return decimal(name, valueE2, 2);
    }

    JsonText cash(String name, long valueE6) {
        return decimal(name, valueE6, 6);
    }

    /** Text that is JSON already. */
    JsonText raw(String name, String json) {
        name(name);
        out.append(json);
        comma = true;
        return this;
    }

    JsonText rawValue(String json) {
        separate();
        out.append(json);
        comma = true;
        return this;
    }

    JsonText value(String value) {
        separate();
        quote(value);
        comma = true;
        return this;
    }

    private JsonText name(String name) {
        separate();
        quote(name);
        out.append(':');
        comma = false;
        return this;
    }

    private JsonText open(char bracket) {
        separate();
        out.append(bracket);
        comma = false;
        return this;
    }

    private JsonText close(char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
    }

    private static int plainUntil(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return i;
            }
        }
        return text.length();
    }

    private void quote(String text) {
        int plain = plainUntil(text, 0);
        out.append('"');
        if (plain == text.length()) {
            out.append(text).append('"');
            return;
        }
        int written = 0;
        for (int i = plain; i < text.length(); i = plainUntil(text, written)) {
            out.append(text, written, i).append(escaped(text.charAt(i)));
            written = i + 1;
        }
        out.append(text, written, text.length()).append('"');
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
