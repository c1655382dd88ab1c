package voltage.kalshi.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.kalshi.rest.HttpTransport.HttpResponse;

@Timeout(30)
class JdkHttpTransportTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private JdkHttpTransport transport;

    JdkHttpTransportTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        transport = new JdkHttpTransport(Duration.ofSeconds(1), Duration.ofMillis(300));
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.createContext("/echo", call -> {
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(call.getRequestMethod() + " " + call.getRequestURI() + " "
                    + call.getRequestHeaders().getFirst("X-Test") + " " + body);
            byte[] answer = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(409, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        server.createContext("/silent", call -> {
            seen.add("silent");
            try {
                release.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            call.close();
        });
        server.createContext("/moved", call -> {
            call.getResponseHeaders().add("Location", "/echo");
            call.sendResponseHeaders(302, -1);
            call.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        transport.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpRequest request(String method, String path, String body) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new HttpRequest(method, uri, Map.of("X-Test", "t"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_request_arrives_as_it_is_and_any_status_is_an_answer() throws IOException {
        HttpResponse response = transport.send(request("DELETE", "/echo?a=b%20c", "{\"orders\":[]}"));
        assertThat(response.status()).isEqualTo(409);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(response.dateSeconds() - System.currentTimeMillis() / 1_000)
                .as("the server's own date")
                .isBetween(-60L, 1L);
        assertThat(seen).containsExactly("DELETE /echo?a=b%20c t {\"orders\":[]}");
    }

    @Test
    void an_answer_that_does_not_come_is_a_timeout_and_the_request_is_not_repeated() {
        assertThatThrownBy(() -> transport.send(request("POST", "/silent", "{}")))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(seen).containsExactly("silent");
    }

    @Test
    void redirects_are_not_followed() throws IOException {
        assertThat(transport.send(request("GET", "/moved", "")).status()).isEqualTo(302);
        assertThat(seen).isEmpty();
    }

    @Test
    void a_port_without_a_server_is_a_connect_exception() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        HttpRequest request =
                new HttpRequest("GET", URI.create("http://127.0.0.1:" + port + "/"), Map.of(), new byte[0]);
        assertThatThrownBy(() -> transport.send(request)).isInstanceOf(ConnectException.class);
    }
}
