package voltage.local.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.session.ImportProgress;
import voltage.local.session.ImportResult;
import voltage.local.session.RecordedSession;
import voltage.local.session.SessionImport;
import voltage.worker.report.RunSummary;

/** Every recorded capture through the whole loop: it trades, settles as Kalshi did, and the books balance. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RecordedSessionsTest {
    @TempDir
    private Path directory;

    private static RunSummary run(Path session, Path out, PlayRun.Mode mode) throws IOException {
        return new PlayRun(
                        RecordedSession.open(session),
                        out,
                        mode,
                        Double.POSITIVE_INFINITY,
                        TestModels.BUILT_IN,
                        new SilentWatcher())
                .run();
    }

    @Test
    void every_capture_trades_settles_officially_and_balances() throws IOException {
        Path data = Path.of(System.getProperty("voltage.shared"), "data");
        Assumptions.assumeTrue(Files.isDirectory(data), "not run: ../shared/data is absent");
        ImportResult imported = new SessionImport(data, directory.resolve("sessions"), ImportProgress.SILENT).run();
        assertThat(imported.sessions()).hasSize(41);

        SoftAssertions softly = new SoftAssertions();
        for (ImportResult.ImportedSession session : imported.sessions()) {
            RunSummary summary =
                    run(session.folder(), directory.resolve("runs").resolve(session.name()), PlayRun.Mode.SIMULATION);
            softly.assertThat(summary.booksBalance())
                    .as("books of %s", session.name())
                    .isTrue();
            softly.assertThat(summary.fills()).as("fills of %s", session.name()).isPositive();
            softly.assertThat(summary.settlements())
                    .as("settlements of %s", session.name())
                    .isPositive();
            softly.assertThat(summary.parseFailures())
                    .as("unreadable frames of %s", session.name())
                    .isZero();
            softly.assertThat(summary.isReproducible())
                    .as("journal of %s", session.name())
                    .isTrue();
            for (RunSummary.MarketLine market : summary.markets()) {
                if (market.fills() > 0) {
                    softly.assertThat(market.result())
                            .as("result of %s", market.ticker())
                            .isEqualTo(market.officialResult());
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void a_capture_over_sockets_and_the_embedded_cloud_gives_the_decisions_of_the_simulation() throws IOException {
        Path data = Path.of(System.getProperty("voltage.shared"), "data");
        Assumptions.assumeTrue(Files.isDirectory(data), "not run: ../shared/data is absent");
        Path shortest = Files.createDirectories(directory.resolve("one/kalshi_ws_2026-05"));
        Files.createSymbolicLink(
                shortest.resolve("20260514T043124Z.jsonl.gz"),
                data.resolve("kalshi_ws_2026-05/20260514T043124Z.jsonl.gz").toAbsolutePath());
        for (String part : List.of("coinbase_ticks_2026-05", "kxbtc15m_markets", "btc_1m")) {
            Files.createSymbolicLink(
                    directory.resolve("one").resolve(part), data.resolve(part).toAbsolutePath());
        }
        Path session = new SessionImport(directory.resolve("one"), directory.resolve("imported"), ImportProgress.SILENT)
                .run()
                .sessions()
                .getFirst()
                .folder();

        RunSummary demo = run(session, directory.resolve("demo"), PlayRun.Mode.DEMO);
        RunSummary again = run(session, directory.resolve("again"), PlayRun.Mode.DEMO);
        RunSummary simulation = run(session, directory.resolve("simulation"), PlayRun.Mode.SIMULATION);

        assertThat(demo.booksBalance()).isTrue();
        assertThat(again.decisionDigest()).isEqualTo(demo.decisionDigest());
        assertThat(simulation.decisionDigest()).isEqualTo(demo.decisionDigest());
    }
}
