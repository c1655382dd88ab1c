package voltage.store.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import voltage.market.AccountEvent;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.LedgerEntry;
import voltage.order.LedgerLoaded;

/**
 * Writes and reads the account's vocabulary. The names of the cases stand in {@code "type"}; the domain types bear no annotation, the
 * mapping is here. Unknown fields are ignored, so that an older worker reads what a newer executor says.
 */
public final class AccountJson {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    /** Whether it is finished follows from the state's name. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
    private interface State {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(Command.class, Typed.class)
            .addMixIn(CommandState.class, State.class)
            .addMixIn(AccountEvent.class, Typed.class)
            .addMixIn(LedgerEntry.class, Typed.class)
            .registerSubtypes(
                    Command.PlaceOrder.class,
                    Command.AmendOrder.class,
                    Command.CancelOrder.class,
                    Command.ClosePosition.class,
                    Command.Reconcile.class,
                    Command.Settle.class,
                    Command.SwitchLane.class,
                    CommandState.Received.class,
                    CommandState.Replacing.class,
                    CommandState.Sending.class,
                    CommandState.Unknown.class,
                    CommandState.Resting.class,
                    CommandState.Done.class,
                    CommandState.Refused.class,
                    ExecutionReport.Accepted.class,
                    ExecutionReport.Refused.class,
                    ExecutionReport.Filled.class,
                    ExecutionReport.Cancelled.class,
                    ExecutionReport.Settled.class,
                    ExecutionReport.Unknown.class,
                    ExecutionReport.Corrected.class,
                    ExecutionReport.Reconciled.class,
                    LedgerLoaded.class,
                    LaneSwitched.class,
                    LedgerEntry.Deposited.class,
                    LedgerEntry.Filled.class,
                    LedgerEntry.Settled.class)
            .build();

    private AccountJson() {}

    public static byte[] write(Command command) {
        return bytes(command, Command.class);
    }

    /** Execution reports, the loaded ledger and lane switches. */
    public static byte[] write(AccountEvent event) {
        return bytes(event, AccountEvent.class);
    }

    public static byte[] write(LedgerEntry entry) {
        return bytes(entry, LedgerEntry.class);
    }

    public static byte[] write(LaneState state) {
        return bytes(state, LaneState.class);
    }

    public static byte[] write(CommandRecord record) {
        return bytes(record, CommandRecord.class);
    }

    /** @throws IOException if these bytes are not a command; the message says what is wrong */
    public static Command command(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, Command.class);
    }

    /** @throws IOException if these bytes are not an account event */
    public static AccountEvent event(byte[] bytes, int from, int to) throws IOException {
        return JSON.readValue(bytes, from, to - from, AccountEvent.class);
    }

    /** @throws IOException if these bytes are not an execution report */
    public static ExecutionReport report(byte[] bytes) throws IOException {
        return (ExecutionReport) JSON.readValue(bytes, AccountEvent.class);
    }

    /** @throws IOException if these bytes are not a ledger entry */
    public static LedgerEntry entry(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, LedgerEntry.class);
    }

    /** @throws IOException if these bytes are not a lane's state */
    public static LaneState laneState(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, LaneState.class);
    }

    /** @throws IOException if these bytes are not a command record */
    public static CommandRecord commandRecord(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, CommandRecord.class);
    }

    private static byte[] bytes(Object value, Class<?> as) {
        try {
            return JSON.writerFor(as).writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the vocabulary is plain records, was " + value.getClass(), e);
        }
    }
}
