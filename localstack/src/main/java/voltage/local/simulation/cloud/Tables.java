package voltage.local.simulation.cloud;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import voltage.store.cloud.CloudResources;

/** The tables of the simulated DynamoDB and what is atomic over them, shared by all of its clients. */
final class Tables {
    static final int MAX_TRANSACTION_ITEMS = 100;
    static final int MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
    private static final long TOKEN_NANOS = 10 * 60 * 1_000_000_000L;

    private final Map<String, TableData> tables = new HashMap<>();
    private final Expressions.Cache cache = new Expressions.Cache();
    private final LongSupplier nowNanos;
    private final int pageBytes;
    private final Map<String, List<TransactWriteItem>> tokens = new HashMap<>();
    private final ArrayDeque<Token> tokensByAge = new ArrayDeque<>();

    private record Token(String token, long nanos) {}

    /** @param after null unless there is more */
    record Page(List<Map<String, AttributeValue>> items, TableData.@Nullable Key after) {}

    Tables(List<CloudResources.Table> definitions, LongSupplier nowNanos, int pageBytes) {
        for (CloudResources.Table definition : definitions) {
            tables.put(definition.name(), new TableData(definition));
        }
        this.nowNanos = nowNanos;
        this.pageBytes = pageBytes;
    }

    TableData table(String name) {
        TableData table = tables.get(name);
        if (table == null) {
            throw DynamoErrors.noTable(name);
        }
        return table;
    }

    Expressions expressions(Map<String, String> names, Map<String, AttributeValue> values) {
        refuseEmpty(names, "ExpressionAttributeNames");
        refuseEmpty(values, "ExpressionAttributeValues");
        return new Expressions(cache, names, values);
    }

    /** The SDK sends an empty map that was set, but none that was not. */
    private static void refuseEmpty(Map<String, ?> map, String parameter) {
        if (map.isEmpty() && !(map instanceof SdkAutoConstructMap)) {
            throw DynamoErrors.invalid(parameter + " must not be empty");
        }
    }

    /** What one item was and is. */
    record Outcome(
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {}

    Outcome write(Writes.Write write) {
        Map<String, AttributeValue> before = write.table().get(write.key());
        if (!write.isAllowed(before)) {
            throw DynamoErrors.conditionFailed(write.tellOnFailure() ? before : null);
        }
        Writes.Change change = write.change();
        Map<String, AttributeValue> after = change == null ? before : change.apply(before);
        if (after == null) {
            write.table().remove(write.key());
        } else if (change != null) {
            write.table().put(write.key(), write.table().item(after));
        }
        return new Outcome(before, after);
    }

    /** All of it, or nothing and the reasons, one an item. */
    void transact(List<TransactWriteItem> items, @Nullable String token) {
        if (token != null) {
            forgetTokens();
            List<TransactWriteItem> earlier = tokens.get(token);
            if (earlier != null) {
                if (!earlier.equals(items)) {
                    throw DynamoErrors.tokenMismatch(token);
                }
                return;
            }
        }
        if (items.isEmpty() || items.size() > MAX_TRANSACTION_ITEMS) {
            throw DynamoErrors.invalid(
                    "a transaction has 1 to " + MAX_TRANSACTION_ITEMS + " items, was " + items.size());
        }
        commit(read(items));
        if (token != null) {
            tokens.put(token, items);
            tokensByAge.add(new Token(token, nowNanos.getAsLong()));
        }
    }

    private void forgetTokens() {
        long now = nowNanos.getAsLong();
        while (!tokensByAge.isEmpty() && tokensByAge.getFirst().nanos() + TOKEN_NANOS <= now) {
            tokens.remove(tokensByAge.removeFirst().token());
        }
    }

    private List<Writes.Write> read(List<TransactWriteItem> items) {
        List<Writes.Write> writes = new ArrayList<>(items.size());
        Set<TableData.Key> seen = new HashSet<>();
        for (TransactWriteItem item : items) {
            Writes.Write write = Requests.write(this, item);
            writes.add(write);
            // Two tables may have the same key.
            if (!seen.add(write.key())
                    && writes.stream()
                                    .filter(other -> other.key().equals(write.key()) && other.table() == write.table())
                                    .count()
                            > 1) {
                throw DynamoErrors.invalid("Transaction request cannot include multiple operations on one item");
            }
        }
        return writes;
    }

    /** In order, as DynamoDB Local does it: an update that cannot be computed refuses all, unless a condition has failed before it. */
    private void commit(List<Writes.Write> writes) {
        List<TableData.@Nullable Item> changed = new ArrayList<>(writes.size());
        @Nullable CancellationReason[] reasons = new CancellationReason[writes.size()];
        boolean cancelled = false;
        int bytes = 0;
        for (int i = 0; i < writes.size(); i++) {
            Writes.Write write = writes.get(i);
            Map<String, AttributeValue> before = write.table().get(write.key());
            TableData.Item item = null;
            if (!write.isAllowed(before)) {
                reasons[i] = DynamoErrors.reason(
                        DynamoErrors.CONDITION_FAILED,
                        "The conditional request failed",
                        write.tellOnFailure() ? before : null);
                cancelled = true;
            } else if (write.change() != null && !cancelled) {
                Map<String, AttributeValue> after = write.change().apply(before);
                item = after == null ? null : write.table().item(after);
                bytes += item == null ? 0 : item.bytes();
            }
            changed.add(item);
        }
        if (cancelled) {
            throw DynamoErrors.cancelled(Arrays.stream(reasons)
                    .map(reason -> reason == null ? DynamoErrors.noReason() : reason)
                    .toList());
        }
        if (bytes > MAX_TRANSACTION_BYTES) {
            throw DynamoErrors.invalid("a transaction has up to " + MAX_TRANSACTION_BYTES + " bytes, was " + bytes);
        }
        for (int i = 0; i < writes.size(); i++) {
            Writes.Write write = writes.get(i);
            TableData.Item item = changed.get(i);
            if (item != null) {
                write.table().put(write.key(), item);
            } else if (write.change() != null) {
                write.table().remove(write.key());
            }
        }
    }

    /**
     * Items of a range, as many as a page takes.
     *
     * @param limit 0 for none
     */
    Page page(NavigableMap<String, TableData.Item> range, String partition, int limit) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        int bytes = 0;
        String last = "";
        for (Map.Entry<String, TableData.Item> entry : range.entrySet()) {
            if (bytes > 0 && bytes + entry.getValue().bytes() > pageBytes) {
                return new Page(items, new TableData.Key(partition, last));
            }
            items.add(entry.getValue().attributes());
            bytes += entry.getValue().bytes();
            last = entry.getKey();
            if (items.size() == limit) {
                // Whether that was the last one is not looked at.
                return new Page(items, new TableData.Key(partition, last));
            }
        }
        return new Page(items, null);
    }
}
