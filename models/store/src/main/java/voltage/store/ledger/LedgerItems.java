package voltage.store.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;
import voltage.store.json.AccountJson;

/**
 * Items to records and back. What conditions look at are attributes of their own; the rest is the record's JSON, so that an item
 * can be read with bare eyes and no rounding ever comes near an amount.
 */
final class LedgerItems {
    static final String STATE = "state";
    static final String ORDER_ID = "orderId";
    static final String REPORTS = "reports";
    static final String ROUNDS = "rounds";
    static final String REASON = "reason";
    static final String SENT_NANOS = "sentNanos";
    static final String VERSION = "version";
    private static final String COMMAND = "command";
    private static final String ENTRY = "entry";

    private LedgerItems() {}

    static Map<String, AttributeValue> newCommand(Command command, long nowNanos) {
        Map<String, AttributeValue> item =
                new HashMap<>(LedgerKeys.command(command.header().lane(), command.id()));
        item.put(COMMAND, json(AccountJson.write(command)));
        item.put(STATE, AttributeValue.fromS(new CommandState.Received().label()));
        item.put(REPORTS, AttributeValue.fromL(List.of()));
        item.put("receivedNanos", number(nowNanos));
        return item;
    }

    static CommandRecord command(Map<String, AttributeValue> item) {
        return new CommandRecord(
                read(text(item, COMMAND), AccountJson::command),
                state(item),
                required(item, REPORTS).l().stream()
                        .map(report -> read(report.s(), AccountJson::report))
                        .toList());
    }

    private static CommandState state(Map<String, AttributeValue> item) {
        Optional<String> orderId = Optional.ofNullable(item.get(ORDER_ID)).map(AttributeValue::s);
        String state = text(item, STATE);
        return switch (state) {
            case "RECEIVED" -> new CommandState.Received();
            case "REPLACING" -> new CommandState.Replacing();
            case "SENDING" -> new CommandState.Sending(number(item, SENT_NANOS));
            case "UNKNOWN" -> new CommandState.Unknown(orderId, (int) number(item, ROUNDS));
            case "RESTING" -> new CommandState.Resting(text(item, ORDER_ID));
            case "DONE" -> new CommandState.Done(orderId);
            case "REFUSED" -> new CommandState.Refused(RefusalReason.valueOf(text(item, REASON)));
            default ->
                throw new IllegalStateException("the ledger has a command in state \"" + state
                        + "\", which this version does not know; was it written by another version?");
        };
    }

    /** Of an item that says where a command is listed. */
    static String commandId(Map<String, AttributeValue> pointer) {
        return text(pointer, "id");
    }

    /** What a state holds beyond its name. */
    static Map<String, AttributeValue> stateAttributes(CommandState state) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        state.orderId().ifPresent(id -> attributes.put(ORDER_ID, AttributeValue.fromS(id)));
        switch (state) {
            case CommandState.Unknown unknown -> attributes.put(ROUNDS, number(unknown.rounds()));
            case CommandState.Refused refused ->
                attributes.put(REASON, AttributeValue.fromS(refused.reason().name()));
            case CommandState.Received s -> {}
            case CommandState.Replacing s -> {}
            case CommandState.Sending sending -> attributes.put(SENT_NANOS, number(sending.sinceNanos()));
            case CommandState.Resting s -> {}
            case CommandState.Done s -> {}
        }
        return attributes;
    }

    static AttributeValue reports(List<ExecutionReport> reports) {
        return AttributeValue.fromL(
                reports.stream().map(report -> json(AccountJson.write(report))).toList());
    }

    static Map<String, AttributeValue> entry(Lane lane, long version, LedgerEntry entry) {
        Map<String, AttributeValue> item = new HashMap<>(LedgerKeys.entry(lane, version));
        item.put("key", AttributeValue.fromS(entry.key()));
        item.put(ENTRY, json(AccountJson.write(entry)));
        // Sparse index of a day's cash flows, for reports.
        item.put("day", AttributeValue.fromS(lane.label() + "#" + day(entry.exchangeNanos())));
        return item;
    }

    static LedgerEntry entry(Map<String, AttributeValue> item) {
        return read(text(item, ENTRY), AccountJson::entry);
    }

    static Map<String, AttributeValue> entryKey(Lane lane, long version, String key) {
        Map<String, AttributeValue> item = new HashMap<>(LedgerKeys.entryKey(lane, key));
        item.put(VERSION, number(version));
        return item;
    }

    static Map<String, AttributeValue> laneState(Lane lane, LaneState state) {
        Map<String, AttributeValue> item = new HashMap<>(LedgerKeys.laneState(lane));
        item.put("armed", AttributeValue.fromBool(state.armed()));
        item.put("paused", AttributeValue.fromBool(state.paused()));
        item.put("halted", AttributeValue.fromBool(state.halted()));
        item.put("fenceEpoch", number(state.fenceEpoch()));
        item.put(VERSION, number(state.version()));
        return item;
    }

    /** @param leaseEpoch of the lane's lease, an item of its own */
    static LaneState laneState(Map<String, AttributeValue> item, long leaseEpoch) {
        return new LaneState(
                required(item, "armed").bool(),
                required(item, "paused").bool(),
                required(item, "halted").bool(),
                number(item, "fenceEpoch"),
                leaseEpoch,
                number(item, VERSION));
    }

    private interface Reading<T> {
        T read(byte[] json) throws IOException;
    }

    private static <T> T read(String json, Reading<T> reading) {
        try {
            return reading.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the ledger has a text that cannot be read; was it written by another version? " + json, e);
        }
    }

    private static AttributeValue json(byte[] json) {
        return AttributeValue.fromS(new String(json, StandardCharsets.UTF_8));
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(required(item, name).n());
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return required(item, name).s();
    }

    private static String day(long nanos) {
        return java.time.LocalDate.ofEpochDay(Math.floorDiv(nanos, 86_400_000_000_000L))
                .toString();
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    "the ledger's item " + item.get(LedgerKeys.PK) + " / " + item.get(LedgerKeys.SK)
                            + " has no attribute \"" + name + "\"; was it written by another version?");
        }
        return value;
    }
}
