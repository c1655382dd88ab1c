package voltage.store.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;

/**
 * Pointers in the features table: {@code LANE#paper / MODELS} is the present one, {@code LANE#paper / MODELS#0000000007} each that has
 * been, written in one transaction.
 */
public final class DynamoModelPointers implements ModelPointers {
    private static final String PRESENT = "MODELS";
    private static final String PAST = PRESENT + "#";
    private static final String REVISION = "revision";
    private static final String CHALLENGER = "challenger";
    private static final String CHAMPION = "champion";
    private static final String FORMER = "former";

    private final DynamoDbClient client;
    private final String table;

    public DynamoModelPointers(DynamoDbClient client, CloudResources resources) {
        this.client = client;
        this.table = resources.table(CloudResources.TableRole.FEATURES).name();
    }

    @Override
    public ModelPointer read(Lane lane) {
        Map<String, AttributeValue> item = client.getItem(request ->
                        request.tableName(table).key(key(lane, PRESENT)).consistentRead(true))
                .item();
        return item.isEmpty() ? ModelPointer.initial(lane) : pointer(lane, item);
    }

    @Override
    public boolean write(ModelPointer next) {
        Map<String, AttributeValue> present = item(next, PRESENT);
        Map<String, AttributeValue> past = item(next, PAST + "%010d".formatted(next.revision()));
        boolean isFirst = next.revision() == 1;
        try {
            client.transactWriteItems(request -> request.transactItems(
                    write -> write.put(put -> {
                        put.tableName(table).item(present);
                        if (isFirst) {
                            put.conditionExpression("attribute_not_exists(pk)");
                        } else {
                            put.conditionExpression("#revision = :before")
                                    .expressionAttributeNames(Map.of("#revision", REVISION))
                                    .expressionAttributeValues(Map.of(
                                            ":before", AttributeValue.fromN(Long.toString(next.revision() - 1))));
                        }
                    }),
                    write -> write.put(
                            put -> put.tableName(table).item(past).conditionExpression("attribute_not_exists(pk)"))));
            return true;
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream().anyMatch(DynamoModelPointers::isLost)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isLost(CancellationReason reason) {
        return "ConditionalCheckFailed".equals(reason.code()) || "TransactionConflict".equals(reason.code());
    }

    @Override
    public List<ModelPointer> history(Lane lane, int most) {
        return client
                .query(request -> request.tableName(table)
                        .keyConditionExpression("pk = :lane AND begins_with(sk, :past)")
                        .expressionAttributeValues(
                                Map.of(":lane", partition(lane), ":past", AttributeValue.fromS(PAST)))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(most))
                .items()
                .stream()
                .map(item -> pointer(lane, item))
                .toList();
    }

    private static AttributeValue partition(Lane lane) {
        return AttributeValue.fromS("LANE#" + lane.label());
    }

    private static Map<String, AttributeValue> key(Lane lane, String sort) {
        return Map.of("pk", partition(lane), "sk", AttributeValue.fromS(sort));
    }

    private static Map<String, AttributeValue> item(ModelPointer pointer, String sort) {
        Map<String, AttributeValue> item = new HashMap<>(key(pointer.lane(), sort));
        pointer.champion().ifPresent(version -> item.put(CHAMPION, AttributeValue.fromS(version)));
        pointer.challenger().ifPresent(version -> item.put(CHALLENGER, AttributeValue.fromS(version)));
        item.put(
                FORMER,
                AttributeValue.fromL(
                        pointer.former().stream().map(AttributeValue::fromS).toList()));
        item.put(REVISION, AttributeValue.fromN(Long.toString(pointer.revision())));
        item.put("by", AttributeValue.fromS(pointer.by()));
        item.put("why", AttributeValue.fromS(pointer.why()));
        item.put("atNanos", AttributeValue.fromN(Long.toString(pointer.atNanos())));
        return item;
    }

    private static ModelPointer pointer(Lane lane, Map<String, AttributeValue> item) {
        return new ModelPointer(
                lane,
                text(item, CHAMPION),
                text(item, CHALLENGER),
                required(item, FORMER).l().stream().map(AttributeValue::s).toList(),
                Long.parseLong(required(item, REVISION).n()),
                required(item, "by").s(),
                required(item, "why").s(),
                Long.parseLong(required(item, "atNanos").n()));
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        @Nullable AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("a pointer to models lacks its " + name + ": " + item);
        }
        return value;
    }
}
