package voltage.store.lease;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;

/** Leases in DynamoDB: item {@code LANE#paper / LEASE#worker} of the control table. */
public final class DynamoLeases implements LeaseStore {
    private static final String OWNER = "owner";
    private static final String EPOCH = "epoch";
    private static final String BEAT = "beat";
    private static final String RELEASED = "released";
    /** Every write uses all of them; AWS refuses names that no expression uses. */
    private static final Map<String, String> NAMES =
            Map.of("#owner", OWNER, "#epoch", EPOCH, "#beat", BEAT, "#released", RELEASED);

    /** An answer that comes later than this is worth nothing: the next renewal would be due. */
    private static final AwsRequestOverrideConfiguration IMPATIENT = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofMillis(2_000))
            .apiCallAttemptTimeout(Duration.ofMillis(900))
            .build();

    private final DynamoDbClient client;
    private final String table;

    public DynamoLeases(DynamoDbClient client, CloudResources resources) {
        this.client = client;
        this.table = resources.table(CloudResources.TableRole.CONTROL).name();
    }

    /** Where a lane's lease lies in the control table. */
    public static Map<String, AttributeValue> key(Lane lane) {
        return Map.of("pk", AttributeValue.fromS("LANE#" + lane.label()), "sk", AttributeValue.fromS("LEASE#worker"));
    }

    /** Whether an item of the control table is a lease. */
    public static boolean isLease(Map<String, AttributeValue> item) {
        return item.containsKey(EPOCH) && item.containsKey(BEAT);
    }

    /** The epoch of a lease's item. */
    public static long epoch(Map<String, AttributeValue> item) {
        return Long.parseLong(required(item, EPOCH).n());
    }

    @Override
    public Optional<LeaseItem> read(Lane lane) {
        try {
            Map<String, AttributeValue> item = client.getItem(request -> request.tableName(table)
                            .key(key(lane))
                            .consistentRead(true)
                            .overrideConfiguration(IMPATIENT))
                    .item();
            return item.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LeaseItem(
                            required(item, OWNER).s(),
                            epoch(item),
                            Long.parseLong(required(item, BEAT).n()),
                            required(item, RELEASED).bool()));
        } catch (SdkException e) {
            throw unavailable("reading", lane, e);
        }
    }

    @Override
    public boolean acquire(Lane lane, Optional<LeaseItem> seen, String owner) {
        AttributeValue me = AttributeValue.fromS(owner);
        AttributeValue next = number(seen.map(LeaseItem::epoch).orElse(0L) + 1);
        String change = "SET #owner = :me, #epoch = :next, #beat = :zero, #released = :false";
        AttributeValue no = AttributeValue.fromBool(false);
        return seen.isEmpty()
                ? update(
                        "acquiring",
                        lane,
                        change,
                        "attribute_not_exists(#epoch)",
                        Map.of(":me", me, ":next", next, ":zero", number(0), ":false", no))
                : update(
                        "acquiring",
                        lane,
                        change,
                        "#epoch = :epoch AND #beat = :beat",
                        Map.of(
                                ":me",
                                me,
                                ":next",
                                next,
                                ":zero",
                                number(0),
                                ":false",
                                no,
                                ":epoch",
                                number(seen.get().epoch()),
                                ":beat",
                                number(seen.get().beat())));
    }

    @Override
    public boolean renew(Lane lane, String owner, long epoch) {
        return update(
                "renewing",
                lane,
                "SET #beat = #beat + :one",
                "#owner = :me AND #epoch = :epoch AND #released = :false",
                Map.of(
                        ":one",
                        number(1),
                        ":me",
                        AttributeValue.fromS(owner),
                        ":epoch",
                        number(epoch),
                        ":false",
                        AttributeValue.fromBool(false)));
    }

    @Override
    public boolean release(Lane lane, String owner, long epoch) {
        return update(
                "releasing",
                lane,
                "SET #beat = #beat + :one, #released = :true",
                "#owner = :me AND #epoch = :epoch",
                Map.of(
                        ":one",
                        number(1),
                        ":me",
                        AttributeValue.fromS(owner),
                        ":epoch",
                        number(epoch),
                        ":true",
                        AttributeValue.fromBool(true)));
    }

    private boolean update(
            String what, Lane lane, String change, String condition, Map<String, AttributeValue> values) {
        try {
            client.updateItem(request -> request.tableName(table)
                    .key(key(lane))
                    .updateExpression(change)
                    .conditionExpression(condition)
                    .expressionAttributeNames(NAMES)
                    .expressionAttributeValues(values)
                    .overrideConfiguration(IMPATIENT));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (SdkException e) {
            throw unavailable(what, lane, e);
        }
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    "the lease has no attribute \"" + name + "\"; was it written by another version?");
        }
        return value;
    }

    private static LeaseUnavailableException unavailable(String what, Lane lane, SdkException e) {
        return new LeaseUnavailableException(what + " the lease of lane " + lane.label() + ": " + e.getMessage(), e);
    }
}
