package voltage.local.live;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.local.exchange.Credentials;
import voltage.local.exchange.ExchangeJournal;
import voltage.local.exchange.ExchangeServer;
import voltage.local.exchange.ExchangeSettings;
import voltage.local.exchange.LocalExchange;
import voltage.local.feeds.FeedVenue;
import voltage.local.net.HttpServer;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.market.Venue;

/**
 * The local exchange and the feed servers, playing a session in real time for whoever connects. The session is moved so that it begins
 * now; what lies before the present minute is told at once, so that books, candles and markets are as if the servers had always run.
 */
public final class LocalVenues implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalVenues.class);
    private static final String ACCOUNT = "bot";
    private static final long MILLION = 1_000_000L;
    private static final long LONGEST_NAP_NANOS = 5 * MILLION;

    private final ShiftedSession session;
    private final Clock clock;
    private final LocalExchange exchange;
    private final List<FeedVenue> venues;
    private final Credentials credentials;
    private final Session.EventCursor cursor;
    private final Map<Venue, HttpServer> feeds = new EnumMap<>(Venue.class);
    private final Thread player;
    private @Nullable ExchangeServer server;
    private volatile boolean isStopping;

    private LocalVenues(Session original, InstantSource time, long cashE6) {
        session = ShiftedSession.startingAt(original, nanos(time.instant()));
        clock = new Clock(time, session.startNanos());
        exchange = new LocalExchange(ExchangeSettings.defaults(), clock::nowNanos, ExchangeJournal.NONE);
        exchange.addMarkets(session.markets());
        exchange.serveIndex(session.source() == Session.Source.SIMULATED);
        credentials = exchange.createAccount(ACCOUNT, cashE6);
        venues = FeedVenue.of(session, clock);
        cursor = session.open();
        player = Thread.ofPlatform().name("session-player").daemon(true).unstarted(this::play);
    }

    /**
     * Opens the ports and begins to play.
     *
     * @param port of the exchange; the spot venues follow on the next ones. 0 for any free ones
     * @param cashE6 what the one account starts with
     * @throws voltage.local.net.PortInUseException if another program has one of the ports
     */
    public static LocalVenues start(Session session, int port, InstantSource time, long cashE6) throws IOException {
        LocalVenues local = new LocalVenues(session, time, cashE6);
        try {
            local.catchUp();
            local.server = ExchangeServer.startTicking(local.exchange, port, local.clock::nowNanos);
            int next = port == 0 ? 0 : port + 1;
            for (FeedVenue venue : local.venues) {
                local.feeds.put(venue.venue(), HttpServer.start(next, venue));
                next += next == 0 ? 0 : 1;
            }
            local.player.start();
            return local;
        } catch (IOException | RuntimeException e) {
            local.close();
            throw e;
        }
    }

    /** Real time, except that it stands at the events of the past while they are told. */
    private static final class Clock implements InstantSource {
        private final InstantSource real;
        private volatile long pastNanos;
        private volatile boolean isLive;

        private Clock(InstantSource real, long startNanos) {
            this.real = real;
            this.pastNanos = startNanos;
        }

        private long nowNanos() {
            return isLive ? nanos(real.instant()) : pastNanos;
        }

        @Override
        public Instant instant() {
            return isLive
                    ? real.instant()
                    : Instant.ofEpochSecond(
                            Math.floorDiv(pastNanos, 1_000 * MILLION), Math.floorMod(pastNanos, 1_000 * MILLION));
        }
    }

    private void catchUp() {
        long untilNanos = nanos(clock.real.instant());
        for (SessionEvent event = cursor.peek();
                event != null && event.atNanos() <= untilNanos;
                event = cursor.peek()) {
            clock.pastNanos = event.atNanos();
            cursor.next();
            tell(event);
            runDue(event.atNanos());
        }
        clock.isLive = true;
    }

    private void play() {
        try {
            boolean isTold = false;
            while (!isStopping) {
                long now = clock.nowNanos();
                SessionEvent next = cursor.peek();
                while (next != null && next.atNanos() <= now && !isStopping) {
                    cursor.next();
                    tell(next);
                    next = cursor.peek();
                }
                runDue(now);
                if (next == null && !isTold) {
                    isTold = true;
                    LOG.warn("the session has no further events; the exchange still answers. Start again for more");
                }
                long nap = next == null ? LONGEST_NAP_NANOS : next.atNanos() - clock.nowNanos();
                LockSupport.parkNanos(Math.clamp(nap, 200_000L, LONGEST_NAP_NANOS));
            }
        } catch (RuntimeException e) {
            LOG.error("the session cannot be played on; the exchange has no further prices", e);
        } finally {
            cursor.close();
        }
    }

    private void tell(SessionEvent event) {
        exchange.apply(event);
        for (FeedVenue venue : venues) {
            venue.apply(event);
        }
    }

    private void runDue(long nowNanos) {
        for (FeedVenue venue : venues) {
            if (venue.nextDueNanos() <= nowNanos) {
                venue.advanceTo(nowNanos);
            }
        }
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000 * MILLION + instant.getNano();
    }

    /** The moved session's start, epoch nanoseconds UTC. */
    public long startNanos() {
        return session.startNanos();
    }

    /** When the last market is settled. */
    public long endNanos() {
        return session.endNanos();
    }

    /** Moved in time, by close time. */
    public List<SessionMarket> markets() {
        return session.markets();
    }

    /** Of the one account. */
    public Credentials credentials() {
        return credentials;
    }

    public String restUrl() {
        return server().restUrl();
    }

    public String streamUrl() {
        return server().streamUrl();
    }

    private ExchangeServer server() {
        ExchangeServer started = server;
        if (started == null) {
            throw new IllegalStateException("the exchange has not been started");
        }
        return started;
    }

    /** The spot venues that the session has. */
    public List<Venue> venues() {
        return new ArrayList<>(feeds.keySet());
    }

    /** WebSocket address of a venue's feed. */
    public String feedStream(Venue venue) {
        String path = switch (venue) {
            case KRAKEN -> "/v2";
            case COINBASE -> "/";
            case BINANCE, BINANCE_US -> "";
        };
        return "ws://localhost:" + port(venue) + path;
    }

    /** REST base of a venue; Coinbase serves candles there too. */
    public String feedRest(Venue venue) {
        return "http://localhost:" + port(venue);
    }

    private int port(Venue venue) {
        HttpServer feed = feeds.get(venue);
        if (feed == null) {
            throw new IllegalArgumentException("the session has no prices of " + venue);
        }
        return feed.port();
    }

    @Override
    public void close() {
        isStopping = true;
        LockSupport.unpark(player);
        try {
            player.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feeds.values().forEach(HttpServer::close);
        ExchangeServer started = server;
        if (started != null) {
            started.close();
        }
    }
}
