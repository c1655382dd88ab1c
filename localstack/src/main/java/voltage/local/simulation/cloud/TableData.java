package voltage.local.simulation.cloud;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import voltage.store.cloud.CloudResources;

/** One table's items: partitions of items in the order of their sort keys. */
final class TableData {
    static final int MAX_ITEM_BYTES = 400 * 1024;
    private static final int MAX_PARTITION_KEY_BYTES = 2_048;
    private static final int MAX_SORT_KEY_BYTES = 1_024;
    private static final Comparator<String> ORDER = Attributes::compareTexts;
    private static final NavigableMap<String, Item> NOTHING = java.util.Collections.emptyNavigableMap();

    /** An item's address. */
    record Key(String partition, String sort) {}

    /** An item and its bytes, as DynamoDB counts them. */
    record Item(Map<String, AttributeValue> attributes, int bytes) {}

    private final CloudResources.Table definition;
    private final Map<String, NavigableMap<String, Item>> partitions = new HashMap<>();

    TableData(CloudResources.Table definition) {
        this.definition = definition;
    }

    CloudResources.Table definition() {
        return definition;
    }

    /** The address that a whole item has. */
    Key keyOf(Map<String, AttributeValue> item) {
        return new Key(
                keyPart(item, definition.partitionKey(), MAX_PARTITION_KEY_BYTES),
                keyPart(item, definition.sortKey(), MAX_SORT_KEY_BYTES));
    }

    /** The address that a request gives, of nothing but the key's attributes. */
    Key key(Map<String, AttributeValue> key) {
        if (key.size() != 2) {
            throw DynamoErrors.invalid("The provided key element does not match the schema");
        }
        return keyOf(key);
    }

    private static String keyPart(Map<String, AttributeValue> item, String name, int maxBytes) {
        AttributeValue value = item.get(name);
        if (value == null || value.s() == null) {
            throw DynamoErrors.invalid("One or more parameter values were invalid: the key " + name
                    + " is missing in the item, or is no text");
        }
        if (value.s().isEmpty() || Attributes.utf8(value.s()) > maxBytes) {
            throw DynamoErrors.invalid("One or more parameter values are not valid: the key " + name + " has 1 to "
                    + maxBytes + " bytes, was \"" + value.s() + "\"");
        }
        return value.s();
    }

    @Nullable
    Map<String, AttributeValue> get(Key key) {
        Item item = partition(key.partition()).get(key.sort());
        return item == null ? null : item.attributes();
    }

    /** An item as it may be put, or the refusal of it. */
    Item item(Map<String, AttributeValue> attributes) {
        int bytes = Attributes.checkedSize(attributes);
        if (bytes > MAX_ITEM_BYTES) {
            throw DynamoErrors.invalid("Item size has exceeded the maximum allowed size");
        }
        for (CloudResources.Index index : definition.indexes()) {
            requireText(attributes.get(index.partitionKey()), index.partitionKey());
            requireText(attributes.get(index.sortKey()), index.sortKey());
        }
        return new Item(Map.copyOf(attributes), bytes);
    }

    private static void requireText(@Nullable AttributeValue value, String name) {
        if (value != null && (value.s() == null || value.s().isEmpty())) {
            throw DynamoErrors.invalid(
                    "One or more parameter values were invalid: Type mismatch for Index Key " + name + " Expected: S");
        }
    }

    void put(Key key, Item item) {
        partitions
                .computeIfAbsent(key.partition(), partition -> new TreeMap<>(ORDER))
                .put(key.sort(), item);
    }

    void remove(Key key) {
        NavigableMap<String, Item> partition = partitions.get(key.partition());
        if (partition != null) {
            partition.remove(key.sort());
            if (partition.isEmpty()) {
                partitions.remove(key.partition());
            }
        }
    }

    NavigableMap<String, Item> partition(String name) {
        return partitions.getOrDefault(name, NOTHING);
    }
}
