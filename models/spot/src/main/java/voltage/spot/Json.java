package voltage.spot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.market.FixedPoint;
import voltage.market.MalformedFrameException;

/**
 * A small JSON document whose numbers keep their text, so that a price is read from the characters that the venue sent. Every access
 * that does not fit the document is a {@link MalformedFrameException}.
 */
public final class Json {
    private static final int DEEPEST = 32;
    private static final int LARGEST_EXPONENT = 18;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(64)
                    .build())
            .build();

    private enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        LITERAL
    }

    private static final byte[] NO_BYTES = {};
    private static final Fields NO_FIELDS = new Fields();

    private final Kind kind;
    private final Fields fields;
    private final List<Json> items;
    /** Where the text stands; text is made of it only when somebody asks. */
    private final byte[] source;

    private final int from;
    private final int to;

    private Json(Kind kind, Fields fields, List<Json> items, byte[] source, int from, int to) {
        this.kind = kind;
        this.fields = fields;
        this.items = items;
        this.source = source;
        this.from = from;
        this.to = to;
    }

    private static Json scalar(Kind kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Json(kind, NO_FIELDS, List.of(), bytes, 0, bytes.length);
    }

    static Json object(Fields fields) {
        return new Json(Kind.OBJECT, fields, List.of(), NO_BYTES, 0, 0);
    }

    static Json array(List<Json> items) {
        return new Json(Kind.ARRAY, NO_FIELDS, items, NO_BYTES, 0, 0);
    }

    /** A string that stands in {@code source}, which nobody changes any more. */
    static Json string(byte[] source, int from, int to) {
        return new Json(Kind.STRING, NO_FIELDS, List.of(), source, from, to);
    }

    /** A number that stands in {@code source}, which nobody changes any more. */
    static Json number(byte[] source, int from, int to) {
        return new Json(Kind.NUMBER, NO_FIELDS, List.of(), source, from, to);
    }

    static Json literal(String text) {
        return scalar(Kind.LITERAL, text);
    }

    /** The fields of an object. Few, so that looking through them beats hashing; of a name that comes twice, the last one counts. */
    static final class Fields {
        private @Nullable String[] names = new String[8];
        private @Nullable Json[] values = new Json[8];
        private int count;

        void add(String name, Json value) {
            if (count == names.length) {
                names = Arrays.copyOf(names, count * 2);
                values = Arrays.copyOf(values, count * 2);
            }
            names[count] = name;
            values[count++] = value;
        }

        @Nullable
        Json find(String name) {
            for (int i = count - 1; i >= 0; i--) {
                if (name.equals(names[i])) {
                    return values[i];
                }
            }
            return null;
        }

        Map<String, Json> asMap() {
            Map<String, Json> map = new HashMap<>();
            for (int i = 0; i < count; i++) {
                String name = names[i];
                Json value = values[i];
                if (name != null && value != null) {
                    map.put(name, value);
                }
            }
            return map;
        }
    }

    /** Reads exactly one document from {@code bytes[from, to)}; white space may surround it. */
    public static Json parse(byte[] bytes, int from, int to) throws MalformedFrameException {
        Json plain = PlainJson.read(bytes, from, to);
        return plain != null ? plain : parseAny(bytes, from, to);
    }

    /** The general way, for whatever {@link PlainJson} does not read. */
    static Json parseAny(byte[] bytes, int from, int to) throws MalformedFrameException {
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedFrameException("a JSON document was expected, the frame is empty");
            }
            Json root = read(parser, first);
            if (parser.nextToken() != null) {
                throw new MalformedFrameException("one JSON document was expected, more follows it");
            }
            return root;
        } catch (IOException e) {
            throw new MalformedFrameException("no JSON: " + e.getMessage(), e);
        }
    }

    private static Json read(JsonParser parser, JsonToken token) throws IOException, MalformedFrameException {
        return switch (token) {
            case START_OBJECT -> {
                Fields fields = new Fields();
                while (next(parser) != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    fields.add(name, read(parser, next(parser)));
                }
                yield object(fields);
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                for (JsonToken item = next(parser); item != JsonToken.END_ARRAY; item = next(parser)) {
                    items.add(read(parser, item));
                }
                yield array(items);
            }
            case VALUE_STRING -> scalar(Kind.STRING, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(Kind.NUMBER, parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> literal(parser.getText());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new MalformedFrameException("no JSON: unexpected " + token);
        };
    }

    private static JsonToken next(JsonParser parser) throws IOException, MalformedFrameException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new MalformedFrameException("no JSON: it ends early");
        }
        return token;
    }

    public boolean isObject() {
        return kind == Kind.OBJECT;
    }

    public boolean isArray() {
        return kind == Kind.ARRAY;
    }

    /** Whether this object has a field of that name that is not null. */
    public boolean has(String name) {
        @Nullable Json value = fields.find(name);
        return value != null && !value.isNull();
    }

    /** The field of that name, unless it is absent or null. */
    public Optional<Json> find(String name) {
        @Nullable Json value = fields.find(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** The field of that name, which must be there. */
    public Json get(String name) throws MalformedFrameException {
        @Nullable Json value = fields.find(name);
        if (value == null) {
            throw new MalformedFrameException("field \"" + name + "\" is missing");
        }
        return value;
    }

    /** The fields of an object, in no order; empty for anything else. */
    public Map<String, Json> fields() {
        return fields.asMap();
    }

    /** The items of an array, which this must be. */
    public List<Json> items() throws MalformedFrameException {
        if (kind != Kind.ARRAY) {
            throw new MalformedFrameException("an array was expected, was " + this);
        }
        return items;
    }

    /** An item of an array, which must have it. */
    public Json item(int index) throws MalformedFrameException {
        if (index >= items().size()) {
            throw new MalformedFrameException(
                    "an array of more than " + index + " items was expected, had " + items.size());
        }
        return items.get(index);
    }

    /** The text of a string, number or literal. */
    public String text() throws MalformedFrameException {
        if (kind == Kind.OBJECT || kind == Kind.ARRAY) {
            throw new MalformedFrameException("a value was expected, was " + this);
        }
        return written();
    }

    private String written() {
        return new String(source, from, to - from, StandardCharsets.UTF_8);
    }

    /** {@code true} or {@code false}. */
    public boolean flag() throws MalformedFrameException {
        if (kind == Kind.LITERAL && !isNull()) {
            return written().equals("true");
        }
        throw new MalformedFrameException("true or false was expected, was " + this);
    }

    /** A number, or a string that holds one, scaled by ten to the power of {@code scale}; exact or refused. */
    public long decimal(int scale) throws MalformedFrameException {
        if (kind != Kind.NUMBER && kind != Kind.STRING) {
            throw new MalformedFrameException("a number was expected, was " + this);
        }
        if (!isWithExponent()) {
            return decimalOf(source, from, to, scale);
        }
        try {
            byte[] plain = plain(written()).getBytes(StandardCharsets.UTF_8);
            return decimalOf(plain, 0, plain.length, scale);
        } catch (NumberFormatException e) {
            throw new MalformedFrameException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long decimalOf(byte[] text, int from, int to, int scale) throws MalformedFrameException {
        try {
            return FixedPoint.parse(text, from, to, scale);
        } catch (NumberFormatException e) {
            throw new MalformedFrameException(String.valueOf(e.getMessage()), e);
        }
    }

    private boolean isWithExponent() {
        for (int i = from; i < to; i++) {
            if ((source[i] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    /** A whole number. */
    public long integer() throws MalformedFrameException {
        return decimal(0);
    }

    /** An ISO-8601 instant with any number of fraction digits, as epoch nanoseconds. */
    public long instantNanos() throws MalformedFrameException {
        long usual = IsoTime.nanos(text());
        if (usual != IsoTime.UNUSUAL) {
            return usual;
        }
        try {
            Instant instant = Instant.parse(text());
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedFrameException("an ISO instant from 1678 to 2262 was expected, was " + this, e);
        }
    }

    private boolean isNull() {
        return kind == Kind.LITERAL && source[from] == 'n';
    }

    /** A small number may come as 1e-8: some serialisers do that to numbers that are not strings. */
    private static String plain(String number) {
        if ((number.indexOf('e') < 0 && number.indexOf('E') < 0) || number.length() > 64) {
            return number;
        }
        BigDecimal value = new BigDecimal(number);
        if (Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
            throw new NumberFormatException("a number of reasonable size was expected, was \"" + number + "\"");
        }
        return value.toPlainString();
    }

    @Override
    public String toString() {
        return switch (kind) {
            case OBJECT -> "an object with " + fields().size() + " fields";
            case ARRAY -> "an array of " + items.size();
            case STRING -> "\"" + shortened(written()) + "\"";
            case NUMBER, LITERAL -> written();
        };
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
