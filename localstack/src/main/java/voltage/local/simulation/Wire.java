package voltage.local.simulation;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.auth.SignedHeaders;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.kalshi.rest.HttpTransport.HttpResponse;
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

/** The network between the workers and the servers: streams and public reads, with what goes wrong on the way. */
final class Wire {
    private static final String EXCHANGE = "exchange";
    private static final long NOT_READING = 1L << 30;

    private final World world;
    private final Map<String, Handler> handlers = new HashMap<>();
    private final Deque<Runnable> deliveries = new ArrayDeque<>();
    private final List<Link> links = new ArrayList<>();

    Wire(World world, List<FeedVenue> venues) {
        this.world = world;
        handlers.put(EXCHANGE, ExchangeServer.handler(world.exchange));
        venues.forEach(venue -> handlers.put(host(venue.venue()), venue));
    }

    private static String host(Venue venue) {
        return venue.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Endpoints endpoints() {
        return new Endpoints(
                URI.create("http://" + EXCHANGE + "/trade-api/v2"),
                URI.create("ws://" + EXCHANGE + LocalExchange.STREAM_PATH),
                URI.create("ws://" + host(Venue.KRAKEN) + "/v2"),
                URI.create("http://" + host(Venue.KRAKEN)),
                URI.create("ws://" + host(Venue.COINBASE) + "/"),
                URI.create("ws://" + host(Venue.BINANCE)),
                URI.create("http://" + host(Venue.BINANCE)),
                URI.create("ws://" + host(Venue.BINANCE_US)),
                URI.create("http://" + host(Venue.BINANCE_US)),
                java.util.Set.copyOf(Scenery.VENUES));
    }

    /** Delivers what waits; whether there was anything. */
    boolean deliver() {
        boolean any = false;
        for (Runnable next = deliveries.poll(); next != null; next = deliveries.poll()) {
            next.run();
            any = true;
        }
        return any;
    }

    /** Carries a request to its server now. */
    Response arrive(String method, URI uri, Map<String, String> headers, byte[] body) {
        Handler handler = handlers.get(uri.getHost());
        if (handler == null) {
            throw new IllegalStateException("nothing is served at " + uri);
        }
        return handler.http(Request.to(method, uri, headers, body));
    }

    /** Carries a request to the exchange now, which trusts any signature here and checks key and time; null if it gives no answer. */
    @Nullable
    HttpResponse exchange(HttpRequest request, String keyId, long signedNanos) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put(SignedHeaders.KEY, keyId);
        headers.put(SignedHeaders.TIMESTAMP, Long.toString(Math.floorDiv(signedNanos, World.MILLI)));
        headers.put(SignedHeaders.SIGNATURE, "c2ltdWxhdGVk");
        Response response = arrive(request.method(), request.uri(), headers, request.body());
        // The date that the answer bears, without a detour through its text.
        return response.isWithheld()
                ? null
                : new HttpResponse(response.status(), response.body(), Math.floorDiv(world.now(), World.SECOND));
    }

    /** Public reads of a worker's feeds. */
    HttpGet reads() {
        return uri -> {
            PlannedFault failed = world.board.take(FaultKind.POLL_FAILED);
            if (failed != null) {
                switch (failed.pick() % 3) {
                    case 0 -> throw new IOException("connection reset");
                    case 1 -> {
                        return new HttpGet.HttpBody(503, new byte[0]);
                    }
                    default -> {
                        return new HttpGet.HttpBody(200, Answers.HTML.getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            Response response = arrive("GET", uri, Map.of(), new byte[0]);
            return new HttpGet.HttpBody(response.status(), response.body());
        };
    }

    /** Streams of one worker. */
    WebSocketTransport sockets(GapWatch gaps) {
        return (uri, headers, listener) -> deliveries.add(() -> new Link(uri, listener, gaps).connect(headers));
    }

    /** A worker has died, and its sockets with it. */
    void hangUp(GapWatch gaps) {
        for (Link link : List.copyOf(links)) {
            if (link.gaps == gaps) {
                link.die();
            }
        }
    }

    /** Whether a worker's stream to the exchange is open. */
    boolean isConnected(GapWatch gaps) {
        return links.stream().anyMatch(link -> link.gaps == gaps && link.isExchange);
    }

    /** One connection: both directions through the queue of deliveries. */
    private final class Link implements Outbound, WebSocketTransport.Connection {
        private final URI uri;
        private final boolean isExchange;
        private final WebSocketTransport.Listener listener;
        private final GapWatch gaps;
        private @Nullable Stream stream;
        private boolean isClosed;
        private long heldUntilNanos;
        private long silentUntilNanos;
        private long slowUntilNanos;

        private Link(URI uri, WebSocketTransport.Listener listener, GapWatch gaps) {
            this.uri = uri;
            this.listener = listener;
            this.gaps = gaps;
            isExchange = EXCHANGE.equals(uri.getHost());
        }

        private void connect(Supplier<Map<String, String>> headers) {
            Handler handler = handlers.get(uri.getHost());
            if (handler == null) {
                throw new IllegalStateException("nothing is served at " + uri);
            }
            if (isExchange) {
                gaps.connected();
            }
            switch (handler.webSocket(Request.to("GET", uri, headers.get(), new byte[0]), this)) {
                case Handler.Upgrade.Accepted accepted -> {
                    stream = accepted.stream();
                    links.add(this);
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
            FaultBoard board = world.board;
            if (world.now() < silentUntilNanos || board.take(FaultKind.FRAME_LOST) != null) {
                return;
            }
            PlannedFault silence = board.take(FaultKind.FEED_SILENT);
            if (silence != null) {
                silentUntilNanos = world.now() + silence.lastsNanos();
                return;
            }
            if (board.take(FaultKind.DISCONNECTED) != null) {
                deliveries.add(() -> end("connection reset"));
                return;
            }
            PlannedFault standstill = board.take(FaultKind.FRAME_DELAYED);
            if (standstill != null) {
                heldUntilNanos = world.now() + standstill.lastsNanos();
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (isExchange && isPrivate(text)) {
                PlannedFault late = board.take(FaultKind.PRIVATE_LATE);
                PlannedFault overtaken = late != null ? late : board.take(FaultKind.PRIVATE_REORDERED);
                if (overtaken != null) {
                    world.time.plan(overtaken.lastsNanos(), () -> arrived(bytes));
                    return;
                }
                if (board.take(FaultKind.PRIVATE_DOUBLED) != null) {
                    deliver(bytes);
                }
            }
            PlannedFault overtaken = board.take(FaultKind.FRAME_REORDERED);
            if (overtaken != null) {
                world.time.plan(overtaken.lastsNanos(), () -> arrived(bytes));
                return;
            }
            deliver(bytes);
            if (board.take(FaultKind.FRAME_DUPLICATED) != null) {
                deliver(bytes);
            }
        }

        private void deliver(byte[] bytes) {
            if (world.now() < heldUntilNanos) {
                world.time.plan(heldUntilNanos - world.now(), () -> arrived(bytes));
            } else {
                deliveries.add(() -> arrived(bytes));
            }
        }

        private void arrived(byte[] bytes) {
            if (!isClosed) {
                if (isExchange) {
                    gaps.frame(bytes, world.now());
                }
                listener.text(bytes, 0, bytes.length);
            }
        }

        @Override
        public void ping(byte[] payload) {
            if (world.now() >= silentUntilNanos) {
                deliveries.add(() -> {
                    if (!isClosed) {
                        listener.alive();
                    }
                });
            }
        }

        @Override
        public void close(int code, String reason) {
            deliveries.add(() -> end(code + " " + reason));
        }

        @Override
        public long pendingBytes() {
            PlannedFault slow = isExchange ? world.board.take(FaultKind.SLOW_CONSUMER) : null;
            if (slow != null) {
                slowUntilNanos = world.now() + slow.lastsNanos();
            }
            return world.now() < slowUntilNanos ? NOT_READING : 0;
        }

        @Override
        public void send(String text) {
            if (world.board.take(FaultKind.COMMAND_FRAME_LOST) != null) {
                return;
            }
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
                die();
                if (isExchange) {
                    gaps.connected();
                }
                listener.closed(reason);
            }
        }

        private void die() {
            isClosed = true;
            links.remove(this);
            Stream open = stream;
            if (open != null) {
                open.closed();
            }
        }
    }

    private static boolean isPrivate(String text) {
        return text.startsWith("{\"type\":\"fill\"")
                || text.startsWith("{\"type\":\"user_order\"")
                || text.startsWith("{\"type\":\"market_position\"");
    }
}
