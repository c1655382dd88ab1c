package voltage.local.feeds;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import voltage.local.net.Handler;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.market.Venue;

/**
 * A spot venue's public interface, played from a session: a core without threads or sockets. {@link voltage.local.net.HttpServer}
 * serves it, or a test calls it. Whoever plays the session hands every event over with {@link #apply} when it is due and calls
 * {@link #advanceTo} when {@link #nextDueNanos} has come. All methods may be called by any thread.
 */
public interface FeedVenue extends Handler {
    /** When no call is due. */
    long NEVER = Long.MAX_VALUE;

    Venue venue();

    /** Tells the subscribers of an event; events of other venues and markets are ignored. */
    void apply(SessionEvent event);

    /** When {@link #advanceTo} must be called next, for heartbeats and the like; {@link #NEVER} if nothing is due. */
    long nextDueNanos();

    /** Sends everything that is due until a time, in epoch nanoseconds. */
    void advanceTo(long nanos);

    /**
     * The servers of a session's venues, with its history as what their REST interfaces know.
     *
     * @param clock the session's time
     */
    static List<FeedVenue> of(Session session, InstantSource clock) {
        List<FeedVenue> venues = new ArrayList<>();
        for (Venue venue : session.venues().stream().sorted().toList()) {
            switch (venue) {
                case KRAKEN -> venues.add(new KrakenVenue(clock, session.history(venue)));
                case COINBASE -> venues.add(new CoinbaseVenue(clock, session.history(venue)));
                case BINANCE, BINANCE_US -> venues.add(new BinanceVenue(venue, clock, session.history(venue)));
            }
        }
        return venues;
    }
}
