package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.forecast.artifact.DirectoryModelStore;
import voltage.forecast.artifact.ModelArtifact;
import voltage.local.BuiltInVersions;
import voltage.local.cloud.EmbeddedCloud;
import voltage.store.cloud.CloudResources;

/** The commands over the folder of a lane that has stopped. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ModelsCommandTest {
    private static final ModelArtifact FIRST = BuiltInVersions.latest();
    private static final ModelArtifact SECOND = BuiltInVersions.sealedOn("2026-12-31");

    @TempDir
    private Path directory;

    private Path lane;
    private Path trained;
    private String said = "";

    @BeforeEach
    void lane() {
        lane = directory.resolve("lane");
        trained = directory.resolve("models");
        DirectoryModelStore store = new DirectoryModelStore(trained);
        store.publish(FIRST);
        store.publish(SECOND);
        EmbeddedCloud.start(EmbeddedCloud.Options.durable(CloudResources.of("local"), lane.resolve("cloud")))
                .close();
    }

    private int models(String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "models";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--lane";
        all[arguments.length + 2] = "paper";
        all[arguments.length + 3] = "--out";
        all[arguments.length + 4] = lane.toString();
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        int code = Voltage.execute(writer, writer, all);
        said = text.toString();
        return code;
    }

    @Test
    void a_lane_gets_its_first_champion_another_only_by_evidence_or_override_and_goes_back_in_one_command() {
        assertThat(models("promote", FIRST.version(), "--from", trained.toString()))
                .as(() -> said)
                .isZero();

        assertThat(models("promote", SECOND.version(), "--from", trained.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(said).contains("there is no evidence for " + SECOND.version());

        assertThat(models("promote", SECOND.version(), "--override", "a test")).isZero();
        assertThat(models("list", "--json")).isZero();
        assertThat(said).contains("\"champion\" : \"" + SECOND.version() + "\"", "override: a test");

        assertThat(models("rollback", "--reason", "worse")).isZero();
        assertThat(said).contains("champion " + FIRST.version() + " (was " + SECOND.version() + ")");
        assertThat(models("rollback")).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void what_is_not_there_or_no_version_at_all_is_refused_by_name() {
        assertThat(models("shadow", "2026-01-01-00000000")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(said).contains("2026-01-01-00000000", "no such version");
        assertThat(models("show")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(said).contains("has no champion");
        assertThat(models("shadow")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(said).contains("there is no journal");
    }
}
