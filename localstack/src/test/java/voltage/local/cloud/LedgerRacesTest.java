package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import voltage.local.simulation.cloud.CloudFaults;
import voltage.local.simulation.cloud.CloudOperation;
import voltage.local.simulation.cloud.Fault;
import voltage.local.simulation.cloud.SimulatedCloud;
import voltage.local.simulation.cloud.Verdict;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;

/** The ledger in DynamoDB with another writer between two of its calls, how often it tries, and what it leaves in the table. */
@Timeout(60)
class LedgerRacesTest {
    private static final Lane LANE = Lane.PAPER;
    private static final LedgerEntry OURS = new LedgerEntry.Deposited("ours", 1, 1);
    private static final LedgerEntry THEIRS = new LedgerEntry.Deposited("theirs", 1, 1);

    private final CloudResources resources = CloudResources.of("races");
    private final SimulatedCloud cloud = new SimulatedCloud(resources, () -> 1_000);
    private final DynamoDbClient unharmed = cloud.dynamo(CloudFaults.NONE);
    private final Ledger other = new DynamoLedger(unharmed, resources);
    private CloudOperation counted = CloudOperation.TRANSACT_WRITE_ITEMS;
    private int calls;
    /** What becomes of the counted calls; may use the other ledger. */
    private java.util.function.IntFunction<Verdict> fate = call -> Verdict.PASS;

    private final Ledger ledger = new DynamoLedger(
            cloud.dynamo((operation, resource) -> operation == counted ? fate.apply(++calls) : Verdict.PASS),
            resources);

    private static Command command(String id) {
        return new Command.Settle(new Command.Header(id, LANE, 5, Long.MAX_VALUE, 0, 0), "M");
    }

    private Verdict booking(LedgerEntry entry) {
        other.book(LANE, List.of(entry));
        return Verdict.PASS;
    }

    private List<Map<String, AttributeValue>> items(String partition) {
        String table = resources.table(CloudResources.TableRole.LEDGER).name();
        return unharmed.query(request -> request.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition))))
                .items();
    }

    @Test
    void a_reader_that_another_writer_overtakes_reads_what_was_written_the_next_time() {
        counted = CloudOperation.QUERY;
        for (long known = 0; known <= 1; known++) {
            LedgerEntry theirs = new LedgerEntry.Deposited("theirs" + known, 1, 1);
            calls = 0;
            // Between the first thing that is read and the next, if there is one.
            fate = call -> call == 2 ? booking(theirs) : Verdict.PASS;
            Ledger.Entries before = ledger.entries(LANE, known);
            other.book(LANE, List.of(theirs));
            assertThat(ledger.entries(LANE, before.version()).entries())
                    .as("after version %d", known)
                    .contains(theirs);
        }
        fate = call -> call == 2 ? booking(THEIRS) : Verdict.PASS;
        calls = 0;
        Ledger.Entries all = ledger.entries(LANE, 0);
        other.book(LANE, List.of(THEIRS));
        assertThat(ledger.entries(LANE, all.version()).entries()).containsExactly(THEIRS);
    }

    @Test
    void a_command_that_another_delivery_recorded_in_between_is_answered_from_its_record_at_once() {
        Command command = command("c1");
        fate = call -> {
            other.record(command, 1);
            return Verdict.PASS;
        };
        assertThat(ledger.record(command, 2)).contains(CommandRecord.received(command));
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void a_command_that_cannot_be_recorded_and_is_not_there_is_a_conflict() {
        fate = call -> Verdict.of(Fault.CONDITION_FAILED);
        assertThatThrownBy(() -> ledger.record(command("c1"), 2))
                .isInstanceOf(LedgerConflictException.class)
                .hasMessage("command c1 could not be recorded; somebody else wrote to the ledger meanwhile:"
                        + " [ConditionalCheckFailed, None]");
        assertThat(ledger.find(LANE, "c1")).isEmpty();
    }

    @Test
    void booking_that_loses_against_others_is_tried_five_times_and_then_told() {
        fate = call -> Verdict.of(Fault.CONDITION_FAILED);
        assertThatThrownBy(() -> ledger.book(LANE, List.of(OURS)))
                .isInstanceOf(LedgerConflictException.class)
                .hasMessageContaining("1 entries of lane paper could not be booked in 5 attempts")
                .hasMessageContaining("ConditionalCheckFailed");
        assertThat(calls).isEqualTo(5);
        fate = call -> call < 10 ? Verdict.of(Fault.CONDITION_FAILED) : Verdict.PASS;
        assertThat(ledger.book(LANE, List.of(OURS))).containsExactly(OURS);
        assertThat(calls).isEqualTo(10);
    }

    @Test
    void what_another_writer_has_booked_meanwhile_is_not_booked_again() {
        fate = call -> call == 1 ? booking(OURS) : Verdict.PASS;
        assertThat(ledger.book(LANE, List.of(OURS))).isEmpty();
        assertThat(calls).isEqualTo(1);
        assertThat(other.entries(LANE, 0).entries()).containsExactly(OURS);
    }

    @Test
    void keys_that_stay_unread_are_asked_for_a_hundred_times_and_no_more() {
        counted = CloudOperation.BATCH_GET_ITEM;
        fate = call -> Verdict.of(Fault.HALF_DONE);
        assertThatThrownBy(() -> ledger.book(LANE, List.of(OURS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("left keys unread 100 times");
        assertThat(calls).isEqualTo(100);
    }

    @Test
    void a_finished_command_leaves_the_list_of_the_unfinished_so_that_it_does_not_grow() {
        ledger.record(command("c1"), 1);
        ledger.record(command("c2"), 1);
        assertThat(items("LANE#paper#UNFINISHED")).hasSize(2);
        ledger.apply(
                LANE,
                new Ledger.LedgerChange(
                        "c1",
                        new CommandState.Received(),
                        new CommandState.Refused(RefusalReason.NOT_YET),
                        List.of(),
                        List.of()));
        assertThat(items("LANE#paper#UNFINISHED"))
                .extracting(item -> Optional.ofNullable(item.get("id")).map(AttributeValue::s))
                .containsExactly(Optional.of("c2"));
    }

    @Test
    void an_entry_bears_the_day_on_which_it_happened() {
        // 2026-11-21T23:59:59.999999999Z and one nanosecond later.
        long last = 1_795_305_600_000_000_000L - 1;
        ledger.book(
                LANE,
                List.of(
                        new LedgerEntry.Deposited("evening", 1, last),
                        new LedgerEntry.Deposited("morning", 1, last + 1)));
        assertThat(items("LANE#paper#ENTRIES"))
                .extracting(item -> Optional.ofNullable(item.get("day")).map(AttributeValue::s))
                .containsExactly(Optional.of("paper#2026-11-21"), Optional.of("paper#2026-11-22"));
    }
}
