package voltage.forecast.feature;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import voltage.market.CandleSeries;

/**
 * What a model's artifact holds of its features: their set, the times of day as they were known when it was trained, and the
 * distributions it was trained on. Whoever serves the model computes and watches its features with this.
 *
 * @param references one for each feature of the set, in order
 */
public record FeatureBasis(FeatureSet set, DiurnalFactors diurnal, List<FeatureReference> references) {
    private static final int MOST_NUMBERS = 1_000;

    public FeatureBasis {
        references = List.copyOf(references);
        if (!references.stream().map(FeatureReference::feature).toList().equals(set.features())) {
            throw new IllegalArgumentException(
                    "there is one reference for each feature of " + set.version() + ", in order, was "
                            + references.stream()
                                    .map(reference -> reference.feature().key())
                                    .toList());
        }
    }

    /** The features as after all minutes of a series; see {@link MinuteFeatures#after}. */
    public MinuteFeatures after(CandleSeries minutes) {
        MinuteFeatures features = MinuteFeatures.after(minutes, set);
        features.use(diurnal);
        return features;
    }

    /** A watch over rows that come every so many minutes, against the distributions of training. */
    public FeatureWatch watch(int stepMinutes) {
        return new FeatureWatch(set, references, stepMinutes);
    }

    /**
     * Writes {@code {"set":…,"diurnal":{"knownNanos":…,"quarters":[…],"minutes":[…]},"references":[{"feature":…,"effectiveRows":…,
     * "edges":[…],"shares":[…]},…]}}. Doubles are read back bit for bit.
     */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("set", set.version());
        out.writeObjectFieldStart("diurnal");
        out.writeNumberField("knownNanos", diurnal.knownNanos());
        array(out, "quarters", diurnal.quarters());
        array(out, "minutes", diurnal.minutes());
        out.writeEndObject();
        out.writeArrayFieldStart("references");
        for (FeatureReference reference : references) {
            out.writeStartObject();
            out.writeStringField("feature", reference.feature().key());
            out.writeNumberField("effectiveRows", reference.effectiveRows());
            array(out, "edges", reference.edges());
            array(out, "shares", reference.shares());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void array(JsonGenerator out, String name, double[] values) throws IOException {
        out.writeFieldName(name);
        out.writeArray(values, 0, values.length);
    }

    /**
     * Reads one object; the parser stands before or on its start.
     *
     * @throws JsonParseException if it is not a basis, or of features that this code does not know; the message names the rule
     */
    public static FeatureBasis read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT && in.nextToken() != JsonToken.START_OBJECT) {
            throw refused(in, "it is an object, was " + in.currentToken());
        }
        FeatureSet set = null;
        DiurnalFactors diurnal = null;
        List<FeatureReference> references = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            try {
                if (name.equals("set") && token == JsonToken.VALUE_STRING) {
                    set = FeatureSet.of(in.getText());
                } else if (name.equals("diurnal") && token == JsonToken.START_OBJECT) {
                    diurnal = diurnal(in);
                } else if (name.equals("references") && token == JsonToken.START_ARRAY && set != null) {
                    references = references(in, set);
                } else {
                    throw refused(in, "it has set, diurnal and references, in this order, was \"" + name + "\"");
                }
            } catch (IllegalArgumentException e) {
                throw refused(in, String.valueOf(e.getMessage()));
            }
        }
        if (set == null || diurnal == null || references == null) {
            throw refused(in, "it has set, diurnal and references, one is missing");
        }
        try {
            return new FeatureBasis(set, diurnal, references);
        } catch (IllegalArgumentException e) {
            throw refused(in, String.valueOf(e.getMessage()));
        }
    }

    private static DiurnalFactors diurnal(JsonParser in) throws IOException {
        long knownNanos = 0;
        double[] quarters = {};
        double[] minutes = {};
        Set<String> seen = new HashSet<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            seen.add(name);
            JsonToken token = in.nextToken();
            switch (name) {
                case "knownNanos" -> {
                    if (token != JsonToken.VALUE_NUMBER_INT) {
                        throw refused(in, "knownNanos is a whole number, was " + token);
                    }
                    knownNanos = in.getLongValue();
                }
                case "quarters" -> quarters = numbers(in);
                case "minutes" -> minutes = numbers(in);
                default -> throw refused(in, "diurnal has knownNanos, quarters and minutes, was \"" + name + "\"");
            }
        }
        // When a table was known guards against leaks: it is never taken for granted.
        if (!seen.contains("knownNanos")) {
            throw refused(in, "diurnal has knownNanos, it is missing");
        }
        return new DiurnalFactors(quarters, minutes, knownNanos);
    }

    private static List<FeatureReference> references(JsonParser in, FeatureSet set) throws IOException {
        List<FeatureReference> references = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            if (references.size() == set.size()) {
                throw refused(in, "there is one reference for each of " + set.size() + " features, was more");
            }
            references.add(reference(in, set));
        }
        return references;
    }

    private static FeatureReference reference(JsonParser in, FeatureSet set) throws IOException {
        Feature feature = null;
        double effectiveRows = 0;
        double[] edges = {};
        double[] shares = {};
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "feature" -> feature = feature(in, set);
                case "effectiveRows" -> effectiveRows = number(in);
                case "edges" -> edges = numbers(in);
                case "shares" -> shares = numbers(in);
                default -> throw refused(in, "a reference has no \"" + name + "\"");
            }
        }
        if (feature == null) {
            throw refused(in, "a reference names its feature");
        }
        return new FeatureReference(feature, edges, shares, effectiveRows);
    }

    private static Feature feature(JsonParser in, FeatureSet set) throws IOException {
        String key = in.getText();
        return set.features().stream()
                .filter(known -> known.key().equals(key))
                .findFirst()
                .orElseThrow(() -> refused(in, "\"" + key + "\" is no feature of " + set.version()));
    }

    private static double[] numbers(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw refused(in, "an array of numbers stands here, was " + in.currentToken());
        }
        double[] values = new double[MOST_NUMBERS];
        int size = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (size == MOST_NUMBERS) {
                throw refused(in, "an array has at most " + MOST_NUMBERS + " numbers");
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

    private static JsonParseException refused(JsonParser in, String rule) {
        return new JsonParseException(in, "features: " + rule + "; train the model again");
    }
}
