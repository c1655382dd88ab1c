package voltage.worker.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.stream.StreamCommands;
import voltage.market.MalformedFrameException;
import voltage.spot.Json;

/**
 * What is wanted from Kalshi, what is subscribed, and the commands that lead from one to the other. Kalshi answers a command with one
 * subscription id for each channel and changes the markets of one id at a time, so changes wait until the ids are known.
 */
final class KalshiSubscriptions {
    static final String BOOK = "orderbook_delta";
    static final String INDEX = "cfbenchmarks_value";

    /** It comes once a second. */
    static final long INDEX_SILENCE_NANOS = 15_000_000_000L;

    private static final List<String> BY_MARKET = List.of(BOOK, "ticker", "trade");
    private static final String LIFECYCLE = "market_lifecycle_v2";
    private static final List<String> ACCOUNT = List.of("fill", "user_orders", "market_positions");
    private static final Reading.Data BOOK_DATA = new Reading.Data(BOOK);
    private static final Reading.Data INDEX_DATA = new Reading.Data(INDEX);
    private static final String ADD = "add_markets";
    private static final String DELETE = "delete_markets";
    private static final String SNAPSHOT = "get_snapshot";
    /** A command that stays unanswered is forgotten in the end. */
    private static final int MOST_PENDING = 200;

    /** What a frame leads to. */
    record Heard(Reading reading, List<String> commands, String begun, String ended, boolean isToBeRetried) {
        static final Heard NOTHING = of(Reading.NOTHING);
        static final Heard BOOK_CHANGED = of(BOOK_DATA);
        static final Heard INDEX_CHANGED = of(INDEX_DATA);
        /** A command failed for now: {@link #retries} after a while. */
        static final Heard FAILED = new Heard(Reading.NOTHING, List.of(), "", "", true);

        static Heard of(Reading reading) {
            return new Heard(reading, List.of(), "", "", false);
        }

        boolean begins(String channel) {
            return begun.equals(channel);
        }

        boolean ends(String channel) {
            return ended.equals(channel);
        }
    }

    private static final class Subscription {
        final long sid;
        final Set<String> markets;

        Subscription(long sid, Collection<String> markets) {
            this.sid = sid;
            this.markets = new LinkedHashSet<>(markets);
        }
    }

    /** What a command asked for, until it is answered. */
    private sealed interface Pending {
        record Subscribe(List<String> channels, List<String> markets) implements Pending {}

        record Update(long sid, String action, List<String> markets) implements Pending {}
    }

    private final boolean withAccount;
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Map<String, Subscription> live = new TreeMap<>();
    /** In the order in which they were sent. */
    private final Map<Long, Pending> pending = new LinkedHashMap<>();

    private final Map<String, String> refusals = new TreeMap<>();
    private final Set<Pending> failed = new LinkedHashSet<>();
    private boolean isSubscribing;
    private boolean isConnected;
    private long lastId;

    KalshiSubscriptions(boolean withAccount) {
        this.withAccount = withAccount;
    }

    synchronized List<String> tickers() {
        return List.copyOf(wanted);
    }

    synchronized Map<String, String> refusals() {
        return Map.copyOf(refusals);
    }

    synchronized List<String> add(Collection<String> tickers) {
        wanted.addAll(tickers);
        return changes();
    }

    synchronized List<String> remove(Collection<String> tickers) {
        wanted.removeAll(new LinkedHashSet<>(tickers));
        return changes();
    }

    /** Everything, on a new connection. */
    synchronized List<String> subscribe() {
        forget();
        isConnected = true;
        refusals.clear();
        List<String> commands = new ArrayList<>(changes());
        commands.add(subscribe(List.of(LIFECYCLE), List.of()));
        commands.add(subscribe(List.of(INDEX), List.of()));
        if (withAccount) {
            commands.add(subscribe(ACCOUNT, List.of()));
        }
        return commands;
    }

    /** Whether a subscription of this connection has not been acknowledged; {@link #retries} asks for it again. */
    synchronized boolean isUnanswered() {
        for (Pending asked : List.copyOf(pending.values())) {
            if (asked instanceof Pending.Subscribe subscribe
                    && !missing(subscribe).isEmpty()) {
                failed.add(subscribe);
                missing(subscribe).forEach(channel -> refusals.putIfAbsent(channel, "no answer"));
            }
        }
        return !failed.isEmpty();
    }

    private List<String> missing(Pending.Subscribe asked) {
        return asked.channels().stream()
                .filter(channel -> !live.containsKey(channel))
                .filter(channel -> !BY_MARKET.contains(channel) || !wanted.isEmpty())
                .toList();
    }

    /** The commands that failed and are still wanted, once more. */
    synchronized List<String> retries() {
        List<Pending> again = List.copyOf(failed);
        failed.clear();
        if (!isConnected) {
            return List.of();
        }
        List<String> commands = new ArrayList<>();
        for (Pending asked : again) {
            switch (asked) {
                case Pending.Subscribe subscribe -> {
                    pending.values().removeIf(subscribe::equals);
                    List<String> channels = missing(subscribe);
                    if (channels.contains(BOOK)) {
                        isSubscribing = false;
                    } else if (!channels.isEmpty()) {
                        boolean isByMarket = BY_MARKET.contains(channels.getFirst());
                        commands.add(subscribe(channels, isByMarket ? List.copyOf(wanted) : List.of()));
                    }
                }
                case Pending.Update update -> {
                    boolean isLive = live.values().stream().anyMatch(each -> each.sid == update.sid());
                    if (isLive && update.action().equals(SNAPSHOT)) {
                        commands.add(update(update.sid(), SNAPSHOT, update.markets()));
                    }
                }
            }
        }
        // Markets that could not be added or removed, and books that could not be subscribed.
        commands.addAll(changes());
        return commands;
    }

    /** A silent channel, asked for anew: the books as snapshots, which also heals them; the index from the start. */
    synchronized List<String> resubscribe(String channel) {
        Subscription subscription = live.get(channel);
        if (channel.equals(INDEX)) {
            List<String> commands = new ArrayList<>();
            if (subscription != null) {
                live.remove(INDEX);
                commands.add(StreamCommands.unsubscribe(++lastId, List.of(subscription.sid)));
            }
            commands.add(subscribe(List.of(INDEX), List.of()));
            return commands;
        }
        if (subscription != null && !subscription.markets.isEmpty()) {
            return List.of(snapshots(subscription.sid, subscription.markets));
        }
        isSubscribing = false;
        return changes();
    }

    synchronized String snapshots(long sid, Collection<String> tickers) {
        return update(sid, SNAPSHOT, tickers);
    }

    /** The connection is gone, and every id with it. */
    synchronized void forget() {
        live.clear();
        pending.clear();
        failed.clear();
        isSubscribing = false;
        isConnected = false;
    }

    /** What a frame says about subscriptions. Data frames are told by their type alone. */
    Heard hear(byte[] bytes, int from, int to) {
        return switch (FrameScan.topLevel(bytes, from, to, "type")) {
            case "orderbook_delta", "orderbook_snapshot" -> Heard.BOOK_CHANGED;
            case INDEX -> Heard.INDEX_CHANGED;
            case "subscribed", "error" -> answer(bytes, from, to);
            default -> Heard.NOTHING;
        };
    }

    private synchronized Heard answer(byte[] bytes, int from, int to) {
        try {
            Json root = Json.parse(bytes, from, to);
            Json message = root.get("msg");
            long id = root.has("id") ? root.get("id").integer() : 0;
            return root.get("type").text().equals("error")
                    ? refused(id, message)
                    : subscribed(
                            id,
                            message.get("channel").text(),
                            message.get("sid").integer());
        } catch (MalformedFrameException e) {
            // The decoder counts it; a subscription that is not understood stays silent and is asked for again.
            return Heard.NOTHING;
        }
    }

    private Heard subscribed(long id, String channel, long sid) {
        List<String> markets = pending.get(id) instanceof Pending.Subscribe asked ? asked.markets() : List.of();
        live.put(channel, new Subscription(sid, markets));
        refusals.remove(channel);
        if (channel.equals(BOOK)) {
            isSubscribing = false;
        }
        // What was added or removed in the meantime.
        List<String> commands = BY_MARKET.contains(channel) ? changes() : List.of();
        return new Heard(Reading.NOTHING, commands, channel, "", false);
    }

    private Heard refused(long id, Json message) throws MalformedFrameException {
        long code = message.has("code") ? message.get("code").integer() : 0;
        String reason = "error " + code + ": "
                + (message.has("msg") ? message.get("msg").text() : "no reason given");
        Pending asked = pending.remove(id);
        return switch ((int) Math.clamp(code, -1, 1_000)) {
            // The subscription is over (10), overflowed because we read too slowly (25), or is not the one we think
            // (7).
            case 7, 10, 25 -> Heard.of(new Reading.Ending(reason));
            // Unknown command, unknown channel, no authentication, wrong parameter: asking again changes nothing.
            case 2, 3, 5, 8, 9, 11, 24 -> refusedForGood(asked, reason);
            // Unable to process (1), internal error (17), time-out (18), a limit (26, 27), or one that is new.
            default -> failed(asked, reason);
        };
    }

    private Heard failed(@Nullable Pending asked, String reason) {
        switch (asked) {
            case null -> {
                return Heard.NOTHING;
            }
            case Pending.Subscribe subscribe -> missing(subscribe).forEach(channel -> refusals.put(channel, reason));
            case Pending.Update update -> undo(update, reason);
        }
        failed.add(asked);
        return Heard.FAILED;
    }

    /** The subscription's markets are as they were before the command. */
    private void undo(Pending.Update update, String reason) {
        live.forEach((channel, subscription) -> {
            if (subscription.sid == update.sid()) {
                refusals.put(channel, update.action() + ": " + reason);
                switch (update.action()) {
                    case ADD -> update.markets().forEach(subscription.markets::remove);
                    case DELETE -> subscription.markets.addAll(update.markets());
                    default -> {}
                }
            }
        });
    }

    private Heard refusedForGood(@Nullable Pending asked, String reason) {
        if (asked instanceof Pending.Subscribe subscribe && subscribe.channels().equals(List.of(INDEX))) {
            refusals.put(INDEX, reason);
            return new Heard(Reading.NOTHING, List.of(), "", INDEX, false);
        }
        return Heard.of(new Reading.Refused(reason));
    }

    /** The commands from what is subscribed to what is wanted, markets only. */
    private List<String> changes() {
        if (!isConnected) {
            return List.of();
        }
        List<String> commands = new ArrayList<>();
        if (wanted.isEmpty()) {
            // Without a market in its filter a channel might send those of the whole exchange: better none at all.
            List<Long> sids = new ArrayList<>();
            for (String channel : BY_MARKET) {
                Subscription subscription = live.remove(channel);
                if (subscription != null) {
                    sids.add(subscription.sid);
                }
            }
            if (!sids.isEmpty()) {
                commands.add(StreamCommands.unsubscribe(++lastId, sids));
            }
            return commands;
        }
        if (!live.containsKey(BOOK)) {
            if (!isSubscribing) {
                isSubscribing = true;
                commands.add(subscribe(BY_MARKET, List.copyOf(wanted)));
            }
            return commands;
        }
        for (String channel : BY_MARKET) {
            Subscription subscription = live.get(channel);
            if (subscription != null) {
                change(subscription, commands);
            }
        }
        return commands;
    }

    private void change(Subscription subscription, List<String> commands) {
        List<String> added = new ArrayList<>(wanted);
        added.removeAll(subscription.markets);
        List<String> removed = new ArrayList<>(subscription.markets);
        removed.removeAll(wanted);
        if (!added.isEmpty()) {
            commands.add(update(subscription.sid, ADD, added));
        }
        if (!removed.isEmpty()) {
            commands.add(update(subscription.sid, DELETE, removed));
        }
        subscription.markets.clear();
        subscription.markets.addAll(wanted);
    }

    private String subscribe(List<String> channels, List<String> markets) {
        lastId++;
        remember(new Pending.Subscribe(channels, markets));
        return channels.contains(INDEX)
                ? StreamCommands.subscribeIndices(lastId, INDEX, List.of("BRTI"))
                : StreamCommands.subscribe(lastId, channels, markets);
    }

    private String update(long sid, String action, Collection<String> markets) {
        lastId++;
        remember(new Pending.Update(sid, action, List.copyOf(markets)));
        return switch (action) {
            case ADD -> StreamCommands.addMarkets(lastId, sid, markets);
            case DELETE -> StreamCommands.deleteMarkets(lastId, sid, markets);
            default -> StreamCommands.getSnapshot(lastId, sid, markets);
        };
    }

    private void remember(Pending asked) {
        pending.put(lastId, asked);
        if (pending.size() > MOST_PENDING) {
            pending.remove(pending.keySet().iterator().next());
        }
    }
}
