package voltage.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KalshiFeedsTest {
    private static final String A = "KXBTC15M-26NOV201000-00";
    private static final String B = "KXBTC15M-26NOV201015-15";

    private final VirtualTimers timers = new VirtualTimers();
    private final FakeTransport transport = new FakeTransport();
    private final RecordingIngress ingress = new RecordingIngress();
    private int signatures;
    private final KalshiStreamFeed kalshi = new KalshiStreamFeed(
            URI.create("wss://kalshi.test/trade-api/ws/v2"),
            () -> Map.of("KALSHI-ACCESS-TIMESTAMP", Integer.toString(++signatures)),
            true,
            transport,
            timers,
            ingress,
            RandomGeneratorFactory.of("L64X128MixRandom").create(1));

    private FakeTransport.Attempt live() {
        kalshi.start();
        return transport.last().open();
    }

    private static void acknowledge(FakeTransport.Attempt connection, int id, String channel, int sid) {
        connection.text("{\"type\":\"subscribed\",\"id\":" + id + ",\"msg\":{\"channel\":\"" + channel + "\",\"sid\":"
                + sid + "}}\n");
    }

    /** Answers the subscribe for books, ticker and trades, which is the first command. */
    private static void acknowledgeMarkets(FakeTransport.Attempt connection) {
        acknowledge(connection, 1, "orderbook_delta", 1);
        acknowledge(connection, 1, "ticker", 2);
        acknowledge(connection, 1, "trade", 3);
    }

    @Test
    void everything_wanted_is_subscribed_with_the_scale_said_explicitly() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        assertThat(connection.headers).containsEntry("KALSHI-ACCESS-TIMESTAMP", "1");
        assertThat(connection.sent)
                .containsExactly(
                        "{\"id\":1,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"orderbook_delta\",\"ticker\",\"trade\"],"
                                + "\"market_tickers\":[\"" + A + "\"],\"use_yes_price\":false}}",
                        "{\"id\":2,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"market_lifecycle_v2\"]}}",
                        "{\"id\":3,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"cfbenchmarks_value\"],\"index_ids\":[\"BRTI\"]}}",
                        "{\"id\":4,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"fill\",\"user_orders\",\"market_positions\"]}}");
    }

    @Test
    void without_a_market_no_channel_is_subscribed_that_would_send_the_whole_exchange() {
        assertThat(live().sent).hasSize(3).noneMatch(text -> text.contains("ticker") || text.contains("orderbook"));
    }

    @Test
    void markets_are_added_and_removed_one_subscription_at_a_time_while_connected() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        acknowledgeMarkets(connection);
        connection.sent.clear();

        kalshi.add(List.of(B));
        kalshi.remove(List.of(A));

        assertThat(connection.sent)
                .containsExactly(
                        update(5, 1, "add_markets", B),
                        update(6, 2, "add_markets", B),
                        update(7, 3, "add_markets", B),
                        update(8, 1, "delete_markets", A),
                        update(9, 2, "delete_markets", A),
                        update(10, 3, "delete_markets", A));
        assertThat(kalshi.tickers()).containsExactly(B);
    }

    private static String update(int id, int sid, String action, String ticker) {
        return "{\"id\":" + id + ",\"cmd\":\"update_subscription\",\"params\":{\"sid\":" + sid + ",\"action\":\""
                + action + "\",\"market_tickers\":[\"" + ticker + "\"]}}";
    }

    @Test
    void a_market_added_before_the_ids_are_known_is_added_once_they_are() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        kalshi.add(List.of(B));
        assertThat(connection.sent).hasSize(4);
        acknowledgeMarkets(connection);
        assertThat(connection.sent.subList(4, 7))
                .containsExactly(
                        update(5, 1, "add_markets", B), update(6, 2, "add_markets", B), update(7, 3, "add_markets", B));
    }

    @Test
    void removing_the_last_market_unsubscribes() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        acknowledgeMarkets(connection);
        kalshi.remove(List.of(A));
        assertThat(connection.sent)
                .last()
                .isEqualTo("{\"id\":5,\"cmd\":\"unsubscribe\",\"params\":{\"sids\":[1,2,3]}}");
        kalshi.add(List.of(B));
        assertThat(connection.sent)
                .last()
                .asString()
                .contains("\"cmd\":\"subscribe\"")
                .contains(B);
    }

    @Test
    void a_gap_asks_for_snapshots_on_the_same_connection() {
        kalshi.add(List.of(A, B));
        FakeTransport.Attempt connection = live();
        acknowledgeMarkets(connection);
        kalshi.resync(1, List.of(A, B));
        assertThat(connection.sent).last().isEqualTo(update(5, 1, "get_snapshot", A + "\",\"" + B));
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void gaps_without_end_replace_the_connection() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        acknowledgeMarkets(connection);
        for (int i = 0; i < 21; i++) {
            kalshi.resync(1, List.of(A));
        }
        assertThat(connection.hasEnded()).isTrue();
        timers.passSeconds(2);
        assertThat(transport.attempts).hasSize(2);
        assertThat(transport.last().headers).as("signed anew").containsEntry("KALSHI-ACCESS-TIMESTAMP", "2");
        transport.last().open();
        assertThat(transport.last().sent).first().asString().contains(A);
    }

    @Test
    void pings_keep_a_quiet_connection_and_their_absence_ends_it() {
        FakeTransport.Attempt connection = live();
        for (int i = 0; i < 10; i++) {
            timers.passSeconds(10);
            connection.ping();
        }
        assertThat(connection.hasEnded()).isFalse();
        timers.passSeconds(31);
        assertThat(connection.hasEnded()).isTrue();
    }

    @Test
    void silent_books_are_asked_for_as_snapshots_and_a_snapshot_heals() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        acknowledgeMarkets(connection);
        for (int i = 0; i < 61; i++) {
            timers.passSeconds(1);
            connection.ping();
        }
        assertThat(connection.sent).last().asString().contains("get_snapshot");
        connection.text("{\"type\":\"orderbook_snapshot\",\"sid\":1,\"seq\":9,\"msg\":{}}");
        for (int i = 0; i < 50; i++) {
            timers.passSeconds(1);
            connection.ping();
        }
        assertThat(connection.hasEnded()).isFalse();
    }

    @Test
    void an_index_that_the_key_may_not_have_is_reported_and_done_without() {
        FakeTransport.Attempt connection = live();
        connection.text("{\"id\":2,\"type\":\"error\",\"msg\":{\"code\":9,\"msg\":\"Authentication required\"}}");
        assertThat(kalshi.refusals()).containsEntry("cfbenchmarks_value", "error 9: Authentication required");
        assertThat(kalshi.health().state()).isEqualTo(FeedState.LIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 18, 26, 27, 99})
    void a_subscription_that_fails_for_now_is_asked_for_again_ever_more_rarely_and_reported(int code) {
        FakeTransport.Attempt connection = live();
        acknowledge(connection, 2, "cfbenchmarks_value", 2);
        for (int i = 0; i < 3; i++) {
            acknowledge(
                    connection,
                    3,
                    List.of("fill", "user_orders", "market_positions").get(i),
                    3 + i);
        }
        connection.sent.clear();
        int id = 1;
        for (int failures = 1; failures <= 6; failures++) {
            connection.text("{\"id\":" + id + ",\"type\":\"error\",\"msg\":{\"code\":" + code + ",\"msg\":\"busy\"}}");
            assertThat(kalshi.health().problem()).isEqualTo("market_lifecycle_v2: error " + code + ": busy");
            for (int seconds = 0; seconds < 80 && connection.sent.size() < failures; seconds++) {
                timers.passSeconds(1);
                connection.text("{\"type\":\"cfbenchmarks_value\",\"sid\":2,\"seq\":1,\"msg\":{}}");
            }
            assertThat(connection.sent).hasSize(failures).last().asString().contains("market_lifecycle_v2");
            id = Integer.parseInt(connection.sent.getLast().replaceAll("^\\{\"id\":(\\d+).*", "$1"));
        }
        assertThat(connection.hasEnded()).isFalse();
        acknowledge(connection, id, "market_lifecycle_v2", 1);
        assertThat(kalshi.health().problem()).isEmpty();
        for (int seconds = 0; seconds < 300; seconds++) {
            timers.passSeconds(1);
            connection.text("{\"type\":\"cfbenchmarks_value\",\"sid\":2,\"seq\":1,\"msg\":{}}");
        }
        assertThat(connection.sent).as("all is well").hasSize(6);
    }

    @Test
    void a_subscription_that_is_never_answered_is_asked_for_again() {
        FakeTransport.Attempt connection = live();
        acknowledge(connection, 1, "market_lifecycle_v2", 1);
        acknowledge(connection, 3, "fill", 3);
        connection.sent.clear();
        for (int seconds = 0; seconds < 20; seconds++) {
            timers.passSeconds(1);
            connection.ping();
        }
        assertThat(connection.sent)
                .hasSize(2)
                .anyMatch(text -> text.contains("BRTI"))
                .anyMatch(text -> text.contains("[\"user_orders\",\"market_positions\"]"));
        assertThat(kalshi.health().problem()).contains("cfbenchmarks_value: no answer");
    }

    @Test
    void markets_that_could_not_be_added_are_added_later() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        acknowledgeMarkets(connection);
        kalshi.add(List.of(B));
        connection.sent.clear();
        connection.text("{\"id\":5,\"type\":\"error\",\"msg\":{\"code\":27,\"msg\":\"too many requests\"}}");
        timers.passSeconds(3);
        assertThat(connection.sent).containsExactly(update(8, 1, "add_markets", B));
    }

    @Test
    void an_index_that_falls_silent_is_subscribed_anew() {
        FakeTransport.Attempt connection = live();
        acknowledge(connection, 2, "cfbenchmarks_value", 7);
        connection.text("{\"type\":\"cfbenchmarks_value\",\"sid\":7,\"seq\":1,\"msg\":{}}");
        timers.passSeconds(16);
        assertThat(connection.sent).anyMatch(text -> text.contains("\"sids\":[7]"));
        assertThat(connection.sent).last().asString().contains("BRTI");
    }

    @Test
    void an_unknown_channel_among_the_essential_ones_is_a_refusal() {
        kalshi.add(List.of(A));
        FakeTransport.Attempt connection = live();
        connection.text("{\"id\":1,\"type\":\"error\",\"msg\":{\"code\":8,\"msg\":\"Unknown channel name\"}}");
        assertThat(kalshi.health().state()).isEqualTo(FeedState.REFUSED);
    }

    @Test
    void an_overflow_because_we_read_too_slowly_replaces_the_connection() {
        FakeTransport.Attempt connection = live();
        connection.text("{\"type\":\"error\",\"msg\":{\"code\":25,\"msg\":\"Subscription buffer overflow\"}}");
        assertThat(connection.hasEnded()).isTrue();
        assertThat(kalshi.health().state()).isEqualTo(FeedState.WAITING);
    }

    @Test
    void a_bad_key_is_a_refusal_and_not_a_storm() {
        kalshi.start();
        transport.last().end("HTTP 401: the upgrade was refused");
        assertThat(kalshi.health().state()).isEqualTo(FeedState.REFUSED);
        timers.passSeconds(200);
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void rest_polls_lists_awaited_markets_and_books_at_their_own_pace() {
        FakeHttp http = new FakeHttp(path -> path.contains("cursor=")
                ? "{\"markets\":[],\"cursor\":\"\"}"
                : path.contains("series_ticker") ? "{\"markets\":[],\"cursor\":\"a b\"}" : "{\"x\":\n1}");
        KalshiRestFeed rest = restFeed(http);
        rest.start();
        rest.awaiting(List.of(A));
        rest.books(List.of(A, B));
        timers.passSeconds(14.9);

        assertThat(http.asked.stream().filter(p -> p.contains("series_ticker")))
                .as("one list of two pages")
                .containsExactly(
                        "/trade-api/v2/markets?series_ticker=KXBTC15M&min_close_ts=1795168800&limit=1000",
                        "/trade-api/v2/markets?series_ticker=KXBTC15M&min_close_ts=1795168800&limit=1000&cursor=a+b");
        assertThat(http.asked.stream()
                        .filter(p -> p.equals("/trade-api/v2/markets/" + A))
                        .count())
                .isBetween(14L, 15L);
        assertThat(http.asked.stream()
                        .filter(p -> p.equals("/trade-api/v2/markets/orderbooks?tickers=" + A + "&tickers=" + B))
                        .count())
                .isBetween(59L, 60L);
        assertThat(http.asked.stream().filter(p -> p.equals("/trade-api/v2/exchange/status")))
                .as("whether the exchange trades, every 5 s")
                .hasSize(3);
        assertThat(http.asked.stream().filter(p -> p.equals("/trade-api/v2/series/KXBTC15M")))
                .as("what the series charges, once an hour")
                .hasSize(1);
        assertThat(ingress.lines.getFirst()).isEqualTo("KALSHI_REST up");
        assertThat(ingress.lines.getLast())
                .startsWith("KALSHI_REST {\"path\":\"/trade-api/v2/")
                .doesNotContain("\n");
        assertThat(rest.health().state()).isEqualTo(FeedState.LIVE);
        rest.stop();
        int asked = http.asked.size();
        timers.passSeconds(3_600);
        assertThat(http.asked).hasSize(asked);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void rest_that_fails_slows_down_reports_it_and_recovers() {
        boolean[] isDown = {false};
        FakeHttp http = new FakeHttp(path -> isDown[0] ? "503" : "{\"markets\":[],\"cursor\":\"\"}");
        KalshiRestFeed rest = restFeed(http);
        rest.start();
        rest.books(List.of(A));
        timers.passSeconds(5);
        isDown[0] = true;
        int before = http.asked.size();
        timers.passSeconds(60);
        assertThat(http.asked.size() - before)
                .as("requests in a minute of failure")
                .isLessThan(25);
        assertThat(rest.health().state()).isEqualTo(FeedState.CONNECTING);
        assertThat(rest.health().problem()).contains("HTTP 503");
        isDown[0] = false;
        timers.passSeconds(30);
        assertThat(rest.health().state()).isEqualTo(FeedState.LIVE);
        assertThat(ingress.lines.stream().filter(line -> line.endsWith("up") || line.endsWith("down")))
                .containsExactly("KALSHI_REST up", "KALSHI_REST down", "KALSHI_REST up");
    }

    @Test
    void the_exchanges_status_is_asked_for_at_least_every_20_s_even_while_it_fails() {
        FakeHttp http = new FakeHttp(path -> "503");
        KalshiRestFeed rest = restFeed(http);
        rest.start();
        timers.passSeconds(600);
        int before = http.asked.size();
        timers.passSeconds(3_600);
        assertThat(http.asked.stream().skip(before).filter(p -> p.endsWith("/exchange/status")))
                .as("with jitter between 16 and 20 s apart")
                .hasSizeBetween(185, 215);
        assertThat(http.asked.stream().skip(before).filter(p -> p.endsWith("/series/KXBTC15M")))
                .hasSizeBetween(1, 5);
    }

    @Test
    void after_failures_no_two_clients_ask_at_the_same_instants() {
        List<Set<Long>> instants = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            Set<Long> asked = new TreeSet<>();
            FakeHttp http = new FakeHttp(path -> {
                if (path.endsWith("/exchange/status")) {
                    asked.add(timers.nowNanos());
                }
                return "503";
            });
            KalshiRestFeed rest = restFeed(http, seed);
            long began = timers.nowNanos();
            rest.start();
            timers.passSeconds(300);
            rest.stop();
            instants.add(asked.stream().map(at -> at - began).skip(1).collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(instants.getFirst()).hasSizeGreaterThan(10).doesNotContainAnyElementsOf(instants.getLast());
    }

    private KalshiRestFeed restFeed(FakeHttp http) {
        return restFeed(http, 1);
    }

    private KalshiRestFeed restFeed(FakeHttp http, long seed) {
        return new KalshiRestFeed(
                URI.create("https://kalshi.test/trade-api/v2"),
                List.of("KXBTC15M"),
                http,
                timers,
                ingress,
                InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z")),
                new Random(seed));
    }
}
