package voltage.local.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HttpServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Traffic traffic = new Traffic();

    private final Handler echo = new Handler() {
        @Override
        public Response http(Request request) {
            return Response.json(
                    201,
                    request.method() + " " + request.path() + " " + request.query() + " " + request.header("x-a") + " "
                            + new String(request.body(), StandardCharsets.UTF_8));
        }

        @Override
        public Upgrade webSocket(Request request, Outbound out) {
            if (request.path().equals("/refuse")) {
                return new Upgrade.Refused(Response.json(401, "{}"));
            }
            out.text("hello");
            return new Upgrade.Accepted(new Stream() {
                @Override
                public void text(String text) {
                    if (text.equals("bye")) {
                        out.close(1000, "bye");
                    } else {
                        out.text("echo " + text);
                    }
                }

                @Override
                public void closed() {
                    closed.countDown();
                }
            });
        }
    };

    @Test
    void a_request_arrives_whole_and_its_answer_returns() throws Exception {
        try (HttpServer server = HttpServer.start(0, echo)) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/a/b?c=d"))
                            .header("X-A", "1")
                            .method("DELETE", HttpRequest.BodyPublishers.ofString("body"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("DELETE /a/b c=d 1 body");
        }
    }

    @Test
    void a_web_socket_gets_what_was_written_during_the_handshake_first_and_then_echoes() throws Exception {
        try (HttpServer server = HttpServer.start(0, echo, traffic)) {
            BlockingQueue<String> frames = new LinkedBlockingQueue<>();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + server.port() + "/"), listener(frames))
                    .join();
            assertThat(frames.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
            traffic.sent();
            socket.sendText("x", true).join();
            assertThat(frames.poll(5, TimeUnit.SECONDS)).isEqualTo("echo x");
            traffic.received();
            traffic.received();
            while (!traffic.quiet()) {
                Thread.onSpinWait();
            }
            traffic.sent();
            socket.sendText("bye", true).join();
            assertThat(frames.poll(5, TimeUnit.SECONDS)).isEqualTo("closed 1000");
            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_refused_handshake_is_an_ordinary_answer() throws Exception {
        try (HttpServer server = HttpServer.start(0, echo)) {
            assertThatThrownBy(() -> client.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create("ws://localhost:" + server.port() + "/refuse"),
                                    listener(new LinkedBlockingQueue<>()))
                            .join())
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .satisfies(e -> assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    WebSocketHandshakeException.class,
                                    cause -> assertThat(cause.getResponse().statusCode())
                                            .isEqualTo(401)));
        }
    }

    @Test
    void a_taken_port_is_named() throws Exception {
        try (HttpServer server = HttpServer.start(0, echo)) {
            assertThatThrownBy(() -> HttpServer.start(server.port(), echo))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("port " + server.port() + " is in use");
        }
    }

    private static WebSocket.Listener listener(BlockingQueue<String> frames) {
        return new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                frames.add(data.toString());
                socket.request(1);
                return null;
            }

            @Override
            public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                frames.add("closed " + code);
                return null;
            }
        };
    }
}
