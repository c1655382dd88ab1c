package voltage.store.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item as one line of DynamoDB's own JSON, {@code {"pk":{"S":"LANE#paper"},"n":{"N":"7"}}}, attributes by name: equal items are equal lines. */
final class ItemJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ItemJson() {}

    static String write(Map<String, AttributeValue> item) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            map(out, item);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return text.toString();
    }

    private static void map(JsonGenerator out, Map<String, AttributeValue> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, AttributeValue> each : new TreeMap<>(map).entrySet()) {
            out.writeFieldName(each.getKey());
            value(out, each.getValue());
        }
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, AttributeValue value) throws IOException {
        out.writeStartObject();
        out.writeFieldName(value.type().name());
        switch (value.type()) {
            case S -> out.writeString(value.s());
            case N -> out.writeString(value.n());
            case B -> out.writeBinary(value.b().asByteArrayUnsafe());
            case BOOL -> out.writeBoolean(value.bool());
            case NUL -> out.writeBoolean(true);
            case SS -> strings(out, value.ss().stream().sorted().toList());
            case NS -> strings(out, value.ns().stream().sorted().toList());
            case BS -> {
                out.writeStartArray();
                for (SdkBytes bytes : value.bs()) {
                    out.writeBinary(bytes.asByteArrayUnsafe());
                }
                out.writeEndArray();
            }
            case L -> {
                out.writeStartArray();
                for (AttributeValue each : value.l()) {
                    value(out, each);
                }
                out.writeEndArray();
            }
            case M -> map(out, value.m());
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute is of a type that this SDK does not know: " + value);
        }
        out.writeEndObject();
    }

    private static void strings(JsonGenerator out, Collection<String> strings) throws IOException {
        out.writeStartArray();
        for (String each : strings) {
            out.writeString(each);
        }
        out.writeEndArray();
    }

    /** @throws IOException if the line is not an item; the message says what is wrong */
    static Map<String, AttributeValue> read(String line) throws IOException {
        JsonNode node = JSON.readTree(line);
        if (!node.isObject()) {
            throw new IOException("an item is a JSON object, was \"" + shown(line) + "\"");
        }
        return map(node);
    }

    private static Map<String, AttributeValue> map(JsonNode node) throws IOException {
        Map<String, AttributeValue> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            map.put(each.getKey(), value(each.getValue()));
        }
        return map;
    }

    private static AttributeValue value(JsonNode node) throws IOException {
        if (node.size() != 1) {
            throw new IOException("an attribute has one type, was " + shown(node.toString()));
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        JsonNode body = only.getValue();
        return switch (only.getKey()) {
            case "S" -> AttributeValue.fromS(body.textValue());
            case "N" -> AttributeValue.fromN(body.textValue());
            case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(body.binaryValue()));
            case "BOOL" -> AttributeValue.fromBool(body.booleanValue());
            case "NUL" -> AttributeValue.fromNul(true);
            case "SS" -> AttributeValue.fromSs(strings(body));
            case "NS" -> AttributeValue.fromNs(strings(body));
            case "BS" -> {
                List<SdkBytes> all = new ArrayList<>();
                for (JsonNode each : body) {
                    all.add(SdkBytes.fromByteArray(each.binaryValue()));
                }
                yield AttributeValue.fromBs(all);
            }
            case "L" -> {
                List<AttributeValue> all = new ArrayList<>();
                for (JsonNode each : body) {
                    all.add(value(each));
                }
                yield AttributeValue.fromL(all);
            }
            case "M" -> AttributeValue.fromM(map(body));
            default -> throw new IOException("no attribute is of the type \"" + only.getKey() + "\"");
        };
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(each -> all.add(each.textValue()));
        return all;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(80, text.length()));
    }
}
