package voltage.worker.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import voltage.engine.Engine;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.forecast.FairValue;
import voltage.forecast.HarVolatility;
import voltage.strategy.BaselineHeuristic;
import voltage.strategy.OrderBookImbalance;
import voltage.strategy.RateOfChange;

/** The one place where an engine is put together, and where its settings are written to and read from a journal. */
public final class EngineFactory {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String DECIDING = "fair-value";

    private EngineFactory() {}

    /** Fair value decides; the baseline forecasts beside it; imbalance and momentum may agree or object. */
    public static Engine create(EngineSettings settings, EngineOutput.Sink out) {
        return new Engine(
                settings,
                List.of(
                        new FairValue(),
                        new BaselineHeuristic(),
                        new OrderBookImbalance(5, 650_000, 350_000),
                        new RateOfChange(15, 1_000)),
                DECIDING,
                new HarVolatility(HarVolatility.Coefficients.FITTED),
                out);
    }

    /** What the journal's STARTED record carries. */
    public static byte[] toJson(EngineSettings settings) {
        try {
            return JSON.writeValueAsBytes(settings);
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
            return JSON.readValue(bytes, from, to - from, EngineSettings.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the journal's STARTED record does not hold engine settings of this version: " + e.getMessage()
                            + "; replay it with the version that recorded it",
                    e);
        }
    }
}
