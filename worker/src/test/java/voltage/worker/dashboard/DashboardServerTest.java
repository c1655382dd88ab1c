package voltage.worker.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.worker.dashboard.PriceChart.Bar;

@Timeout(60)
class DashboardServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedSource source = new ScriptedSource(Scenes.stayedOut());
    private final HttpClient http = HttpClient.newHttpClient();
    private DashboardServer server;

    @BeforeEach
    void start() throws PortInUseException {
        server = DashboardServer.start(0, source);
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void the_snapshot_is_json_with_units_in_its_names() throws Exception {
        JsonNode snapshot = JSON.readTree(get("api/snapshot").body());

        assertThat(snapshot.path("lane").asText()).isEqualTo("paper");
        assertThat(snapshot.path("source").asText()).isEqualTo("simulated");
        assertThat(snapshot.path("state").path("state").asText()).isEqualTo("running");
        assertThat(snapshot.path("money").path("equityE6").asLong()).isEqualTo(1_012_430_000);
        assertThat(snapshot.path("positions").path(0).path("side").asText()).isEqualTo("YES");
        JsonNode decision = snapshot.path("decisions").path(0);
        assertThat(decision.path("verdict").asText()).isEqualTo("STAY_OUT");
        assertThat(decision.path("firstFailingGate").asText()).isEqualTo("book age");
        assertThat(decision.path("gates").path(3).path("words").asText()).isEqualTo("book 812 ms old (limit 500 ms)");
        assertThat(snapshot.path("counters").path("refusals").path("too late").asLong())
                .isEqualTo(3);
    }

    @Test
    void what_is_not_known_is_null_and_what_is_empty_is_there() throws Exception {
        source.show(Scenes.nothingYet());

        JsonNode snapshot = JSON.readTree(get("api/snapshot").body());

        assertThat(snapshot.path("books").has("exchangeCashE6")).isTrue();
        assertThat(snapshot.path("books").path("exchangeCashE6").isNull()).isTrue();
        assertThat(snapshot.path("positions").isArray()).isTrue();
        assertThat(snapshot.path("price").path("candles").isArray()).isTrue();
    }

    @Test
    void decisions_are_limited_and_a_bad_limit_is_refused() throws Exception {
        assertThat(JSON.readTree(get("api/decisions?limit=1").body())).hasSize(1);
        assertThat(JSON.readTree(get("api/decisions").body())).hasSize(2);

        HttpResponse<String> refused = get("api/decisions?limit=0");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("limit must be 1 to 1000, was 0");
        assertThat(get("api/decisions?limit=many").statusCode()).isEqualTo(400);
    }

    @Test
    void health_is_up_only_while_the_worker_can_describe_itself() throws Exception {
        assertThat(get("health").statusCode()).isEqualTo(200);

        source.breakDown();

        HttpResponse<String> down = get("health");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("the engine has left no snapshot");
    }

    @Test
    void the_page_and_its_files_come_from_the_jar_under_a_strict_policy() throws Exception {
        HttpResponse<String> page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'; script-src 'self'"));
        assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
        String script = page.body().replaceFirst("(?s).*src=\"/(assets/[^\"]+\\.js)\".*", "$1");
        HttpResponse<String> asset = get(script);
        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(asset.headers().firstValue("cache-control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
        assertThat(get("nothing-here").statusCode()).isEqualTo(404);
        assertThat(get("%2e%2e/voltage/worker/dashboard/DashboardServer.class").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_change_is_pushed_and_silence_is_broken_by_heartbeats() throws Exception {
        BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        WebSocket socket = connect(null, messages);

        assertThat(next(messages).path("snapshot").path("lane").asText()).isEqualTo("paper");
        source.show(Scenes.bought());
        assertThat(next(messages).path("snapshot").path("lane").asText()).isEqualTo("replay");
        assertThat(next(messages).path("type").asText()).isEqualTo("heartbeat");
        source.breakDown();
        assertThat(nextOf("problem", messages).path("message").asText()).contains("the engine has left no snapshot");
        source.show(Scenes.stayedOut());
        assertThat(nextOf("snapshot", messages).path("snapshot").path("lane").asText())
                .isEqualTo("paper");

        socket.abort();
    }

    @Test
    void a_browser_that_does_not_read_costs_no_memory_and_then_sees_the_newest() throws Exception {
        server.close();
        TalkativeSource busy = new TalkativeSource(30);
        server = DashboardServer.start(0, busy);
        BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/api/live"), new Collector(messages, false))
                .join();
        assertThat(busy.asked.await(40, TimeUnit.SECONDS)).isTrue();

        socket.request(Long.MAX_VALUE);

        int received = 1;
        while (nextOf("snapshot", messages)
                        .path("snapshot")
                        .path("counters")
                        .path("events")
                        .asLong()
                < 30) {
            received++;
        }
        // Each is over 2 MB: the connection's own buffers hold a few, the rest were never queued.
        assertThat(received).isLessThan(12);
        socket.abort();
    }

    @Test
    void a_foreign_page_gets_neither_the_socket_nor_the_numbers() throws Exception {
        assertThatThrownBy(() -> connect("https://example.com", new LinkedBlockingQueue<>()))
                .isInstanceOf(CompletionException.class);
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("api/snapshot"))
                .header("Origin", "https://example.com")
                .build();

        HttpResponse<String> refused = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("cashE6");
    }

    @Test
    void a_name_that_was_made_to_point_here_is_refused() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET /api/snapshot HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 403").contains("evil.example");
        }
    }

    @Test
    void a_port_in_use_is_told_in_one_message_with_the_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            DashboardServer.start(taken.getLocalPort(), source).close())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1 is used by another program")
                    .hasMessageContaining("--port");
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private WebSocket connect(@Nullable String origin, BlockingQueue<JsonNode> messages) {
        URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/api/live");
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder.buildAsync(uri, new Collector(messages, true)).join();
    }

    private static JsonNode next(BlockingQueue<JsonNode> messages) throws InterruptedException {
        JsonNode message = messages.poll(10, TimeUnit.SECONDS);
        assertThat(message).as("a message within 10 s").isNotNull();
        return message;
    }

    private static JsonNode nextOf(String type, BlockingQueue<JsonNode> messages) throws InterruptedException {
        JsonNode message = next(messages);
        while (!message.path("type").asText().equals(type)) {
            message = next(messages);
        }
        return message;
    }

    /** Says something new, and a lot of it, each time it is asked. */
    private static final class TalkativeSource implements DashboardSource {
        private final AtomicLong snapshots = new AtomicLong();
        private final CountDownLatch asked;
        private final PriceChart large = new PriceChart(
                Collections.nCopies(25_000, new Bar(1_778_713_860, 1_030_100_000, 1_030_200_000, 1_030_000_000, 1)),
                List.of());

        TalkativeSource(int times) {
            asked = new CountDownLatch(times);
        }

        @Override
        public DashboardSnapshot snapshot() {
            DashboardSnapshot base = Scenes.nothingYet();
            asked.countDown();
            return new DashboardSnapshot(
                    base.lane(),
                    base.source(),
                    base.sessionName(),
                    base.clock(),
                    base.state(),
                    base.money(),
                    base.books(),
                    base.positions(),
                    base.markets(),
                    base.decisions(),
                    base.feeds(),
                    base.equity(),
                    large,
                    base.trades(),
                    new CountersView(snapshots.incrementAndGet(), 0, 0, 0, 0, Map.of(), 0, 0));
        }

        @Override
        public List<DecisionView> recentDecisions(int limit) {
            return List.of();
        }
    }

    private static final class Collector implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages;
        private final StringBuilder text = new StringBuilder();

        private final boolean isReading;

        Collector(BlockingQueue<JsonNode> messages, boolean isReading) {
            this.messages = messages;
            this.isReading = isReading;
        }

        @Override
        public void onOpen(WebSocket socket) {
            if (isReading) {
                socket.request(1);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new AssertionError("a message is not JSON: " + text, e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
