package voltage.local.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.local.exchange.Subscription.Channel;

/** Carries out the commands that a client sends on its stream. */
final class StreamCommands {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final ExchangeState state;

    StreamCommands(ExchangeState state) {
        this.state = state;
    }

    void execute(StreamConnection connection, String text) {
        JsonNode command;
        try {
            command = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            error(connection, 0, 1, "Unable to process message");
            return;
        }
        if (command == null || !command.isObject()) {
            error(connection, 0, 1, "Unable to process message");
            return;
        }
        long id = command.path("id").asLong(0);
        JsonNode params = command.get("params");
        String cmd = command.path("cmd").asText("");
        switch (cmd) {
            case "list_subscriptions" -> list(connection, id);
            case "subscribe", "unsubscribe", "update_subscription" -> {
                if (params == null || !params.isObject()) {
                    error(connection, id, 2, "Params required");
                } else if (cmd.equals("subscribe")) {
                    subscribe(connection, id, params);
                } else if (cmd.equals("unsubscribe")) {
                    unsubscribe(connection, id, params);
                } else {
                    update(connection, id, params);
                }
            }
            default -> error(connection, id, 5, "Unknown command");
        }
    }

    private void subscribe(StreamConnection connection, long id, JsonNode params) {
        List<String> channels = texts(params, "channels", "channel");
        if (channels.isEmpty()) {
            error(connection, id, 3, "Channels required");
            return;
        }
        Set<String> tickers = tickers(params);
        List<Subscription> snapshots = new ArrayList<>();
        for (String label : channels) {
            Channel channel = Channel.of(label);
            if (channel == null) {
                error(connection, id, 8, "Unknown channel name");
            } else if (channel == Channel.ORDERBOOK_DELTA && tickers.isEmpty()) {
                error(connection, id, 14, "Market Ticker required");
            } else if (channel.isIndex() && !state.servesIndex) {
                error(connection, id, 8, "Unknown channel name");
            } else {
                Subscription subscription = connection.subscribe(
                        channel, params.path("use_yes_price").asBoolean(false));
                if (channel.isIndex()) {
                    subscription.indexIds.addAll(texts(params, "index_ids", "index_id"));
                } else if (tickers.isEmpty()) {
                    subscription.everyMarket = true;
                }
                connection.control(new JsonText()
                        .object()
                        .field("type", "subscribed")
                        .field("id", id)
                        .object("msg")
                        .field("channel", label)
                        .field("sid", subscription.sid)
                        .end()
                        .end());
                snapshots.add(subscription);
            }
        }
        for (Subscription subscription : snapshots) {
            boolean initial = subscription.channel == Channel.ORDERBOOK_DELTA
                    || (subscription.channel == Channel.TICKER
                            && params.path("send_initial_snapshot").asBoolean(false));
            for (String ticker : tickers) {
                if (subscription.tickers.add(ticker) && initial) {
                    initial(connection, subscription, ticker, 0);
                }
            }
        }
    }

    private void initial(StreamConnection connection, Subscription subscription, String ticker, long id) {
        Market market = state.listed(ticker);
        if (market != null) {
            connection.data(
                    subscription,
                    s -> s.channel == Channel.TICKER
                            ? state.hub.tickerFrame(s, market)
                            : StreamHub.snapshot(s, market, id));
        }
    }

    private void unsubscribe(StreamConnection connection, long id, JsonNode params) {
        List<Long> sids = sids(params);
        if (sids.isEmpty()) {
            error(connection, id, 4, "Subscription IDs required");
            return;
        }
        for (long sid : sids) {
            Subscription subscription = connection.subscription(sid);
            if (subscription == null) {
                error(connection, id, 7, "Unknown subscription ID");
                continue;
            }
            connection.unsubscribe(subscription);
            connection.control(new JsonText()
                    .object()
                    .field("type", "unsubscribed")
                    .field("id", id)
                    .field("sid", sid)
                    .field("seq", subscription.nextSequence())
                    .end());
        }
    }

    private void update(StreamConnection connection, long id, JsonNode params) {
        List<Long> sids = sids(params);
        if (sids.size() != 1) {
            error(connection, id, 12, "Exactly one subscription ID is required");
            return;
        }
        String action = params.path("action").asText("");
        if (action.isEmpty()) {
            error(connection, id, 15, "Action required");
            return;
        }
        Subscription subscription = connection.subscription(sids.getFirst());
        if (subscription == null) {
            error(connection, id, 7, "Unknown subscription ID");
            return;
        }
        switch (action) {
            case "add_markets", "delete_markets", "get_snapshot" ->
                updateMarkets(connection, id, subscription, action, tickers(params));
            case "subscribe_indices", "unsubscribe_indices", "indexlist" ->
                updateIndices(connection, id, subscription, action, texts(params, "index_ids", "index_id"));
            default -> error(connection, id, 13, "Unsupported action");
        }
    }

    private void updateMarkets(
            StreamConnection connection, long id, Subscription subscription, String action, Set<String> tickers) {
        if (tickers.isEmpty()) {
            error(connection, id, 14, "Market Ticker required");
            return;
        }
        if (action.equals("get_snapshot")) {
            if (subscription.channel != Channel.ORDERBOOK_DELTA) {
                error(connection, id, 13, "Unsupported action");
                return;
            }
            tickers.stream()
                    .filter(subscription.tickers::contains)
                    .forEach(ticker -> initial(connection, subscription, ticker, id));
            return;
        }
        Set<String> added = new LinkedHashSet<>(tickers);
        if (action.equals("add_markets")) {
            added.removeAll(subscription.tickers);
            subscription.tickers.addAll(added);
            subscription.everyMarket = false;
        } else {
            subscription.tickers.removeAll(tickers);
            added.clear();
        }
        JsonText json = ok(id, subscription).object("msg").array("market_tickers");
        subscription.tickers.forEach(json::value);
        connection.control(json.endArray().end().end());
        if (subscription.channel == Channel.ORDERBOOK_DELTA) {
            added.forEach(ticker -> initial(connection, subscription, ticker, 0));
        }
    }

    private static void updateIndices(
            StreamConnection connection, long id, Subscription subscription, String action, List<String> indexIds) {
        if (!subscription.channel.isIndex()) {
            error(connection, id, 13, "Unsupported action");
            return;
        }
        if (action.equals("indexlist")) {
            connection.control(subscription
                    .frame(subscription.channel.label + "_indexlist")
                    .object("msg")
                    .array("index_ids")
                    .value("BRTI")
                    .endArray()
                    .end()
                    .end());
            return;
        }
        if (indexIds.isEmpty()) {
            error(connection, id, 24, "Index IDs required");
            return;
        }
        if (action.equals("subscribe_indices")) {
            subscription.indexIds.addAll(indexIds);
        } else {
            indexIds.forEach(subscription.indexIds::remove);
        }
        JsonText json = ok(id, subscription).object("msg").array("index_ids");
        subscription.indexIds.forEach(json::value);
        connection.control(json.endArray().end().end());
    }

    private static JsonText ok(long id, Subscription subscription) {
        return new JsonText()
                .object()
                .field("type", "ok")
                .field("id", id)
                .field("sid", subscription.sid)
                .field("seq", subscription.nextSequence());
    }

    private static void list(StreamConnection connection, long id) {
        JsonText json =
                new JsonText().object().field("type", "ok").field("id", id).array("msg");
        for (Subscription subscription : connection.subscriptions()) {
            json.object()
                    .field("channel", subscription.channel.label)
                    .field("sid", subscription.sid)
                    .end();
        }
        connection.control(json.endArray().end());
    }

    private static void error(StreamConnection connection, long id, int code, String message) {
        connection.control(new JsonText()
                .object()
                .field("type", "error")
                .field("id", id)
                .object("msg")
                .field("code", code)
                .field("msg", message)
                .end()
                .end());
    }

    private static Set<String> tickers(JsonNode params) {
        return new LinkedHashSet<>(texts(params, "market_tickers", "market_ticker"));
    }

    private static List<String> texts(JsonNode params, String plural, String singular) {
        List<String> texts = new ArrayList<>();
        @Nullable JsonNode many = params.get(plural);
        if (many != null && many.isArray()) {
            many.forEach(value -> texts.add(value.asText()));
        }
        if (params.path(singular).isTextual()) {
            texts.add(params.path(singular).asText());
        }
        return texts;
    }

    private static List<Long> sids(JsonNode params) {
        List<Long> sids = new ArrayList<>();
        params.path("sids").forEach(value -> sids.add(value.asLong()));
        if (params.hasNonNull("sid")) {
            sids.add(params.path("sid").asLong());
        }
        return sids;
    }
}
