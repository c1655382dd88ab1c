package voltage.store.trade;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;
import voltage.store.json.TradeJson;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryRecord;

/**
 * Trades in DynamoDB: item {@code LANE#paper#TRADES / <enteredNanos>#<commandId>} of the features' table. {@code body} is the trade; the other
 * attributes say the same for those who look with other tools: {@code features} as a model sees them (a missing one is not there),
 * {@code label}, {@code pnlE6}, {@code maxFavourableE4}, {@code maxAdverseE4}.
 */
public final class DynamoTrades implements TradeStore {
    private static final String PK = "pk";
    private static final String BODY = "body";

    private final DynamoDbClient client;
    private final String table;

    public DynamoTrades(DynamoDbClient client, CloudResources resources) {
        this.client = client;
        this.table = resources.table(CloudResources.TableRole.FEATURES).name();
    }

    @Override
    public void put(Lane lane, EntryRecord trade) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(PK, AttributeValue.fromS(partition(lane)));
        item.put("sk", AttributeValue.fromS("%019d#%s".formatted(trade.enteredNanos(), trade.commandId())));
        item.put(BODY, AttributeValue.fromS(TradeJson.write(trade)));
        item.put("label", number(trade.label()));
        item.put("pnlE6", number(trade.pnlE6()));
        item.put("maxFavourableE4", number(trade.excursions().favourableE4()));
        item.put("maxAdverseE4", number(trade.excursions().adverseE4()));
        item.put("features", AttributeValue.fromM(features(trade.features())));
        client.putItem(request -> request.tableName(table).item(item));
    }

    private static Map<String, AttributeValue> features(EntryFeatures features) {
        double[] row = new double[EntryFeatures.NAMES.size()];
        features.fill(row);
        Map<String, AttributeValue> values = new HashMap<>();
        for (int i = 0; i < row.length; i++) {
            if (!Double.isNaN(row[i])) {
                values.put(EntryFeatures.NAMES.get(i), AttributeValue.fromN(Double.toString(row[i])));
            }
        }
        return values;
    }

    @Override
    public List<EntryRecord> trades(Lane lane) {
        return client
                .queryPaginator(request -> request.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#pk = :pk")
                        .expressionAttributeNames(Map.of("#pk", PK))
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition(lane)))))
                .items()
                .stream()
                .map(DynamoTrades::trade)
                .toList();
    }

    private static EntryRecord trade(Map<String, AttributeValue> item) {
        AttributeValue body = item.get(BODY);
        if (body == null) {
            throw new IllegalStateException("a trade's item without a body: " + item.get("sk"));
        }
        return TradeJson.read(body.s());
    }

    private static String partition(Lane lane) {
        return "LANE#" + lane.label() + "#TRADES";
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
