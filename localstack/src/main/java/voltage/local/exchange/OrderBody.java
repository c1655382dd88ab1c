package voltage.local.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.market.FixedPoint;

/** A request's JSON body, read as Go reads it into a struct: a field of the wrong type is refused with Go's own words. */
final class OrderBody {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Go types of the fields that requests have. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("ticker", "string"),
            Map.entry("side", "string"),
            Map.entry("count", "string"),
            Map.entry("price", "string"),
            Map.entry("time_in_force", "string"),
            Map.entry("self_trade_prevention_type", "string"),
            Map.entry("client_order_id", "string"),
            Map.entry("updated_client_order_id", "string"),
            Map.entry("order_id", "string"),
            Map.entry("market_ticker", "string"),
            Map.entry("order_group_id", "string"),
            Map.entry("reduce_by", "string"),
            Map.entry("reduce_to", "string"),
            Map.entry("contracts_limit_fp", "string"),
            Map.entry("contracts_limit", "int64"),
            Map.entry("expiration_time", "int64"),
            Map.entry("subaccount", "int"),
            Map.entry("exchange_index", "int"),
            Map.entry("amount", "int64"),
            Map.entry("source_exchange_shard", "int"),
            Map.entry("destination_exchange_shard", "int"),
            Map.entry("client_transfer_id", "string"),
            Map.entry("post_only", "bool"),
            Map.entry("reduce_only", "bool"),
            Map.entry("cancel_order_on_pause", "bool"));

    private final JsonNode fields;
    private final String struct;

    OrderBody(JsonNode fields, String struct) {
        this.fields = fields;
        this.struct = struct;
        Iterator<Map.Entry<String, JsonNode>> all = fields.properties().iterator();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> field = all.next();
            check(field.getKey(), field.getValue());
        }
    }

    /** @throws Refusal if it is not a JSON object or a field has the wrong type */
    static OrderBody parse(byte[] body, String struct) {
        return new OrderBody(tree(body, struct), struct);
    }

    static JsonNode tree(byte[] body, String struct) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw Refusal.undecodable("EOF");
            }
            if (!node.isObject()) {
                throw Refusal.undecodable(
                        "json: cannot unmarshal " + kind(node) + " into Go value of type model." + struct);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw Refusal.undecodable("invalid character in JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Refusal.undecodable("unexpected EOF");
        }
    }

    private void check(String name, JsonNode value) {
        String type = TYPES.get(name);
        if (type == null || value.isNull()) {
            return;
        }
        boolean fits = switch (type) {
            case "string" -> value.isTextual();
            case "bool" -> value.isBoolean();
            default -> value.isIntegralNumber();
        };
        if (!fits) {
            throw Refusal.undecodable("json: cannot unmarshal " + kind(value) + " into Go struct field " + struct + "."
                    + name + " of type " + type);
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "number" : "number " + value.asText();
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case NULL, MISSING, BINARY -> "null";
        };
    }

    @Nullable
    String text(String name) {
        JsonNode value = fields.get(name);
        return value == null || value.isNull() || value.asText().isEmpty() ? null : value.asText();
    }

    String required(String name, String goName) {
        String value = text(name);
        if (value == null) {
            throw Refusal.parameter(struct.replace("Request", ""), struct, goName, "required");
        }
        return value;
    }

    boolean flag(String name) {
        JsonNode value = fields.get(name);
        return value != null && value.asBoolean();
    }

    boolean has(String name) {
        return fields.hasNonNull(name);
    }

    OptionalLong number(String name) {
        JsonNode value = fields.get(name);
        return value == null || value.isNull() ? OptionalLong.empty() : OptionalLong.of(value.asLong());
    }

    /** A positive count in hundredths. */
    long count(String name, String goName) {
        String text = required(name, goName);
        try {
            long countE2 = FixedPoint.parse(text, 2);
            if (countE2 > 0) {
                return countE2;
            }
        } catch (NumberFormatException e) {
            throw Refusal.of(400, "invalid_order_size");
        }
        throw Refusal.of(400, "invalid_order_size");
    }

    /** A price in ten-thousandths that the market's grid allows. */
    int price(Market market) {
        String text = required("price", "Price");
        try {
            long priceE4 = FixedPoint.parse(text, 4);
            if (market.book.grid().isOrderPrice(priceE4)) {
                return (int) priceE4;
            }
        } catch (NumberFormatException e) {
            throw Refusal.of(400, "invalid_price");
        }
        throw Refusal.of(400, "invalid_price");
    }

    /** Only the primary account exists here. */
    void refuseSubaccount() {
        if (number("subaccount").orElse(0) != 0) {
            throw Refusal.of(400, "invalid_parameters", "subaccount does not exist");
        }
    }

    JsonNode fields() {
        return fields;
    }
}
