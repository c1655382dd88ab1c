package voltage.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.ChildJvm;
import voltage.local.session.SimulatedSession;
import voltage.market.Venue;

/** Two real processes, one folder. */
class PaperStandbyTest {
    @TempDir
    private Path directory;

    @Test
    @Timeout(180)
    void a_second_process_stands_by_and_leads_soon_after_the_first_is_killed() throws Exception {
        try (LocalVenues venues =
                LocalVenues.start(new SimulatedSession(3, 4), 0, InstantSource.system(), 1_000_000_000L)) {
            Process first = paper(venues);
            Process second = null;
            try (BufferedReader firstSays = first.inputReader(StandardCharsets.UTF_8)) {
                await(firstSays, "paper trading in");
                second = paper(venues);
                try (BufferedReader secondSays = second.inputReader(StandardCharsets.UTF_8)) {
                    await(secondSays, "standing by: another process trades in");
                    first.destroyForcibly();
                    assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
                    long killed = System.nanoTime();
                    await(secondSays, "leads lane paper under epoch 1");
                    await(secondSays, "paper trading in");
                    // The lease's ten seconds, and what a slow machine needs to open the folder's cloud.
                    assertThat(Duration.ofNanos(System.nanoTime() - killed))
                            .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(40));
                }
            } finally {
                first.destroyForcibly();
                if (second != null) {
                    second.destroyForcibly();
                    assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
    }

    private static void await(BufferedReader said, String text) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("it ended without saying \"" + text + "\": " + all);
    }

    private Process paper(LocalVenues venues) throws IOException {
        ProcessBuilder builder = ChildJvm.voltage(directory.resolve("scratch"))
                .with("-XX:TieredStopAtLevel=1")
                .command(
                        "paper",
                        "--port",
                        "0",
                        "--out",
                        directory.resolve("paper").toString())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("VOLTAGE_KALSHI_REST", venues.restUrl());
        environment.put("VOLTAGE_KALSHI_STREAM", venues.streamUrl());
        environment.put("VOLTAGE_KRAKEN_STREAM", venues.feedStream(Venue.KRAKEN));
        environment.put("VOLTAGE_KRAKEN_REST", venues.feedRest(Venue.KRAKEN));
        environment.put("VOLTAGE_COINBASE_STREAM", venues.feedStream(Venue.COINBASE));
        return builder.start();
    }
}
