package voltage.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.SentOrder;
import voltage.order.Settlement;
import voltage.store.lease.LeaseStore;

/** What every ledger promises; each implementation runs it. */
@Timeout(60)
public abstract class LedgerContract {
    private static final CommandState RECEIVED = new CommandState.Received();
    private static final CommandState SENDING = new CommandState.Sending(700);
    private static final CommandState DONE = new CommandState.Done(Optional.of("o1"));
    private static final CommandState REFUSED = new CommandState.Refused(RefusalReason.LATE);

    protected static final Lane LANE = Lane.PAPER;

    protected Ledger ledger = emptyLedger();

    /** A ledger in which nothing has happened. */
    protected abstract Ledger emptyLedger();

    /** The leases that the ledger reads. */
    protected abstract LeaseStore leases();

    @BeforeEach
    void startEmpty() {
        ledger = emptyLedger();
    }

    @Test
    void an_untouched_lane_is_in_its_initial_state() {
        assertThat(ledger.laneState(Lane.PAPER)).isEqualTo(LaneState.initial(Lane.PAPER));
        assertThat(ledger.laneState(Lane.LIVE).armed()).isFalse();
        assertThat(ledger.entries(LANE, 0)).isEqualTo(new Ledger.Entries(List.of(), 0));
        assertThat(ledger.unfinished(LANE)).isEmpty();
    }

    @Test
    void of_two_changes_of_a_lanes_state_from_the_same_version_one_loses() {
        LaneState paused = new LaneState(true, true, false, 0, 0, 1);
        ledger.changeLaneState(LANE, paused);
        assertThat(ledger.laneState(LANE)).isEqualTo(paused);
        assertThatThrownBy(() -> ledger.changeLaneState(LANE, new LaneState(true, false, true, 1, 0, 1)))
                .isInstanceOf(LedgerConflictException.class)
                .hasMessage("the state of lane paper is at version 1, version 0 was expected");
        LaneState halted = new LaneState(true, true, true, 1, 0, 2);
        ledger.changeLaneState(LANE, halted);
        assertThat(ledger.laneState(LANE)).isEqualTo(halted);
        assertThat(ledger.laneState(Lane.CANARY)).isEqualTo(LaneState.initial(Lane.CANARY));
    }

    @Test
    void the_lanes_lease_is_read_with_its_state_and_never_written_with_it() {
        lead(LANE);
        assertThat(ledger.laneState(LANE)).isEqualTo(LaneState.initial(LANE).withLeaseEpoch(1));
        ledger.changeLaneState(LANE, new LaneState(true, true, false, 0, 7, 1));
        assertThat(ledger.laneState(LANE)).isEqualTo(new LaneState(true, true, false, 0, 1, 1));
        lead(LANE);
        assertThat(ledger.laneState(LANE)).isEqualTo(new LaneState(true, true, false, 0, 2, 1));
        assertThat(ledger.laneState(Lane.CANARY).leaseEpoch()).isZero();
    }

    private void lead(Lane lane) {
        assertThat(leases().acquire(lane, leases().read(lane), "somebody")).isTrue();
    }

    @Test
    void a_command_is_recorded_once() {
        Command command = place("c1", 10);
        assertThat(ledger.record(command, 11)).isEmpty();
        assertThat(ledger.record(command, 12)).contains(received(command));
        assertThat(ledger.find(LANE, "c1")).contains(received(command));
        assertThat(ledger.find(LANE, "c2")).isEmpty();
        assertThat(ledger.find(Lane.LIVE, "c1")).isEmpty();
    }

    @Test
    void what_a_command_said_first_stays_whatever_a_repetition_of_its_id_says() {
        Command first = place("c1", 10);
        Command again = new Command.Settle(header("c1", 20), "KX-B");
        assertThat(ledger.record(first, 11)).isEmpty();
        assertThat(ledger.record(again, 21)).contains(received(first));
        apply("c1", RECEIVED, SENDING);
        assertThat(ledger.record(again, 22)).map(CommandRecord::command).contains(first);
        assertThat(ledger.find(LANE, "c1")).map(CommandRecord::command).contains(first);
        assertThat(ledger.unfinished(LANE)).hasSize(1);
    }

    @Test
    void every_kind_of_command_and_report_and_entry_comes_back_as_it_was() {
        List<Command> commands = List.of(
                place("k1", 1),
                new Command.AmendOrder(header("k2", 2), "k1", OrderTerms.reduce("KX-B", 1, Side.NO, 4_800, 1_250)),
                new Command.CancelOrder(header("k3", 3), "KX-A", "k1"),
                new Command.ClosePosition(header("k4", 4), "KX-A", 2, 100, Command.Purpose.OPERATOR_CLOSE),
                new Command.Reconcile(header("k5", 5)),
                new Command.Settle(header("k6", 6), "KX-A"),
                new Command.SwitchLane(header("k7", 7), true, false, "tested \"it\" \u2013 \u00fc"),
                place("k8", 8).replacing("k1"));
        List<ExecutionReport> reports = List.of(
                new ExecutionReport.Accepted("k1", "KX-A", "o1", 500, 8, 9),
                new ExecutionReport.Filled("k1", "KX-A", "o1", List.of(fill("t1", 200), fill("t2", 300)), true, 8, 9),
                new ExecutionReport.Refused("k1", "KX-A", RefusalReason.LATE, "by 3 ms", 8, 9),
                new ExecutionReport.Cancelled("k1", "KX-A", "o1", 100, 8, 9),
                new ExecutionReport.Settled("k1", "KX-A", Side.NO, -1, 8, 9),
                new ExecutionReport.Unknown("k1", "KX-A", "read timed out", 8, 9),
                new ExecutionReport.Corrected("", "KX-A", List.of(fill("t3", 1)), "found", 8, 9));
        List<LedgerEntry> entries = List.of(
                new LedgerEntry.Deposited("first", 1_000_000_000_123L, 5),
                new LedgerEntry.Filled(fill("t1", 200), "k1"),
                new LedgerEntry.Settled(new Settlement("KX-A", Side.YES, 200, 0, 2_000_000, Long.MAX_VALUE / 2)));
        for (Command command : commands) {
            assertThat(ledger.record(command, 1)).isEmpty();
            assertThat(ledger.find(LANE, command.id()))
                    .map(CommandRecord::command)
                    .contains(command);
        }
        assertThat(ledger.unfinished(LANE)).extracting(CommandRecord::command).isEqualTo(commands);

        ledger.apply(LANE, change("k1", RECEIVED, REFUSED, reports, entries));

        assertThat(ledger.find(LANE, "k1")).map(CommandRecord::reports).contains(reports);
        assertThat(ledger.entries(LANE, 0)).isEqualTo(new Ledger.Entries(entries, 3));
    }

    @Test
    void a_command_goes_through_its_states_and_collects_its_reports() {
        ledger.record(place("c1", 10), 10);
        ExecutionReport unknown = new ExecutionReport.Unknown("c1", "KX-A", "lost", 1, 1);
        ExecutionReport filled = new ExecutionReport.Filled("c1", "KX-A", "o1", List.of(fill("t1", 500)), true, 2, 2);

        apply("c1", RECEIVED, SENDING);
        ledger.apply(
                LANE,
                new Ledger.LedgerChange(
                        "c1", SENDING, new CommandState.Unknown(Optional.empty(), 1), List.of(unknown), List.of()));
        assertThat(ledger.unfinished(LANE)).extracting(CommandRecord::rounds).containsExactly(1);
        List<LedgerEntry> booked = ledger.apply(
                LANE,
                new Ledger.LedgerChange(
                        "c1",
                        new CommandState.Unknown(Optional.empty(), 1),
                        DONE,
                        List.of(filled),
                        List.of(new LedgerEntry.Filled(fill("t1", 500), "c1"))));

        assertThat(booked).hasSize(1);
        CommandRecord record = ledger.find(LANE, "c1").orElseThrow();
        assertThat(record.state()).isEqualTo(DONE);
        assertThat(record.orderId()).contains("o1");
        assertThat(record.reports()).containsExactly(unknown, filled);
        assertThat(ledger.unfinished(LANE)).isEmpty();
    }

    @Test
    void a_change_from_another_state_than_expected_does_nothing() {
        ledger.record(place("c1", 10), 10);
        apply("c1", RECEIVED, REFUSED);

        assertThatThrownBy(() -> ledger.apply(
                        LANE, change("c1", RECEIVED, DONE, List.of(), List.of(new LedgerEntry.Deposited("x", 1, 1)))))
                .isInstanceOf(LedgerConflictException.class);
        assertThatThrownBy(() -> apply("c1", RECEIVED, DONE)).hasMessageContaining("command c1 is Refused[");
        assertThatThrownBy(() -> apply("nobody", RECEIVED, DONE))
                .isInstanceOf(LedgerConflictException.class)
                .hasMessageContaining("command nobody is not there, Received[] was expected");

        assertThat(ledger.entries(LANE, 0).version()).isZero();
        assertThat(ledger.find(LANE, "c1")).map(CommandRecord::state).contains(REFUSED);
    }

    @Test
    void a_transition_that_the_life_cycle_forbids_is_an_error_and_writes_nothing() {
        ledger.record(place("c1", 10), 10);
        apply("c1", RECEIVED, SENDING);

        assertThatThrownBy(() -> ledger.apply(
                        LANE,
                        change("c1", SENDING, RECEIVED, List.of(), List.of(new LedgerEntry.Deposited("x", 1, 1)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it would be sent a second time");

        assertThat(ledger.entries(LANE, 0).version()).isZero();
        assertThat(ledger.find(LANE, "c1")).map(CommandRecord::state).contains(SENDING);
    }

    @Test
    void every_state_reads_back_as_it_was_written() {
        List<CommandState> path = List.of(
                RECEIVED,
                SENDING,
                new CommandState.Unknown(Optional.empty(), 0),
                new CommandState.Unknown(Optional.of("o1"), 1),
                DONE);
        ledger.record(place("c1", 10), 10);
        for (int i = 1; i < path.size(); i++) {
            apply("c1", path.get(i - 1), path.get(i));
            assertThat(ledger.find(LANE, "c1")).map(CommandRecord::state).contains(path.get(i));
        }
        ledger.record(place("c2", 10), 10);
        apply("c2", RECEIVED, REFUSED);
        assertThat(ledger.find(LANE, "c2")).map(CommandRecord::state).contains(REFUSED);
        CommandState replacing = new CommandState.Replacing();
        ledger.record(place("c4", 10).replacing("c3"), 10);
        apply("c4", RECEIVED, replacing);
        assertThat(ledger.find(LANE, "c4")).map(CommandRecord::state).contains(replacing);
        assertThat(ledger.unfinished(LANE)).map(record -> record.command().id()).containsExactly("c4");
        apply("c4", replacing, SENDING);
        ledger.record(place("c3", 10), 10);
        apply("c3", RECEIVED, SENDING);
        apply("c3", SENDING, new CommandState.Resting("o2"));
        assertThat(ledger.find(LANE, "c3")).flatMap(CommandRecord::orderId).contains("o2");
    }

    @Test
    void an_entry_is_booked_once_whoever_books_it_and_everything_else_still_happens() {
        LedgerEntry first = new LedgerEntry.Filled(fill("t1", 100), "c1");
        LedgerEntry second = new LedgerEntry.Filled(fill("t2", 100), "c1");
        LedgerEntry third = new LedgerEntry.Filled(fill("t3", 100), "");
        ledger.record(place("c1", 10), 10);
        apply("c1", RECEIVED, SENDING);

        assertThat(ledger.book(LANE, List.of(first))).containsExactly(first);
        assertThat(ledger.book(LANE, List.of(first))).isEmpty();
        assertThat(ledger.apply(
                        LANE,
                        change(
                                "c1",
                                SENDING,
                                new CommandState.Resting("o1"),
                                List.of(),
                                List.of(first, second, second))))
                .containsExactly(second);
        assertThat(ledger.book(LANE, List.of(second, third))).containsExactly(third);

        assertThat(ledger.entries(LANE, 0)).isEqualTo(new Ledger.Entries(List.of(first, second, third), 3));
        assertThat(ledger.entries(LANE, 1)).isEqualTo(new Ledger.Entries(List.of(second, third), 3));
        assertThat(ledger.entries(LANE, 3)).isEqualTo(new Ledger.Entries(List.of(), 3));
        assertThat(ledger.entries(Lane.LIVE, 0).version()).isZero();
    }

    @Test
    void what_was_sent_is_remembered_with_its_time_whatever_became_of_it() {
        long base = 1_778_713_270_000_000_000L;
        for (int i = 0; i < 3; i++) {
            ledger.record(place("s" + i, 10), 10);
            CommandState sending = new CommandState.Sending(base + i);
            apply("s" + i, RECEIVED, sending);
            if (i != 1) {
                apply("s" + i, sending, DONE);
            }
        }
        ledger.record(place("never", 10), 10);

        assertThat(ledger.sentSince(LANE, 0))
                .extracting(sent -> sent.command().id(), SentOrder::sentNanos)
                .containsExactly(tuple("s0", base), tuple("s1", base + 1), tuple("s2", base + 2));
        assertThat(ledger.sentSince(LANE, base + 1)).hasSize(2);
        assertThat(ledger.sentSince(LANE, base + 3)).isEmpty();
        assertThat(ledger.sentSince(Lane.LIVE, 0)).isEmpty();
    }

    @Test
    void unfinished_commands_come_oldest_decision_first() {
        ledger.record(place("late", 30), 40);
        ledger.record(place("early", 5), 41);
        ledger.record(place("done", 20), 42);
        ledger.record(place("middle", 20), 43);
        apply("done", RECEIVED, REFUSED);
        apply("early", RECEIVED, SENDING);
        apply("early", SENDING, new CommandState.Resting("o1"));

        assertThat(ledger.unfinished(LANE))
                .extracting(record -> record.command().id())
                .containsExactly("early", "middle", "late");
    }

    @Test
    void a_reconciliation_of_many_entries_is_booked_whole_and_in_order() {
        List<LedgerEntry> many = IntStream.range(0, 130)
                .<LedgerEntry>mapToObj(i -> new LedgerEntry.Filled(fill("m" + i, 1 + i), "c1"))
                .toList();
        ledger.record(place("c1", 1), 1);
        apply("c1", RECEIVED, SENDING);
        assertThat(ledger.book(LANE, many.subList(3, 9))).hasSize(6);

        List<LedgerEntry> booked = ledger.apply(LANE, change("c1", SENDING, DONE, List.of(), many));

        assertThat(booked).hasSize(124);
        assertThat(ledger.entries(LANE, 0).version()).isEqualTo(130);
        assertThat(ledger.entries(LANE, 6).entries()).isEqualTo(booked);
        assertThat(ledger.book(LANE, many)).isEmpty();
    }

    @Test
    void repeating_anything_in_any_order_never_books_twice() {
        Random random = new Random(23);
        List<LedgerEntry> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(new LedgerEntry.Deposited("d" + i, random.nextLong(1_000_000), i));
        }
        int booked = 0;
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(all.size());
            booked += ledger.book(LANE, all.subList(from, Math.min(all.size(), from + random.nextInt(6))))
                    .size();
        }
        booked += ledger.book(LANE, all).size();

        assertThat(booked).isEqualTo(all.size());
        assertThat(ledger.entries(LANE, 0).entries()).containsExactlyInAnyOrderElementsOf(all);
    }

    protected void apply(String id, CommandState from, CommandState to) {
        ledger.apply(LANE, change(id, from, to, List.of(), List.of()));
    }

    protected static Ledger.LedgerChange change(
            String id, CommandState from, CommandState to, List<ExecutionReport> reports, List<LedgerEntry> entries) {
        return new Ledger.LedgerChange(id, from, to, reports, entries);
    }

    protected static Command.PlaceOrder place(String id, long decidedNanos) {
        return new Command.PlaceOrder(
                header(id, decidedNanos),
                OrderTerms.take("KX-A", 0, Side.YES, 5_200, 500),
                Command.Purpose.ENTRY,
                new Command.SeenBook(5_100, 5_200, 77, 6, 7));
    }

    protected static Command.Header header(String id, long decidedNanos) {
        return new Command.Header(id, LANE, decidedNanos, Long.MAX_VALUE, 1, 2);
    }

    protected static Fill fill(String tradeId, long countE2) {
        return new Fill(tradeId, "o1", "KX-A", BookSide.BID, 5_200, countE2, 17_500, true, 1_778_713_270_123_456_789L);
    }

    private static CommandRecord received(Command command) {
        return CommandRecord.received(command);
    }
}
