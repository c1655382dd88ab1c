package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.local.net.Traffic;
import voltage.market.Side;

/** The same bytes over sockets as in memory. */
@Timeout(30)
class ExchangeServerTest {
    private final TestExchange test = new TestExchange();
    private final TestExchange.Client alice = test.client("alice", 100_000_000);
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final Traffic traffic = new Traffic();

    private HttpRequest.Builder request(ExchangeServer server, String method, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
        alice.headers(method, path).forEach(request::header);
        return request;
    }

    @Test
    void requests_and_frames_pass_through_sockets_unchanged() throws Exception {
        test.usualBook();
        try (ExchangeServer server = ExchangeServer.start(test.exchange, 0, traffic)) {
            HttpResponse<String> answer = http.send(
                    request(server, "GET", "/trade-api/v2/markets/" + TICKER).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo(alice.get("/markets/" + TICKER).text());
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");

            WebSocket socket = connect(server);
            traffic.sent();
            socket.sendText(
                            "{\"id\":1,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"orderbook_delta\"],"
                                    + "\"market_tickers\":[\"" + TICKER + "\"]}}",
                            true)
                    .join();
            assertThat(frames.poll(5, TimeUnit.SECONDS))
                    .startsWith("{\"type\":\"subscribed\"")
                    .endsWith("\n");
            assertThat(frames.poll(5, TimeUnit.SECONDS)).contains("orderbook_snapshot");
            test.change(Side.YES, 4_700, 100);
            assertThat(frames.poll(5, TimeUnit.SECONDS)).contains("\"delta_fp\":\"1.00\"");
            while (!traffic.quiet()) {
                Thread.onSpinWait();
            }
            test.after(10 * SECOND);
            assertThat(frames.poll(5, TimeUnit.SECONDS)).isEqualTo("ping heartbeat");
            test.exchange.disconnectAll();
            assertThat(frames.poll(5, TimeUnit.SECONDS)).isEqualTo("close 1011");
        }
    }

    @Test
    void an_unsigned_handshake_is_refused_with_401() throws Exception {
        try (ExchangeServer server = ExchangeServer.start(test.exchange, 0, traffic)) {
            assertThatThrownBy(() -> http.newWebSocketBuilder()
                            .buildAsync(URI.create(server.streamUrl()), new Listener())
                            .join())
                    .isInstanceOfSatisfying(
                            CompletionException.class,
                            e -> assertThat(e.getCause())
                                    .isInstanceOfSatisfying(
                                            WebSocketHandshakeException.class,
                                            refused -> assertThat(refused.getResponse()
                                                            .statusCode())
                                                    .isEqualTo(401)));
        }
    }

    @Test
    void a_lost_answer_leaves_the_client_waiting_though_the_order_rests() throws Exception {
        test.usualBook();
        try (ExchangeServer server = ExchangeServer.start(test.exchange, 0, traffic)) {
            test.exchange.faults().answerNext("POST", "/trade-api/v2/portfolio", Faults.Answer.LOST_ANSWER);
            HttpRequest order = request(server, "POST", "/trade-api/v2/portfolio/events/orders")
                    .timeout(Duration.ofMillis(300))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            TestExchange.orderJson("a1", "bid", "1", "0.40", "good_till_canceled", "")))
                    .build();
            assertThatThrownBy(() -> http.send(order, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            assertThat(test.exchange.restingOrders()).isEqualTo(1);
        }
    }

    private WebSocket connect(ExchangeServer server) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        alice.headers("GET", "/trade-api/ws/v2").forEach(builder::header);
        return builder.buildAsync(URI.create(server.streamUrl()), new Listener())
                .join();
    }

    private final class Listener implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frames.add(data.toString());
            traffic.received();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer payload) {
            frames.add("ping " + StandardCharsets.US_ASCII.decode(payload));
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            frames.add("close " + code);
            return null;
        }
    }
}
