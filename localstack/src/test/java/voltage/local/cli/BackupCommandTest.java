package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.cloud.EmbeddedCloud;
import voltage.order.Lane;
import voltage.order.LedgerEntry;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;

/** The commands over the folder of a lane that has stopped. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BackupCommandTest {
    @TempDir
    private Path lane;

    private String said = "";

    @BeforeEach
    void lane() {
        CloudResources local = CloudResources.of("local");
        try (EmbeddedCloud cloud = EmbeddedCloud.start(EmbeddedCloud.Options.durable(local, lane.resolve("cloud")))) {
            new DynamoLedger(cloud.clients().dynamoDb(), local)
                    .book(Lane.PAPER, List.of(new LedgerEntry.Deposited("start", 1_010_000_000L, 1)));
        }
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        int code = Voltage.execute(writer, writer, arguments);
        said = text.toString();
        return code;
    }

    @Test
    void a_backup_outlives_the_process_and_the_drill_says_that_the_ledger_is_as_it_was() {
        String out = lane.toString();
        assertThat(run("restore-drill", "--lane", "paper", "--out", out)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(said).contains("there is no backup; make one: ./voltage run-job backup --lane paper");

        assertThat(run("run-job", "backup", "--lane", "paper", "--out", out))
                .as(() -> said)
                .isZero();
        assertThat(said).contains("backed up: ", "kept near [2");
        // Around midnight the second run is of another day.
        assertThat(run("run-job", "backup", "--lane", "paper", "--out", out)).isZero();
        assertThat(said).containsAnyOf("nothing to do", "backed up: ");

        assertThat(run("restore-drill", "--lane", "paper", "--out", out))
                .as(() -> said)
                .isZero();
        assertThat(said).contains("ledger of paper: 1 entries, as they were", "the drill holds");
        assertThat(run("restore-drill", "--lane", "paper", "--out", out, "--far", "--json"))
                .isZero();
        assertThat(said).contains("\"holds\" : true", "\"agree\" : true");
    }

    @Test
    void a_job_or_a_day_that_is_not_there_is_refused_with_what_is() {
        assertThat(run("run-job", "sleep", "--lane", "paper", "--out", lane.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("sleep", "backup");
        run("run-job", "backup", "--lane", "paper", "--out", lane.toString());
        assertThat(run("restore-drill", "--lane", "paper", "--out", lane.toString(), "--day", "2026-11-20"))
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(said).contains("there is no backup of 2026-11-20; there are [");
    }

    @Test
    void a_backup_of_another_day_than_today_and_any_job_of_the_future_are_refused() {
        assertThat(run(
                        "run-job",
                        "backup",
                        "--lane",
                        "paper",
                        "--out",
                        lane.toString(),
                        "--at",
                        "2026-11-01T03:30:00Z"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("so --at is of today");
        assertThat(run(
                        "run-job",
                        "calibration",
                        "--lane",
                        "paper",
                        "--out",
                        lane.toString(),
                        "--at",
                        "2999-01-01T00:20:00Z"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(said).contains("--at has not come yet");
    }
}
