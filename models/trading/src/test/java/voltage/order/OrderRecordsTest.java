package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.market.Side;

/** What changes from one record to the next, and that nothing else does. */
class OrderRecordsTest {
    private static final Fill FILL = new Fill("t", "o", "M", BookSide.BID, 5_000, 100, 17_500, true, 5);
    private static final List<ExecutionReport> REPORTS = List.of(
            new ExecutionReport.Accepted("c", "M", "o", 100, 8, 0),
            new ExecutionReport.Refused("c", "M", RefusalReason.LATE, "by 3 ms", 8, 0),
            new ExecutionReport.Filled("c", "M", "o", List.of(FILL), true, 8, 0),
            new ExecutionReport.Cancelled("c", "M", "o", 100, 8, 0),
            new ExecutionReport.Settled("c", "M", Side.NO, -1, 8, 0),
            new ExecutionReport.Unknown("c", "M", "read timed out", 8, 0),
            new ExecutionReport.Corrected("c", "M", List.of(FILL), "found", 8, 0),
            new ExecutionReport.Reconciled("c", new Reconciliation(List.of(), 1, 2, 3, 4), 8, 0));

    @Test
    void a_report_that_arrives_gets_its_time_and_keeps_everything_else() {
        for (ExecutionReport report : REPORTS) {
            ExecutionReport received = report.receivedAt(42);
            assertThat(received.receivedNanos()).isEqualTo(42);
            assertThat(received).isNotEqualTo(report);
            assertThat(received.receivedAt(0)).isEqualTo(report);
        }
    }

    @Test
    void a_halt_raises_the_fence_and_a_resumption_leaves_it_where_it_is() {
        LaneState state = new LaneState(true, true, false, 4, 7, 9);
        assertThat(state.halt()).isEqualTo(new LaneState(true, true, true, 5, 7, 10));
        assertThat(state.halt().resume()).isEqualTo(new LaneState(true, true, false, 5, 7, 11));
    }

    @Test
    void a_switch_moves_neither_the_halt_nor_the_fence() {
        assertThat(new LaneState(true, false, true, 4, 7, 9).switched(false, true))
                .isEqualTo(new LaneState(false, true, true, 4, 7, 10));
    }

    @Test
    void a_header_is_stamped_with_the_epochs_and_keeps_its_id_and_times() {
        Command.Header header = Command.Header.withoutLease("c", Lane.LIVE, 5, 6, 2);
        assertThat(header.hasLease()).isFalse();
        assertThat(header.withEpochs(0, 3)).isEqualTo(new Command.Header("c", Lane.LIVE, 5, 6, 0, 3));
        assertThat(header.withEpochs(0, 3).hasLease()).isTrue();
    }

    @Test
    void a_record_collects_reports_in_order_and_knows_what_its_state_knows() {
        Command command = new Command.Settle(Command.Header.withoutLease("c", Lane.LIVE, 5, 6, 2), "M");
        CommandRecord received = CommandRecord.received(command);
        assertThat(received).isEqualTo(new CommandRecord(command, new CommandState.Received(), List.of()));
        assertThat(received.orderId()).isEmpty();
        assertThat(received.rounds()).isZero();
        CommandRecord unknown = received.moved(new CommandState.Unknown(Optional.of("o"), 3), REPORTS.subList(0, 1));
        CommandRecord later = unknown.moved(new CommandState.Unknown(Optional.of("o"), 4), REPORTS.subList(1, 3));
        assertThat(unknown.reports()).isEqualTo(REPORTS.subList(0, 1));
        assertThat(later.reports()).isEqualTo(REPORTS.subList(0, 3));
        assertThat(later.orderId()).contains("o");
        assertThat(later.rounds()).isEqualTo(4);
        assertThat(later.command()).isSameAs(command);
    }
}
