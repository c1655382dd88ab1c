package voltage.local.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.local.net.HttpServer;
import voltage.local.session.SessionEvent;
import voltage.local.session.SimulatedSession;
import voltage.market.Venue;

/** The cores behind real sockets. */
@Timeout(60)
class FeedServerTest {
    private static final SimulatedSession SESSION = new SimulatedSession(7, 1);
    private static final long START = SESSION.startNanos();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(START / 1_000_000_000L));

    @Test
    void a_web_socket_client_receives_what_the_session_plays() throws Exception {
        BinanceVenue venue = new BinanceVenue(Venue.BINANCE, CLOCK, SESSION.history(Venue.BINANCE));
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        try (HttpServer server = HttpServer.start(0, venue);
                HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + server.port() + "/stream?streams=btcusdt@trade"),
                            new Collecting(frames))
                    .get(10, TimeUnit.SECONDS);
            socket.sendText("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}", true);
            assertThat(frames.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"result\":[\"btcusdt@trade\"],\"id\":1}");

            venue.apply(new SessionEvent.SpotPrint(START, Venue.BINANCE, 5, 853_000_000, 100_000, START - 1_000_000));
            assertThat(frames.poll(10, TimeUnit.SECONDS)).contains("\"t\":5,\"p\":\"85300.00000000\"");

            HttpResponse<String> klines = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()
                                    + "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=2"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(klines.statusCode()).isEqualTo(200);
            assertThat(klines.body()).startsWith("[[").endsWith("]]");
            socket.abort();
        }
    }

    private record Collecting(BlockingQueue<String> frames) implements WebSocket.Listener {
        @Override
        public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean isLast) {
            frames.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
