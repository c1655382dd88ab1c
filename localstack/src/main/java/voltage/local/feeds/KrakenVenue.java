package voltage.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import voltage.local.net.Outbound;
import voltage.local.net.Request;
import voltage.local.net.Response;
import voltage.local.net.Stream;
import voltage.local.session.SessionEvent;
import voltage.market.Candle;
import voltage.market.Venue;

/**
 * Kraken: WebSocket v2 ({@code ohlc}, {@code trade}, {@code ticker}, {@code heartbeat}) for BTC/USD, and REST {@code OHLC} and
 * {@code Trades}. As there, no candle is marked as closed, a closed one is never sent again, minutes without trades are absent on the
 * socket and flat on REST, and a refused subscription leaves the socket open.
 */
public final class KrakenVenue implements FeedVenue {
    static final String SYMBOL = "BTC/USD";

    /** Beyond 2^53, as Kraken's are: a client must not read it as a floating-point number. */
    private static final BigInteger FIRST_CONNECTION = new BigInteger("16174536464690282295");

    private static final int TRADE_SNAPSHOT = 50;
    private static final int CANDLE_SNAPSHOT = 120;
    private static final int KEPT_TRADES = 100_000;

    private final InstantSource clock;
    private final Subscribers subscribers = new Subscribers();
    private final Map<Integer, CandleSeries> series = new TreeMap<>();
    private final Deque<KrakenTrade> trades = new ArrayDeque<>();
    private final KrakenRest rest;
    private final KrakenTicker ticker = new KrakenTicker();
    private long connections;
    private boolean hasPrints;

    /**
     * @param clock the session's time
     * @param history candles of one minute before the session, oldest first
     */
    public KrakenVenue(InstantSource clock, List<Candle> history) {
        this.clock = clock;
        for (int minutes : new int[] {1, 5, 15}) {
            CandleSeries candles = new CandleSeries(minutes);
            history.forEach(candles::add);
            series.put(minutes, candles);
        }
        rest = new KrakenRest(series, trades);
    }

    @Override
    public Venue venue() {
        return Venue.KRAKEN;
    }

    @Override
    public synchronized Response http(Request request) {
        return rest.answer(request, Wire.now(clock));
    }

    @Override
    public synchronized Upgrade webSocket(Request request, Outbound out) {
        if (!request.path().equals("/v2") && !request.path().equals("/")) {
            return new Upgrade.Refused(Response.text(404, "text/plain", "the path is /v2"));
        }
        Subscriber subscriber = new Subscriber(out, Wire.now(clock));
        subscribers.add(subscriber);
        subscriber.send(KrakenFrames.status(FIRST_CONNECTION.add(BigInteger.valueOf(connections++))));
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
        if (event instanceof SessionEvent.SpotPrint print && print.venue() == Venue.KRAKEN) {
            print(print);
        } else if (event instanceof SessionEvent.CandleClosed closed && closed.venue() == Venue.KRAKEN && !hasPrints) {
            for (Map.Entry<Integer, CandleSeries> entry : series.entrySet()) {
                candle(entry.getKey(), entry.getValue().add(closed.candle()), closed.atNanos());
            }
        }
    }

    @Override
    public synchronized long nextDueNanos() {
        return subscribers.nextHeartbeatNanos();
    }

    @Override
    public synchronized void advanceTo(long nanos) {
        subscribers.forEach(subscriber -> {
            while (subscriber.nextHeartbeatNanos() <= nanos) {
                subscriber.heartbeatAt(subscriber.nextHeartbeatNanos() + Wire.SECOND);
                subscriber.send(KrakenFrames.HEARTBEAT);
            }
        });
    }

    private void print(SessionEvent.SpotPrint print) {
        hasPrints = true;
        boolean isBuy = ticker.isUptick(print.priceE4());
        KrakenTrade trade =
                new KrakenTrade(print.tradeId(), print.priceE4(), print.sizeE8(), print.exchangeNanos(), isBuy);
        trades.addLast(trade);
        if (trades.size() > KEPT_TRADES) {
            trades.removeFirst();
        }
        ticker.add(trade);
        if (subscribers.anyHas("trade")) {
            subscribers.send("trade", KrakenFrames.trades("update", List.of(trade)));
        }
        for (Map.Entry<Integer, CandleSeries> entry : series.entrySet()) {
            Candle whole = entry.getValue().add(print.exchangeNanos(), print.priceE4(), print.sizeE8());
            candle(entry.getKey(), whole, print.atNanos());
        }
        if (subscribers.anyHas("ticker")) {
            subscribers.send("ticker", ticker.frame("update"));
        }
    }

    private void candle(int minutes, Candle candle, long atNanos) {
        String subscription = "ohlc " + minutes;
        if (subscribers.anyHas(subscription)) {
            subscribers.send(subscription, KrakenFrames.candles("update", minutes, List.of(candle), atNanos));
        }
    }

    private synchronized void gone(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    private synchronized void message(Subscriber subscriber, String text) {
        long nowNanos = Wire.now(clock);
        JsonNode message = Wire.read(text);
        String method = message.path("method").asText();
        JsonNode id = message.path("req_id");
        switch (method) {
            case "ping" -> subscriber.send(KrakenFrames.pong(id, nowNanos));
            case "subscribe", "unsubscribe" -> {
                JsonNode parameters = message.path("params");
                List<String> symbols = new ArrayList<>();
                parameters.path("symbol").forEach(symbol -> symbols.add(symbol.asText()));
                if (symbols.isEmpty()) {
                    subscriber.send(KrakenFrames.refusal(method, "Symbol(s) missing", "", id, nowNanos));
                }
                for (String symbol : symbols) {
                    subscription(subscriber, method, symbol, parameters, id, nowNanos);
                }
            }
            default -> subscriber.send(KrakenFrames.refusal(method, "Method not supported", "", id, nowNanos));
        }
    }

    private void subscription(
            Subscriber subscriber, String method, String symbol, JsonNode parameters, JsonNode id, long nowNanos) {
        String channel = parameters.path("channel").asText();
        int interval = parameters.path("interval").asInt(1);
        String subscription = channel.equals("ohlc") ? "ohlc " + interval : channel;
        String error = "";
        if (!symbol.equals(SYMBOL)) {
            error = (symbol.contains("/") ? "Currency pair not supported " : "Currency pair not in ISO 4217-A3 format ")
                    + symbol;
        } else if (!channel.equals("ohlc") && !channel.equals("trade") && !channel.equals("ticker")) {
            error = "Channel not supported " + channel;
        } else if (channel.equals("ohlc") && !series.containsKey(interval)) {
            error = "Subscription ohlc interval not supported";
        } else if (method.equals("unsubscribe")) {
            error = subscriber.unsubscribe(subscription) ? "" : "Subscription not found";
        } else if (!subscriber.subscribe(subscription)) {
            error = "Already subscribed";
        }
        if (!error.isEmpty()) {
            subscriber.send(KrakenFrames.refusal(method, error, symbol, id, nowNanos));
            return;
        }
        boolean snapshot = parameters.path("snapshot").asBoolean(!channel.equals("trade"));
        subscriber.send(KrakenFrames.ack(method, channel, interval, snapshot, parameters, id, nowNanos));
        if (method.equals("unsubscribe")) {
            if (subscriber.subscriptions().isEmpty()) {
                subscriber.heartbeatAt(NEVER);
            }
            return;
        }
        if (subscriber.nextHeartbeatNanos() == NEVER) {
            subscriber.heartbeatAt(nowNanos + Wire.SECOND);
        }
        if (snapshot) {
            snapshot(subscriber, channel, interval, nowNanos);
        }
    }

    private void snapshot(Subscriber subscriber, String channel, int interval, long nowNanos) {
        switch (channel) {
            case "ohlc" -> {
                CandleSeries candles = series.get(interval);
                if (candles != null && candles.last() != null) {
                    subscriber.send(
                            KrakenFrames.candles("snapshot", interval, candles.recent(CANDLE_SNAPSHOT), nowNanos));
                }
            }
            case "trade" -> {
                List<KrakenTrade> recent = trades.stream()
                        .skip(Math.max(0, trades.size() - TRADE_SNAPSHOT))
                        .toList();
                if (!recent.isEmpty()) {
                    subscriber.send(KrakenFrames.trades("snapshot", recent));
                }
            }
            default -> {
                if (hasPrints) {
                    subscriber.send(ticker.frame("snapshot"));
                }
            }
        }
    }
}
