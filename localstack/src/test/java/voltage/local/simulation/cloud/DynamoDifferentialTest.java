package voltage.local.simulation.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import voltage.local.cloud.EmbeddedCloud;
import voltage.store.cloud.CloudResources;

/** Whatever is asked, the simulated DynamoDB answers as AWS's own DynamoDB Local does. */
@Timeout(120)
class DynamoDifferentialTest {
    private static final CloudResources RESOURCES = tables("differ");
    private static final String TABLE =
            RESOURCES.table(CloudResources.TableRole.CONTROL).name();
    private static final EmbeddedCloud REAL = EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(RESOURCES));
    private static final List<String> CONDITIONS = List.of(
            "attribute_not_exists(pk)",
            "attribute_exists(pk)",
            "#n = :n",
            "#n <> :n",
            "#n < :n OR #t > :t",
            "#n >= :n AND NOT #t = :t",
            "#n BETWEEN :n AND :m",
            "#n IN (:n, :m)",
            "begins_with(#t, :t)",
            "(attribute_not_exists(#n) OR #n <= :m) AND attribute_exists(#t)",
            "#n = :t",
            "#n > :t");
    private static final List<String> UPDATES = List.of(
            "SET #n = :n",
            "SET #n = #n + :n",
            "SET #n = if_not_exists(#n, :m) - :n, #t = :t",
            "SET #l = list_append(if_not_exists(#l, :e), :l) REMOVE #t",
            "SET #l = list_append(#l, :l)",
            "REMOVE #n, #l",
            "SET #t = :t, #n = #m",
            "SET #n = #t + :n");

    /**
     * Those that can always be computed: whether one that cannot is found before or after a condition of its transaction fails is
     * nobody's promise.
     */
    private static final List<String> CERTAIN_UPDATES =
            List.of("SET #n = :n", "SET #t = :t, #l = :l", "REMOVE #n, #l", "SET #n = if_not_exists(#n, :m)");

    private final DynamoDbClient real = REAL.clients().dynamoDb();
    private final DynamoDbClient simulated =
            new SimulatedCloud(RESOURCES, () -> 1_000_000_000L).dynamo(CloudFaults.NONE);

    static CloudResources tables(String stage) {
        CloudResources all = CloudResources.of(stage);
        return new CloudResources(stage, all.tables(), List.of(), List.of());
    }

    @AfterAll
    static void stop() {
        REAL.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void random_requests_get_the_same_answers(long seed) {
        Random random = new Random(seed);
        String partition = "P" + seed + "#";
        for (int i = 0; i < 250; i++) {
            Function<DynamoDbClient, Object> request = request(random, partition);
            assertThat(answer(simulated, request))
                    .as("seed %d, request %d", seed, i)
                    .isEqualTo(answer(real, request));
        }
    }

    private static Object answer(DynamoDbClient client, Function<DynamoDbClient, Object> request) {
        try {
            return request.apply(client);
        } catch (TransactionCanceledException e) {
            return e.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .toList();
        } catch (AwsServiceException e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    private static Function<DynamoDbClient, Object> request(Random random, String partition) {
        return switch (random.nextInt(8)) {
            case 0 -> {
                Map<String, AttributeValue> item = item(random, partition);
                Optional<String> condition = condition(random);
                yield client -> client.putItem(request -> {
                            request.tableName(TABLE).item(item).returnValues(ReturnValue.ALL_OLD);
                            condition.ifPresent(text -> request.conditionExpression(text)
                                    .expressionAttributeNames(names(text))
                                    .expressionAttributeValues(values(text)));
                        })
                        .attributes();
            }
            case 1, 2 -> {
                Map<String, AttributeValue> key = key(random, partition);
                String update = UPDATES.get(random.nextInt(UPDATES.size()));
                Optional<String> condition = condition(random);
                String all = update + condition.map(text -> " " + text).orElse("");
                yield client -> client.updateItem(request -> {
                            request.tableName(TABLE)
                                    .key(key)
                                    .updateExpression(update)
                                    .expressionAttributeNames(names(all))
                                    .returnValues(ReturnValue.ALL_NEW);
                            request.expressionAttributeValues(values(all));
                            condition.ifPresent(request::conditionExpression);
                        })
                        .attributes();
            }
            case 3 -> {
                Map<String, AttributeValue> key = key(random, partition);
                Optional<String> condition = condition(random);
                yield client -> client.deleteItem(request -> {
                            request.tableName(TABLE).key(key).returnValues(ReturnValue.ALL_OLD);
                            condition.ifPresent(text -> request.conditionExpression(text)
                                    .expressionAttributeNames(names(text))
                                    .expressionAttributeValues(values(text)));
                        })
                        .attributes();
            }
            case 4 -> {
                Map<String, AttributeValue> key = key(random, partition);
                yield client -> client.getItem(
                                request -> request.tableName(TABLE).key(key).consistentRead(true))
                        .item();
            }
            case 5 -> query(random, partition);
            default -> transaction(random, partition);
        };
    }

    private static Function<DynamoDbClient, Object> query(Random random, String partition) {
        List<String> ranges =
                List.of("", " AND sk > :s", " AND sk <= :s", " AND sk BETWEEN :s AND :u", " AND begins_with(sk, :s)");
        String range = ranges.get(random.nextInt(ranges.size()));
        Map<String, AttributeValue> values = new TreeMap<>();
        values.put(":p", text(partition + random.nextInt(2)));
        if (range.contains(":s")) {
            values.put(":s", text("s" + (random.nextBoolean() ? "" : random.nextInt(4))));
        }
        if (range.contains(":u")) {
            values.put(":u", text("s" + (4 + random.nextInt(4))));
        }
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(TABLE)
                .consistentRead(true)
                .keyConditionExpression("pk = :p" + range)
                .expressionAttributeValues(values)
                .scanIndexForward(random.nextBoolean());
        if (random.nextBoolean()) {
            request.limit(1 + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            request.projectionExpression("sk, #n").expressionAttributeNames(Map.of("#n", "n"));
        }
        return client -> {
            // Whether a page that is just full says that there is more is nobody's promise: the items count.
            return client.queryPaginator(request.build()).items().stream().toList();
        };
    }

    private static Function<DynamoDbClient, Object> transaction(Random random, String partition) {
        List<TransactWriteItem> items = new ArrayList<>();
        Set<Map<String, AttributeValue>> keys = new HashSet<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            TransactWriteItem.Builder write = TransactWriteItem.builder();
            Map<String, AttributeValue> item = item(random, partition);
            Map<String, AttributeValue> key = Map.of("pk", required(item, "pk"), "sk", required(item, "sk"));
            if (!keys.add(key)) {
                // Two writes of one item are refused by both, but not by both before a condition that fails.
                continue;
            }
            String condition = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
            String update = CERTAIN_UPDATES.get(random.nextInt(CERTAIN_UPDATES.size()));
            switch (random.nextInt(4)) {
                case 0 -> write.put(put -> put.tableName(TABLE).item(item));
                case 1 ->
                    write.delete(delete -> delete.tableName(TABLE).key(key).conditionExpression("attribute_exists(sk)"));
                case 2 ->
                    write.conditionCheck(check -> check.tableName(TABLE)
                            .key(key)
                            .conditionExpression(condition)
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .expressionAttributeNames(names(condition))
                            .expressionAttributeValues(values(condition)));
                default ->
                    write.update(change -> change.tableName(TABLE)
                            .key(key)
                            .updateExpression(update)
                            .expressionAttributeNames(names(update))
                            .expressionAttributeValues(values(update)));
            }
            items.add(write.build());
        }
        return client -> {
            client.transactWriteItems(request -> request.transactItems(items));
            return "done";
        };
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static Optional<String> condition(Random random) {
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(CONDITIONS.get(random.nextInt(CONDITIONS.size())));
    }

    private static Map<String, AttributeValue> item(Random random, String partition) {
        Map<String, AttributeValue> item = new TreeMap<>(key(random, partition));
        if (random.nextInt(4) > 0) {
            item.put("n", AttributeValue.fromN(String.valueOf(random.nextInt(5) - 1)));
        }
        if (random.nextInt(4) > 0) {
            item.put("t", text("t" + random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            item.put("l", AttributeValue.fromL(List.of(text("x"), AttributeValue.fromBool(true))));
        }
        return item;
    }

    private static Map<String, AttributeValue> key(Random random, String partition) {
        return Map.of("pk", text(partition + random.nextInt(2)), "sk", text("s" + random.nextInt(8)));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    /** Null for none: the SDK sends empty maps, and DynamoDB refuses them. */
    private static @Nullable Map<String, String> names(String text) {
        Map<String, String> names = new TreeMap<>();
        for (String name : List.of("n", "t", "l", "m")) {
            if (text.contains("#" + name)) {
                names.put("#" + name, name);
            }
        }
        return names.isEmpty() ? null : names;
    }

    private static @Nullable Map<String, AttributeValue> values(String text) {
        Map<String, AttributeValue> values = new TreeMap<>();
        Map<String, AttributeValue> all = Map.of(
                ":n", AttributeValue.fromN("2"),
                ":m", AttributeValue.fromN("3"),
                ":t", text("t1"),
                ":l", AttributeValue.fromL(List.of(text("y"))),
                ":e", AttributeValue.fromL(List.of()));
        all.forEach((name, value) -> {
            if (text.contains(name)) {
                values.put(name, value);
            }
        });
        return values.isEmpty() ? null : values;
    }

    @Test
    void mistakes_are_refused_alike() {
        Map<String, AttributeValue> key = Map.of("pk", text("M"), "sk", text("1"));
        List<Function<DynamoDbClient, Object>> mistakes = List.of(
                client -> client.getItem(
                        request -> request.tableName("nobody").key(key).consistentRead(true)),
                client -> client.getItem(request ->
                        request.tableName(TABLE).key(Map.of("pk", text("M"))).consistentRead(true)),
                client -> client.putItem(request -> request.tableName(TABLE)
                        .item(Map.of("pk", text("M"), "sk", text("1"), "big", text("x".repeat(410_000))))),
                client -> client.putItem(
                        request -> request.tableName(TABLE).item(Map.of("pk", text(""), "sk", text("1")))),
                client -> client.putItem(
                        request -> request.tableName(TABLE).item(key).conditionExpression("state = pk")),
                client -> client.putItem(
                        request -> request.tableName(TABLE).item(key).conditionExpression("#x = pk")),
                client -> client.putItem(request -> request.tableName(TABLE)
                        .item(key)
                        .conditionExpression("attribute_exists(pk)")
                        .expressionAttributeNames(Map.of("#unused", "a"))),
                client -> client.putItem(
                        request -> request.tableName(TABLE).item(key).conditionExpression("attribute_exists(pk")),
                client -> client.putItem(request -> request.tableName(TABLE)
                        .item(key)
                        .conditionExpression("attribute_exists(pk)")
                        .expressionAttributeValues(Map.of())),
                client -> client.updateItem(request -> request.tableName(TABLE)
                        .key(key)
                        .updateExpression("SET sk = :v")
                        .expressionAttributeValues(Map.of(":v", text("2")))),
                client -> client.updateItem(request -> request.tableName(TABLE)
                        .key(key)
                        .updateExpression("SET a = :v, a = :v")
                        .expressionAttributeValues(Map.of(":v", text("2")))),
                client -> client.query(request -> request.tableName(TABLE)
                        .consistentRead(true)
                        .keyConditionExpression("sk = :v")
                        .expressionAttributeValues(Map.of(":v", text("2")))),
                client -> client.transactWriteItems(request -> request.transactItems(
                        item -> item.put(put -> put.tableName(TABLE).item(key)),
                        item -> item.delete(delete -> delete.tableName(TABLE).key(key)))),
                client -> client.transactWriteItems(request -> request.transactItems(java.util.stream.IntStream.range(
                                0, 101)
                        .mapToObj(i -> TransactWriteItem.builder()
                                .put(put -> put.tableName(TABLE).item(Map.of("pk", text("M"), "sk", text("i" + i))))
                                .build())
                        .toList())),
                client -> client.transactWriteItems(request -> request.clientRequestToken("once")
                        .transactItems(
                                item -> item.put(put -> put.tableName(TABLE).item(key)))),
                client -> client.transactWriteItems(request -> request.clientRequestToken("once")
                                .transactItems(item ->
                                        item.put(put -> put.tableName(TABLE).item(key))))
                        .sdkHttpResponse(),
                client -> client.transactWriteItems(request -> request.clientRequestToken("once")
                        .transactItems(item ->
                                item.delete(delete -> delete.tableName(TABLE).key(key)))));
        for (int i = 0; i < mistakes.size(); i++) {
            assertThat(summary(simulated, mistakes.get(i)))
                    .as("mistake %d", i)
                    .isEqualTo(summary(real, mistakes.get(i)));
        }
    }

    /** The error's code, or that there was none. */
    private static String summary(DynamoDbClient client, Function<DynamoDbClient, Object> request) {
        return answer(client, request) instanceof String code ? code : "fine";
    }
}
