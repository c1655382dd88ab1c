package voltage.kalshi.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;

/** The texts of the commands to Kalshi's WebSocket. A command's id is a positive number that its answer repeats. */
public final class StreamCommands {
    private static final JsonFactory JSON = new JsonFactory();

    private StreamCommands() {}

    /**
     * Subscribes to channels; each is acknowledged on its own with its own sid.
     *
     * @param tickers the markets; empty for channels without a filter
     */
    public static String subscribe(long id, Collection<String> channels, Collection<String> tickers) {
        return command(id, "subscribe", json -> {
            strings(json, "channels", channels);
            if (!tickers.isEmpty()) {
                strings(json, "market_tickers", tickers);
            }
            if (channels.contains(Subscriptions.BOOK_CHANNEL)) {
                // Kalshi has announced that the default will become true, which would turn NO prices round.
                json.writeBooleanField("use_yes_price", false);
            }
        });
    }

    /** Subscribes to index values, for example {@code BRTI} on {@code cfbenchmarks_value}. */
    public static String subscribeIndices(long id, String channel, Collection<String> indexIds) {
        return command(id, "subscribe", json -> {
            json.writeArrayFieldStart("channels");
            json.writeString(channel);
            json.writeEndArray();
            strings(json, "index_ids", indexIds);
        });
    }

    public static String addMarkets(long id, long sid, Collection<String> tickers) {
        return update(id, sid, "add_markets", tickers);
    }

    public static String deleteMarkets(long id, long sid, Collection<String> tickers) {
        return update(id, sid, "delete_markets", tickers);
    }

    /** Asks for new snapshots, which come with the subscription's next sequence numbers. */
    public static String getSnapshot(long id, long sid, Collection<String> tickers) {
        return update(id, sid, "get_snapshot", tickers);
    }

    public static String unsubscribe(long id, Collection<Long> sids) {
        return command(id, "unsubscribe", json -> {
            json.writeArrayFieldStart("sids");
            for (long sid : sids) {
                json.writeNumber(sid);
            }
            json.writeEndArray();
        });
    }

    private static String update(long id, long sid, String action, Collection<String> tickers) {
        return command(id, "update_subscription", json -> {
            json.writeNumberField("sid", sid);
            json.writeStringField("action", action);
            strings(json, "market_tickers", tickers);
        });
    }

    @FunctionalInterface
    private interface Params {
        void write(JsonGenerator json) throws IOException;
    }

    private static String command(long id, String name, Params params) {
        if (id <= 0) {
            throw new IllegalArgumentException("a command's id is positive, was " + id);
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeStringField("cmd", name);
            json.writeObjectFieldStart("params");
            params.write(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void strings(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
