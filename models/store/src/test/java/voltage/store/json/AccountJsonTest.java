package voltage.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.market.AccountEvent;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.LedgerEntry;
import voltage.order.LedgerLoaded;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.Settlement;

class AccountJsonTest {
    private static final Command.Header HEADER =
            new Command.Header("v-paper-entry-x", Lane.PAPER, 7, Long.MAX_VALUE, 3, 4);
    private static final Fill FILL = new Fill("t1", "o1", "T", BookSide.ASK, 5_400, 37, 123, true, 9);
    private static final Command.PlaceOrder PLACE = new Command.PlaceOrder(
            HEADER,
            OrderTerms.take("T", 2, Side.NO, 4_600, 1_200),
            Command.Purpose.ENTRY,
            new Command.SeenBook(5_300, 5_400, 17, 8, 9));

    @Test
    void every_command_reads_back_as_it_was_written() throws Exception {
        for (Command command : List.of(
                PLACE,
                PLACE.replacing("v-1"),
                new Command.AmendOrder(HEADER, "v-1", OrderTerms.take("T", 2, Side.YES, 4_600, 1_200)),
                new Command.CancelOrder(HEADER, "T", "v-1"),
                new Command.ClosePosition(HEADER, "T", 2, 10, Command.Purpose.OPERATOR_CLOSE),
                new Command.Reconcile(HEADER),
                new Command.Settle(HEADER, "T"),
                new Command.SwitchLane(HEADER, true, false, "because"),
                Command.SwitchLane.arming(HEADER, true, "because"),
                Command.SwitchLane.pausing(HEADER, false, "because"))) {
            assertThat(AccountJson.command(AccountJson.write(command))).isEqualTo(command);
        }
    }

    @Test
    void a_command_from_before_a_field_was_added_is_read_as_it_was_meant() throws Exception {
        String header = "{\"id\":\"c\",\"lane\":\"PAPER\",\"decidedNanos\":7,\"refuseAfterNanos\":9,"
                + "\"leaseEpoch\":3,\"fenceEpoch\":4}";
        Command.Header same = new Command.Header("c", Lane.PAPER, 7, 9, 3, 4);
        String old = new String(AccountJson.write(PLACE), StandardCharsets.UTF_8);
        assertThat(old).contains(",\"replaces\":null");
        assertThat(command(old.replace(",\"replaces\":null", ""))).isEqualTo(PLACE);
        assertThat(command("{\"type\":\"Command$SwitchLane\",\"header\":" + header
                        + ",\"armed\":true,\"paused\":false,\"reason\":\"why\"}"))
                .isEqualTo(new Command.SwitchLane(same, true, false, "why"));
    }

    private static Command command(String json) throws Exception {
        return AccountJson.command(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_report_reads_back_with_the_time_at_which_it_was_received() throws Exception {
        for (ExecutionReport report : List.<ExecutionReport>of(
                new ExecutionReport.Accepted("c", "T", "o1", 100, 5, 0),
                new ExecutionReport.Refused("c", "T", RefusalReason.LATE, "2 s late", 5, 0),
                new ExecutionReport.Filled("c", "T", "o1", List.of(FILL), true, 5, 0),
                new ExecutionReport.Cancelled("c", "T", "o1", 100, 5, 0),
                new ExecutionReport.Settled("c", "T", Side.NO, 37_000_000, 5, 0),
                new ExecutionReport.Unknown("c", "T", "timed out", 5, 0),
                new ExecutionReport.Corrected("", "T", List.of(FILL), "found", 5, 0))) {
            byte[] bytes = AccountJson.write(report);
            List<MarketEvent> events = new ArrayList<>();
            new AccountDecoder().frame(bytes, 0, bytes.length, 42, events::add);
            assertThat(events).containsExactly(report.receivedAt(42));
        }
    }

    @Test
    void the_loaded_ledger_reads_back() throws Exception {
        CommandRecord record = new CommandRecord(PLACE, new CommandState.Unknown(Optional.of("o1"), 2), List.of());
        AccountEvent loaded = new LedgerLoaded(
                List.of(
                        new LedgerEntry.Deposited("d", 1_000_000_000, 1),
                        new LedgerEntry.Filled(FILL, "c"),
                        new LedgerEntry.Settled(new Settlement("T", Side.YES, 0, 37, 0, 2))),
                List.of(record),
                LaneState.initial(Lane.PAPER),
                0,
                0);
        byte[] bytes = AccountJson.write(loaded);
        assertThat(AccountJson.event(bytes, 0, bytes.length)).isEqualTo(loaded);
        assertThat(AccountJson.commandRecord(AccountJson.write(record))).isEqualTo(record);
        CommandRecord replacing = new CommandRecord(PLACE.replacing("v-1"), new CommandState.Replacing(), List.of());
        assertThat(AccountJson.commandRecord(AccountJson.write(replacing))).isEqualTo(replacing);
        AccountEvent switched = new LaneSwitched(LaneState.initial(Lane.LIVE), "why", 0, 0);
        byte[] switchedBytes = AccountJson.write(switched);
        assertThat(AccountJson.event(switchedBytes, 0, switchedBytes.length)).isEqualTo(switched);
    }

    @Test
    void anything_else_is_a_malformed_frame() {
        for (String text : List.of(
                "", "{}", "[]", "{\"type\":\"Nobody\"}", "{\"type\":\"Filled\"", "null", "{\"type\":\"Reconcile\"}")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> new AccountDecoder().frame(bytes, 0, bytes.length, 1, event -> {}))
                    .as(text)
                    .isInstanceOf(MalformedFrameException.class);
        }
    }
}
