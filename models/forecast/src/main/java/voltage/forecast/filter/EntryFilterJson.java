package voltage.forecast.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.strategy.EntryScreen;

/** The one file of a filter: how it is used, its threshold, its evidence, its trees. */
public final class EntryFilterJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private EntryFilterJson() {}

    /** A filter's file. */
    public record Content(EntryScreen.Mode mode, FilterModel model, FilterEvidence evidence) {
        /** As the engine asks it. */
        public EntryFilter filter() {
            return mode == EntryScreen.Mode.ENFORCING
                    ? new EntryFilter.Enforcing(model)
                    : new EntryFilter.Shadow(model);
        }
    }

    public static void write(Content content, Writer out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("mode", content.mode().name());
            json.writeStringField("version", content.model().version());
            json.writeNumberField("thresholdE4", content.model().thresholdE4());
            FilterEvidence evidence = content.evidence();
            json.writeNumberField("trades", evidence.trades());
            json.writeNumberField("wins", evidence.wins());
            json.writeNumberField("passed", evidence.passed());
            json.writeNumberField("won", evidence.won());
            json.writeNumberField("lowerBound", evidence.lowerBound());
            json.writeNumberField("untilNanos", evidence.untilNanos());
            json.writeStringField("trees", content.model().text());
            json.writeEndObject();
        }
    }

    /** The filter of a file, or one that is broken and says why. */
    public static EntryFilter readFilter(Reader in, String source) {
        try {
            return read(in, source).filter();
        } catch (IOException | RuntimeException e) {
            return new EntryFilter.Broken(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is something else, or has been changed since
     */
    public static Content read(Reader in, String source) throws IOException {
        Optional<EntryScreen.Mode> mode = Optional.empty();
        String version = "";
        String trees = "";
        double lowerBound = 0;
        long[] numbers = new long[NUMBERS.length];
        try (JsonParser json = FACTORY.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(source + " is no entry filter: it must be a JSON object; train one");
            }
            for (@Nullable String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "mode" -> mode = mode(json.getText(), source);
                    case "version" -> version = json.getText();
                    case "trees" -> trees = json.getText();
                    case "lowerBound" -> lowerBound = json.getDoubleValue();
                    default -> number(json, name, numbers);
                }
            }
        }
        EntryScreen.Mode found = mode.orElseThrow(
                () -> new IOException(source + " does not say whether the filter is SHADOW or ENFORCING; train one"));
        FilterModel model = FilterModel.of(trees, (int) numbers[0]);
        if (!model.version().equals(version)) {
            throw new IOException(source + " was changed after it was written: its content is version "
                    + model.version() + ", was " + version + "; train it again");
        }
        return new Content(
                found,
                model,
                new FilterEvidence(
                        (int) numbers[1],
                        (int) numbers[2],
                        (int) numbers[3],
                        (int) numbers[4],
                        lowerBound,
                        numbers[5]));
    }

    private static final String[] NUMBERS = {"thresholdE4", "trades", "wins", "passed", "won", "untilNanos"};

    private static void number(JsonParser json, String name, long[] numbers) throws IOException {
        for (int i = 0; i < NUMBERS.length; i++) {
            if (NUMBERS[i].equals(name)) {
                numbers[i] = json.getLongValue();
                return;
            }
        }
        json.skipChildren();
    }

    private static Optional<EntryScreen.Mode> mode(String text, String source) throws IOException {
        return switch (text) {
            case "SHADOW" -> Optional.of(EntryScreen.Mode.SHADOW);
            case "ENFORCING" -> Optional.of(EntryScreen.Mode.ENFORCING);
            default -> throw new IOException(source + ": a filter's mode is SHADOW or ENFORCING, was " + text);
        };
    }
}
