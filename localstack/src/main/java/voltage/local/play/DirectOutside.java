package voltage.local.play;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.rest.HttpTransport;
import voltage.local.exchange.ExchangeServer;
import voltage.local.exchange.LocalExchange;
import voltage.local.feeds.FeedVenue;
import voltage.local.net.Handler;
import voltage.local.net.Outbound;
import voltage.local.net.Request;
import voltage.local.net.Response;
import voltage.local.net.Stream;
import voltage.market.Venue;
import voltage.worker.feed.HttpGet;
import voltage.worker.feed.WebSocketTransport;
import voltage.worker.run.Endpoints;

/**
 * The same servers without sockets, in one thread. Messages wait in one queue and are delivered when the conductor asks for rest, so no
 * server is called from within itself.
 */
final class DirectOutside implements Outside {
    private static final String EXCHANGE = "exchange";

    private final Map<String, Handler> handlers = new HashMap<>();
    private final Deque<Runnable> deliveries = new ArrayDeque<>();
    private final Endpoints endpoints;

    DirectOutside(LocalExchange core, List<FeedVenue> venues) {
        handlers.put(EXCHANGE, ExchangeServer.handler(core));
        Set<Venue> served = EnumSet.noneOf(Venue.class);
        for (FeedVenue venue : venues) {
            handlers.put(host(venue.venue()), venue);
            served.add(venue.venue());
        }
        endpoints = new Endpoints(
                URI.create("http://" + EXCHANGE + "/trade-api/v2"),
                URI.create("ws://" + EXCHANGE + LocalExchange.STREAM_PATH),
                URI.create("ws://" + host(Venue.KRAKEN) + "/v2"),
                URI.create("http://" + host(Venue.KRAKEN)),
                URI.create("ws://" + host(Venue.COINBASE) + "/"),
                URI.create("ws://" + host(Venue.BINANCE)),
                URI.create("http://" + host(Venue.BINANCE)),
                URI.create("ws://" + host(Venue.BINANCE_US)),
                URI.create("http://" + host(Venue.BINANCE_US)),
                served);
    }

    private static String host(Venue venue) {
        return venue.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public WebSocketTransport sockets() {
        return this::open;
    }

    private Handler handler(URI uri) {
        Handler handler = handlers.get(uri.getHost());
        if (handler == null) {
            throw new IllegalStateException("nothing is served at " + uri);
        }
        return handler;
    }

    private void open(URI uri, Supplier<Map<String, String>> headers, WebSocketTransport.Listener listener) {
        deliveries.add(
                () -> new Link(listener).connect(handler(uri), Request.to("GET", uri, headers.get(), new byte[0])));
    }

    /** One connection: both directions through the queue. */
    private final class Link implements Outbound, WebSocketTransport.Connection {
        private final WebSocketTransport.Listener listener;
        private @Nullable Stream stream;
        private boolean isClosed;

        private Link(WebSocketTransport.Listener listener) {
            this.listener = listener;
        }

        private void connect(Handler handler, Request request) {
            // What the server writes during the handshake is queued behind it.
            deliveries.add(() -> {});
            switch (handler.webSocket(request, this)) {
                case Handler.Upgrade.Accepted accepted -> {
                    stream = accepted.stream();
                    deliveries.addFirst(() -> listener.opened(this));
                }
                case Handler.Upgrade.Refused refused -> {
                    isClosed = true;
                    deliveries.addFirst(
                            () -> listener.closed("HTTP " + refused.response().status()));
                }
            }
        }

        @Override
        public void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            deliveries.add(() -> {
                if (!isClosed) {
                    listener.text(bytes, 0, bytes.length);
                }
            });
        }

        @Override
        public void ping(byte[] payload) {
            deliveries.add(() -> {
                if (!isClosed) {
                    listener.alive();
                }
            });
        }

        @Override
        public void close(int code, String reason) {
            deliveries.add(() -> end(code + " " + reason));
        }

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public void send(String text) {
            deliveries.add(() -> {
                Stream open = stream;
                if (!isClosed && open != null) {
                    open.text(text);
                }
            });
        }

        @Override
        public void close() {
            deliveries.add(() -> end("closed by us"));
        }

        private void end(String reason) {
            if (!isClosed) {
                isClosed = true;
                Stream open = stream;
                if (open != null) {
                    open.closed();
                }
                listener.closed(reason);
            }
        }
    }

    @Override
    public HttpGet http() {
        return uri -> {
            Response response = handler(uri).http(Request.to("GET", uri, Map.of(), new byte[0]));
            return new HttpGet.HttpBody(response.status(), response.body());
        };
    }

    @Override
    public HttpTransport kalshiHttp() {
        return this::send;
    }

    private HttpTransport.HttpResponse send(HttpTransport.HttpRequest request) throws IOException {
        Response response = handler(request.uri())
                .http(Request.to(request.method(), request.uri(), request.headers(), request.body()));
        if (response.isWithheld()) {
            throw new HttpTimeoutException("no answer from " + request);
        }
        return new HttpTransport.HttpResponse(response.status(), response.body());
    }

    @Override
    public boolean isQuiet() {
        for (Runnable next = deliveries.poll(); next != null; next = deliveries.poll()) {
            next.run();
        }
        return true;
    }

    @Override
    public void close() {
        deliveries.clear();
    }
}
