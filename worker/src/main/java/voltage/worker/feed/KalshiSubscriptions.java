package voltage.worker.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
    /** A command that stays unanswered is forgotten in the end. */
    private static final int MOST_PENDING = 1_000;

    /** What a frame leads to. */
    record Heard(Reading reading, List<String> commands, String begun, String ended) {
        static final Heard NOTHING = new Heard(Reading.NOTHING, List.of(), "", "");
        static final Heard BOOK_CHANGED = new Heard(BOOK_DATA, List.of(), "", "");
        static final Heard INDEX_CHANGED = new Heard(INDEX_DATA, List.of(), "", "");

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
    private record Pending(List<String> channels, List<String> markets) {}

    private final boolean withAccount;
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Map<String, Subscription> live = new TreeMap<>();
    private final Map<Long, Pending> pending = new HashMap<>();
    private final Map<String, String> refusals = new TreeMap<>();
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
        commands.add(subscribe(List.of(LIFECYCLE), List.of(), ""));
        commands.add(subscribe(List.of(INDEX), List.of(), ",\"index_ids\":[\"BRTI\"]"));
        if (withAccount) {
            commands.add(subscribe(ACCOUNT, List.of(), ""));
        }
        return commands;
    }

    /** A silent channel, asked for anew: the books as snapshots, which also heals them; the index from the start. */
    synchronized List<String> resubscribe(String channel) {
        Subscription subscription = live.get(channel);
        if (channel.equals(INDEX)) {
            List<String> commands = new ArrayList<>();
            if (subscription != null) {
                live.remove(INDEX);
                commands.add(command("unsubscribe", "\"sids\":[" + subscription.sid + "]"));
            }
            commands.add(subscribe(List.of(INDEX), List.of(), ",\"index_ids\":[\"BRTI\"]"));
            return commands;
        }
        if (subscription != null && !subscription.markets.isEmpty()) {
            return List.of(snapshots(subscription.sid, subscription.markets));
        }
        isSubscribing = false;
        return changes();
    }

    synchronized String snapshots(long sid, Collection<String> tickers) {
        return update(sid, "get_snapshot", tickers);
    }

    /** The connection is gone, and every id with it. */
    synchronized void forget() {
        live.clear();
        pending.clear();
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
        Pending asked = pending.get(id);
        live.put(channel, new Subscription(sid, asked == null ? List.of() : asked.markets()));
        if (channel.equals(BOOK)) {
            isSubscribing = false;
        }
        // What was added or removed in the meantime.
        List<String> commands = BY_MARKET.contains(channel) ? changes() : List.of();
        return new Heard(Reading.NOTHING, commands, channel, "");
    }

    private Heard refused(long id, Json message) throws MalformedFrameException {
        long code = message.has("code") ? message.get("code").integer() : 0;
        String reason = "error " + code + ": "
                + (message.has("msg") ? message.get("msg").text() : "no reason given");
        Pending asked = pending.remove(id);
        return switch ((int) code) {
            // The subscription is over (10), overflowed because we read too slowly (25), or is not the one we think
            // (7).
            case 7, 10, 25 -> new Heard(new Reading.Ending(reason), List.of(), "", "");
            // Unknown command, unknown channel, no authentication, wrong parameter: asking again changes nothing.
            case 2, 3, 5, 8, 9, 11, 24 -> refusedForGood(asked, reason);
            default -> Heard.NOTHING;
        };
    }

    private Heard refusedForGood(@Nullable Pending asked, String reason) {
        if (asked != null && asked.channels().equals(List.of(INDEX))) {
            refusals.put(INDEX, reason);
            return new Heard(Reading.NOTHING, List.of(), "", INDEX);
        }
        return new Heard(new Reading.Refused(reason), List.of(), "", "");
    }

    /** The commands from what is subscribed to what is wanted, markets only. */
    private List<String> changes() {
        if (!isConnected) {
            return List.of();
        }
        List<String> commands = new ArrayList<>();
        if (wanted.isEmpty()) {
            // Without a market in its filter a channel might send those of the whole exchange: better none at all.
            List<String> sids = new ArrayList<>();
            for (String channel : BY_MARKET) {
                Subscription subscription = live.remove(channel);
                if (subscription != null) {
                    sids.add(Long.toString(subscription.sid));
                }
            }
            if (!sids.isEmpty()) {
                commands.add(command("unsubscribe", "\"sids\":[" + String.join(",", sids) + "]"));
            }
            return commands;
        }
        if (!live.containsKey(BOOK)) {
            if (!isSubscribing) {
                isSubscribing = true;
                commands.add(subscribe(BY_MARKET, List.copyOf(wanted), ""));
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
            commands.add(update(subscription.sid, "add_markets", added));
        }
        if (!removed.isEmpty()) {
            commands.add(update(subscription.sid, "delete_markets", removed));
        }
        subscription.markets.clear();
        subscription.markets.addAll(wanted);
    }

    private String subscribe(List<String> channels, List<String> markets, String more) {
        String filter = markets.isEmpty() ? "" : ",\"market_tickers\":" + strings(markets);
        // The default is announced to change: NO prices stay in their own scale only if we say so.
        String scale = channels.contains(BOOK) ? ",\"use_yes_price\":false" : "";
        String text = command("subscribe", "\"channels\":" + strings(channels) + filter + scale + more);
        if (pending.size() < MOST_PENDING) {
            pending.put(lastId, new Pending(channels, markets));
        }
        return text;
    }

    private String update(long sid, String action, Collection<String> markets) {
        return command(
                "update_subscription",
                "\"sid\":" + sid + ",\"action\":\"" + action + "\",\"market_tickers\":" + strings(markets));
    }

    private String command(String name, String params) {
        lastId++;
        return "{\"id\":" + lastId + ",\"cmd\":\"" + name + "\",\"params\":{" + params + "}}";
    }

    private static String strings(Collection<String> items) {
        return "[\"" + String.join("\",\"", items) + "\"]";
    }
}
