package voltage.local.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.local.net.Handler;
import voltage.local.net.HttpServer;
import voltage.local.net.Outbound;
import voltage.local.net.Request;
import voltage.local.net.Response;
import voltage.local.net.Stream;
import voltage.local.net.Traffic;

/** The exchange behind a port of the loopback interface: REST at {@code /trade-api/v2}, the stream at {@code /trade-api/ws/v2}. */
public final class ExchangeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeServer.class);
    private static final long TICK_MILLIS = 2;

    private final HttpServer server;
    private final @Nullable ScheduledExecutorService timer;

    private ExchangeServer(HttpServer server, @Nullable ScheduledExecutorService timer) {
        this.server = server;
        this.timer = timer;
    }

    /**
     * Serves an exchange whose time somebody else drives with {@link LocalExchange#advanceTo}.
     *
     * @param port 0 for any free one
     * @throws voltage.local.net.PortInUseException if another program has the port
     */
    public static ExchangeServer start(LocalExchange exchange, int port, Traffic traffic) throws IOException {
        return new ExchangeServer(HttpServer.start(port, new Shell(exchange), traffic), null);
    }

    /** An exchange as the network shell sees it, for those who need no network. */
    public static Handler handler(LocalExchange exchange) {
        return new Shell(exchange);
    }

    /** Serves an exchange and drives its time by a clock. */
    public static ExchangeServer startTicking(LocalExchange exchange, int port, LongSupplier clockNanos)
            throws IOException {
        HttpServer server = HttpServer.start(port, new Shell(exchange));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("exchange-timer").factory());
        var ticking = timer.scheduleWithFixedDelay(
                () -> tick(exchange, clockNanos), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        LOG.debug("the exchange listens on port {}, timer {}", server.port(), ticking);
        return new ExchangeServer(server, timer);
    }

    private static void tick(LocalExchange exchange, LongSupplier clockNanos) {
        try {
            exchange.advanceTo(clockNanos.getAsLong());
        } catch (RuntimeException e) {
            LOG.error("the exchange's timer failed", e);
        }
    }

    public int port() {
        return server.port();
    }

    /** For example {@code http://localhost:4711/trade-api/v2}. */
    public String restUrl() {
        return "http://localhost:" + port() + RestApi.ROOT;
    }

    public String streamUrl() {
        return "ws://localhost:" + port() + LocalExchange.STREAM_PATH;
    }

    @Override
    public void close() {
        ScheduledExecutorService running = timer;
        if (running != null) {
            running.shutdownNow();
        }
        server.close();
    }

    private record Shell(LocalExchange exchange) implements Handler {
        private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

        @Override
        public Response http(Request request) {
            return response(exchange.handle(new ExchangeRequest(
                            request.method(), request.path(), request.query(), request.headers(), request.body())))
                    .with("date", DATE.format(Instant.ofEpochSecond(0, exchange.nowNanos())));
        }

        @Override
        public Upgrade webSocket(Request request, Outbound out) {
            if (!request.path().equals(LocalExchange.STREAM_PATH)) {
                return new Upgrade.Refused(response(Refusal.notFound().response()));
            }
            return switch (exchange.connect(request.headers(), new Sink(out))) {
                case Connection.Refused refused -> new Upgrade.Refused(response(refused.response()));
                case Connection.Opened opened ->
                    new Upgrade.Accepted(new Stream() {
                        @Override
                        public void text(String text) {
                            opened.session().text(text);
                        }

                        @Override
                        public void closed() {
                            opened.session().closed();
                        }
                    });
            };
        }

        private static Response response(ExchangeResponse response) {
            return response.isLost()
                    ? Response.withheld()
                    : new Response(response.status(), response.headers(), response.body());
        }
    }

    private record Sink(Outbound out) implements StreamSink {
        @Override
        public void text(String frame) {
            out.text(frame);
        }

        @Override
        public void ping(String payload) {
            out.ping(payload.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close(int code, String reason) {
            out.close(code, reason);
        }

        @Override
        public long pendingBytes() {
            return out.pendingBytes();
        }
    }
}
