package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.exchange.TestExchange.CLOSE;
import static voltage.local.exchange.TestExchange.OPEN;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;
import static voltage.local.exchange.TestExchange.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voltage.local.session.SessionEvent;
import voltage.market.Side;

class StreamTest {
    private static final String MARKET = ",\"market_tickers\":[\"" + TICKER + "\"]";

    private final TestExchange test = new TestExchange();
    private final TestExchange.Client alice = test.client("alice", 100_000_000);
    private final TestExchange.Stream stream = alice.stream();

    @BeforeEach
    void book() {
        test.book(new int[] {4_700}, new long[] {300}, new int[] {4_800}, new long[] {200});
    }

    @Test
    void a_subscription_is_confirmed_channel_by_channel_and_then_comes_the_snapshot() {
        List<String> frames = stream.subscribe("\"orderbook_delta\",\"trade\",\"nonsense\"", MARKET);
        assertThat(frames.get(0))
                .isEqualTo("{\"type\":\"subscribed\",\"id\":1,\"msg\":{\"channel\":\"orderbook_delta\",\"sid\":1}}\n");
        assertThat(frames.get(1))
                .isEqualTo("{\"type\":\"subscribed\",\"id\":1,\"msg\":{\"channel\":\"trade\",\"sid\":2}}\n");
        assertThat(frames.get(2))
                .isEqualTo("{\"type\":\"error\",\"id\":1,\"msg\":{\"code\":8,\"msg\":\"Unknown channel name\"}}\n");
        assertThat(frames.get(3))
                .matches("\\{\"type\":\"orderbook_snapshot\",\"sid\":1,\"seq\":1,\"msg\":\\{\"market_ticker\":\""
                        + TICKER
                        + "\",\"market_id\":\"[0-9a-f-]{36}\",\"yes_dollars_fp\":\\[\\[\"0.4700\",\"3.00\"]],"
                        + "\"no_dollars_fp\":\\[\\[\"0.4800\",\"2.00\"]]}}\n");
    }

    @Test
    void deltas_are_signed_increments_in_the_sequence_of_their_subscription() {
        stream.subscribe("\"orderbook_delta\"", MARKET);
        stream.frames.clear();
        test.change(Side.YES, 4_700, -300);
        assertThat(stream.frames.getFirst())
                .matches("\\{\"type\":\"orderbook_delta\",\"sid\":1,\"seq\":2,\"msg\":\\{\"market_ticker\":\"" + TICKER
                        + "\",\"market_id\":\"[0-9a-f-]{36}\",\"price_dollars\":\"0.4700\",\"delta_fp\":\"-3.00\","
                        + "\"side\":\"yes\",\"ts\":\"2026-11-20T14:01:00Z\",\"ts_ms\":\\d{13}}}\n");
    }

    @Test
    void an_empty_side_has_no_key_and_no_prices_may_be_asked_in_yes_scale() {
        test.book(new int[0], new long[0], new int[] {4_800}, new long[] {200});
        stream.subscribe("\"orderbook_delta\"", MARKET + ",\"use_yes_price\":true");
        assertThat(stream.frames.getLast())
                .doesNotContain("yes_dollars_fp")
                .contains("\"no_dollars_fp\":[[\"0.5200\",\"2.00\"]]");
        stream.frames.clear();
        test.change(Side.NO, 4_800, 100);
        assertThat(stream.frames.getFirst()).contains("\"price_dollars\":\"0.5200\"", "\"side\":\"no\"");
    }

    @Test
    void updates_answer_ok_with_all_markets_and_use_up_a_number() {
        String other = "KXBTC15M-26NOV200930-30";
        test.exchange.addMarkets(List.of(TestExchange.market(other, OPEN)));
        stream.subscribe("\"orderbook_delta\"", MARKET);
        stream.command("{\"id\":2,\"cmd\":\"update_subscription\",\"params\":{\"sid\":1,\"action\":\"add_markets\","
                + "\"market_tickers\":[\"" + other + "\"]}}");
        assertThat(stream.frames.getFirst())
                .isEqualTo("{\"type\":\"ok\",\"id\":2,\"sid\":1,\"seq\":2,\"msg\":{\"market_tickers\":[\"" + TICKER
                        + "\",\"" + other + "\"]}}\n");
        assertThat(json(stream.frames.get(1)).path("seq").asLong()).isEqualTo(3);
        stream.command("{\"id\":3,\"cmd\":\"update_subscription\",\"params\":{\"sids\":[1],\"action\":\"get_snapshot\","
                + "\"market_ticker\":\"" + TICKER + "\"}}");
        assertThat(stream.frames)
                .singleElement()
                .satisfies(frame ->
                        assertThat(frame).startsWith("{\"type\":\"orderbook_snapshot\",\"id\":3,\"sid\":1,\"seq\":4,"));
        stream.command("{\"id\":4,\"cmd\":\"update_subscription\",\"params\":{\"sid\":1,\"action\":\"delete_markets\","
                + "\"market_tickers\":[\"" + TICKER + "\"]}}");
        stream.frames.clear();
        test.change(Side.YES, 4_700, 100);
        assertThat(stream.frames).isEmpty();
        assertThat(stream.command("{\"id\":5,\"cmd\":\"list_subscriptions\"}").getFirst())
                .isEqualTo("{\"type\":\"ok\",\"id\":5,\"msg\":[{\"channel\":\"orderbook_delta\",\"sid\":1}]}\n");
        assertThat(stream.command("{\"id\":6,\"cmd\":\"unsubscribe\",\"params\":{\"sids\":[1]}}")
                        .getFirst())
                .isEqualTo("{\"type\":\"unsubscribed\",\"id\":6,\"sid\":1,\"seq\":6}\n");
    }

    @Test
    void commands_that_make_no_sense_are_answered_by_code() {
        assertThat(code("nonsense")).isEqualTo(1);
        assertThat(code("{\"id\":1,\"cmd\":\"subscribe\"}")).isEqualTo(2);
        assertThat(code("{\"id\":1,\"cmd\":\"subscribe\",\"params\":{}}")).isEqualTo(3);
        assertThat(code("{\"id\":1,\"cmd\":\"unsubscribe\",\"params\":{}}")).isEqualTo(4);
        assertThat(code("{\"id\":1,\"cmd\":\"dance\"}")).isEqualTo(5);
        assertThat(code("{\"id\":1,\"cmd\":\"unsubscribe\",\"params\":{\"sids\":[9]}}"))
                .isEqualTo(7);
        assertThat(code("{\"id\":1,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"orderbook_delta\"]}}"))
                .isEqualTo(14);
        assertThat(code("{\"id\":1,\"cmd\":\"update_subscription\",\"params\":{}}"))
                .isEqualTo(12);
        assertThat(code("{\"id\":1,\"cmd\":\"update_subscription\",\"params\":{\"sid\":1}}"))
                .isEqualTo(15);
        stream.subscribe("\"ticker\"", "");
        assertThat(code("{\"id\":1,\"cmd\":\"update_subscription\",\"params\":{\"sid\":1,\"action\":\"x\"}}"))
                .isEqualTo(13);
    }

    private int code(String command) {
        return json(stream.command(command).getFirst()).path("msg").path("code").asInt();
    }

    @Test
    void a_taken_order_shows_as_delta_and_trade_then_order_fill_and_position() {
        stream.subscribe("\"orderbook_delta\",\"trade\",\"fill\",\"user_orders\",\"market_positions\"", MARKET);
        stream.frames.clear();
        JsonNode answer = json(alice.ioc("a1", "bid", "1", "0.52").text());
        assertThat(stream.types()).containsExactly("orderbook_delta", "trade", "user_order", "fill", "market_position");
        JsonNode order = stream.of("user_order").getFirst().path("msg");
        assertThat(order.path("fill_count_fp").asText()).isEqualTo("1.00");
        assertThat(order.path("status").asText()).isEqualTo("executed");
        JsonNode fill = stream.of("fill").getFirst().path("msg");
        assertThat(fill.path("order_id").asText())
                .isEqualTo(answer.path("order_id").asText());
        assertThat(fill.path("trade_id").asText())
                .isEqualTo(stream.of("trade")
                        .getFirst()
                        .path("msg")
                        .path("trade_id")
                        .asText());
        assertThat(fill.path("post_position_fp").asText()).isEqualTo("1.00");
        assertThat(fill.path("fee_cost").asText()).isEqualTo("0.017500");
        assertThat(stream.of("fill").getFirst().has("seq")).isFalse();
        assertThat(stream.of("trade").getFirst().path("seq").asLong()).isEqualTo(1);
        assertThat(stream.of("market_position")
                        .getFirst()
                        .path("msg")
                        .path("position_fp")
                        .asText())
                .isEqualTo("1.00");
    }

    @Test
    void only_the_owner_sees_the_mark_of_an_order() {
        TestExchange.Stream other = test.client("bob", 1).stream();
        stream.subscribe("\"orderbook_delta\"", MARKET);
        other.subscribe("\"orderbook_delta\"", MARKET);
        stream.frames.clear();
        other.frames.clear();
        alice.gtc("a1", "bid", "1", "0.40");
        assertThat(stream.frames.getFirst()).contains("\"client_order_id\":\"a1\"");
        assertThat(other.frames.getFirst()).doesNotContain("client_order_id");
    }

    @Test
    void a_lost_stretch_shows_as_a_gap_and_an_image_as_a_fresh_snapshot() {
        stream.subscribe("\"orderbook_delta\"", MARKET);
        test.exchange.apply(new SessionEvent.BookLost(test.nowNanos, TICKER));
        stream.frames.clear();
        test.book(new int[] {4_600}, new long[] {100}, new int[] {4_800}, new long[] {200});
        JsonNode snapshot = json(stream.frames.getFirst());
        assertThat(stream.types()).containsExactly("orderbook_snapshot");
        assertThat(snapshot.path("seq").asLong()).isEqualTo(3);
        assertThat(snapshot.path("msg").path("yes_dollars_fp").toString()).isEqualTo("[[\"0.4600\",\"1.00\"]]");
    }

    @Test
    void a_heartbeat_comes_every_ten_seconds() {
        test.after(35 * SECOND);
        assertThat(stream.pings).containsExactly("heartbeat", "heartbeat", "heartbeat");
    }

    @Test
    void a_client_that_reads_too_slowly_loses_the_subscription() {
        stream.subscribe("\"orderbook_delta\"", MARKET);
        stream.pending = Long.MAX_VALUE;
        stream.frames.clear();
        test.change(Side.YES, 4_700, 100);
        test.change(Side.YES, 4_700, 100);
        assertThat(stream.frames)
                .singleElement()
                .satisfies(frame -> assertThat(frame).contains("\"code\":25"));
    }

    @Test
    void faults_drop_duplicate_skip_delay_and_disconnect() {
        stream.subscribe("\"orderbook_delta\",\"user_orders\"", MARKET);
        stream.frames.clear();
        test.exchange.faults().dropFrames(1);
        test.change(Side.YES, 4_700, 100);
        assertThat(stream.frames).isEmpty();
        test.exchange.faults().clear();
        test.exchange.faults().duplicateFrames(1);
        test.change(Side.YES, 4_700, 100);
        assertThat(stream.frames).hasSize(2);
        test.exchange.faults().clear();
        test.exchange.faults().skipNextSequence();
        stream.frames.clear();
        test.change(Side.YES, 4_700, 100);
        assertThat(json(stream.frames.getFirst()).path("seq").asLong()).isEqualTo(5);
        test.exchange.faults().delayPrivateFrames(SECOND);
        alice.gtc("a1", "bid", "1", "0.40");
        assertThat(stream.types()).doesNotContain("user_order");
        test.after(SECOND);
        assertThat(stream.types()).contains("user_order");
        test.exchange.disconnectAll();
        assertThat(stream.closes).containsExactly(1011);
    }

    @Test
    void the_index_ticks_with_its_averages() {
        stream.subscribe("\"cfbenchmarks_value\"", ",\"index_ids\":[\"BRTI\"]");
        stream.frames.clear();
        test.to(CLOSE - 61 * SECOND);
        for (int second = -61; second <= 0; second++) {
            test.to(CLOSE + second * SECOND);
            test.exchange.apply(new SessionEvent.IndexPrint(test.nowNanos, 1_000_000_000L + second * 10_000L));
        }
        List<JsonNode> values = stream.of("cfbenchmarks_value");
        assertThat(values).hasSize(62);
        assertThat(values.get(1).path("msg").has("last_60s_windowed_average_15min"))
                .isFalse();
        JsonNode last = values.getLast().path("msg");
        assertThat(last.path("last_60s_windowed_average_15min")
                        .path("window_size")
                        .asInt())
                .isEqualTo(60);
        assertThat(last.path("last_60s_windowed_average_15min").path("value").asText())
                .isEqualTo("99970.50000000");
        assertThat(last.path("avg_60s_data").path("window_size").asInt()).isEqualTo(60);
        assertThat(json(last.path("data").asText()).path("value").asText()).isEqualTo("100000.00");
        String chart = alice.get("/live_data/events/" + TICKER.substring(0, TICKER.lastIndexOf('-')))
                .text();
        assertThat(json(chart)
                        .path("live_data")
                        .path("details")
                        .path("timeseries")
                        .get(61)
                        .path("v")
                        .asText())
                .isEqualTo("99970.5");
    }

    @Test
    void a_markets_life_is_announced_except_its_opening_and_closing() {
        String later = "KXBTC15M-26NOV210000-00";
        stream.subscribe("\"market_lifecycle_v2\"", "");
        stream.frames.clear();
        long open = OPEN + 6 * 3_600 * SECOND;
        test.exchange.addMarkets(List.of(TestExchange.market(later, open)));
        test.to(open + 1_000 * SECOND);
        List<JsonNode> messages = stream.of("market_lifecycle_v2").stream()
                .map(frame -> frame.path("msg"))
                .filter(message -> message.path("market_ticker").asText().equals(later))
                .toList();
        assertThat(messages.stream().map(message -> message.path("event_type").asText()))
                .containsExactly("created", "metadata_updated", "determined", "settled");
        assertThat(messages.get(0).path("additional_metadata").has("floor_strike"))
                .isFalse();
        assertThat(messages.get(1).path("floor_strike").asText()).isEqualTo("100000.25");
        assertThat(messages.get(2).path("result").asText()).isEqualTo("yes");
        assertThat(messages.get(3).has("result")).isFalse();
        assertThat(messages.get(3).path("settled_ts").asLong()).isEqualTo((open + 906 * SECOND) / SECOND);
    }
}
