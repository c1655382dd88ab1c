package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.session.SessionEvent;

/** Kalshi's official client for Node, {@code kalshi-typescript}, works against the server unmodified. */
class OfficialClientTest {
    private static final String TICKER = "KXBTC15M-NOW-00";

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void the_official_client_reads_trades_and_reconciles() throws Exception {
        Path client = installed();
        LongSupplier clock = OfficialClientTest::systemNanos;
        LocalExchange exchange = new LocalExchange(ExchangeSettings.defaults(), clock, ExchangeJournal.NONE);
        long now = clock.getAsLong();
        exchange.addMarkets(List.of(TestExchange.market(TICKER, now - 60 * TestExchange.SECOND)));
        exchange.apply(new SessionEvent.BookImage(
                now, TICKER, new int[] {4_700}, new long[] {30_000}, new int[] {4_800}, new long[] {30_000}));
        Credentials credentials = exchange.createAccount("node", 1_000_000_000L);
        Path key = Files.writeString(folder.resolve("key.pem"), credentials.privateKeyPem());
        try (ExchangeServer server = ExchangeServer.startTicking(exchange, 0, clock)) {
            Run run = run(
                    client,
                    List.of("node", "check.mjs", server.restUrl(), credentials.keyId(), key.toString(), TICKER));
            assertThat(run.output()).contains("the official client is satisfied");
            assertThat(run.exitCode()).isZero();
        }
    }

    private static long systemNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * TestExchange.SECOND + now.getNano();
    }

    /** A copy of the client's folder under {@code target}, with its packages installed as the lock file says. */
    private static Path installed() throws Exception {
        Path source = Path.of(System.getProperty("voltage.root", ".."), "localstack/src/test/kalshi-typescript");
        Path target = Files.createDirectories(
                Path.of(System.getProperty("voltage.root", ".."), "localstack/target/kalshi-typescript"));
        Assumptions.assumeTrue(answers(target, "node", "--version"), "not run: Node is not on the PATH");
        boolean same = true;
        for (String name : List.of("package.json", "package-lock.json", "check.mjs")) {
            Path to = target.resolve(name);
            same &= name.endsWith(".mjs") || (Files.exists(to) && Files.mismatch(source.resolve(name), to) < 0);
            Files.copy(source.resolve(name), to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        if (!same || !Files.isDirectory(target.resolve("node_modules/kalshi-typescript"))) {
            Run npm = run(target, List.of("npm", "ci", "--no-audit", "--no-fund"));
            Assumptions.assumeTrue(npm.exitCode() == 0, "not run: npm ci failed: " + npm.output());
        }
        return target;
    }

    private static boolean answers(Path folder, String... command) throws InterruptedException {
        try {
            return run(folder, List.of(command)).exitCode() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private record Run(int exitCode, String output) {}

    private static Run run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        Files.delete(output);
        return new Run(process.isAlive() ? -1 : process.exitValue(), text);
    }
}
