package voltage.spot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as the venues write it (ASCII, no escapes, plain decimals) several times faster than a general parser. Whatever else it
 * meets, right or wrong, makes it give up, and {@link Json#parse} reads the document the general way to the same result or to an error.
 */
final class PlainJson {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 32;
    private static final int NAMES = 256;
    private static final Json TRUE = Json.literal("true");
    private static final Json FALSE = Json.literal("false");
    private static final Json NULL = Json.literal("null");

    /** Field names seen lately. Immutable entries of which any may be lost: so it needs no lock. */
    private static final @Nullable Name[] RECENT = new Name[NAMES];

    private static final class Name {
        private final byte[] bytes;
        private final String text;

        private Name(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }
    }

    /** Its own copy, for the values keep it. */
    private final byte[] text;

    private int at;
    private int depth;

    private PlainJson(byte[] text) {
        this.text = text;
    }

    /** The document in {@code bytes[from, to)}, or null if it is not of the plain kind. */
    static @Nullable Json read(byte[] bytes, int from, int to) {
        PlainJson reader = new PlainJson(Arrays.copyOfRange(bytes, from, to));
        reader.space();
        Json root = reader.value();
        if (root == null) {
            return null;
        }
        reader.space();
        return reader.at == reader.text.length ? root : null;
    }

    private void space() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    /** Whether {@code wanted} comes next; it is then behind us, with the space after it. */
    private boolean take(char wanted) {
        if (at < text.length && text[at] == wanted) {
            at++;
            space();
            return true;
        }
        return false;
    }

    private @Nullable Json value() {
        if (at >= text.length) {
            return null;
        }
        return switch (text[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text();
            case 't' -> word(TRUE, "true");
            case 'f' -> word(FALSE, "false");
            case 'n' -> word(NULL, "null");
            default -> number();
        };
    }

    private @Nullable Json object() {
        if (++depth > DEEPEST) {
            return null;
        }
        at++;
        space();
        Json.Fields fields = new Json.Fields();
        boolean isEmpty = take('}');
        while (!isEmpty) {
            int begin = at + 1;
            if (at >= text.length || text[at] != '"' || !string()) {
                return null;
            }
            String name = name(begin, at - 1);
            space();
            if (!take(':')) {
                return null;
            }
            Json value = value();
            if (value == null) {
                return null;
            }
            fields.add(name, value);
            space();
            if (take('}')) {
                break;
            }
            if (!take(',')) {
                return null;
            }
        }
        depth--;
        return Json.object(fields);
    }

    private @Nullable Json array() {
        if (++depth > DEEPEST) {
            return null;
        }
        at++;
        space();
        List<Json> items = new ArrayList<>();
        boolean isEmpty = take(']');
        while (!isEmpty) {
            Json value = value();
            if (value == null) {
                return null;
            }
            items.add(value);
            space();
            if (take(']')) {
                break;
            }
            if (!take(',')) {
                return null;
            }
        }
        depth--;
        return Json.array(items);
    }

    private @Nullable Json text() {
        int begin = at + 1;
        if (!string()) {
            return null;
        }
        return Json.string(text, begin, at - 1);
    }

    /** Goes behind the closing quote of the string that opens here, if it is plain. */
    private boolean string() {
        byte[] t = text;
        for (int i = at + 1; i < t.length; i++) {
            byte b = t[i];
            if (b == '"') {
                at = i + 1;
                return true;
            }
            if (b < ' ' || b == '\\') {
                return false;
            }
        }
        return false;
    }

    private String name(int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text[i];
        }
        int slot = (hash ^ hash >>> 8) & (NAMES - 1);
        Name known = RECENT[slot];
        if (known == null || !Arrays.equals(known.bytes, 0, known.bytes.length, text, from, to)) {
            known = new Name(
                    Arrays.copyOfRange(text, from, to), new String(text, from, to - from, ISO_8859_1).intern());
            RECENT[slot] = known;
        }
        return known.text;
    }

    private @Nullable Json word(Json value, String word) {
        if (text.length - at < word.length()) {
            return null;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return null;
            }
        }
        at += word.length();
        return value;
    }

    /** {@code [-]digits[.digits]} without a leading zero; what follows it is the caller's to judge. */
    private @Nullable Json number() {
        int begin = at;
        int i = begin < text.length && text[begin] == '-' ? begin + 1 : begin;
        int whole = digits(i);
        if (whole == i || (whole > i + 1 && text[i] == '0')) {
            return null;
        }
        int end = whole;
        if (end < text.length && text[end] == '.') {
            end = digits(whole + 1);
            if (end == whole + 1) {
                return null;
            }
        }
        if (end - begin > LONGEST_NUMBER) {
            return null;
        }
        at = end;
        return Json.number(text, begin, end);
    }

    private int digits(int from) {
        int i = from;
        while (i < text.length && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        return i;
    }
}
