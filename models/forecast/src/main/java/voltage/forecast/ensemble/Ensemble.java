package voltage.forecast.ensemble;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.forecast.calibration.Calibrator;
import voltage.forecast.calibration.CalibratorJson;

/** A pool and the calibration of what it gives: weights first, calibration of the pooled score second. */
public record Ensemble(LogPool pool, Calibrator calibrator) {
    private static final int MOST_MEMBERS = 100;

    /** The ensemble's probability; NaN if a member with a weight is missing. */
    public double probability(double[] probabilities) {
        return calibrator.calibrate(pool.pool(probabilities));
    }

    /** Writes {@code {"members":[{"name":…,"weight":…},…],"calibrator":{…}}}. */
    public void write(JsonGenerator out) throws IOException {
        double[] weights = pool.weights();
        out.writeStartObject();
        out.writeArrayFieldStart("members");
        for (int j = 0; j < weights.length; j++) {
            out.writeStartObject();
            out.writeStringField("name", pool.members().get(j));
            out.writeNumberField("weight", weights[j]);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeFieldName("calibrator");
        CalibratorJson.write(out, calibrator);
        out.writeEndObject();
    }

    /**
     * Reads one object; the parser stands before or on its start.
     *
     * @throws JsonParseException if it is not an ensemble; the message names the rule
     */
    public static Ensemble read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT && in.nextToken() != JsonToken.START_OBJECT) {
            throw refused(in, "an ensemble is an object, was " + in.currentToken());
        }
        LogPool pool = null;
        Calibrator calibrator = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            if (name.equals("members") && token == JsonToken.START_ARRAY) {
                pool = members(in);
            } else if (name.equals("calibrator")) {
                calibrator = CalibratorJson.read(in);
            } else {
                throw refused(in, "an ensemble has members and a calibrator, was \"" + name + "\"");
            }
        }
        if (pool == null || calibrator == null) {
            throw refused(in, "an ensemble has members and a calibrator, one is missing");
        }
        return new Ensemble(pool, calibrator);
    }

    private static LogPool members(JsonParser in) throws IOException {
        List<String> names = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            if (names.size() == MOST_MEMBERS) {
                throw refused(in, "an ensemble has at most " + MOST_MEMBERS + " members");
            }
            String member = null;
            double weight = Double.NaN;
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                JsonToken token = in.nextToken();
                if (field.equals("name") && token == JsonToken.VALUE_STRING) {
                    member = in.getText();
                } else if (field.equals("weight") && token.isNumeric()) {
                    weight = in.getDoubleValue();
                } else {
                    throw refused(in, "a member has a name and a weight, was \"" + field + "\"");
                }
            }
            names.add(required(in, member));
            weights.add(weight);
        }
        try {
            return new LogPool(names, weights.stream().mapToDouble(w -> w).toArray());
        } catch (IllegalArgumentException e) {
            throw refused(in, String.valueOf(e.getMessage()));
        }
    }

    private static String required(JsonParser in, @Nullable String member) throws JsonParseException {
        if (member == null) {
            throw refused(in, "a member has a name");
        }
        return member;
    }

    private static JsonParseException refused(JsonParser in, String rule) {
        return new JsonParseException(in, "ensemble: " + rule + "; fit it again");
    }
}
