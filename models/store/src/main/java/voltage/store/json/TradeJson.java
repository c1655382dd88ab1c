package voltage.store.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import voltage.strategy.EntryRecord;

/** The one JSON form of a trade that has ended: a line with its record's fields in their order. */
public final class TradeJson {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private TradeJson() {}

    /** Without a line end. */
    public static String write(EntryRecord trade) {
        try {
            return JSON.writeValueAsString(trade);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("trades are plain records", e);
        }
    }

    /** @throws IllegalArgumentException if this is no trade of this version */
    public static EntryRecord read(String line) {
        try {
            return JSON.readValue(line, EntryRecord.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no trade of this version: " + e.getOriginalMessage(), e);
        }
    }
}
