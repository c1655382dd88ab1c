package voltage.kalshi.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.market.EventSink;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.BookDamaged;
import voltage.market.MarketEvent.Damage;
import voltage.market.MarketKey;

/** The subscriptions of one connection, and what their sequence numbers say about the books. */
final class Subscriptions {
    /** Voltage has about ten; far beyond that the numbers are garbage. */
    private static final int MAX = 256;

    static final String BOOK_CHANNEL = "orderbook_delta";

    private final List<Subscription> all = new ArrayList<>();
    private @Nullable Subscription last;
    private long gaps;

    /** The subscription with this number; one of unknown channel if it was never acknowledged (a journal may start amid a session). */
    Subscription of(long sid) throws MalformedFrameException {
        Subscription recent = last;
        if (recent != null && recent.sid() == sid) {
            return recent;
        }
        Subscription found = find(sid);
        if (found == null) {
            found = add(new Subscription(sid, "", Subscription.ANY));
        }
        last = found;
        return found;
    }

    @Nullable
    Subscription find(long sid) {
        for (Subscription subscription : all) {
            if (subscription.sid() == sid) {
                return subscription;
            }
        }
        return null;
    }

    /** An acknowledgement. A repeated one (subscribing again adds markets) leaves the sequence as it is. */
    void acknowledged(long sid, String channel, long received, EventSink out) throws MalformedFrameException {
        Subscription known = find(sid);
        if (known != null && (known.channel().equals(channel) || known.channel().isEmpty())) {
            known.channel(channel);
            return;
        }
        if (known != null) {
            end(known, Damage.DISCONNECTED, received, out);
        }
        add(new Subscription(sid, channel, 0));
    }

    /** Takes note of a frame's number. After a gap every book of the subscription is damaged. */
    void consume(Subscription subscription, long seq, long received, EventSink out) {
        if (!subscription.consume(seq)) {
            gaps++;
            subscription.damageAll();
            damage(subscription, Damage.SEQUENCE_GAP, received, out);
        }
    }

    /** The subscription's full set of markets after an update. */
    void markets(Subscription subscription, List<MarketKey> full, long received, EventSink out) {
        Set<MarketKey> kept = new HashSet<>(full);
        for (MarketKey market : List.copyOf(subscription.markets())) {
            if (!kept.contains(market)) {
                subscription.remove(market);
                out.on(new BookDamaged(market, Damage.DISCONNECTED, 0, received));
            }
        }
        full.forEach(subscription::await);
    }

    /** A subscription ended: its books are no longer kept up. */
    void end(Subscription subscription, Damage damage, long received, EventSink out) {
        all.remove(subscription);
        last = null;
        damage(subscription, damage, received, out);
    }

    /** Every subscription that may carry books ended. */
    void endBooks(Damage damage, long received, EventSink out) {
        for (Subscription subscription : List.copyOf(all)) {
            if (!subscription.markets().isEmpty() || subscription.channel().equals(BOOK_CHANNEL)) {
                end(subscription, damage, received, out);
            }
        }
    }

    /** The connection ended or began. */
    void endAll(long received, EventSink out) {
        List<Subscription> ended = List.copyOf(all);
        all.clear();
        last = null;
        for (Subscription subscription : ended) {
            damage(subscription, Damage.DISCONNECTED, received, out);
        }
    }

    /** Somebody found this market's book to be wrong. */
    void distrust(MarketKey market) {
        for (Subscription subscription : all) {
            if (subscription.markets().contains(market)) {
                subscription.damage(market);
            }
        }
    }

    List<Resync> takeResyncs() {
        List<Resync> resyncs = new ArrayList<>();
        for (Subscription subscription : all) {
            List<String> tickers = subscription.takeWanted();
            if (!tickers.isEmpty()) {
                resyncs.add(new Resync(subscription.sid(), tickers));
            }
        }
        return resyncs;
    }

    int damagedBooks() {
        int damaged = 0;
        for (Subscription subscription : all) {
            damaged += subscription.damaged();
        }
        return damaged;
    }

    long gaps() {
        return gaps;
    }

    /** @throws MalformedFrameException if this would be one subscription too many */
    void checkRoom(long sid) throws MalformedFrameException {
        if (all.size() >= MAX && find(sid) == null) {
            throw new MalformedFrameException(
                    "Kalshi stream: at most " + MAX + " subscriptions are kept, was one more: sid " + sid);
        }
    }

    private Subscription add(Subscription subscription) throws MalformedFrameException {
        checkRoom(subscription.sid());
        all.add(subscription);
        return subscription;
    }

    private static void damage(Subscription subscription, Damage damage, long received, EventSink out) {
        for (MarketKey market : List.copyOf(subscription.markets())) {
            out.on(new BookDamaged(market, damage, 0, received));
        }
    }
}
