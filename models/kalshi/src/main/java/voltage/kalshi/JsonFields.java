package voltage.kalshi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.market.FixedPoint;
import voltage.market.MalformedFrameException;
import voltage.market.TickGrid;

/**
 * The fields of a JSON object, read by name and by type. A missing field and a {@code null} are the same. A field of another type
 * than asked for is malformed: nothing is coerced, because a price of {@code 48} could be cents or dollars.
 *
 * <p>Not for the hot path.
 */
public final class JsonFields {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_TICKER_LENGTH = 128;
    private static final int MAX_INTEGER_DIGITS = 15;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ObjectNode node;

    private JsonFields(ObjectNode node) {
        this.node = node;
    }

    /** @throws MalformedFrameException unless the bytes are exactly one JSON object, white space around it allowed */
    public static JsonFields parse(byte[] bytes, int from, int to) throws MalformedFrameException {
        try (JsonParser parser = MAPPER.createParser(bytes, from, to - from)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree instanceof ObjectNode object && parser.nextToken() == null) {
                return new JsonFields(object);
            }
        } catch (IOException | RuntimeException notJson) {
            // Jackson answers some broken encodings with an unchecked exception; both mean the same to us.
            throw new MalformedFrameException("one JSON object was expected, was " + shown(bytes, from, to), notJson);
        }
        throw new MalformedFrameException("one JSON object was expected, was " + shown(bytes, from, to));
    }

    public static JsonFields parse(byte[] bytes) throws MalformedFrameException {
        return parse(bytes, 0, bytes.length);
    }

    public static JsonFields parse(String text) throws MalformedFrameException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean has(String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    /** How many fields have a name that is not among {@code known}. */
    public int unknownAmong(Set<String> known) {
        int unknown = 0;
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                unknown++;
            }
        }
        return unknown;
    }

    public String text(String name) throws MalformedFrameException {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw wrong(name, "a string", value);
        }
        return value.textValue();
    }

    public String textOr(String name, String fallback) throws MalformedFrameException {
        return has(name) ? text(name) : fallback;
    }

    /** A ticker as {@link #isTicker} says. */
    public String ticker(String name) throws MalformedFrameException {
        String ticker = text(name);
        if (!isTicker(ticker)) {
            throw new MalformedFrameException(
                    name + " must be 1 to 128 printable characters, was \"" + shorten(ticker) + "\"");
        }
        return ticker;
    }

    /** Whether it is 1 to 128 printable ASCII characters without spaces. */
    public static boolean isTicker(String text) {
        if (text.isEmpty() || text.length() > MAX_TICKER_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** A decimal in a string, exactly, scaled by ten to the power of {@code scale}. */
    public long decimal(String name, int scale) throws MalformedFrameException {
        String text = text(name);
        try {
            return FixedPoint.parse(text, scale);
        } catch (NumberFormatException malformed) {
            throw new MalformedFrameException(name + ": " + malformed.getMessage(), malformed);
        }
    }

    public long decimalOr(String name, int scale, long fallback) throws MalformedFrameException {
        return has(name) ? decimal(name, scale) : fallback;
    }

    public OptionalLong decimalIfPresent(String name, int scale) throws MalformedFrameException {
        return has(name) ? OptionalLong.of(decimal(name, scale)) : OptionalLong.empty();
    }

    /** A contract's price in {@code E4}, 0 to one dollar. */
    public int priceE4(String name) throws MalformedFrameException {
        return checkedPriceE4(name, decimal(name, 4));
    }

    public int priceE4Or(String name, int fallbackE4) throws MalformedFrameException {
        return has(name) ? priceE4(name) : fallbackE4;
    }

    public static int checkedPriceE4(String name, long priceE4) throws MalformedFrameException {
        if (priceE4 < 0 || priceE4 > TickGrid.ONE_DOLLAR_E4) {
            throw new MalformedFrameException(name + " must be 0 to 1 dollar, was " + FixedPoint.format(priceE4, 4));
        }
        return (int) priceE4;
    }

    /**
     * A number or a decimal string, possibly with thousands commas, rounded half up to {@code scale} places: strikes and index
     * values, never prices or counts.
     */
    public long rounded(String name, int scale) throws MalformedFrameException {
        JsonNode value = required(name);
        BigDecimal decimal;
        if (value.isNumber()) {
            decimal = value.decimalValue();
        } else if (value.isTextual()) {
            try {
                String text = value.textValue().replace(",", "");
                if (text.length() > MAX_NUMBER_LENGTH) {
                    throw wrong(name, "a number", value);
                }
                decimal = new BigDecimal(text);
            } catch (NumberFormatException malformed) {
                throw wrong(name, "a number", value);
            }
        } else {
            throw wrong(name, "a number", value);
        }
        if (decimal.signum() != 0
                && Math.abs((long) decimal.precision() - decimal.scale()) > MAX_INTEGER_DIGITS - scale + 4) {
            throw wrong(name, "a number of at most " + (MAX_INTEGER_DIGITS - scale + 4) + " places", value);
        }
        return decimal.setScale(scale, RoundingMode.HALF_UP)
                .movePointRight(scale)
                .longValueExact();
    }

    public OptionalLong roundedIfPresent(String name, int scale) throws MalformedFrameException {
        return has(name) ? OptionalLong.of(rounded(name, scale)) : OptionalLong.empty();
    }

    public long integer(String name) throws MalformedFrameException {
        JsonNode value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "an integer", value);
        }
        return value.longValue();
    }

    public long integerOr(String name, long fallback) throws MalformedFrameException {
        return has(name) ? integer(name) : fallback;
    }

    /** An integer of at least {@code least}. */
    public long integerFrom(String name, long least) throws MalformedFrameException {
        long value = integer(name);
        if (value < least) {
            throw new MalformedFrameException(name + " must be at least " + least + ", was " + value);
        }
        return value;
    }

    public int smallIntOr(String name, int fallback) throws MalformedFrameException {
        long value = integerOr(name, fallback);
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw new MalformedFrameException(name + " must be a small integer, was " + value);
        }
        return (int) value;
    }

    public boolean flagOr(String name, boolean fallback) throws MalformedFrameException {
        if (!has(name)) {
            return fallback;
        }
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false", value);
        }
        return value.booleanValue();
    }

    /** An RFC 3339 string, or 0 if the field is missing or empty. */
    public long timeNanosOr0(String name) throws MalformedFrameException {
        String text = textOr(name, "");
        if (text.isEmpty()) {
            return 0;
        }
        long nanos = WireTimes.rfc3339Nanos(text);
        if (nanos == 0) {
            throw new MalformedFrameException(name + " must be an RFC 3339 time in UTC, was \"" + shorten(text) + "\"");
        }
        return nanos;
    }

    /** Unix milliseconds as nanoseconds, or 0 if the field is missing. */
    public long millisAsNanosOr0(String name) throws MalformedFrameException {
        return scaledTime(name, WireTimes.MAX_MILLIS, 1_000_000);
    }

    /** Unix seconds as nanoseconds, or 0 if the field is missing. */
    public long secondsAsNanosOr0(String name) throws MalformedFrameException {
        return scaledTime(name, WireTimes.MAX_SECONDS, 1_000_000_000);
    }

    private long scaledTime(String name, long max, long factor) throws MalformedFrameException {
        long value = integerOr(name, 0);
        if (value < 0 || value > max) {
            throw new MalformedFrameException(name + " must be a unix time, was " + value);
        }
        return value * factor;
    }

    /** When it happened by {@code ts_ms}, else by {@code ts} (seconds or RFC 3339), else 0. */
    public long eventNanos() throws MalformedFrameException {
        if (has("ts_ms")) {
            return millisAsNanosOr0("ts_ms");
        }
        JsonNode ts = node.get("ts");
        if (ts == null) {
            return 0;
        }
        return ts.isTextual() ? WireTimes.rfc3339Nanos(ts.textValue()) : secondsAsNanosOr0("ts");
    }

    public JsonFields object(String name) throws MalformedFrameException {
        JsonNode value = required(name);
        if (!(value instanceof ObjectNode object)) {
            throw wrong(name, "an object", value);
        }
        return new JsonFields(object);
    }

    public @Nullable JsonFields objectOrNull(String name) throws MalformedFrameException {
        return has(name) ? object(name) : null;
    }

    /** The objects of an array; none if it is missing. */
    public List<JsonFields> objects(String name) throws MalformedFrameException {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (!(element instanceof ObjectNode object)) {
                throw wrong(name, "an array of objects", element);
            }
            objects.add(new JsonFields(object));
        }
        return objects;
    }

    /** The strings of an array; none if it is missing. */
    public List<String> texts(String name) throws MalformedFrameException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (!element.isTextual()) {
                throw wrong(name, "an array of strings", element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** The tickers of an array; none if it is missing. */
    public List<String> tickers(String name) throws MalformedFrameException {
        List<String> tickers = texts(name);
        for (String ticker : tickers) {
            if (!isTicker(ticker)) {
                throw new MalformedFrameException(
                        name + " must hold tickers of 1 to 128 printable characters, was \"" + shorten(ticker) + "\"");
            }
        }
        return tickers;
    }

    /** Whether the field is an array. */
    public boolean isArray(String name) {
        JsonNode value = node.get(name);
        return value != null && value.isArray();
    }

    /** Whether the field is a string. */
    public boolean isText(String name) {
        JsonNode value = node.get(name);
        return value != null && value.isTextual();
    }

    /** One side of a book: {@code [["0.4700","3.00"],…]}. Missing, {@code null} and empty are the same. */
    public BookLevels levels(String name) throws MalformedFrameException {
        List<JsonNode> rows = elements(name);
        int[] pricesE4 = new int[rows.size()];
        long[] countsE2 = new long[rows.size()];
        for (int i = 0; i < pricesE4.length; i++) {
            JsonNode row = rows.get(i);
            if (!row.isArray()
                    || row.size() != 2
                    || !row.get(0).isTextual()
                    || !row.get(1).isTextual()) {
                throw wrong(name, "rows of price and count", row);
            }
            try {
                pricesE4[i] = checkedPriceE4(name, FixedPoint.parse(row.get(0).textValue(), 4));
                countsE2[i] = FixedPoint.parse(row.get(1).textValue(), 2);
            } catch (NumberFormatException malformed) {
                throw new MalformedFrameException(name + ": " + malformed.getMessage(), malformed);
            }
        }
        return new BookLevels(pricesE4, countsE2);
    }

    /** The object as JSON, shortened to at most 400 characters. */
    public String shown() {
        String text = node.toString();
        return text.length() <= 400 ? text : text.substring(0, 400) + "…";
    }

    private List<JsonNode> elements(String name) throws MalformedFrameException {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = required(name);
        if (!value.isArray()) {
            throw wrong(name, "an array", value);
        }
        List<JsonNode> elements = new ArrayList<>(value.size());
        value.forEach(elements::add);
        return elements;
    }

    private JsonNode required(String name) throws MalformedFrameException {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new MalformedFrameException("\"" + name + "\" is missing from " + shorten(node.toString()));
        }
        return value;
    }

    private static MalformedFrameException wrong(String name, String expected, JsonNode was) {
        return new MalformedFrameException("\"" + name + "\" must be " + expected + ", was " + shorten(was.toString()));
    }

    private static String shown(byte[] bytes, int from, int to) {
        return shorten(new String(bytes, from, Math.min(to - from, 200), StandardCharsets.UTF_8));
    }

    private static String shorten(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
