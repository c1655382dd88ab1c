package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.store.backup.Backup;
import voltage.store.backup.BrokenBackupException;
import voltage.store.backup.RestoreDrill;
import voltage.store.backup.Shelf;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;
import voltage.store.model.DynamoModelPointers;
import voltage.store.model.ModelPointer;

/** Backups and their restoring over the embedded cloud. */
@Timeout(120)
class BackupTest {
    private static final EmbeddedCloud CLOUD = EmbeddedCloud.start(
            EmbeddedCloud.Options.inMemory(new CloudResources("backup", List.of(), List.of(), List.of())));
    private static final Instant NIGHT = Instant.parse("2026-11-22T03:30:00Z");
    private static final String DAY = "2026-11-22";
    private static int stages;

    private final List<String> told = new ArrayList<>();
    private CloudResources resources = CloudResources.of("b");
    private DynamoLedger ledger = new DynamoLedger(CLOUD.clients().dynamoDb(), resources);

    @BeforeEach
    void install() {
        resources = stage("b");
        ledger = new DynamoLedger(CLOUD.clients().dynamoDb(), resources);
        ledger.book(Lane.PAPER, List.of(new LedgerEntry.Deposited("start", 1_010_000_000L, 1)));
        for (int i = 0; i < 60; i++) {
            ledger.book(Lane.PAPER, List.of(new LedgerEntry.Deposited("more-" + i, 1_000_000L + i, 2 + i)));
        }
        ledger.book(Lane.CANARY, List.of(new LedgerEntry.Deposited("start", 5_000_000L, 1)));
        ledger.changeLaneState(Lane.PAPER, new LaneState(true, false, false, 3, 0, 1));
        new DynamoModelPointers(CLOUD.clients().dynamoDb(), resources)
                .write(new ModelPointer(
                        Lane.PAPER, Optional.of("v1"), Optional.empty(), List.of(), 1, "test", "because", 1));
    }

    private static CloudResources stage(String name) {
        CloudResources all = CloudResources.of(name + stages++);
        CloudResources resources = new CloudResources(all.stage(), all.tables(), List.of(), all.buckets());
        new CloudInstaller(CLOUD.clients()).install(resources);
        return resources;
    }

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    private Backup backup(Consumer<String> tell) {
        return new Backup(CLOUD.clients(), resources, ledger, tell);
    }

    private RestoreDrill drill(CloudResources into) {
        return new RestoreDrill(CLOUD.clients(), resources, CLOUD.clients(), into, told::add);
    }

    private static Set<Map<String, AttributeValue>> items(CloudResources.Table table) {
        return new HashSet<>(CLOUD.clients()
                .dynamoDb()
                .scan(request -> request.tableName(table.name()))
                .items());
    }

    @Test
    void what_is_restored_is_what_was_there_item_by_item_and_the_ledgers_are_as_they_were() {
        Backup.Result made = backup(told::add).run(NIGHT);
        CloudResources empty = stage("e");

        RestoreDrill.Result drilled = drill(empty).run(Shelf.NEAR, DAY);

        assertThat(made.isNew()).isTrue();
        assertThat(drilled.holds()).isTrue();
        assertThat(drilled.books()).containsOnlyKeys("paper", "canary");
        assertThat(drilled.books().get("paper"))
                .isNotNull()
                .satisfies(books -> assertThat(books.restored().entries()).isEqualTo(61));
        long items = 0;
        for (CloudResources.Table table : resources.tables()) {
            assertThat(items(empty.table(table.role()))).isEqualTo(items(table));
            items += items(table).size();
        }
        assertThat(made.manifest().items()).isEqualTo(items).isGreaterThan(120);
        DynamoLedger restored = new DynamoLedger(CLOUD.clients().dynamoDb(), empty);
        assertThat(restored.laneState(Lane.PAPER)).isEqualTo(ledger.laneState(Lane.PAPER));
        assertThat(restored.entries(Lane.PAPER, 0)).isEqualTo(ledger.entries(Lane.PAPER, 0));
        assertThat(drill(stage("e")).run(Shelf.FAR, DAY).holds()).isTrue();
    }

    @Test
    void a_day_is_backed_up_once() {
        Backup.Result first = backup(told::add).run(NIGHT);
        ledger.book(Lane.PAPER, List.of(new LedgerEntry.Deposited("later", 1_000_000L, 99)));
        Backup.Result second = backup(told::add).run(NIGHT.plusSeconds(3_600));

        assertThat(second.isNew()).isFalse();
        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(told).contains("the backup of " + DAY + " is there and whole");
    }

    @Test
    void what_is_booked_while_tables_are_read_does_not_spoil_the_backup() {
        int[] more = {0};
        backup(words -> ledger.book(
                        Lane.PAPER, List.of(new LedgerEntry.Deposited("meanwhile-" + more[0]++, 1_000_000L, 99))))
                .run(NIGHT);

        RestoreDrill.Result drilled = drill(stage("e")).run(Shelf.NEAR, DAY);

        assertThat(more[0]).isGreaterThan(3);
        assertThat(drilled.holds()).isTrue();
        assertThat(drilled.books().get("paper"))
                .isNotNull()
                .satisfies(books -> assertThat(books.backedUp().entries()).isEqualTo(61));
    }

    @Test
    void an_entry_that_is_lost_on_the_way_fails_the_drill() {
        boolean[] isLost = {false};
        backup(words -> {
                    if (!isLost[0]) {
                        isLost[0] = true;
                        Map<String, AttributeValue> lost = lastEntry();
                        CLOUD.clients()
                                .dynamoDb()
                                .deleteItem(request -> request.tableName(resources
                                                .table(CloudResources.TableRole.LEDGER)
                                                .name())
                                        .key(lost));
                    }
                })
                .run(NIGHT);

        RestoreDrill.Result drilled = drill(stage("e")).run(Shelf.NEAR, DAY);

        assertThat(drilled.holds()).isFalse();
        assertThat(drilled.books().get("canary"))
                .isNotNull()
                .satisfies(books -> assertThat(books.agree()).isTrue());
    }

    private Map<String, AttributeValue> lastEntry() {
        Map<String, AttributeValue> entry = items(resources.table(CloudResources.TableRole.LEDGER)).stream()
                .filter(item -> text(item, "pk").equals("LANE#paper#ENTRIES"))
                .filter(item -> text(item, "sk").endsWith("61"))
                .findFirst()
                .orElseThrow();
        Map<String, AttributeValue> key = new HashMap<>(entry);
        key.keySet().retainAll(Set.of("pk", "sk"));
        return key;
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s).orElse("");
    }

    @Test
    void bytes_that_changed_in_the_bucket_are_found_and_the_other_shelf_puts_them_right() {
        Backup.Result made = backup(told::add).run(NIGHT);
        overwrite("near/" + DAY + "/ledger.jsonl.zst");
        ledger.book(Lane.PAPER, List.of(new LedgerEntry.Deposited("later", 1_000_000L, 99)));

        assertThatThrownBy(() -> drill(stage("e")).run(Shelf.NEAR, DAY))
                .isInstanceOf(BrokenBackupException.class)
                .hasMessageContaining("ledger.jsonl.zst has other bytes");
        Backup.Result again = backup(told::add).run(NIGHT);

        assertThat(again.isNew()).isFalse();
        assertThat(again.manifest()).isEqualTo(made.manifest());
        assertThat(drill(stage("e")).run(Shelf.NEAR, DAY).holds()).isTrue();
    }

    @Test
    void a_day_that_is_broken_on_both_shelves_is_made_anew() {
        backup(told::add).run(NIGHT);
        overwrite("near/" + DAY + "/manifest.json");
        overwrite("far/" + DAY + "/ledger.jsonl.zst");

        assertThat(backup(told::add).run(NIGHT).isNew()).isTrue();
        assertThat(told)
                .anyMatch(words -> words.contains("its manifest cannot be read"))
                .anyMatch(words -> words.contains("ledger.jsonl.zst has other bytes"));
        assertThat(drill(stage("e")).run(Shelf.FAR, DAY).holds()).isTrue();
    }

    private void overwrite(String key) {
        CLOUD.clients()
                .s3()
                .putObject(
                        request -> request.bucket(resources
                                        .bucket(CloudResources.BucketRole.BACKUPS)
                                        .name())
                                .key(key),
                        RequestBody.fromString("other"));
    }

    @Test
    void nothing_is_restored_over_something() {
        backup(told::add).run(NIGHT);

        assertThatThrownBy(() -> drill(resources).run(Shelf.NEAR, DAY))
                .hasMessageContaining("is not empty, and nothing is restored over something");
        assertThatThrownBy(() -> drill(stage("e")).run(Shelf.NEAR, "2026-11-21"))
                .hasMessageContaining("there is no backup of 2026-11-21");
    }

    @Test
    void seven_days_stay_near_and_thirty_far_and_a_clock_that_runs_ahead_empties_no_shelf() {
        Instant day = NIGHT;
        for (int i = 0; i < 9; i++) {
            backup(told::add).run(day);
            day = day.plusSeconds(86_400);
        }
        Backup backup = backup(told::add);

        assertThat(backup.days(Shelf.NEAR)).hasSize(7).startsWith("2026-11-24").endsWith("2026-11-30");
        assertThat(backup.days(Shelf.FAR)).hasSize(9).startsWith(DAY);

        Backup.Result ahead = backup.run(NIGHT.plusSeconds(400L * 86_400));

        assertThat(ahead.removed()).hasSize(6);
        assertThat(backup.days(Shelf.NEAR)).hasSize(5);
        assertThat(backup.days(Shelf.FAR)).hasSize(7);
    }
}
