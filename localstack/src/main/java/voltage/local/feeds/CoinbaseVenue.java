package voltage.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.local.net.Outbound;
import voltage.local.net.Request;
import voltage.local.net.Response;
import voltage.local.net.Stream;
import voltage.local.session.SessionEvent;
import voltage.market.Candle;
import voltage.market.FixedPoint;
import voltage.market.Venue;

/**
 * Coinbase's Exchange feed for BTC-USD: {@code matches} (first the {@code last_match}, which is old), {@code ticker} and
 * {@code heartbeat}; REST candles. Who does not subscribe within five seconds is disconnected, as there.
 */
public final class CoinbaseVenue implements FeedVenue {
    static final String PRODUCT = "BTC-USD";

    private static final long FIRST_SEQUENCE = 137_333_645_494L;
    private static final long SUBSCRIBE_WITHIN = 5 * Wire.SECOND;
    private static final int MAX_CANDLES = 300;
    private static final long TICK_E4 = 100;
    private static final Set<String> CHANNELS = Set.of("matches", "ticker", "heartbeat");

    private final InstantSource clock;
    private final Subscribers subscribers = new Subscribers();
    private final CandleSeries minutes = new CandleSeries(1);
    private SessionEvent.@Nullable SpotPrint last;
    private boolean lastIsBuy;
    private long firstE4;
    private long sequence = FIRST_SEQUENCE;

    /**
     * @param clock the session's time
     * @param history candles of one minute before the session, oldest first
     */
    public CoinbaseVenue(InstantSource clock, List<Candle> history) {
        this.clock = clock;
        history.forEach(minutes::add);
    }

    @Override
    public Venue venue() {
        return Venue.COINBASE;
    }

    @Override
    public synchronized Response http(Request request) {
        long nowNanos = Wire.now(clock);
        return switch (request.path()) {
            case "/time" ->
                Response.json(
                        200,
                        "{\"iso\":\"" + Wire.micros(nowNanos) + "\",\"epoch\":"
                                + FixedPoint.format(Wire.millis(nowNanos), 3) + "}");
            case "/products/" + PRODUCT + "/candles" -> candles(Wire.parameters(request.query()), nowNanos);
            default -> Response.json(404, "{\"message\":\"NotFound\"}");
        };
    }

    @Override
    public synchronized Upgrade webSocket(Request request, Outbound out) {
        Subscriber subscriber = new Subscriber(out, Wire.now(clock));
        subscribers.add(subscriber);
        return new Upgrade.Accepted(new Stream() {
            @Override
            public void text(String text) {
                message(subscriber, text);
            }

            @Override
            public void closed() {
                gone(subscriber);
            }
        });
    }

    @Override
    public synchronized void apply(SessionEvent event) {
        if (event instanceof SessionEvent.SpotPrint print && print.venue() == Venue.COINBASE) {
            SessionEvent.SpotPrint before = last;
            lastIsBuy = before == null
                    || print.priceE4() > before.priceE4()
                    || print.priceE4() == before.priceE4() && lastIsBuy;
            firstE4 = firstE4 == 0 ? print.priceE4() : firstE4;
            last = print;
            sequence++;
            minutes.add(print.exchangeNanos(), print.priceE4(), print.sizeE8());
            if (subscribers.anyHas("matches")) {
                subscribers.send("matches", match("match", print));
            }
            if (subscribers.anyHas("ticker")) {
                subscribers.send("ticker", ticker(print));
            }
        } else if (event instanceof SessionEvent.CandleClosed closed
                && closed.venue() == Venue.COINBASE
                && last == null) {
            minutes.add(closed.candle());
        }
    }

    @Override
    public synchronized long nextDueNanos() {
        long[] next = {subscribers.nextHeartbeatNanos()};
        subscribers.forEach(subscriber -> {
            if (isSilent(subscriber)) {
                next[0] = Math.min(next[0], subscriber.connectedNanos() + SUBSCRIBE_WITHIN);
            }
        });
        return next[0];
    }

    @Override
    public synchronized void advanceTo(long nanos) {
        subscribers.forEach(subscriber -> {
            while (subscriber.nextHeartbeatNanos() <= nanos) {
                long due = subscriber.nextHeartbeatNanos();
                subscriber.heartbeatAt(due + Wire.SECOND);
                subscriber.send(heartbeat(due));
            }
            if (isSilent(subscriber) && subscriber.connectedNanos() + SUBSCRIBE_WITHIN <= nanos) {
                subscriber.close(1008, "subscribe within 5 seconds");
            }
        });
    }

    private static boolean isSilent(Subscriber subscriber) {
        return !subscriber.isClosed() && subscriber.subscriptions().isEmpty();
    }

    private synchronized void gone(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    private synchronized void message(Subscriber subscriber, String text) {
        JsonNode message = Wire.read(text);
        String type = message.path("type").asText();
        if (!type.equals("subscribe") && !type.equals("unsubscribe")) {
            subscriber.send(error("Malformed JSON", "type must be subscribe or unsubscribe"));
            return;
        }
        List<String> channels = new ArrayList<>();
        for (JsonNode channel : message.path("channels")) {
            String name = channel.isObject() ? channel.path("name").asText() : channel.asText();
            JsonNode products = channel.has("product_ids") ? channel.path("product_ids") : message.path("product_ids");
            if (!CHANNELS.contains(name)) {
                subscriber.send(error("Failed to subscribe", name + " is not a valid channel"));
                return;
            }
            for (JsonNode product : products) {
                if (!product.asText().equals(PRODUCT)) {
                    subscriber.send(error("Failed to subscribe", product.asText() + " is not a valid product"));
                    return;
                }
            }
            if (products.isEmpty()) {
                subscriber.send(error("Failed to subscribe", "product_ids are missing"));
                return;
            }
            channels.add(name);
        }
        boolean isNewToMatches = false;
        for (String channel : channels) {
            if (type.equals("subscribe")) {
                isNewToMatches |= subscriber.subscribe(channel) && channel.equals("matches");
            } else {
                subscriber.unsubscribe(channel);
            }
        }
        // Heartbeats only go to those who ask.
        if (!subscriber.has("heartbeat")) {
            subscriber.heartbeatAt(NEVER);
        } else if (subscriber.nextHeartbeatNanos() == NEVER) {
            subscriber.heartbeatAt(Wire.now(clock) + Wire.SECOND);
        }
        subscriber.send(subscriptions(subscriber));
        SessionEvent.SpotPrint print = last;
        if (isNewToMatches && print != null) {
            subscriber.send(match("last_match", print));
        }
    }

    private Response candles(Map<String, String> parameters, long nowNanos) {
        if (Wire.number(parameters, "granularity").orElse(60L) != 60) {
            return Response.json(400, "{\"message\":\"Unsupported granularity\"}");
        }
        long until = time(parameters, "end", nowNanos);
        long from = time(parameters, "start", until - (MAX_CANDLES - 1) * Wire.MINUTE);
        if (until - from > MAX_CANDLES * Wire.MINUTE) {
            return Response.json(
                    400,
                    "{\"message\":\"granularity too small for the requested time range. Count of aggregations "
                            + "requested exceeds 300\"}");
        }
        StringBuilder out = new StringBuilder("[");
        String separator = "";
        // Newest first, and low before high before open before close.
        for (Candle row :
                minutes.filled(from, Math.min(until, nowNanos), MAX_CANDLES).reversed()) {
            if (row.isSynthetic()) {
                continue;
            }
            out.append(separator)
                    .append('[')
                    .append(row.openNanos() / Wire.SECOND)
                    .append(',')
                    .append(Wire.price(row.lowE4(), 2))
                    .append(',')
                    .append(Wire.price(row.highE4(), 2))
                    .append(',')
                    .append(Wire.price(row.openE4(), 2))
                    .append(',')
                    .append(Wire.price(row.closeE4(), 2))
                    .append(',')
                    .append(Wire.size(row.volumeE8()))
                    .append(']');
            separator = ",";
        }
        return Response.json(200, out.append(']').toString());
    }

    private static long time(Map<String, String> parameters, String name, long otherwise) {
        try {
            String text = parameters.getOrDefault(name, "");
            return text.isEmpty()
                    ? otherwise
                    : text.matches("\\d{1,10}")
                            ? Long.parseLong(text) * Wire.SECOND
                            : java.time.Instant.parse(text).getEpochSecond() * Wire.SECOND;
        } catch (java.time.DateTimeException e) {
            return otherwise;
        }
    }

    private String match(String type, SessionEvent.SpotPrint print) {
        return "{\"type\":\"" + type + "\",\"trade_id\":" + print.tradeId()
                + ",\"maker_order_id\":\"" + order(print, 1)
                + "\",\"taker_order_id\":\"" + order(print, 2)
                // The maker's side: a buyer's trade hits a seller's order.
                + "\",\"side\":\"" + (lastIsBuy ? "sell" : "buy")
                + "\",\"size\":\"" + Wire.size(print.sizeE8())
                + "\",\"price\":\"" + Wire.price(print.priceE4(), 2)
                + "\",\"product_id\":\"" + PRODUCT
                + "\",\"sequence\":" + sequence
                + ",\"time\":\"" + Wire.micros(print.exchangeNanos()) + "\"}";
    }

    private String ticker(SessionEvent.SpotPrint print) {
        long bidE4 = lastIsBuy ? print.priceE4() - TICK_E4 : print.priceE4();
        return "{\"type\":\"ticker\",\"sequence\":" + sequence
                + ",\"product_id\":\"" + PRODUCT
                + "\",\"price\":\"" + Wire.price(print.priceE4(), 2)
                + "\",\"open_24h\":\"" + Wire.price(firstE4, 2)
                + "\",\"best_bid\":\"" + Wire.price(bidE4, 2)
                + "\",\"best_ask\":\"" + Wire.price(bidE4 + TICK_E4, 2)
                + "\",\"side\":\"" + (lastIsBuy ? "buy" : "sell")
                + "\",\"time\":\"" + Wire.micros(print.exchangeNanos())
                + "\",\"trade_id\":" + print.tradeId()
                + ",\"last_size\":\"" + Wire.size(print.sizeE8()) + "\"}";
    }

    private String heartbeat(long nanos) {
        SessionEvent.SpotPrint print = last;
        return "{\"type\":\"heartbeat\",\"last_trade_id\":" + (print == null ? 0 : print.tradeId())
                + ",\"product_id\":\"" + PRODUCT + "\",\"sequence\":" + sequence
                + ",\"time\":\"" + Wire.micros(nanos) + "\"}";
    }

    private static String subscriptions(Subscriber subscriber) {
        StringBuilder out = new StringBuilder("{\"type\":\"subscriptions\",\"channels\":[");
        String separator = "";
        for (String channel : subscriber.subscriptions()) {
            out.append(separator)
                    .append("{\"name\":\"")
                    .append(channel)
                    .append("\",\"product_ids\":[\"" + PRODUCT + "\"],\"account_ids\":null}");
            separator = ",";
        }
        return out.append("]}").toString();
    }

    private static String error(String message, String reason) {
        return "{\"type\":\"error\",\"message\":\"" + message + "\",\"reason\":" + Wire.quoted(reason) + "}";
    }

    /** An order id that is always the same for the same trade. */
    private static String order(SessionEvent.SpotPrint print, int salt) {
        long mixed = (print.tradeId() * 31 + salt) * 0x9E3779B97F4A7C15L;
        String digits = "%016x%016x".formatted(mixed, mixed * 0xBF58476D1CE4E5B9L);
        return digits.substring(0, 8) + '-' + digits.substring(8, 12) + "-4" + digits.substring(13, 16) + "-a"
                + digits.substring(17, 20) + '-' + digits.substring(20, 32);
    }
}
