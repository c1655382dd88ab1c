package voltage.worker.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page in a real Chromium. Here is the worker's side; what the operator must see is in {@code
 * worker/dashboard/e2e/scenarios.mjs}. Screenshots are left in {@code worker/target/screenshots}.
 */
@Timeout(180)
class DashboardPageTest {
    private static final Path WORKER = Path.of(System.getProperty("voltage.root", ".."), "worker");
    private static final Path PAGE = WORKER.resolve("dashboard");
    private static final Path TARGET = WORKER.resolve("target").toAbsolutePath();
    private static final int NO_BROWSER = 77;

    private final ScriptedSource source = new ScriptedSource(Scenes.stayedOut());
    private DashboardServer server;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Process install = node(PAGE, List.of("build.mjs", "install-e2e")).start();
        String output = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        notRunUnless(install.waitFor() == 0, "the browser's driver cannot be installed: " + output);
    }

    @BeforeEach
    void start() throws PortInUseException {
        server = DashboardServer.start(0, source);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_page_explains_the_decision_the_money_and_the_feeds() throws Exception {
        play("explains");
    }

    @Test
    void a_change_arrives_without_a_reload() throws Exception {
        play("updates");
    }

    @Test
    void a_lost_connection_is_shown_with_the_age_of_what_is_seen_and_heals() throws Exception {
        play("reconnects");
    }

    @Test
    void the_page_fits_a_phone() throws Exception {
        play("fitsPhone");
    }

    @Test
    void a_page_without_data_says_so_and_fills_when_there_is_some() throws Exception {
        source.show(Scenes.nothingYet());
        play("hasNothingYet");
    }

    private void play(String scenario) throws Exception {
        Path screenshots = TARGET.resolve("screenshots");
        Process browser = node(
                        PAGE.resolve("e2e"),
                        List.of("run.mjs", server.uri().toString(), screenshots.toString(), scenario))
                .start();
        StringBuilder transcript = new StringBuilder();
        try (BufferedReader said = browser.inputReader(StandardCharsets.UTF_8);
                Writer answer = browser.outputWriter(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                transcript.append(line).append('\n');
                if (line.startsWith("> ")) {
                    carryOut(line.substring(2));
                    answer.write("done\n");
                    answer.flush();
                }
            }
            assertThat(browser.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            browser.destroyForcibly();
        }
        notRunUnless(browser.exitValue() != NO_BROWSER, transcript.toString());
        assertThat(browser.exitValue())
                .as("what the browser saw:%n%s", transcript)
                .isZero();
    }

    private void carryOut(String wish) throws PortInUseException {
        switch (wish) {
            case "stayed out" -> source.show(Scenes.stayedOut());
            case "bought" -> source.show(Scenes.bought());
            case "halted" -> source.show(Scenes.halted());
            case "broken" -> source.breakDown();
            case "stop" -> server.close();
            case "start" -> {
                source.show(Scenes.bought());
                server = DashboardServer.start(server.port(), source);
            }
            default -> throw new IllegalArgumentException("the browser's script asked for \"" + wish + "\"");
        }
    }

    private static ProcessBuilder node(Path folder, List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add("node");
        builder.command().addAll(arguments);
        builder.directory(folder.toFile()).redirectErrorStream(true);
        // The browser that comes in a package is unpacked here, once for this working tree.
        Path unpacked = Files.createDirectories(TARGET.resolve("browser"));
        builder.environment().put("TMPDIR", unpacked.toString());
        return builder;
    }

    private static void notRunUnless(boolean isPossible, String reason) {
        if (!isPossible) {
            System.err.println("NOT RUN: the dashboard was not seen in a browser. " + reason);
        }
        assumeTrue(isPossible, () -> "not run: the dashboard was not seen in a browser. " + reason);
    }
}
