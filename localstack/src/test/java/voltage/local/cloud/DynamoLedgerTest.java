package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;
import voltage.order.LedgerEntry;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseStore;
import voltage.store.ledger.DynamoLedger;
import voltage.store.ledger.LedgerContract;

/** The ledger's contract on DynamoDB, as the embedded cloud has it. */
class DynamoLedgerTest extends LedgerContract {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("contract")));
    private static int stages;

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    private CloudResources resources = CloudResources.of("contract");

    @Override
    protected LeaseStore leases() {
        return new DynamoLeases(CLOUD.clients().dynamoDb(), resources);
    }

    @Override
    protected Ledger emptyLedger() {
        CloudResources all = CloudResources.of("s" + stages++);
        CloudResources tables = new CloudResources(all.stage(), all.tables(), List.of(), List.of());
        resources = tables;
        new CloudInstaller(CLOUD.clients()).install(tables);
        return new DynamoLedger(CLOUD.clients().dynamoDb(), tables);
    }

    @Test
    void writers_at_the_same_time_leave_no_gap_and_book_nothing_twice() throws Exception {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            entries.add(new LedgerEntry.Deposited("d" + i, 1, i));
        }
        int booked = 0;
        try (var executor = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                results.add(executor.submit(() -> {
                    int count = 0;
                    for (LedgerEntry entry : entries) {
                        count += ledger.book(LANE, List.of(entry)).size();
                    }
                    return count;
                }));
            }
            for (Future<Integer> result : results) {
                try {
                    booked += result.get();
                } catch (ExecutionException e) {
                    // Losing five times in a row is allowed; being told so is the point.
                    assertThat(e.getCause()).isInstanceOf(LedgerConflictException.class);
                }
            }
        }
        Ledger.Entries all = ledger.entries(LANE, 0);
        assertThat(all.entries()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(booked);
        assertThat(all.version()).isEqualTo(all.entries().size());
    }
}
