package voltage.local.exchange;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;

/** One line of the journal: how everything that a transaction touched stood at its end. Applying a line twice changes nothing. */
record JournalEntry(
        long nanos,
        long idsMade,
        long numbersGiven,
        List<AccountChange> accounts,
        List<Consumed> consumed,
        @Nullable NewAccount opened) {
    /** Anonymous contracts that accounts took. */
    record Consumed(String ticker, Side side, int priceE4, long countE2) {}

    record Group(String id, int shard, long limitE2, boolean tripped) {}

    record AccountChange(
            String name,
            SortedMap<Integer, Long> cashE6,
            List<OrderView> orders,
            List<Fill> fills,
            List<PositionView> positions,
            List<Settlement> settlements,
            List<Group> groups,
            List<Transfer> transfers) {}

    /** @param publicKey X.509, base64 */
    record NewAccount(String name, String keyId, String algorithm, String publicKey) {}

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(OptionalLong.class, new OptionalLongWriter())
                    .addDeserializer(OptionalLong.class, new OptionalLongReader()))
            .visibility(com.fasterxml.jackson.annotation.PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(com.fasterxml.jackson.annotation.PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(com.fasterxml.jackson.annotation.PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .build();

    String toLine() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a journal entry could not be written", e);
        }
    }

    static JournalEntry parse(String line) {
        try {
            return MAPPER.readValue(line, JournalEntry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a line of the exchange's journal is damaged; start with a new journal, was \""
                            + line.substring(0, Math.min(80, line.length())) + "\"",
                    e);
        }
    }

    private static final class OptionalLongWriter extends StdSerializer<OptionalLong> {
        private static final long serialVersionUID = 1L;

        OptionalLongWriter() {
            super(OptionalLong.class);
        }

        @Override
        public void serialize(OptionalLong value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                out.writeNumber(value.getAsLong());
            } else {
                out.writeNull();
            }
        }
    }

    private static final class OptionalLongReader extends StdDeserializer<OptionalLong> {
        private static final long serialVersionUID = 1L;

        OptionalLongReader() {
            super(OptionalLong.class);
        }

        @Override
        public OptionalLong deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NULL
                    ? OptionalLong.empty()
                    : OptionalLong.of(in.getLongValue());
        }

        @Override
        public OptionalLong getNullValue(DeserializationContext context) {
            return OptionalLong.empty();
        }
    }
}
