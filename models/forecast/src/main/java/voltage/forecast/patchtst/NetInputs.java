package voltage.forecast.patchtst;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.Feature;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteWindow;

/**
 * What a net is fed with, beside its graph: small, and as JSON next to it.
 *
 * <p>The window has neither level nor scale, and a volatility is nothing else; so they are fed back: ln σ of the window, then features of the
 * row, each less its mean over its deviation in training, at most {@link #MOST} deviations from 0. What is missing is 0, the mean.
 *
 * @param set whose rows it takes
 * @param events that it forecasts, in the order of its outputs
 * @param levels features that are fed back, after ln σ
 * @param means of ln σ and the levels in training
 * @param deviations of the same, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record NetInputs(
        FeatureSet set, List<VolatilityEvent> events, List<Feature> levels, double[] means, double[] deviations) {
    /** Deviations beyond which a level counts as so many: a net says nothing sensible about what it has never seen. */
    public static final double MOST = 5;

    private static final String FORMAT = "voltage-patchtst-1";

    public NetInputs {
        events = List.copyOf(events);
        levels = List.copyOf(levels);
        if (events.isEmpty() || means.length != levels.size() + 1 || deviations.length != means.length) {
            throw new IllegalArgumentException("a net has events, and a mean and a deviation for ln sigma and each of "
                    + levels.size() + " levels, was " + events.size() + " events, " + means.length + " means, "
                    + deviations.length + " deviations");
        }
        for (int i = 0; i < means.length; i++) {
            if (!Double.isFinite(means[i]) || !(deviations[i] > 0) || Double.isInfinite(deviations[i])) {
                throw new IllegalArgumentException("means are finite and deviations above 0, level " + i + " was "
                        + means[i] + " and " + deviations[i]);
            }
        }
        for (Feature level : levels) {
            if (set.indexOf(level) < 0) {
                throw new IllegalArgumentException(
                        "a level is a feature of the set " + set.version() + ", was " + level.key());
            }
        }
    }

    /** Numbers that {@link #writeLevels} writes. */
    public int levelCount() {
        return means.length;
    }

    /** ln σ and the levels as they are, NaN for missing. */
    static double[] raw(List<Feature> levels, FeatureSet set, double[] row, MinuteWindow window) {
        double[] raw = new double[levels.size() + 1];
        raw[0] = window.logSigma();
        for (int i = 0; i < levels.size(); i++) {
            raw[i + 1] = row[set.indexOf(levels.get(i))];
        }
        return raw;
    }

    /**
     * Learns means and deviations.
     *
     * @param rows of the set, NaN for missing
     * @param windows of the same instants
     */
    public static NetInputs fit(
            FeatureSet set,
            List<VolatilityEvent> events,
            List<Feature> levels,
            List<double[]> rows,
            List<MinuteWindow> windows) {
        int count = levels.size() + 1;
        double[] sums = new double[count];
        double[] squares = new double[count];
        int[] known = new int[count];
        for (int r = 0; r < rows.size(); r++) {
            double[] raw = raw(levels, set, rows.get(r), windows.get(r));
            for (int i = 0; i < count; i++) {
                if (!Double.isNaN(raw[i])) {
                    sums[i] += raw[i];
                    squares[i] += raw[i] * raw[i];
                    known[i]++;
                }
            }
        }
        double[] means = new double[count];
        double[] deviations = new double[count];
        for (int i = 0; i < count; i++) {
            means[i] = known[i] == 0 ? 0 : sums[i] / known[i];
            double variance = known[i] == 0 ? 0 : squares[i] / known[i] - means[i] * means[i];
            deviations[i] = variance > 1e-12 ? Math.sqrt(variance) : 1;
        }
        return new NetInputs(set, events, levels, means, deviations);
    }

    /** Writes the window as floats, channel by channel. */
    public static void writeWindow(MinuteWindow window, FloatBuffer to) {
        for (int channel = 0; channel < MinuteWindow.CHANNELS; channel++) {
            for (int minute = 0; minute < MinuteWindow.MINUTES; minute++) {
                to.put((float) window.value(channel, minute));
            }
        }
    }

    /** Writes ln σ and the levels as floats. */
    public void writeLevels(double[] row, MinuteWindow window, FloatBuffer to) {
        to.put(normal(0, window.logSigma()));
        for (int i = 0; i < levels.size(); i++) {
            to.put(normal(i + 1, row[set.indexOf(levels.get(i))]));
        }
    }

    private float normal(int level, double value) {
        return Double.isNaN(value) ? 0 : (float) Math.clamp((value - means[level]) / deviations[level], -MOST, MOST);
    }

    /** Writes one JSON object. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("format", FORMAT);
        out.writeStringField("features", set.version());
        out.writeArrayFieldStart("events");
        for (VolatilityEvent event : events) {
            out.writeStartArray();
            out.writeNumber(event.horizonMinutes());
            out.writeNumber(event.thresholdTenths());
            out.writeEndArray();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("levels");
        for (Feature level : levels) {
            out.writeString(level.key());
        }
        out.writeEndArray();
        out.writeFieldName("means");
        out.writeArray(means, 0, means.length);
        out.writeFieldName("deviations");
        out.writeArray(deviations, 0, deviations.length);
        out.writeEndObject();
    }

    /**
     * Reads one object.
     *
     * @throws BrokenNetException if it is none, or of another code
     */
    public static NetInputs read(JsonParser in) {
        try {
            return readObject(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new BrokenNetException("its settings cannot be read, " + e.getMessage(), e);
        }
    }

    private static NetInputs readObject(JsonParser in) throws IOException {
        String format = "";
        String version = "";
        List<double[]> events = new ArrayList<>();
        List<Feature> levels = new ArrayList<>();
        double[] means = {};
        double[] deviations = {};
        require(in.nextToken() == JsonToken.START_OBJECT, "an object begins with {");
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "format" -> format = in.getText();
                case "features" -> version = in.getText();
                case "events" -> {
                    while (in.nextToken() == JsonToken.START_ARRAY) {
                        events.add(numbers(in));
                    }
                }
                case "levels" -> {
                    while (in.nextToken() == JsonToken.VALUE_STRING) {
                        levels.add(feature(in.getText()));
                    }
                }
                case "means" -> means = numbers(in);
                case "deviations" -> deviations = numbers(in);
                default -> in.skipChildren();
            }
        }
        require(in.currentToken() == JsonToken.END_OBJECT, "an object ends with }");
        require(format.equals(FORMAT), "this code reads the format " + FORMAT + ", was \"" + format + "\"");
        require(events.stream().allMatch(event -> event.length == 2), "an event is [minutes, tenths of a basis point]");
        return new NetInputs(
                FeatureSet.of(version),
                events.stream()
                        .map(event -> new VolatilityEvent((int) event[0], (int) event[1]))
                        .toList(),
                levels,
                means,
                deviations);
    }

    private static double[] numbers(JsonParser in) throws IOException {
        List<Double> numbers = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(in.getDoubleValue());
        }
        return numbers.stream().mapToDouble(number -> number).toArray();
    }

    private static Feature feature(String key) {
        return Arrays.stream(Feature.values())
                .filter(feature -> feature.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this code has no feature \"" + key + "\""));
    }

    private static void require(boolean held, String rule) {
        if (!held) {
            throw new IllegalArgumentException(rule);
        }
    }
}
