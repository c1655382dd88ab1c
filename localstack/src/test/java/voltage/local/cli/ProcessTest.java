package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.ChildJvm;
import voltage.local.cloud.EmbeddedCloud;
import voltage.order.Lane;
import voltage.order.LedgerEntry;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;

/** Commands as processes of their own, with the environment that they read: what they leave behind, and what they exit with. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ProcessTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    @Test
    void the_exchange_writes_where_it_is_and_its_key_for_its_owner_only_and_ends_in_order() throws Exception {
        Path out = directory.resolve("exchange");
        Path file = out.resolve("exchange.json");
        Process exchange = start(Map.of(), "exchange", "--port", "0", "--out", out.toString());
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!Files.exists(file)) {
                assertThat(exchange.isAlive()).as("still starting").isTrue();
                LockSupport.parkNanos(20_000_000);
            }
            JsonNode written = JSON.readTree(file.toFile());
            assertThat(written.get("source").textValue()).isEqualTo("simulated");
            assertThat(written.get("stream").textValue()).startsWith("ws://").endsWith("/trade-api/ws/v2");
            assertThat(written.get("feeds").fieldNames()).toIterable().contains("kraken", "coinbase");
            assertThat(written.get("markets")).hasSizeGreaterThan(20);
            Path key = Path.of(written.get("key_file").textValue());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----");

            URI status = URI.create(written.get("rest").textValue() + "/exchange/status");
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(status).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).get("exchange_active").booleanValue())
                    .isTrue();
        } finally {
            exchange.destroy();
        }
        assertThat(exchange.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(exchange.exitValue()).isEqualTo(ExitCode.OK);
    }

    @Test
    void what_cannot_reach_its_venues_says_which_and_exits_with_5() throws Exception {
        Map<String, String> nobody = nobodyListens();
        Ended paper = run(
                nobody,
                "paper",
                "--port",
                "0",
                "--out",
                directory.resolve("paper").toString());
        assertThat(paper.code()).as(paper.said()).isEqualTo(ExitCode.VENUE_UNREACHABLE);
        assertThat(paper.said())
                .contains("Kalshi REST", "Kraken", "./voltage doctor")
                .doesNotContain("\tat ");
    }

    @Test
    void arming_is_refused_with_4_until_it_is_said_twice() throws Exception {
        Path folder = laneFolder();
        Ended once = run(nobodyListens(), "arm", "--lane", "paper", "--out", folder.toString());
        assertThat(once.code()).as(once.said()).isEqualTo(ExitCode.REFUSED);
        assertThat(once.said()).contains("nothing was done", "--yes");

        Ended twice = run(nobodyListens(), "arm", "--lane", "paper", "--out", folder.toString(), "--yes");
        assertThat(twice.code()).as(twice.said()).isEqualTo(ExitCode.OK);
    }

    private record Ended(int code, String said) {}

    /** Addresses at which connections are refused. */
    private static Map<String, String> nobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String host = "127.0.0.1:" + port;
        return Map.of(
                "VOLTAGE_KALSHI_REST", "http://" + host + "/trade-api/v2",
                "VOLTAGE_KALSHI_STREAM", "ws://" + host + "/trade-api/ws/v2",
                "VOLTAGE_KRAKEN_STREAM", "ws://" + host + "/v2",
                "VOLTAGE_KRAKEN_REST", "http://" + host + "/0/public",
                "VOLTAGE_COINBASE_STREAM", "ws://" + host);
    }

    /** A folder in which the paper lane has traded before. */
    private Path laneFolder() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("lane"));
        try (EmbeddedCloud cloud = EmbeddedCloud.start(
                EmbeddedCloud.Options.durable(CloudResources.of("local"), folder.resolve("cloud")))) {
            new DynamoLedger(cloud.clients().dynamoDb(), cloud.resources())
                    .book(Lane.PAPER, List.of(new LedgerEntry.Deposited("start", 1_000_000_000L, 1)));
        }
        return folder;
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = ChildJvm.voltage(directory.resolve("scratch"))
                .with("-XX:TieredStopAtLevel=1")
                .command(arguments)
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("VOLTAGE_"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
