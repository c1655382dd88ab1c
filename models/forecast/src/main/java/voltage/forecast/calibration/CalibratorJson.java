package voltage.forecast.calibration;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The JSON form of calibrators: {@code {"kind":"beta","a":…,"b":…,"c":…}}, {@code {"kind":"platt","a":…,"b":…}},
 * {@code {"kind":"isotonic","points":…,"centres":[…],"values":[…]}}. Doubles are written so that they are read back bit for bit.
 */
public final class CalibratorJson {
    private static final int MOST_BLOCKS = 1_000_000;

    private CalibratorJson() {}

    public static void write(JsonGenerator out, Calibrator calibrator) throws IOException {
        out.writeStartObject();
        switch (calibrator) {
            case PlattCalibrator platt -> {
                out.writeStringField("kind", "platt");
                out.writeNumberField("a", platt.a());
                out.writeNumberField("b", platt.b());
            }
            case BetaCalibrator beta -> {
                out.writeStringField("kind", "beta");
                out.writeNumberField("a", beta.a());
                out.writeNumberField("b", beta.b());
                out.writeNumberField("c", beta.c());
            }
            case IsotonicCalibrator isotonic -> {
                out.writeStringField("kind", "isotonic");
                out.writeNumberField("points", isotonic.points());
                out.writeFieldName("centres");
                out.writeArray(isotonic.centres(), 0, isotonic.centres().length);
                out.writeFieldName("values");
                out.writeArray(isotonic.values(), 0, isotonic.values().length);
            }
        }
        out.writeEndObject();
    }

    /**
     * Reads one object; the parser stands before or on its start.
     *
     * @throws JsonParseException if it is not a calibrator; the message names the rule
     */
    public static Calibrator read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT && in.nextToken() != JsonToken.START_OBJECT) {
            throw refused(in, "a calibrator is an object, was " + in.currentToken());
        }
        String kind = "";
        Map<String, double[]> numbers = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            if (name.equals("kind") && token == JsonToken.VALUE_STRING) {
                kind = in.getText();
            } else if (token == JsonToken.START_ARRAY) {
                numbers.put(name, array(in));
            } else {
                numbers.put(name, new double[] {number(in)});
            }
        }
        try {
            return switch (kind) {
                case "platt" -> new PlattCalibrator(one(in, numbers, "a"), one(in, numbers, "b"));
                case "beta" -> new BetaCalibrator(one(in, numbers, "a"), one(in, numbers, "b"), one(in, numbers, "c"));
                case "isotonic" ->
                    new IsotonicCalibrator(
                            (int) one(in, numbers, "points"),
                            many(in, numbers, "centres"),
                            many(in, numbers, "values"));
                default -> throw refused(in, "kind is platt, beta or isotonic, was \"" + kind + "\"");
            };
        } catch (IllegalArgumentException e) {
            throw refused(in, String.valueOf(e.getMessage()));
        }
    }

    private static double[] array(JsonParser in) throws IOException {
        double[] values = new double[16];
        int size = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (size == MOST_BLOCKS) {
                throw refused(in, "a calibrator has at most " + MOST_BLOCKS + " blocks");
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = number(in);
        }
        return Arrays.copyOf(values, size);
    }

    private static double number(JsonParser in) throws IOException {
        if (in.currentToken() == null || !in.currentToken().isNumeric()) {
            throw refused(in, "a number stands here, was " + in.currentToken());
        }
        return in.getDoubleValue();
    }

    private static double one(JsonParser in, Map<String, double[]> numbers, String name) throws JsonParseException {
        double[] values = many(in, numbers, name);
        if (values.length != 1) {
            throw refused(in, "\"" + name + "\" is one number, was " + values.length);
        }
        return values[0];
    }

    private static double[] many(JsonParser in, Map<String, double[]> numbers, String name) throws JsonParseException {
        double[] values = numbers.get(name);
        if (values == null) {
            throw refused(in, "\"" + name + "\" is missing");
        }
        return values;
    }

    private static JsonParseException refused(JsonParser in, String rule) {
        return new JsonParseException(in, "calibrator: " + rule + "; fit it again");
    }
}
