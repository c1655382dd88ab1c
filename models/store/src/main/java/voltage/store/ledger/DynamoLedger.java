package voltage.store.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.order.SentOrder;
import voltage.store.cloud.CloudResources;
import voltage.store.lease.DynamoLeases;

/**
 * The ledger in DynamoDB. Each change is one transaction with conditions on everything it was derived from. Entries get the next
 * version numbers by being put where nothing may be yet, so of two writers one loses and is told; there is no counter to keep.
 *
 * <p>One transaction holds {@value #MAX_ENTRIES} entries. A change with more books the first of them in transactions before the
 * one that moves the command; if it dies in between, doing it again books the rest.
 */
public final class DynamoLedger implements Ledger {
    /** Two items an entry, and DynamoDB takes 100 an transaction. */
    static final int MAX_ENTRIES = 45;

    private static final int BOOK_ATTEMPTS = 5;
    private static final int TRANSACT_ATTEMPTS = 3;
    private static final Set<String> PASSING_REASONS =
            Set.of("None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");
    private static final int BATCH_GET = 100;
    private static final String ABSENT = "attribute_not_exists(" + LedgerKeys.PK + ")";

    private final DynamoDbClient client;
    private final String ledgerTable;
    private final String controlTable;

    public DynamoLedger(DynamoDbClient client, CloudResources resources) {
        this.client = client;
        this.ledgerTable = resources.table(CloudResources.TableRole.LEDGER).name();
        this.controlTable = resources.table(CloudResources.TableRole.CONTROL).name();
    }

    @Override
    public LaneState laneState(Lane lane) {
        // The lease is an item of its own, and the one place where its epoch stands. Both are read at once, each as it
        // is now.
        LaneState state = LaneState.initial(lane);
        long leaseEpoch = 0;
        for (Map<String, AttributeValue> item :
                getAll(controlTable, List.of(LedgerKeys.laneState(lane), DynamoLeases.key(lane)))) {
            if (DynamoLeases.isLease(item)) {
                leaseEpoch = DynamoLeases.epoch(item);
            } else {
                state = LedgerItems.laneState(item, 0);
            }
        }
        return state.withLeaseEpoch(leaseEpoch);
    }

    @Override
    public void changeLaneState(Lane lane, LaneState next) {
        long expected = next.version() - 1;
        try {
            client.putItem(request -> {
                request.tableName(controlTable).item(LedgerItems.laneState(lane, next));
                if (expected == LaneState.initial(lane).version()) {
                    request.conditionExpression(ABSENT);
                } else {
                    request.conditionExpression("#version = :expected")
                            .expressionAttributeNames(Map.of("#version", LedgerItems.VERSION))
                            .expressionAttributeValues(Map.of(":expected", LedgerItems.number(expected)));
                }
            });
        } catch (ConditionalCheckFailedException e) {
            LaneState there = laneState(lane);
            if (there.equals(next.withLeaseEpoch(there.leaseEpoch()))) {
                // The answer to the SDK's first attempt was lost: this was ourselves.
                return;
            }
            throw new LedgerConflictException("the state of lane " + lane.label() + " is at version " + there.version()
                    + ", version " + expected + " was expected");
        }
    }

    @Override
    public Optional<CommandRecord> record(Command command, long nowNanos) {
        Lane lane = command.header().lane();
        Optional<CommandRecord> known = find(lane, command.id());
        if (known.isPresent()) {
            return known;
        }
        try {
            transact(List.of(putNew(LedgerItems.newCommand(command, nowNanos)), put(unfinished(lane, command))));
            return Optional.empty();
        } catch (TransactionCanceledException e) {
            Optional<CommandRecord> meanwhile = find(lane, command.id());
            if (meanwhile.isEmpty()) {
                throw conflict("command " + command.id() + " could not be recorded", e);
            }
            return meanwhile;
        }
    }

    @Override
    public Optional<CommandRecord> find(Lane lane, String commandId) {
        Map<String, AttributeValue> item = get(ledgerTable, LedgerKeys.command(lane, commandId));
        return item.isEmpty() ? Optional.empty() : Optional.of(LedgerItems.command(item));
    }

    @Override
    public List<CommandRecord> unfinished(Lane lane) {
        List<String> ids = new ArrayList<>();
        for (Map<String, AttributeValue> pointer : query(LedgerKeys.unfinishedPartition(lane), "")) {
            ids.add(LedgerItems.commandId(pointer));
        }
        Map<String, CommandRecord> found = commands(lane, ids);
        // A command may finish between the two reads; then it is no longer wanted.
        List<CommandRecord> records = new ArrayList<>();
        for (String id : ids) {
            CommandRecord record = found.get(id);
            if (record != null && !record.state().isFinished()) {
                records.add(record);
            }
        }
        return records;
    }

    @Override
    public List<SentOrder> sentSince(Lane lane, long nanos) {
        Map<String, Long> sentNanos = new LinkedHashMap<>();
        for (Map<String, AttributeValue> pointer :
                query(LedgerKeys.sentPartition(lane), LedgerKeys.padded(Math.max(0, nanos)))) {
            sentNanos.put(LedgerItems.commandId(pointer), LedgerKeys.sentNanos(pointer));
        }
        Map<String, CommandRecord> found = commands(lane, List.copyOf(sentNanos.keySet()));
        List<SentOrder> sent = new ArrayList<>();
        sentNanos.forEach((id, at) -> {
            CommandRecord record = found.get(id);
            if (record == null) {
                throw new IllegalStateException("the ledger lists command " + id + " as sent and does not have it");
            }
            sent.add(new SentOrder(record.command(), at));
        });
        return sent;
    }

    private Map<String, CommandRecord> commands(Lane lane, List<String> ids) {
        Map<String, CommandRecord> found = new HashMap<>();
        List<Map<String, AttributeValue>> keys =
                ids.stream().map(id -> LedgerKeys.command(lane, id)).toList();
        for (Map<String, AttributeValue> item : getAll(ledgerTable, keys)) {
            CommandRecord record = LedgerItems.command(item);
            found.put(record.command().id(), record);
        }
        return found;
    }

    @Override
    public List<LedgerEntry> apply(Lane lane, LedgerChange change) {
        Optional<CommandRecord> record = find(lane, change.commandId());
        change.requireFits(record);
        List<LedgerEntry> fresh = notYetBooked(lane, change.entries());
        List<LedgerEntry> booked = new ArrayList<>();
        int early = Math.max(0, fresh.size() - MAX_ENTRIES);
        if (early > 0) {
            booked.addAll(book(lane, fresh.subList(0, early)));
        }
        List<LedgerEntry> last = fresh.subList(early, fresh.size());
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(transition(lane, change));
        if (change.to().isFinished()) {
            record.map(found -> found.command().header().decidedNanos())
                    .ifPresent(decided -> writes.add(delete(LedgerKeys.unfinished(lane, decided, change.commandId()))));
        }
        if (change.to() instanceof CommandState.Sending sending) {
            writes.add(
                    put(pointer(LedgerKeys.sent(lane, sending.sinceNanos(), change.commandId()), change.commandId())));
        }
        writes.addAll(bookings(lane, last));
        try {
            transact(writes);
        } catch (TransactionCanceledException e) {
            throw conflict(
                    "command " + change.commandId() + " could not go from "
                            + change.from().label() + " to " + change.to().label(),
                    e);
        }
        booked.addAll(last);
        return booked;
    }

    @Override
    public List<LedgerEntry> book(Lane lane, List<LedgerEntry> entries) {
        List<LedgerEntry> booked = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += MAX_ENTRIES) {
            booked.addAll(bookChunk(lane, entries.subList(from, Math.min(from + MAX_ENTRIES, entries.size()))));
        }
        return booked;
    }

    private List<LedgerEntry> bookChunk(Lane lane, List<LedgerEntry> entries) {
        TransactionCanceledException lost = null;
        for (int attempt = 0; attempt < BOOK_ATTEMPTS; attempt++) {
            List<LedgerEntry> fresh = notYetBooked(lane, entries);
            if (fresh.isEmpty()) {
                return fresh;
            }
            try {
                transact(bookings(lane, fresh));
                return fresh;
            } catch (TransactionCanceledException e) {
                // Somebody else booked; what is left is worked out anew.
                lost = e;
            }
        }
        throw conflict(
                entries.size() + " entries of lane " + lane.label() + " could not be booked in " + BOOK_ATTEMPTS
                        + " attempts",
                lost);
    }

    @Override
    public Entries entries(Lane lane, long afterVersion) {
        List<LedgerEntry> entries = new ArrayList<>();
        long version = afterVersion;
        for (Map<String, AttributeValue> item :
                query(LedgerKeys.entriesPartition(lane), LedgerKeys.padded(afterVersion))) {
            entries.add(LedgerItems.entry(item));
            version++;
        }
        // Never the newest version there is: another writer may have come in since the query, and would be missed.
        return new Entries(entries, version);
    }

    private long lastVersion(Lane lane) {
        List<Map<String, AttributeValue>> newest = client.query(request -> request.tableName(ledgerTable)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(LedgerKeys.entriesPartition(lane))))
                        .projectionExpression("sk")
                        .scanIndexForward(false)
                        .limit(1))
                .items();
        if (newest.isEmpty()) {
            return 0;
        }
        AttributeValue sk = newest.getFirst().get(LedgerKeys.SK);
        return sk == null ? 0 : Long.parseLong(sk.s());
    }

    /** The entries whose keys are in nobody's books, each key once. */
    private List<LedgerEntry> notYetBooked(Lane lane, List<LedgerEntry> entries) {
        Map<Map<String, AttributeValue>, LedgerEntry> wanted = new LinkedHashMap<>();
        for (LedgerEntry entry : entries) {
            wanted.putIfAbsent(LedgerKeys.entryKey(lane, entry.key()), entry);
        }
        Set<String> known = new HashSet<>();
        for (Map<String, AttributeValue> item : getAll(ledgerTable, List.copyOf(wanted.keySet()))) {
            AttributeValue key = item.get(LedgerKeys.SK);
            if (key != null) {
                known.add(key.s());
            }
        }
        return wanted.values().stream()
                .filter(entry -> !known.contains(entry.key()))
                .toList();
    }

    private List<TransactWriteItem> bookings(Lane lane, List<LedgerEntry> entries) {
        List<TransactWriteItem> writes = new ArrayList<>();
        if (entries.isEmpty()) {
            return writes;
        }
        long version = lastVersion(lane);
        for (LedgerEntry entry : entries) {
            version++;
            writes.add(putNew(LedgerItems.entry(lane, version, entry)));
            writes.add(putNew(LedgerItems.entryKey(lane, version, entry.key())));
        }
        return writes;
    }

    private TransactWriteItem transition(Lane lane, LedgerChange change) {
        Map<String, AttributeValue> values = new HashMap<>();
        Map<String, String> names = new HashMap<>(Map.of("#state", LedgerItems.STATE, "#reports", LedgerItems.REPORTS));
        values.put(":from", AttributeValue.fromS(change.from().label()));
        values.put(":to", AttributeValue.fromS(change.to().label()));
        values.put(":reports", LedgerItems.reports(change.reports()));
        Map<String, AttributeValue> attributes = LedgerItems.stateAttributes(change.to());
        StringBuilder update = new StringBuilder("SET #state = :to, #reports = list_append(#reports, :reports)");
        attributes.forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name, value);
            update.append(", #").append(name).append(" = :").append(name);
        });
        List<String> gone = LedgerItems.stateAttributes(change.from()).keySet().stream()
                .filter(name -> !attributes.containsKey(name))
                .sorted()
                .toList();
        gone.forEach(name -> names.put("#" + name, name));
        if (!gone.isEmpty()) {
            update.append(" REMOVE #").append(String.join(", #", gone));
        }
        return TransactWriteItem.builder()
                .update(request -> request.tableName(ledgerTable)
                        .key(LedgerKeys.command(lane, change.commandId()))
                        .conditionExpression("#state = :from")
                        .updateExpression(update.toString())
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }

    private static Map<String, AttributeValue> unfinished(Lane lane, Command command) {
        return pointer(LedgerKeys.unfinished(lane, command.header().decidedNanos(), command.id()), command.id());
    }

    /** An item that says where a command is listed. */
    private static Map<String, AttributeValue> pointer(Map<String, AttributeValue> key, String commandId) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put("id", AttributeValue.fromS(commandId));
        return item;
    }

    private TransactWriteItem putNew(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(ledgerTable).item(item).conditionExpression(ABSENT))
                .build();
    }

    private TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(ledgerTable).item(item))
                .build();
    }

    private TransactWriteItem delete(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(ledgerTable).key(key))
                .build();
    }

    /**
     * The SDK gives each transaction a token, so its own retries cannot do it twice. It does not repeat one that was cancelled; where
     * nothing was found otherwise than expected, but another transaction or the rate was in the way, that is done here.
     */
    private void transact(List<TransactWriteItem> writes) {
        for (int attempt = 1; ; attempt++) {
            try {
                client.transactWriteItems(request -> request.transactItems(writes));
                return;
            } catch (TransactionCanceledException e) {
                if (attempt == TRANSACT_ATTEMPTS || !isPassing(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isPassing(TransactionCanceledException e) {
        return e.hasCancellationReasons()
                && e.cancellationReasons().stream().allMatch(reason -> PASSING_REASONS.contains(reason.code()));
    }

    private Map<String, AttributeValue> get(String table, Map<String, AttributeValue> key) {
        return client.getItem(request -> request.tableName(table).key(key).consistentRead(true))
                .item();
    }

    private List<Map<String, AttributeValue>> getAll(String table, List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += BATCH_GET) {
            Map<String, KeysAndAttributes> due = Map.of(
                    table,
                    KeysAndAttributes.builder()
                            .keys(keys.subList(from, Math.min(from + BATCH_GET, keys.size())))
                            .consistentRead(true)
                            .build());
            for (int round = 0; !due.isEmpty(); round++) {
                if (round == BATCH_GET) {
                    throw new IllegalStateException("table " + table + " left keys unread " + BATCH_GET + " times");
                }
                Map<String, KeysAndAttributes> asked = due;
                var response = client.batchGetItem(request -> request.requestItems(asked));
                items.addAll(response.responses().getOrDefault(table, List.of()));
                due = response.unprocessedKeys();
            }
        }
        return items;
    }

    /** All items of a partition after a sort key, by sort key. */
    private Iterable<Map<String, AttributeValue>> query(String partition, String after) {
        return client.queryPaginator(request -> {
                    Map<String, AttributeValue> values = new HashMap<>();
                    values.put(":pk", AttributeValue.fromS(partition));
                    request.tableName(ledgerTable).consistentRead(true);
                    if (after.isEmpty()) {
                        request.keyConditionExpression("pk = :pk");
                    } else {
                        values.put(":after", AttributeValue.fromS(after));
                        request.keyConditionExpression("pk = :pk AND sk > :after");
                    }
                    request.expressionAttributeValues(values);
                })
                .items();
    }

    private static LedgerConflictException conflict(
            String what, @org.jspecify.annotations.Nullable TransactionCanceledException e) {
        String why = e == null
                ? ""
                : ": "
                        + e.cancellationReasons().stream()
                                .map(reason -> String.valueOf(reason.code()))
                                .toList();
        return new LedgerConflictException(what + "; somebody else wrote to the ledger meanwhile" + why);
    }
}
