package voltage.local.simulation.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import voltage.order.Command;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;

/** The ledger when DynamoDB fails: whoever repeats until it is answered books everything once, and is never told a wrong thing. */
@Timeout(60)
class LedgerUnderFaultsTest {
    private static final Lane LANE = Lane.PAPER;
    private static final LaneState HALTED = new LaneState(true, true, true, 1, 3, 1);

    private final CloudResources resources = CloudResources.of("faults");
    private final SimulatedCloud cloud =
            new SimulatedCloud(resources, () -> 1_000_000_000L, new SimulatedCloud.Options(2_000, 10));
    private final Ledger unharmed = new DynamoLedger(cloud.dynamo(CloudFaults.NONE), resources);
    private final List<Verdict> coming = new ArrayList<>();
    private CloudOperation struck = CloudOperation.TRANSACT_WRITE_ITEMS;
    private final Ledger ledger = new DynamoLedger(
            cloud.dynamo((operation, resource) ->
                    operation == struck && !coming.isEmpty() ? coming.removeFirst() : Verdict.PASS),
            resources);

    @ParameterizedTest
    @EnumSource
    void each_fault_of_each_call_leaves_a_ledger_in_which_repeating_does_everything_once(Fault fault) {
        List<LedgerEntry> entries = IntStream.range(0, 50)
                .<LedgerEntry>mapToObj(i -> new LedgerEntry.Deposited("d" + i, i, i))
                .toList();
        int booked = 0;
        for (CloudOperation operation : CloudOperation.values()) {
            if (operation.service() != CloudOperation.Service.DYNAMO
                    || !fault.appliesTo(operation)
                    || fault == Fault.DELAYED_DELIVERY) {
                continue;
            }
            // Strikes at each place where this operation is called, one after the other.
            for (int at = 0; at < 3; at++) {
                coming.clear();
                for (int i = 0; i < at; i++) {
                    coming.add(Verdict.PASS);
                }
                coming.add(Verdict.of(fault));
                struck = operation;
                String name = fault + "-" + operation + "-" + at;
                Set<LedgerEntry> fresh = new HashSet<>();
                entries.forEach(entry -> fresh.add(new LedgerEntry.Deposited(name + entry.key(), 7, 7)));
                untilAnswered(() -> ledger.record(command(name), 1));
                untilAnswered(() -> ledger.book(LANE, List.copyOf(fresh)));
                assertThat(unharmed.find(LANE, name)).as(name).isPresent();
                booked += fresh.size();
                Ledger.Entries all = unharmed.entries(LANE, 0);
                assertThat(all.version()).as(name).isEqualTo(booked);
                assertThat(new HashSet<>(all.entries()))
                        .as(name)
                        .hasSize(booked)
                        .containsAll(fresh);
            }
        }
    }

    private void untilAnswered(Runnable call) {
        for (int attempt = 0; attempt < 4; attempt++) {
            try {
                call.run();
                return;
            } catch (SdkException | ProcessDeath | LedgerConflictException e) {
                // A message that comes again.
            }
        }
        call.run();
    }

    private static Command command(String id) {
        return new Command.Reconcile(new Command.Header(id, LANE, 1, Long.MAX_VALUE, 1, 0));
    }

    @Test
    void a_change_of_the_lanes_state_whose_first_answer_was_lost_is_no_conflict() {
        struck = CloudOperation.PUT_ITEM;
        coming.add(Verdict.of(Fault.REPEATED));
        assertThatCode(() -> ledger.changeLaneState(LANE, HALTED)).doesNotThrowAnyException();
        assertThat(unharmed.laneState(LANE)).isEqualTo(HALTED);
    }

    @Test
    void a_transaction_that_met_another_one_is_tried_again_and_not_for_ever() {
        coming.add(Verdict.of(Fault.TRANSACTION_CONFLICT));
        coming.add(Verdict.of(Fault.TRANSACTION_THROTTLED));
        assertThat(ledger.record(command("met"), 1)).isEmpty();

        for (int i = 0; i < 50; i++) {
            coming.add(Verdict.of(Fault.TRANSACTION_CONFLICT));
        }
        assertThatThrownBy(() -> ledger.record(command("blocked"), 1)).isInstanceOf(LedgerConflictException.class);
        assertThat(coming).hasSizeGreaterThan(40);
    }

    @Test
    void throttling_is_told_as_what_it_is() {
        coming.add(Verdict.of(Fault.THROTTLED));
        assertThatThrownBy(() -> ledger.record(command("throttled"), 1))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThat(unharmed.find(LANE, "throttled")).isEmpty();
    }

    @Test
    void unread_keys_are_asked_for_again() {
        struck = CloudOperation.BATCH_GET_ITEM;
        List<LedgerEntry> entries = IntStream.range(0, 20)
                .<LedgerEntry>mapToObj(i -> new LedgerEntry.Deposited("u" + i, i, i))
                .toList();
        assertThat(ledger.book(LANE, entries)).hasSize(20);
        for (int i = 0; i < 4; i++) {
            coming.add(Verdict.of(Fault.HALF_DONE));
        }
        assertThat(ledger.book(LANE, entries)).isEmpty();
        assertThat(coming).isEmpty();
    }

    @Test
    void another_writer_in_between_is_seen() {
        Ledger other = new DynamoLedger(cloud.dynamo(CloudFaults.NONE), resources);
        boolean[] isFirst = {true};
        Ledger between = new DynamoLedger(
                cloud.dynamo((operation, resource) -> {
                    if (operation == CloudOperation.TRANSACT_WRITE_ITEMS && isFirst[0]) {
                        isFirst[0] = false;
                        other.book(LANE, List.of(new LedgerEntry.Deposited("theirs", 1, 1)));
                    }
                    return Verdict.PASS;
                }),
                resources);
        assertThat(between.book(LANE, List.of(new LedgerEntry.Deposited("ours", 1, 1))))
                .hasSize(1);
        assertThat(unharmed.entries(LANE, 0).entries())
                .extracting(LedgerEntry::key)
                .containsExactly("DEPOSIT#theirs", "DEPOSIT#ours");
    }

    @Test
    void the_same_seed_gives_the_same_ledger_and_the_same_faults() {
        assertThat(digest(11)).isEqualTo(digest(11)).isNotEqualTo(digest(12));
    }

    private static List<Object> digest(long seed) {
        CloudResources resources = CloudResources.of("seeded");
        SimulatedCloud cloud = new SimulatedCloud(resources, () -> 1);
        Random random = new Random(seed);
        List<Fault> faults = List.of(Fault.values());
        Ledger ledger = new DynamoLedger(
                cloud.dynamo((operation, resource) -> {
                    Fault fault = faults.get(random.nextInt(faults.size()));
                    return random.nextInt(6) == 0 && fault.appliesTo(operation) ? Verdict.of(fault) : Verdict.PASS;
                }),
                resources);
        for (int i = 0; i < 200; i++) {
            try {
                ledger.book(LANE, List.of(new LedgerEntry.Deposited("e" + random.nextInt(60), 1, 1)));
            } catch (SdkException | ProcessDeath | LedgerConflictException e) {
                // As it may.
            }
        }
        Ledger unharmed = new DynamoLedger(cloud.dynamo(CloudFaults.NONE), resources);
        return List.of(
                unharmed.entries(LANE, 0),
                cloud.counters().faults(),
                cloud.counters().operations());
    }
}
