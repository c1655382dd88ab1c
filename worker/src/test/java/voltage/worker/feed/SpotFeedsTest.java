package voltage.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import voltage.market.Venue;

class SpotFeedsTest {
    private static final String OHLC_BODY = "{\"error\":[],\"result\":{\"XXBTZUSD\":[],\"last\":1}}";
    private static final String CANDLE =
            "{\"channel\":\"ohlc\",\"type\":\"update\",\"timestamp\":\"2026-11-20T10:03:30.5Z\",\"data\":[{\"interval\":1}]}";
    private static final String TRADE = "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[]}";
    private static final String HEARTBEAT = "{\"channel\":\"heartbeat\"}";

    private final VirtualTimers timers = new VirtualTimers();
    private final FakeTransport transport = new FakeTransport();
    private final RecordingIngress ingress = new RecordingIngress();
    private final List<String> answers = new ArrayList<>();
    private final FakeHttp http = new FakeHttp(path -> answers.isEmpty() ? OHLC_BODY : answers.removeFirst());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final KrakenFeed kraken = new KrakenFeed(
            URI.create("wss://kraken.test/v2"),
            URI.create("https://kraken.test"),
            "BTC/USD",
            "XBTUSD",
            transport,
            http,
            timers,
            ingress,
            random);

    private void krakenLive() {
        kraken.start();
        transport.last().open();
        timers.passSeconds(0.001);
        assertThat(kraken.health().state()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void kraken_fetches_the_past_before_it_subscribes() {
        kraken.start();
        transport.last().open();
        assertThat(transport.last().sent).isEmpty();
        assertThat(kraken.health().state()).isEqualTo(FeedState.BACKFILLING);

        timers.passSeconds(0.001);

        assertThat(http.asked)
                .containsExactly("/0/public/OHLC?pair=XBTUSD&interval=1", "/0/public/OHLC?pair=XBTUSD&interval=5");
        assertThat(transport.last().sent).hasSize(4).anyMatch(text -> text.contains("\"event_trigger\":\"bbo\""));
        assertThat(ingress.lines)
                .containsExactly(
                        "KRAKEN_STREAM up",
                        "KRAKEN_REST up",
                        "KRAKEN_REST {\"path\":\"/0/public/OHLC?pair=XBTUSD&interval=1\",\"body\":" + OHLC_BODY + "}",
                        "KRAKEN_REST {\"path\":\"/0/public/OHLC?pair=XBTUSD&interval=5\",\"body\":" + OHLC_BODY + "}");
    }

    @Test
    void after_a_reconnection_kraken_fetches_only_what_it_missed_and_before_the_stream_resumes() {
        krakenLive();
        transport.last().text(CANDLE);
        transport.last().end("CloudFlare WebSocket proxy restarting");
        http.asked.clear();
        timers.passSeconds(1.5);
        assertThat(transport.attempts).hasSize(2);
        transport.last().open();
        timers.passSeconds(0.001);

        long tenOhOne = Instant.parse("2026-11-20T10:01:00Z").getEpochSecond();
        assertThat(http.asked).first().isEqualTo("/0/public/OHLC?pair=XBTUSD&interval=1&since=" + tenOhOne);
        assertThat(transport.last().sent).hasSize(4);
        assertThat(kraken.health().reconnects()).isEqualTo(1);
        int down = ingress.lines.indexOf("KRAKEN_STREAM down");
        assertThat(ingress.lines.subList(down, ingress.lines.size()).get(1)).isEqualTo("KRAKEN_STREAM up");
    }

    @Test
    void a_backfill_that_fails_is_tried_three_times_and_then_done_without() {
        answers.addAll(List.of("none", "503", "{\"error\":[\"EGeneral:Too many requests\"]}"));
        kraken.start();
        transport.last().open();
        timers.passSeconds(5);
        assertThat(kraken.health().state()).isEqualTo(FeedState.BACKFILLING);
        timers.passSeconds(2);
        assertThat(kraken.health().state()).isEqualTo(FeedState.LIVE);
        assertThat(kraken.health().dropped()).isEqualTo(3);
    }

    @Test
    void a_silent_socket_is_replaced() {
        krakenLive();
        timers.passSeconds(4.9);
        assertThat(transport.attempts).hasSize(1);
        timers.passSeconds(1.5);
        assertThat(transport.attempts).hasSize(2);
        assertThat(transport.attempts.getFirst().hasEnded()).isTrue();
    }

    @Test
    void a_subscription_that_was_acknowledged_and_stays_silent_is_asked_for_again_and_then_the_socket_replaced() {
        krakenLive();
        FakeTransport.Attempt first = transport.last();
        for (int second = 0; second < 100 && transport.attempts.size() == 1; second++) {
            timers.passSeconds(1);
            first.text(HEARTBEAT);
            first.text(TRADE);
            first.text("{\"channel\":\"ticker\",\"data\":[]}");
            first.text(CANDLE.replace("\"interval\":1", "\"interval\":5"));
            if (second == 80) {
                assertThat(first.sent.subList(4, first.sent.size()))
                        .containsExactly(
                                "{\"method\":\"unsubscribe\",\"params\":{\"channel\":\"ohlc\",\"interval\":1,\"symbol\":[\"BTC/USD\"]}}",
                                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ohlc\",\"interval\":1,\"symbol\":[\"BTC/USD\"],"
                                        + "\"snapshot\":true}}");
            }
        }
        assertThat(transport.attempts).hasSize(2);
        assertThat(kraken.health().problem()).contains("ohlc-1 silent");
    }

    @Test
    void a_refused_subscription_stops_the_feed_and_is_tried_again_only_rarely() {
        krakenLive();
        transport
                .last()
                .text("{\"error\":\"Currency pair not supported XBT/USD\",\"method\":\"subscribe\",\"success\":false}");
        assertThat(kraken.health().state()).isEqualTo(FeedState.REFUSED);
        assertThat(kraken.health().problem()).contains("XBT/USD");
        assertThat(ingress.lines).last().isEqualTo("KRAKEN_STREAM down");
        timers.passSeconds(200);
        assertThat(transport.attempts).hasSize(1);
        timers.passSeconds(200);
        assertThat(transport.attempts).hasSizeGreaterThan(1);
    }

    @Test
    void answers_that_harm_nothing_are_no_refusal() {
        krakenLive();
        transport.last().text("{\"error\":\"Already subscribed\",\"method\":\"subscribe\",\"success\":false}");
        transport.last().text("{\"error\":\"Subscription Not Found\",\"method\":\"unsubscribe\",\"success\":false}");
        transport.last().text("{\"error\":\"Exceeded msg rate\",\"method\":\"subscribe\",\"success\":false}");
        assertThat(kraken.health().state()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void while_live_kraken_compares_its_candles_with_rest_every_five_minutes() {
        krakenLive();
        int before = http.asked.size();
        for (int i = 0; i < 310; i++) {
            timers.passSeconds(1);
            transport.last().text(TRADE);
            transport.last().text(CANDLE);
            transport.last().text(CANDLE.replace("\"interval\":1", "\"interval\":5"));
            transport.last().text("{\"channel\":\"ticker\",\"data\":[]}");
        }
        assertThat(http.asked).hasSize(before + 2);
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void a_storm_of_reconnections_stays_within_the_budget_and_loses_no_order() {
        CoinbaseFeed coinbase =
                new CoinbaseFeed(URI.create("wss://coinbase.test"), "BTC-USD", transport, timers, ingress, random);
        transport.opensAtOnce = true;
        coinbase.start();
        for (int i = 0; i < 6_000; i++) {
            timers.passSeconds(0.1);
            if (!transport.last().hasEnded()) {
                transport.last().end("restarting");
            }
        }
        assertThat(transport.attempts).as("attempts in ten minutes").hasSizeBetween(20, 40);
        assertThat(ingress.lines).as("up and down alternate").hasSize(2 * transport.attempts.size());
        coinbase.stop();
        timers.passSeconds(600);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void an_attempt_that_cannot_even_begin_is_a_failed_attempt() {
        WebSocketTransport ended = (uri, headers, listener) -> {
            throw new IllegalStateException("the transport is closed");
        };
        CoinbaseFeed coinbase =
                new CoinbaseFeed(URI.create("wss://coinbase.test"), "BTC-USD", ended, timers, ingress, random);
        coinbase.start();
        assertThat(coinbase.health().state()).isEqualTo(FeedState.WAITING);
        assertThat(coinbase.health().problem()).contains("the transport is closed");
        timers.passSeconds(10);
        assertThat(coinbase.health().reconnects()).isPositive();
    }

    @Test
    void a_peer_that_is_gone_without_a_word_is_left_behind() {
        CoinbaseFeed coinbase =
                new CoinbaseFeed(URI.create("wss://coinbase.test"), "BTC-USD", transport, timers, ingress, random);
        transport.opensAtOnce = true;
        coinbase.start();
        FakeTransport.Attempt deaf = transport.last();
        deaf.isDeaf = true;
        timers.passSeconds(12);
        assertThat(transport.attempts).hasSize(2);
        deaf.text("{\"type\":\"match\"}");
        deaf.end("reset");
        assertThat(ingress.lines).containsExactly("COINBASE_STREAM up", "COINBASE_STREAM down", "COINBASE_STREAM up");
        assertThat(coinbase.health().dropped()).isEqualTo(1);
        assertThat(coinbase.health().state()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void coinbase_subscribes_at_once_and_passes_frames_on_as_they_are() {
        CoinbaseFeed coinbase =
                new CoinbaseFeed(URI.create("wss://coinbase.test"), "BTC-USD", transport, timers, ingress, random);
        coinbase.start();
        transport.last().open();
        assertThat(transport.last().sent)
                .containsExactly(
                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\",\"heartbeat\",\"ticker\"]}");
        timers.passSeconds(1);
        transport.last().text("{\"type\":\"match\"}");
        transport.last().text("no JSON at all");
        timers.passSeconds(2);
        assertThat(ingress.lines)
                .containsExactly(
                        "COINBASE_STREAM up", "COINBASE_STREAM {\"type\":\"match\"}", "COINBASE_STREAM no JSON at all");
        assertThat(coinbase.health().dataAgeNanos().get("matches")).isEqualTo(2 * VirtualTimers.SECOND);
        assertThat(coinbase.health().dataAgeNanos().get("ticker")).isEqualTo(3 * VirtualTimers.SECOND);
        transport
                .last()
                .text("{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"no such product\"}");
        assertThat(coinbase.health().state()).isEqualTo(FeedState.REFUSED);
    }

    @Test
    void binance_pages_through_the_past_day_before_it_goes_live() {
        Instant now = Instant.parse("2026-11-20T10:00:30Z");
        long[] pages = {0};
        FakeHttp klines = new FakeHttp(path -> {
            pages[0]++;
            int rows = pages[0] == 1 ? 1_000 : 452;
            long start = Long.parseLong(path.replaceAll(".*startTime=(\\d+).*", "$1"));
            List<String> out = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                out.add("[" + (start + 60_000L * i) + "]");
            }
            return out.toString();
        });
        BinanceFeed binance = new BinanceFeed(
                Venue.BINANCE,
                false,
                URI.create("wss://binance.test:9443"),
                URI.create("https://binance.test"),
                "BTCUSDT",
                transport,
                klines,
                timers,
                ingress,
                InstantSource.fixed(now),
                random);
        binance.start();
        transport.last().open();
        timers.passSeconds(0.001);

        long first = Instant.parse("2026-11-19T09:50:00Z").toEpochMilli();
        assertThat(klines.asked)
                .containsExactly(
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + first + "&limit=1000",
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + (first + 999 * 60_000L)
                                + "&limit=1000");
        assertThat(transport.last().uri.toString())
                .isEqualTo("wss://binance.test:9443/stream?streams=btcusdt@kline_1m/btcusdt@trade/btcusdt@bookTicker");
        assertThat(binance.health().state()).isEqualTo(FeedState.LIVE);
        transport.last().text("{\"e\":\"serverShutdown\",\"E\":1}");
        assertThat(binance.health().state()).isEqualTo(FeedState.WAITING);
    }

    @Test
    void the_candles_of_binance_us_are_its_own() {
        BinanceFeed us = new BinanceFeed(
                Venue.BINANCE_US,
                false,
                URI.create("wss://us.test:9443"),
                URI.create("https://us.test"),
                "BTCUSDT",
                transport,
                new FakeHttp(path -> "[]"),
                timers,
                ingress,
                InstantSource.fixed(Instant.EPOCH),
                random);
        us.start();
        transport.last().open();
        timers.passSeconds(1);
        assertThat(ingress.lines)
                .anyMatch(line -> line.startsWith("BINANCE_US_REST "))
                .noneMatch(line -> line.startsWith("BINANCE_REST"));
    }

    @Test
    void an_upgrade_refused_for_legal_reasons_is_a_refusal() {
        BinanceFeed binance = new BinanceFeed(
                Venue.BINANCE_US,
                false,
                URI.create("wss://binance.test:9443"),
                URI.create("https://binance.test"),
                "BTCUSDT",
                transport,
                http,
                timers,
                ingress,
                InstantSource.fixed(Instant.EPOCH),
                random);
        binance.start();
        transport.last().end("HTTP 451: the upgrade was refused");
        assertThat(binance.health().state()).isEqualTo(FeedState.REFUSED);
        assertThat(ingress.lines).isEmpty();
    }
}
