package voltage.local.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.market.Venue;

/** A recorded session on disk: {@code session.json}, {@code events.zst} and {@code history.zst}. */
final class SessionFolder {
    static final int FORMAT_VERSION = 1;

    private static final String FORMAT = "voltage-session";

    private final Path folder;

    SessionFolder(Path folder) {
        this.folder = folder;
    }

    Path manifestFile() {
        return folder.resolve("session.json");
    }

    /** Everything that happens in the session. */
    Path eventsFile() {
        return folder.resolve("events.zst");
    }

    /** The candles before its start, in the same format. */
    Path historyFile() {
        return folder.resolve("history.zst");
    }

    void write(SessionManifest manifest) throws IOException {
        DefaultIndenter newLines = new DefaultIndenter("  ", "\n");
        try (OutputStream out = Files.newOutputStream(manifestFile());
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(newLines));
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", FORMAT_VERSION);
            json.writeStringField("name", manifest.name());
            json.writeStringField("source", "recorded");
            json.writeStringField("capture", manifest.capture());
            json.writeStringField("start", time(manifest.startNanos()));
            json.writeStringField("recordedUntil", time(manifest.recordedUntilNanos()));
            json.writeStringField("end", time(manifest.endNanos()));
            json.writeArrayFieldStart("markets");
            for (SessionMarket market : manifest.markets()) {
                write(json, market);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("venues");
            for (Venue venue : manifest.venues()) {
                json.writeString(venue.name());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("missing");
            for (String words : manifest.missing()) {
                json.writeString(words);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("counts");
            for (Map.Entry<String, Long> count : manifest.counts().entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("inputs");
            for (Map.Entry<String, String> input : manifest.inputs().entrySet()) {
                json.writeStringField(input.getKey(), input.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** @throws SessionException if this is no session folder, or one of another version, or its manifest is damaged */
    SessionManifest read() throws SessionException {
        if (!Files.isRegularFile(manifestFile())) {
            throw new SessionException(
                    folder
                            + " is not a session folder: it has no session.json; give a folder that ./voltage import --out wrote");
        }
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(manifestFile()));
            if (!FORMAT.equals(root.path("format").asText())) {
                throw new SessionException(manifestFile() + ": a file with \"format\": \"" + FORMAT
                        + "\" was expected; give a folder that ./voltage import --out wrote");
            }
            int version = root.path("version").asInt(-1);
            if (version != FORMAT_VERSION) {
                throw new SessionException(manifestFile() + ": this program reads sessions of version " + FORMAT_VERSION
                        + ", was " + version + "; import the session again with ./voltage import");
            }
            return manifest(root);
        } catch (SessionException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw damaged("it is truncated or no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SessionException(manifestFile() + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private SessionManifest manifest(JsonNode root) throws SessionException {
        List<SessionMarket> markets = new ArrayList<>();
        for (JsonNode market : need(root, "markets")) {
            markets.add(market(market));
        }
        Set<Venue> venues = EnumSet.noneOf(Venue.class);
        for (JsonNode venue : need(root, "venues")) {
            venues.add(Venue.valueOf(venue.asText()));
        }
        List<String> missing = new ArrayList<>();
        for (JsonNode words : need(root, "missing")) {
            missing.add(words.asText());
        }
        SortedMap<String, Long> counts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> count : need(root, "counts").properties()) {
            counts.put(count.getKey(), count.getValue().asLong());
        }
        SortedMap<String, String> inputs = new TreeMap<>();
        for (Map.Entry<String, JsonNode> input : need(root, "inputs").properties()) {
            inputs.put(input.getKey(), input.getValue().asText());
        }
        return new SessionManifest(
                need(root, "name").asText(),
                need(root, "capture").asText(),
                nanos(need(root, "start")),
                nanos(need(root, "recordedUntil")),
                nanos(need(root, "end")),
                List.copyOf(markets),
                venues,
                List.copyOf(missing),
                counts,
                inputs);
    }

    private static void write(JsonGenerator json, SessionMarket market) throws IOException {
        json.writeStartObject();
        json.writeStringField("ticker", market.ticker());
        json.writeStringField("eventTicker", market.eventTicker());
        json.writeStringField("seriesTicker", market.seriesTicker());
        json.writeStringField("strikeType", market.strikeType().name());
        write(json, "strike", market.strikeE4());
        json.writeStringField("open", time(market.openNanos()));
        json.writeStringField("close", time(market.closeNanos()));
        json.writeStringField("strikeKnown", time(market.strikeKnownNanos()));
        write(json, "expirationValue", market.expirationValueE4());
        json.writeStringField("result", market.result().name());
        json.writeStringField("determined", time(market.determinedNanos()));
        json.writeStringField("settled", time(market.settledNanos()));
        json.writeArrayFieldStart("priceRangesE4");
        for (TickGrid.Range range : market.grid().ranges()) {
            json.writeStartArray();
            json.writeNumber(range.startE4());
            json.writeNumber(range.endE4());
            json.writeNumber(range.stepE4());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeNumberField("exchangeIndex", market.exchangeIndex());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, OptionalLong valueE4) throws IOException {
        if (valueE4.isPresent()) {
            json.writeStringField(name, FixedPoint.format(valueE4.getAsLong(), 4));
        } else {
            json.writeNullField(name);
        }
    }

    private SessionMarket market(JsonNode json) throws SessionException {
        List<TickGrid.Range> ranges = new ArrayList<>();
        for (JsonNode range : need(json, "priceRangesE4")) {
            ranges.add(new TickGrid.Range(
                    range.path(0).asInt(), range.path(1).asInt(), range.path(2).asInt()));
        }
        TickGrid grid = new TickGrid(ranges);
        return new SessionMarket(
                need(json, "ticker").asText(),
                need(json, "eventTicker").asText(),
                need(json, "seriesTicker").asText(),
                StrikeType.valueOf(need(json, "strikeType").asText()),
                price(need(json, "strike")),
                nanos(need(json, "open")),
                nanos(need(json, "close")),
                nanos(need(json, "strikeKnown")),
                price(need(json, "expirationValue")),
                Side.valueOf(need(json, "result").asText()),
                nanos(need(json, "determined")),
                nanos(need(json, "settled")),
                grid.equals(TickGrid.TAPERED_DECI_CENT) ? TickGrid.TAPERED_DECI_CENT : grid,
                need(json, "exchangeIndex").asInt());
    }

    private JsonNode need(JsonNode node, String name) throws SessionException {
        JsonNode value = node.get(name);
        if (value == null) {
            throw damaged("\"" + name + "\" is missing", null);
        }
        return value;
    }

    private SessionException damaged(String why, @org.jspecify.annotations.Nullable Exception cause) {
        String message = manifestFile() + " is damaged: " + why + "; import the session again with ./voltage import";
        return cause == null ? new SessionException(message) : new SessionException(message, cause);
    }

    private static OptionalLong price(JsonNode text) {
        return text.isNull() ? OptionalLong.empty() : OptionalLong.of(FixedPoint.parse(text.asText(), 4));
    }

    private static String time(long nanos) {
        return Times.text(nanos);
    }

    private static long nanos(JsonNode text) {
        return Times.nanos(Instant.parse(text.asText()));
    }
}
