package voltage.local.play;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import voltage.kalshi.rest.HttpTransport;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.local.exchange.ExchangeServer;
import voltage.local.exchange.LocalExchange;
import voltage.local.feeds.FeedVenue;
import voltage.local.net.HttpServer;
import voltage.local.net.Traffic;
import voltage.market.Venue;
import voltage.worker.feed.HttpGet;
import voltage.worker.feed.JdkHttpGet;
import voltage.worker.feed.NettyWebSocketTransport;
import voltage.worker.feed.WebSocketTransport;
import voltage.worker.run.Endpoints;

/** The servers behind real sockets of the loopback interface, with every text frame counted from sender to receiver. */
final class SocketOutside implements Outside {
    private final Traffic traffic = new Traffic();
    private final ExchangeServer exchange;
    private final List<HttpServer> venues = new ArrayList<>();
    private final NettyWebSocketTransport sockets = new NettyWebSocketTransport();
    private final Endpoints endpoints;

    SocketOutside(LocalExchange core, List<FeedVenue> cores) throws IOException {
        exchange = ExchangeServer.start(core, 0, traffic);
        Map<Venue, HttpServer> byVenue = new EnumMap<>(Venue.class);
        for (FeedVenue venue : cores) {
            HttpServer server = HttpServer.start(0, venue, traffic);
            venues.add(server);
            byVenue.put(venue.venue(), server);
        }
        endpoints = new Endpoints(
                URI.create(exchange.restUrl()),
                URI.create(exchange.streamUrl()),
                uri(byVenue, Venue.KRAKEN, "ws", "/v2"),
                uri(byVenue, Venue.KRAKEN, "http", ""),
                uri(byVenue, Venue.COINBASE, "ws", "/"),
                uri(byVenue, Venue.BINANCE, "ws", ""),
                uri(byVenue, Venue.BINANCE, "http", ""),
                uri(byVenue, Venue.BINANCE_US, "ws", ""),
                uri(byVenue, Venue.BINANCE_US, "http", ""),
                Set.copyOf(byVenue.keySet()));
    }

    private static URI uri(Map<Venue, HttpServer> servers, Venue venue, String scheme, String path) {
        HttpServer server = servers.get(venue);
        return URI.create(scheme + "://localhost:" + (server == null ? 1 : server.port()) + path);
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public WebSocketTransport sockets() {
        return this::open;
    }

    private void open(URI uri, Supplier<Map<String, String>> headers, WebSocketTransport.Listener listener) {
        // The handshake itself is on its way until the listener has heard of its end.
        traffic.sent();
        sockets.open(uri, headers, new Counted(listener));
    }

    /** The client's mirror image of what the servers count. */
    private final class Counted implements WebSocketTransport.Listener {
        private final WebSocketTransport.Listener inner;
        private boolean isDecided;
        private boolean isClosing;
        private boolean isClosed;

        private Counted(WebSocketTransport.Listener inner) {
            this.inner = inner;
        }

        @Override
        public void opened(WebSocketTransport.Connection connection) {
            inner.opened(new WebSocketTransport.Connection() {
                @Override
                public void send(String text) {
                    traffic.sent();
                    connection.send(text);
                }

                @Override
                public void close() {
                    closing();
                    connection.close();
                }
            });
            decided();
        }

        @Override
        public void text(byte[] bytes, int from, int to) {
            inner.text(bytes, from, to);
            traffic.received();
        }

        @Override
        public void alive() {
            inner.alive();
        }

        @Override
        public void closed(String reason) {
            inner.closed(reason);
            decided();
            synchronized (this) {
                isClosed = true;
                if (isClosing) {
                    traffic.received();
                }
            }
        }

        /** Our own closing is on its way until the listener has heard of its end. */
        private synchronized void closing() {
            if (!isClosed && !isClosing) {
                isClosing = true;
                traffic.sent();
            }
        }

        private void decided() {
            if (!isDecided) {
                isDecided = true;
                traffic.received();
            }
        }
    }

    @Override
    public HttpGet http() {
        return new JdkHttpGet(Duration.ofSeconds(5));
    }

    @Override
    public HttpTransport kalshiHttp() {
        return new JdkHttpTransport(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    @Override
    public boolean isQuiet() {
        return traffic.quiet();
    }

    @Override
    public void close() {
        sockets.close();
        venues.forEach(HttpServer::close);
        exchange.close();
    }
}
