package voltage.spot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
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

    private final Kind kind;
    private final Map<String, Json> fields;
    private final List<Json> items;
    private final String text;

    private Json(Kind kind, Map<String, Json> fields, List<Json> items, String text) {
        this.kind = kind;
        this.fields = fields;
        this.items = items;
        this.text = text;
    }

    /** Reads exactly one document from {@code bytes[from, to)}; white space may surround it. */
    public static Json parse(byte[] bytes, int from, int to) throws MalformedFrameException {
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
                Map<String, Json> fields = new HashMap<>();
                while (next(parser) != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    fields.put(name, read(parser, next(parser)));
                }
                yield new Json(Kind.OBJECT, fields, List.of(), "");
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                for (JsonToken item = next(parser); item != JsonToken.END_ARRAY; item = next(parser)) {
                    items.add(read(parser, item));
                }
                yield new Json(Kind.ARRAY, Map.of(), items, "");
            }
            case VALUE_STRING -> new Json(Kind.STRING, Map.of(), List.of(), parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json(Kind.NUMBER, Map.of(), List.of(), parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new Json(Kind.LITERAL, Map.of(), List.of(), parser.getText());
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
        return find(name).isPresent();
    }

    /** The field of that name, unless it is absent or null. */
    public Optional<Json> find(String name) {
        @Nullable Json value = fields.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** The field of that name, which must be there. */
    public Json get(String name) throws MalformedFrameException {
        @Nullable Json value = fields.get(name);
        if (value == null) {
            throw new MalformedFrameException("field \"" + name + "\" is missing");
        }
        return value;
    }

    /** The fields of an object, in no order; empty for anything else. */
    public Map<String, Json> fields() {
        return fields;
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
        return text;
    }

    /** {@code true} or {@code false}. */
    public boolean flag() throws MalformedFrameException {
        if (kind == Kind.LITERAL && !isNull()) {
            return text.equals("true");
        }
        throw new MalformedFrameException("true or false was expected, was " + this);
    }

    /** A number, or a string that holds one, scaled by ten to the power of {@code scale}; exact or refused. */
    public long decimal(int scale) throws MalformedFrameException {
        if (kind != Kind.NUMBER && kind != Kind.STRING) {
            throw new MalformedFrameException("a number was expected, was " + this);
        }
        try {
            return FixedPoint.parse(plain(text), scale);
        } catch (NumberFormatException e) {
            throw new MalformedFrameException(String.valueOf(e.getMessage()), e);
        }
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
        return kind == Kind.LITERAL && text.equals("null");
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
            case OBJECT -> "an object with " + fields.size() + " fields";
            case ARRAY -> "an array of " + items.size();
            case STRING -> "\"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\"";
            case NUMBER, LITERAL -> text;
        };
    }
}
