package voltage.worker.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import voltage.engine.Engine;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.forecast.HarVolatility;
import voltage.forecast.event.FairValue;
import voltage.forecast.filter.EntryFilter;
import voltage.forecast.filter.EntryFilterJson;
import voltage.strategy.BaselineHeuristic;
import voltage.strategy.OrderBookImbalance;
import voltage.strategy.RateOfChange;

/** The one place where an engine is put together, and where its settings are written to and read from a journal. */
public final class EngineFactory {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String DECIDING = "fair-value";
    private static final String FILTER = "entryFilter";

    private EngineFactory() {}

    /** Fair value decides; the baseline forecasts beside it; imbalance and momentum may agree or object. */
    public static Engine create(EngineSettings settings, EngineOutput.Sink out) {
        return create(settings, new EntryFilter.Absent(), out);
    }

    /** The same with an entry filter. */
    public static Engine create(EngineSettings settings, EntryFilter filter, EngineOutput.Sink out) {
        return new Engine(
                settings,
                List.of(
                        new FairValue(),
                        new BaselineHeuristic(),
                        new OrderBookImbalance(5, 650_000, 350_000),
                        new RateOfChange(15, 1_000)),
                DECIDING,
                new HarVolatility(HarVolatility.Coefficients.FITTED),
                filter,
                out);
    }

    /** What the journal's STARTED record carries. */
    public static byte[] toJson(EngineSettings settings) {
        return toJson(settings, Optional.empty());
    }

    /**
     * The same with the entry filter's file as it was found, so that whoever replays the journal asks the very same filter, wherever that
     * file is by then.
     */
    public static byte[] toJson(EngineSettings settings, Optional<String> filterFile) {
        try {
            ObjectNode body = JSON.valueToTree(settings);
            filterFile.ifPresent(text -> body.put(FILTER, text));
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("engine settings are plain records", e);
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if these are not engine settings of this version
     */
    public static EngineSettings fromJson(byte[] bytes, int from, int to) {
        try {
            ObjectNode body = JSON.readValue(bytes, from, to - from, ObjectNode.class);
            body.remove(FILTER);
            return JSON.treeToValue(body, EngineSettings.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the journal's STARTED record does not hold engine settings of this version: " + e.getMessage()
                            + "; replay it with the version that recorded it",
                    e);
        }
    }

    /** The entry filter that a STARTED record carries; absent if none, broken if it cannot be read. */
    static EntryFilter filter(byte[] bytes, int from, int to) {
        try {
            JsonNode file = JSON.readTree(bytes, from, to - from).path(FILTER);
            return file.isTextual()
                    ? EntryFilterJson.readFilter(new StringReader(file.textValue()), "the entry filter of this start")
                    : new EntryFilter.Absent();
        } catch (IOException e) {
            return new EntryFilter.Broken(String.valueOf(e.getMessage()));
        }
    }
}
