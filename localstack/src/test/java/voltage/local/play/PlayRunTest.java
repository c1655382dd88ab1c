package voltage.local.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.ChildJvm;
import voltage.local.session.Session;
import voltage.local.session.SimulatedSession;
import voltage.market.Candle;
import voltage.store.journal.JournalReader;
import voltage.worker.replay.JournalReplay;
import voltage.worker.replay.JournalTape;
import voltage.worker.report.DecisionLog;
import voltage.worker.report.RunSummary;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlayRunTest {
    private static final Session SESSION = new SimulatedSession(SimulatedSession.DEFAULT_SEED, 1);

    @TempDir
    private Path directory;

    private RunSummary run(String name, PlayRun.Mode mode) throws IOException {
        return new PlayRun(
                        SESSION,
                        directory.resolve(name),
                        mode,
                        Double.POSITIVE_INFINITY,
                        TestModels.BUILT_IN,
                        new SilentWatcher())
                .run();
    }

    @Test
    void over_sockets_and_cloud_in_memory_and_from_the_journal_the_decisions_are_the_same() throws IOException {
        RunSummary demo = run("demo", PlayRun.Mode.DEMO);
        RunSummary simulation = run("simulation", PlayRun.Mode.SIMULATION);

        assertThat(demo.decisionDigest()).isEqualTo(simulation.decisionDigest());
        assertThat(demo.decisions()).isEqualTo(simulation.decisions()).isGreaterThan(900);
        assertThat(demo.fills()).isEqualTo(simulation.fills()).isPositive();
        assertThat(demo.ledgerCashE6()).isEqualTo(simulation.ledgerCashE6());
        assertThat(demo.source()).isEqualTo("simulated");

        DecisionLog log = DecisionLog.digestOnly();
        new JournalReplay(log::decided).run(directory.resolve("demo/journal"), JournalReader.OnDamage.FAIL);
        assertThat(log.digest()).isEqualTo(demo.decisionDigest());

        for (RunSummary summary : List.of(demo, simulation)) {
            assertThat(summary.booksBalance()).isTrue();
            assertThat(summary.exchangeCashE6()).isEqualTo(summary.ledgerCashE6());
            assertThat(List.of(summary.orphans(), summary.phantoms(), summary.duplicates()))
                    .containsOnly(0L);
            assertThat(summary.isReproducible()).isTrue();
            assertThat(summary.parseFailures()).isZero();
            assertThat(summary.sequenceGaps()).isZero();
            assertThat(summary.settlements()).isPositive();
        }
    }

    @Test
    void a_killed_demo_goes_on_where_it_was_and_loses_and_doubles_nothing() throws Exception {
        Path out = directory.resolve("killed");
        killAfterFirstFill(out);

        RunSummary summary = new PlayRun(
                        SESSION,
                        out,
                        PlayRun.Mode.DEMO,
                        Double.POSITIVE_INFINITY,
                        TestModels.BUILT_IN,
                        new SilentWatcher())
                .run();

        assertThat(summary.starts()).isEqualTo(2);
        assertThat(summary.booksBalance()).isTrue();
        assertThat(summary.fills()).isPositive();
        assertThat(summary.isReproducible()).as("%s", summary.alerts()).isTrue();
        assertThat(Files.readAllLines(out.resolve("decisions.jsonl"))).hasSize((int) summary.decisions());
    }

    private static void killAfterFirstFill(Path out) throws Exception {
        Process demo = ChildJvm.voltage(out.resolveSibling("scratch"))
                .command("demo", "--headless", "--speed", "max", "--markets", "1", "--out", out.toString())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.contains("fills") && !line.contains(" 0 fills")) {
                    demo.destroyForcibly();
                    break;
                }
            }
        }
        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.exists(out.resolve("summary.json")))
                .as("killed before its end: %s", said)
                .isFalse();
    }

    @Test
    void a_finished_run_is_moved_aside_and_another_session_does_not_touch_an_unfinished_one() throws IOException {
        RunSummary first = run("again", PlayRun.Mode.SIMULATION);
        RunSummary second = run("again", PlayRun.Mode.SIMULATION);
        assertThat(second.decisionDigest()).isEqualTo(first.decisionDigest());
        assertThat(directory.resolve("again/previous-1/summary.json")).exists();

        RunFolder folder = new RunFolder(directory.resolve("other"));
        folder.state(new RunFolder.State("another-session", "demo", false, "simulated"));
        assertThatThrownBy(() -> run("other", PlayRun.Mode.DEMO))
                .isInstanceOf(PlayException.class)
                .hasMessageContaining("another-session")
                .hasMessageContaining("--out");
    }

    @Test
    void the_minutes_and_the_forecasts_of_a_run_are_read_back_from_its_journal() throws IOException {
        RunSummary summary = run("tape", PlayRun.Mode.SIMULATION);

        JournalTape tape = JournalTape.read(directory.resolve("tape/journal"));

        String version = TestModels.BUILT_IN.champion().orElseThrow().version();
        assertThat(tape.minutes())
                .hasSizeGreaterThan(1_440)
                .isSortedAccordingTo(Comparator.comparing(Candle::openNanos));
        assertThat(tape.forecasts())
                .hasSizeGreaterThan(10)
                .allSatisfy(forecast -> assertThat(forecast.model()).isEqualTo(version));
        assertThat(summary.forecasters()).containsKey(version);
    }
}
