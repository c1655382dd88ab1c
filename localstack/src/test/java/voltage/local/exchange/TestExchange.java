package voltage.local.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

/** An exchange on a virtual clock with one market, and clients that sign with Ed25519. */
final class TestExchange {
    static final long SECOND = 1_000_000_000L;
    static final long OPEN = nanos("2026-11-20T14:00:00Z");
    static final long CLOSE = OPEN + 900 * SECOND;
    static final String TICKER = "KXBTC15M-26NOV200915-15";
    static final String ORDERS = "/portfolio/events/orders";
    static final ObjectMapper MAPPER = new ObjectMapper();

    final LocalExchange exchange;
    long nowNanos = OPEN + 60 * SECOND;

    TestExchange() {
        this(ExchangeSettings.defaults().withoutRateLimits());
    }

    TestExchange(ExchangeSettings settings) {
        this(settings, ExchangeJournal.NONE);
    }

    TestExchange(ExchangeSettings settings, ExchangeJournal journal) {
        exchange = new LocalExchange(settings, () -> nowNanos, journal);
        exchange.addMarkets(List.of(market(TICKER, OPEN)));
    }

    private TestExchange(long nowNanos, ExchangeSettings settings, ExchangeJournal journal, List<String> lines) {
        this.nowNanos = nowNanos;
        exchange = LocalExchange.recover(settings, () -> this.nowNanos, journal, lines, List.of(market(TICKER, OPEN)));
    }

    static TestExchange recovered(
            long nowNanos, ExchangeSettings settings, ExchangeJournal journal, List<String> lines) {
        return new TestExchange(nowNanos, settings, journal, lines);
    }

    static long nanos(String time) {
        return Instant.parse(time).getEpochSecond() * SECOND;
    }

    /** Strike 0.7 s after open; YES wins at 100 010.50 against 100 000.25. */
    static SessionMarket market(String ticker, long openNanos) {
        long close = openNanos + 900 * SECOND;
        return new SessionMarket(
                ticker,
                ticker.substring(0, ticker.lastIndexOf('-')),
                "KXBTC15M",
                StrikeType.GREATER_OR_EQUAL,
                OptionalLong.of(1_000_002_500L),
                openNanos,
                close,
                openNanos + 700_000_000L,
                OptionalLong.of(1_000_105_000L),
                Side.YES,
                close + 5 * SECOND,
                close + 6 * SECOND,
                TickGrid.TAPERED_DECI_CENT,
                2);
    }

    Client client(String name, long cashE6) {
        KeyPair pair = Credentials.generate(Credentials.Algorithm.ED25519);
        return new Client(exchange.createAccount(name, Map.of(2, cashE6), pair.getPublic()), pair);
    }

    void to(long nanos) {
        nowNanos = nanos;
        exchange.advanceTo(nanos);
    }

    void after(long nanos) {
        to(nowNanos + nanos);
    }

    void book(int[] yesPricesE4, long[] yesCountsE2, int[] noPricesE4, long[] noCountsE2) {
        exchange.apply(new SessionEvent.BookImage(nowNanos, TICKER, yesPricesE4, yesCountsE2, noPricesE4, noCountsE2));
    }

    /** YES bid 0.47 for 300, NO bid 0.48 for 300: YES is offered at 0.52. */
    void usualBook() {
        book(new int[] {4_600, 4_700}, new long[] {50_000, 30_000}, new int[] {4_700, 4_800}, new long[] {50_000, 30_000
        });
    }

    void change(Side side, int priceE4, long deltaE2) {
        exchange.apply(new SessionEvent.BookChange(nowNanos, TICKER, side, priceE4, deltaE2, nowNanos));
    }

    void print(int yesPriceE4, long countE2, Side taker) {
        exchange.apply(new SessionEvent.ContractPrint(nowNanos, TICKER, yesPriceE4, countE2, taker, nowNanos));
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** A signing client. */
    final class Client {
        final String keyId;
        private final KeyPair pair;

        Client(String keyId, KeyPair pair) {
            this.keyId = keyId;
            this.pair = pair;
        }

        KeyPair pair() {
            return pair;
        }

        Map<String, String> headers(String method, String path) {
            String millis = Long.toString(nowNanos / 1_000_000);
            Map<String, String> headers = new HashMap<>();
            headers.put("kalshi-access-key", keyId);
            headers.put("kalshi-access-timestamp", millis);
            headers.put("kalshi-access-signature", sign(millis + method + path));
            return headers;
        }

        private String sign(String text) {
            try {
                Signature signer = Signature.getInstance("Ed25519");
                signer.initSign(pair.getPrivate());
                signer.update(text.getBytes(StandardCharsets.UTF_8));
                return Base64.getEncoder().encodeToString(signer.sign());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        ExchangeResponse send(String method, String pathAndQuery, String body) {
            String full = "/trade-api/v2" + pathAndQuery;
            int mark = full.indexOf('?');
            String path = mark < 0 ? full : full.substring(0, mark);
            return exchange.handle(new ExchangeRequest(
                    method,
                    path,
                    mark < 0 ? "" : full.substring(mark + 1),
                    headers(method, path),
                    body.getBytes(StandardCharsets.UTF_8)));
        }

        ExchangeResponse get(String pathAndQuery) {
            return send("GET", pathAndQuery, "");
        }

        JsonNode read(String pathAndQuery) {
            return json(get(pathAndQuery).text());
        }

        /** Places an order. @param extra further fields, for example {@code ,"post_only":true} */
        ExchangeResponse order(
                String clientOrderId, String side, String count, String price, String timeInForce, String extra) {
            return send("POST", ORDERS, orderJson(clientOrderId, side, count, price, timeInForce, extra));
        }

        ExchangeResponse gtc(String clientOrderId, String side, String count, String price) {
            return order(clientOrderId, side, count, price, "good_till_canceled", "");
        }

        ExchangeResponse ioc(String clientOrderId, String side, String count, String price) {
            return order(clientOrderId, side, count, price, "immediate_or_cancel", "");
        }

        ExchangeResponse cancel(String orderId) {
            return send("DELETE", ORDERS + "/" + orderId + "?exchange_index=2", "");
        }

        Stream stream() {
            Stream stream = new Stream();
            switch (exchange.connect(headers("GET", "/trade-api/ws/v2"), stream)) {
                case Connection.Opened opened -> stream.session = opened.session();
                case Connection.Refused refused ->
                    throw new AssertionError(refused.response().text());
            }
            return stream;
        }
    }

    static String orderJson(
            String clientOrderId, String side, String count, String price, String timeInForce, String extra) {
        return """
                {"ticker":"%s","client_order_id":"%s","side":"%s","count":"%s","price":"%s","time_in_force":"%s",\
                "self_trade_prevention_type":"taker_at_cross","exchange_index":2%s}""".formatted(TICKER, clientOrderId, side, count, price, timeInForce, extra);
    }

    /** Collects frames. */
    static final class Stream implements StreamSink {
        final List<String> frames = new ArrayList<>();
        final List<String> pings = new ArrayList<>();
        final List<Integer> closes = new ArrayList<>();
        long pending;
        StreamSession session = new StreamSession() {
            @Override
            public void text(String frame) {
                throw new IllegalStateException("not connected");
            }

            @Override
            public void closed() {}
        };

        @Override
        public void text(String frame) {
            frames.add(frame);
        }

        @Override
        public void ping(String payload) {
            pings.add(payload);
        }

        @Override
        public void close(int code, String reason) {
            closes.add(code);
        }

        @Override
        public long pendingBytes() {
            return pending;
        }

        List<String> command(String text) {
            frames.clear();
            session.text(text);
            return frames;
        }

        List<String> subscribe(String channels, String more) {
            return command("{\"id\":1,\"cmd\":\"subscribe\",\"params\":{\"channels\":[" + channels + "]" + more + "}}");
        }

        List<String> types() {
            return frames.stream()
                    .map(frame -> json(frame).path("type").asText())
                    .toList();
        }

        List<JsonNode> of(String type) {
            return frames.stream()
                    .map(TestExchange::json)
                    .filter(frame -> frame.path("type").asText().equals(type))
                    .toList();
        }
    }
}
