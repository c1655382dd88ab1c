package voltage.worker.dashboard;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much has happened since the start.
 *
 * @param refusals orders refused, by reason in words
 */
@Serdeable
public record CountersView(
        long events,
        long decisions,
        long intents,
        long orders,
        long fills,
        Map<String, Long> refusals,
        long parseFailures,
        long sequenceGaps) {
    public CountersView {
        refusals = Collections.unmodifiableMap(new TreeMap<>(refusals));
    }
}
