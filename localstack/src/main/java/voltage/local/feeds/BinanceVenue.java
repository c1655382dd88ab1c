package voltage.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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
import voltage.market.Venue;

/**
 * Binance (or Binance.US) for BTCUSDT: raw and combined streams {@code trade}, {@code bookTicker} and {@code kline_1m}, and REST
 * {@code klines}. In a session without Binance trades there is one closed kline a minute and nothing else.
 */
public final class BinanceVenue implements FeedVenue {
    static final String SYMBOL = "BTCUSDT";

    private static final String TRADE = "btcusdt@trade";
    private static final String BOOK = "btcusdt@bookTicker";
    private static final String KLINE = "btcusdt@kline_1m";
    private static final Set<String> PLAYED = Set.of(TRADE, BOOK, KLINE);

    /** A trade needs so long at most to become known: a minute is closed when its last one is in. */
    private static final long CLOSE_AFTER_MINUTE = 30_000_000L;

    private static final long KLINE_EVERY = Wire.SECOND;
    private static final long PING_EVERY = 20 * Wire.SECOND;
    private static final int MAX_STREAMS = 1_024;

    private final Venue venue;
    private final InstantSource clock;
    private final Subscribers subscribers = new Subscribers();
    private final Map<Subscriber, Boolean> combined = new HashMap<>();
    private final CandleSeries minutes = new CandleSeries(1);
    private final BinanceRest rest = new BinanceRest(minutes);
    private long closesNanos = NEVER;
    private long lastKlineNanos;
    private long bookUpdates = 400_900_217;
    private SessionEvent.@Nullable SpotPrint last;
    private boolean lastIsBuy;

    /**
     * @param venue {@code BINANCE} or {@code BINANCE_US}
     * @param clock the session's time
     * @param history candles of one minute before the session, oldest first
     */
    public BinanceVenue(Venue venue, InstantSource clock, List<Candle> history) {
        if (venue != Venue.BINANCE && venue != Venue.BINANCE_US) {
            throw new IllegalArgumentException("the venue must be BINANCE or BINANCE_US, was " + venue);
        }
        this.venue = venue;
        this.clock = clock;
        history.forEach(minutes::add);
    }

    @Override
    public Venue venue() {
        return venue;
    }

    @Override
    public synchronized Response http(Request request) {
        return rest.answer(request, Wire.now(clock));
    }

    @Override
    public synchronized Upgrade webSocket(Request request, Outbound out) {
        List<String> streams = new ArrayList<>();
        boolean isCombined = request.path().equals("/stream");
        if (isCombined) {
            String names = Wire.parameters(request.query()).getOrDefault("streams", "");
            streams.addAll(List.of(names.split("/", -1)));
        } else if (request.path().startsWith("/ws")) {
            streams.addAll(List.of(request.path().substring("/ws".length()).split("/", -1)));
        } else {
            return new Upgrade.Refused(Response.text(404, "text/plain", "the path is /ws/STREAM or /stream?streams="));
        }
        long nowNanos = Wire.now(clock);
        Subscriber subscriber = new Subscriber(out, nowNanos);
        subscriber.heartbeatAt(nowNanos + PING_EVERY);
        for (String stream : streams) {
            subscribe(subscriber, stream);
        }
        subscribers.add(subscriber);
        combined.put(subscriber, isCombined);
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
        if (event instanceof SessionEvent.SpotPrint print && print.venue() == venue) {
            print(print);
        } else if (event instanceof SessionEvent.CandleClosed closed && closed.venue() == venue && last == null) {
            send(KLINE, kline(minutes.add(closed.candle()), true, closed.atNanos()));
        }
    }

    @Override
    public synchronized long nextDueNanos() {
        return Math.min(closesNanos, subscribers.nextHeartbeatNanos());
    }

    @Override
    public synchronized void advanceTo(long nanos) {
        while (closesNanos <= nanos) {
            closeMinute();
        }
        subscribers.forEach(subscriber -> {
            while (subscriber.nextHeartbeatNanos() <= nanos) {
                long due = subscriber.nextHeartbeatNanos();
                subscriber.heartbeatAt(due + PING_EVERY);
                subscriber.ping(Long.toString(Wire.millis(due)).getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    private void print(SessionEvent.SpotPrint print) {
        SessionEvent.SpotPrint before = last;
        lastIsBuy = before == null
                || print.priceE4() > before.priceE4()
                || print.priceE4() == before.priceE4() && lastIsBuy;
        last = print;
        // If nobody called advanceTo in time, the minute is closed before the next one's first trade.
        while (closesNanos != NEVER && minutes.openOf(print.exchangeNanos()) >= closesNanos - CLOSE_AFTER_MINUTE) {
            closeMinute();
        }
        Candle forming = minutes.add(print.exchangeNanos(), print.priceE4(), print.sizeE8());
        if (closesNanos == NEVER) {
            closesNanos = forming.openNanos() + Wire.MINUTE + CLOSE_AFTER_MINUTE;
        }
        send(TRADE, trade(print));
        send(BOOK, book(print));
        if (print.atNanos() - lastKlineNanos >= KLINE_EVERY) {
            lastKlineNanos = print.atNanos();
            send(KLINE, kline(forming, false, print.atNanos()));
        }
    }

    private void closeMinute() {
        long openNanos = closesNanos - CLOSE_AFTER_MINUTE - Wire.MINUTE;
        minutes.addFlat(openNanos);
        for (Candle candle : minutes.known(openNanos, openNanos, openNanos, 1)) {
            send(KLINE, kline(candle, true, closesNanos));
        }
        lastKlineNanos = closesNanos;
        closesNanos += Wire.MINUTE;
    }

    private void send(String stream, String data) {
        subscribers.forEach(subscriber -> {
            if (subscriber.has(stream)) {
                boolean wrapped = combined.getOrDefault(subscriber, false);
                subscriber.send(wrapped ? "{\"stream\":\"" + stream + "\",\"data\":" + data + "}" : data);
            }
        });
    }

    private synchronized void gone(Subscriber subscriber) {
        subscribers.remove(subscriber);
        combined.remove(subscriber);
    }

    /** A stream that is not played is accepted and silent, as an unknown one is there. */
    private static void subscribe(Subscriber subscriber, String stream) {
        if (PLAYED.contains(stream) && subscriber.subscriptions().size() < MAX_STREAMS) {
            subscriber.subscribe(stream);
        }
    }

    private synchronized void message(Subscriber subscriber, String text) {
        JsonNode message = Wire.read(text);
        JsonNode id = message.path("id");
        String method = message.path("method").asText();
        String shownId = id.isMissingNode() ? "null" : id.toString();
        switch (method) {
            case "SUBSCRIBE" -> {
                message.path("params").forEach(stream -> subscribe(subscriber, stream.asText()));
                subscriber.send("{\"result\":null,\"id\":" + shownId + "}");
            }
            case "UNSUBSCRIBE" -> {
                message.path("params").forEach(stream -> subscriber.unsubscribe(stream.asText()));
                subscriber.send("{\"result\":null,\"id\":" + shownId + "}");
            }
            case "LIST_SUBSCRIPTIONS" -> {
                List<String> names =
                        subscriber.subscriptions().stream().map(Wire::quoted).toList();
                subscriber.send("{\"result\":[" + String.join(",", names) + "],\"id\":" + shownId + "}");
            }
            default ->
                subscriber.send(
                        "{\"error\":{\"code\":2,\"msg\":\"Invalid request: unknown method\"},\"id\":" + shownId + "}");
        }
    }

    private String trade(SessionEvent.SpotPrint print) {
        return "{\"e\":\"trade\",\"E\":" + Wire.millis(print.atNanos()) + ",\"s\":\"" + SYMBOL
                + "\",\"t\":" + print.tradeId()
                + ",\"p\":\"" + Wire.price8(print.priceE4())
                + "\",\"q\":\"" + Wire.size(print.sizeE8())
                + "\",\"T\":" + Wire.millis(print.exchangeNanos())
                // Whether the buyer was the maker.
                + ",\"m\":" + !lastIsBuy + ",\"M\":true}";
    }

    private String book(SessionEvent.SpotPrint print) {
        long bidE4 = lastIsBuy ? print.priceE4() - BinanceRest.TICK_E4 : print.priceE4();
        return "{\"u\":" + bookUpdates++ + ",\"s\":\"" + SYMBOL
                + "\",\"b\":\"" + Wire.price8(bidE4)
                + "\",\"B\":\"" + Wire.size(1_000_000 + print.tradeId() * 7_919 % 500_000_000)
                + "\",\"a\":\"" + Wire.price8(bidE4 + BinanceRest.TICK_E4)
                + "\",\"A\":\"" + Wire.size(1_000_000 + print.tradeId() * 104_729 % 500_000_000) + "\"}";
    }

    private static String kline(Candle candle, boolean isClosed, long nowNanos) {
        String quote = BinanceRest.quoteVolume(candle);
        return "{\"e\":\"kline\",\"E\":" + Wire.millis(nowNanos) + ",\"s\":\"" + SYMBOL
                + "\",\"k\":{\"t\":" + Wire.millis(candle.openNanos())
                + ",\"T\":" + (Wire.millis(candle.openNanos() + Wire.MINUTE) - 1)
                + ",\"s\":\"" + SYMBOL + "\",\"i\":\"1m\",\"f\":-1,\"L\":-1,\"o\":\"" + Wire.price8(candle.openE4())
                + "\",\"c\":\"" + Wire.price8(candle.closeE4())
                + "\",\"h\":\"" + Wire.price8(candle.highE4())
                + "\",\"l\":\"" + Wire.price8(candle.lowE4())
                + "\",\"v\":\"" + Wire.size(candle.volumeE8())
                + "\",\"n\":" + candle.trades()
                + ",\"x\":" + isClosed
                + ",\"q\":\"" + quote + "\",\"V\":\"0.00000000\",\"Q\":\"0.00000000\",\"B\":\"0\"}}";
    }
}
