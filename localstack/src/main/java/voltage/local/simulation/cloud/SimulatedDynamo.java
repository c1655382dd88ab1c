package voltage.local.simulation.cloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * One process's client of the simulated DynamoDB. It stands for the SDK with its retries: a fault is what is left when they are used
 * up. Operations, parameters and expressions that are not simulated throw {@link UnsupportedOperationException}. Single-threaded.
 */
public final class SimulatedDynamo implements DynamoDbClient {
    private static final int MAX_BATCH_KEYS = 100;

    private final Tables tables;
    private final FaultGate gate;

    SimulatedDynamo(Tables tables, FaultGate gate) {
        this.tables = tables;
        this.gate = gate;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return gate.call(CloudOperation.GET_ITEM, request.tableName(), SimulatedDynamo::refusal, verdict -> {
            Requests.refuse(request.hasAttributesToGet(), "AttributesToGet");
            Requests.requireConsistent(request.consistentRead(), request.tableName());
            TableData table = tables.table(request.tableName());
            Expressions expressions =
                    tables.expressions(request.expressionAttributeNames(), DefaultSdkAutoConstructMap.getInstance());
            List<Operand.Path> projection = expressions.projection(request.projectionExpression());
            expressions.allUsed();
            Map<String, AttributeValue> item = table.get(table.key(request.key()));
            GetItemResponse.Builder response = GetItemResponse.builder();
            if (item != null) {
                response.item(projection == null ? item : Requests.project(projection, expressions, item));
            }
            return response.build();
        });
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        String first = request.requestItems().keySet().stream().findFirst().orElse("");
        return gate.call(CloudOperation.BATCH_GET_ITEM, first, SimulatedDynamo::refusal, verdict -> {
            int asked = request.requestItems().values().stream()
                    .mapToInt(keys -> keys.keys().size())
                    .sum();
            if (asked < 1 || asked > MAX_BATCH_KEYS) {
                throw DynamoErrors.invalid("a batch has 1 to " + MAX_BATCH_KEYS + " keys, was " + asked);
            }
            int left = isHalf(verdict) ? asked / 2 : asked;
            Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
            Map<String, KeysAndAttributes> unprocessed = new HashMap<>();
            for (Map.Entry<String, KeysAndAttributes> entry :
                    request.requestItems().entrySet()) {
                KeysAndAttributes keys = entry.getValue();
                int count = Math.min(left, keys.keys().size());
                left -= count;
                found.put(entry.getKey(), batch(entry.getKey(), keys, count));
                if (count < keys.keys().size()) {
                    unprocessed.put(
                            entry.getKey(),
                            keys.copy(builder -> builder.keys(
                                    keys.keys().subList(count, keys.keys().size()))));
                }
            }
            return BatchGetItemResponse.builder()
                    .responses(found)
                    .unprocessedKeys(unprocessed)
                    .build();
        });
    }

    private List<Map<String, AttributeValue>> batch(String tableName, KeysAndAttributes keys, int count) {
        Requests.refuse(keys.hasAttributesToGet(), "AttributesToGet");
        Requests.refuse(keys.projectionExpression() != null, "ProjectionExpression");
        Requests.requireConsistent(keys.consistentRead(), tableName);
        TableData table = tables.table(tableName);
        List<TableData.Key> addresses = keys.keys().stream().map(table::key).toList();
        if (addresses.stream().distinct().count() < addresses.size()) {
            throw DynamoErrors.invalid("Provided list of item keys contains duplicates");
        }
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        for (TableData.Key key : addresses.subList(0, count)) {
            Map<String, AttributeValue> item = table.get(key);
            if (item != null) {
                found.add(item);
            }
        }
        return found;
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return gate.call(CloudOperation.QUERY, request.tableName(), SimulatedDynamo::refusal, verdict -> {
            Tables.Page page = Requests.query(tables, request);
            QueryResponse.Builder response = QueryResponse.builder()
                    .items(page.items())
                    .count(page.items().size())
                    .scannedCount(page.items().size());
            TableData.Key after = page.after();
            if (after != null) {
                var table = tables.table(request.tableName()).definition();
                response.lastEvaluatedKey(Map.of(
                        table.partitionKey(), AttributeValue.fromS(after.partition()),
                        table.sortKey(), AttributeValue.fromS(after.sort())));
            }
            return response.build();
        });
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return gate.call(
                CloudOperation.PUT_ITEM, request.tableName(), refusals(request.conditionExpression()), verdict -> {
                    Tables.Outcome outcome = tables.write(Requests.write(tables, request));
                    PutItemResponse.Builder response = PutItemResponse.builder();
                    Map<String, AttributeValue> before = outcome.before();
                    if (tellsOld(request.returnValues()) && before != null) {
                        response.attributes(before);
                    }
                    return response.build();
                });
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return gate.call(
                CloudOperation.DELETE_ITEM, request.tableName(), refusals(request.conditionExpression()), verdict -> {
                    Tables.Outcome outcome = tables.write(Requests.write(tables, request));
                    DeleteItemResponse.Builder response = DeleteItemResponse.builder();
                    Map<String, AttributeValue> before = outcome.before();
                    if (tellsOld(request.returnValues()) && before != null) {
                        response.attributes(before);
                    }
                    return response.build();
                });
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return gate.call(
                CloudOperation.UPDATE_ITEM, request.tableName(), refusals(request.conditionExpression()), verdict -> {
                    Tables.Outcome outcome = tables.write(Requests.write(tables, request));
                    Map<String, AttributeValue> told =
                            request.returnValues() == ReturnValue.ALL_NEW ? outcome.after() : null;
                    if (request.returnValues() != ReturnValue.ALL_NEW && tellsOld(request.returnValues())) {
                        told = outcome.before();
                    }
                    UpdateItemResponse.Builder response = UpdateItemResponse.builder();
                    return told == null
                            ? response.build()
                            : response.attributes(told).build();
                });
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        List<TransactWriteItem> items = request.transactItems();
        // As the SDK does it: one token for all attempts of a call. Nobody else will ever use a made-up one, so it is
        // not kept
        // for ten minutes: what a repeated call has done already is known here.
        String token = request.clientRequestToken();
        boolean[] isDone = {false};
        return gate.call(
                CloudOperation.TRANSACT_WRITE_ITEMS, firstTable(items), fault -> refusal(fault, items), verdict -> {
                    if (!isDone[0]) {
                        tables.transact(items, token);
                    }
                    isDone[0] = true;
                    return TransactWriteItemsResponse.builder().build();
                });
    }

    private static boolean isHalf(Verdict verdict) {
        return verdict instanceof Verdict.Injected injected && injected.fault() == Fault.HALF_DONE;
    }

    private static boolean tellsOld(@Nullable ReturnValue wish) {
        if (wish == null || wish == ReturnValue.NONE) {
            return false;
        }
        if (wish == ReturnValue.ALL_OLD) {
            return true;
        }
        throw new UnsupportedOperationException("ReturnValues " + wish + " is not simulated");
    }

    private static String firstTable(List<TransactWriteItem> items) {
        if (items.isEmpty()) {
            return "";
        }
        TransactWriteItem first = items.getFirst();
        if (first.put() != null) {
            return first.put().tableName();
        }
        if (first.update() != null) {
            return first.update().tableName();
        }
        return first.delete() != null
                ? first.delete().tableName()
                : first.conditionCheck().tableName();
    }

    private static @Nullable RuntimeException refusal(Fault fault) {
        return switch (fault) {
            case THROTTLED -> DynamoErrors.throttled();
            case SERVER_ERROR -> DynamoErrors.serverError();
            case TRANSACTION_CONFLICT -> DynamoErrors.conflict();
            case UNREACHABLE,
                    ANSWER_LOST,
                    REPEATED,
                    DEATH_BEFORE,
                    DEATH_AFTER,
                    TRANSACTION_THROTTLED,
                    CONDITION_FAILED,
                    HALF_DONE,
                    OVER_LIMIT,
                    EMPTY_RECEIVE,
                    DELETE_LOST,
                    DELAYED_DELIVERY -> null;
        };
    }

    private static FaultGate.Refusals refusals(@Nullable String condition) {
        return fault -> {
            if (fault != Fault.CONDITION_FAILED) {
                return refusal(fault);
            }
            return condition == null ? null : DynamoErrors.conditionFailed(null);
        };
    }

    private static @Nullable RuntimeException refusal(Fault fault, List<TransactWriteItem> items) {
        return switch (fault) {
            case TRANSACTION_CONFLICT -> cancelled(items, 0, DynamoErrors.CONFLICT, "Transaction is ongoing");
            case TRANSACTION_THROTTLED -> cancelled(items, 0, DynamoErrors.THROTTLED, "Throughput exceeds the limit");
            case CONDITION_FAILED -> {
                for (int i = 0; i < items.size(); i++) {
                    if (isConditional(items.get(i))) {
                        yield cancelled(items, i, DynamoErrors.CONDITION_FAILED, "The conditional request failed");
                    }
                }
                yield null;
            }
            case UNREACHABLE,
                    THROTTLED,
                    SERVER_ERROR,
                    ANSWER_LOST,
                    REPEATED,
                    DEATH_BEFORE,
                    DEATH_AFTER,
                    HALF_DONE,
                    OVER_LIMIT,
                    EMPTY_RECEIVE,
                    DELETE_LOST,
                    DELAYED_DELIVERY -> refusal(fault);
        };
    }

    private static boolean isConditional(TransactWriteItem item) {
        return item.conditionCheck() != null
                || (item.put() != null && item.put().conditionExpression() != null)
                || (item.update() != null && item.update().conditionExpression() != null)
                || (item.delete() != null && item.delete().conditionExpression() != null);
    }

    private static RuntimeException cancelled(List<TransactWriteItem> items, int at, String code, String message) {
        List<CancellationReason> reasons = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            reasons.add(i == at ? DynamoErrors.reason(code, message, null) : DynamoErrors.noReason());
        }
        return DynamoErrors.cancelled(reasons);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
