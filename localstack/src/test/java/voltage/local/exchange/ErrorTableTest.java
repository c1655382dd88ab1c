package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.exchange.TestExchange.CLOSE;
import static voltage.local.exchange.TestExchange.OPEN;
import static voltage.local.exchange.TestExchange.ORDERS;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;
import static voltage.local.exchange.TestExchange.json;
import static voltage.local.exchange.TestExchange.orderJson;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Row by row what Kalshi answers when it says no. */
class ErrorTableTest {
    private final TestExchange test = new TestExchange();
    private final TestExchange.Client alice = test.client("alice", 100_000_000);

    @BeforeEach
    void book() {
        test.usualBook();
    }

    private static void refused(ExchangeResponse answer, int status, String body) {
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void numbers_instead_of_strings_cannot_be_decoded() {
        String body =
                orderJson("a1", "bid", "1", "0.01", "good_till_canceled", "").replace("\"count\":\"1\"", "\"count\":1");
        refused(
                alice.send("POST", ORDERS, body),
                400,
                "{\"code\":\"bad_request\",\"message\":\"bad request\",\"details\":\"json: cannot unmarshal number into Go"
                        + " struct field CreateOrderV2Request.count of type string\"}");
        assertThat(alice.send("POST", ORDERS, "{").status()).isEqualTo(400);
        assertThat(alice.send("POST", ORDERS, "[]").status()).isEqualTo(400);
        assertThat(alice.send("POST", ORDERS, "").status()).isEqualTo(400);
    }

    @Test
    void a_post_only_order_that_crosses_is_refused() {
        refused(
                alice.order("a1", "bid", "1", "0.99", "good_till_canceled", ",\"post_only\":true"),
                400,
                "{\"error\":{\"code\":\"invalid_order\",\"message\":\"invalid order\",\"details\":\"post only cross\"}}");
        assertThat(alice.order("a1", "bid", "1", "0.51", "good_till_canceled", ",\"post_only\":true")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_price_off_the_grid_or_out_of_range_is_refused() {
        String body = "{\"error\":{\"code\":\"invalid_price\",\"message\":\"invalid price\"}}";
        for (String price : List.of("0.5150", "0.0005", "0", "1", "1.01", "-0.1", "abc", "0.00001")) {
            refused(alice.gtc("a1", "bid", "1", price), 400, body);
        }
        assertThat(alice.gtc("a1", "bid", "1", "0.015").status()).isEqualTo(201);
    }

    @Test
    void money_that_is_missing_or_on_another_shard_is_insufficient() {
        String body = "{\"error\":{\"code\":\"insufficient_balance\",\"message\":\"insufficient balance\"}}";
        refused(alice.gtc("a1", "bid", "10099.00", "0.99"), 400, body);
        String keyId = test.exchange.createAccount(
                "elsewhere", Map.of(0, 100_000_000L), alice.pair().getPublic());
        TestExchange.Client elsewhere = test.new Client(keyId, alice.pair());
        refused(elsewhere.gtc("e1", "bid", "1", "0.40"), 400, body);
    }

    @Test
    void resting_orders_bind_cash() {
        assertThat(alice.gtc("a1", "bid", "200", "0.40").status()).isEqualTo(201);
        assertThat(alice.gtc("a2", "bid", "51", "0.40").text()).contains("insufficient_balance");
        assertThat(alice.gtc("a3", "bid", "50", "0.40").status()).isEqualTo(201);
        assertThat(test.exchange.availableE6("alice", 2)).isZero();
    }

    @Test
    void a_size_that_is_none_is_refused() {
        for (String count : List.of("0", "-1", "0.001", "x")) {
            assertThat(alice.gtc("a1", "bid", count, "0.40").text()).contains("invalid_order_size");
        }
    }

    @Test
    void an_amend_that_contradicts_its_order_says_how() {
        String id = json(alice.gtc("a1", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        String other = "KXBTC15M-26NOV200930-30";
        test.exchange.addMarkets(List.of(TestExchange.market(other, OPEN)));
        assertThat(amend(id, other, "bid", "").text()).contains("order_ticker_mismatch");
        assertThat(amend(id, TICKER, "ask", "").text()).contains("order_side_mismatch");
        assertThat(amend(id, TICKER, "bid", ",\"client_order_id\":\"zz\"").text())
                .contains("order_id_and_client_order_id_mismatch");
        assertThat(amend(id, TICKER, "bid", ",\"updated_client_order_id\":\"a1\"")
                        .text())
                .contains("order_already_exists");
        assertThat(amend(id, TICKER, "bid", ",\"updated_client_order_id\":\"a9\"")
                        .text())
                .contains("\"client_order_id\":\"a9\"");
    }

    private ExchangeResponse amend(String id, String ticker, String side, String extra) {
        return alice.send(
                "POST",
                ORDERS + "/" + id + "/amend",
                "{\"ticker\":\"%s\",\"side\":\"%s\",\"price\":\"0.41\",\"count\":\"1\",\"exchange_index\":2%s}"
                        .formatted(ticker, side, extra));
    }

    @Test
    void after_close_nothing_is_possible_not_even_cancelling() {
        String id = json(alice.gtc("a1", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        test.to(CLOSE);
        refused(
                alice.cancel(id),
                409,
                "{\"error\":{\"code\":\"market_already_closed\",\"message\":\"market already closed\"}}");
        assertThat(alice.gtc("a2", "bid", "1", "0.40").text()).contains("market_already_closed");
    }

    @Test
    void before_open_a_market_is_inactive() {
        test.exchange.addMarkets(List.of(TestExchange.market("KXBTC15M-LATER-00", CLOSE)));
        String body =
                orderJson("a1", "bid", "1", "0.40", "good_till_canceled", "").replace(TICKER, "KXBTC15M-LATER-00");
        assertThat(alice.send("POST", ORDERS, body).text()).contains("market_inactive");
    }

    @Test
    void a_trading_pause_lets_cancel_and_an_exchange_pause_nothing() {
        String id = json(alice.gtc("a1", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        String second = json(alice.order(
                                "a2", "bid", "1", "0.40", "good_till_canceled", ",\"cancel_order_on_pause\":true")
                        .text())
                .path("order_id")
                .asText();
        test.exchange.pauseTrading();
        assertThat(alice.gtc("a3", "bid", "1", "0.40").text()).contains("trading_paused");
        assertThat(alice.cancel(second).status()).isEqualTo(404);
        assertThat(alice.cancel(id).status()).isEqualTo(200);
        test.exchange.resumeExchange();
        String third = json(alice.gtc("a3", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        test.exchange.pauseExchange();
        assertThat(alice.cancel(third).text()).contains("exchange_paused");
        assertThat(alice.get("/exchange/status").text()).contains("\"exchange_active\":false");
        test.exchange.resumeExchange();
        test.exchange.pauseMarket(TICKER);
        assertThat(alice.gtc("a4", "bid", "1", "0.40").text()).contains("market_inactive");
        test.exchange.resumeMarket(TICKER);
        assertThat(test.exchange.restingOrders()).isZero();
        assertThat(alice.gtc("a4", "bid", "1", "0.40").status()).isEqualTo(201);
    }

    @Test
    void unknown_things_are_not_found() {
        String body = "{\"error\":{\"code\":\"not_found\",\"message\":\"not found\"}}";
        refused(alice.get("/markets/NONE"), 404, body);
        refused(alice.cancel("00000000-0000-0000-0000-000000000000"), 404, body);
        refused(alice.get("/portfolio/orders/x"), 404, body);
        refused(alice.get("/nonsense"), 404, body);
        String id = json(alice.gtc("a1", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        assertThat(alice.cancel(id).text())
                .matches("\\{\"order_id\":\"" + id + "\",\"reduced_by\":\"1.00\",\"ts_ms\":\\d+}");
        refused(alice.cancel(id), 404, body);
        String executed = json(alice.ioc("a2", "bid", "1", "0.52").text())
                .path("order_id")
                .asText();
        refused(alice.cancel(executed), 404, body);
    }

    @Test
    void a_cancel_that_names_no_shard_does_not_find_a_crypto_order() {
        String id = json(alice.gtc("a1", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        assertThat(alice.send("DELETE", ORDERS + "/" + id, "").status()).isEqualTo(404);
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
        assertThat(alice.send("DELETE", ORDERS + "/" + id + "?market_ticker=" + TICKER, "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_client_order_id_is_used_up_for_ever() {
        String body = "{\"error\":{\"code\":\"order_already_exists\",\"message\":\"order already exists\"}}";
        String id = json(alice.gtc("a1", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        refused(alice.gtc("a1", "bid", "1", "0.40"), 409, body);
        alice.cancel(id);
        refused(alice.gtc("a1", "bid", "1", "0.40"), 409, body);
    }

    @Test
    void legacy_paths_are_gone() {
        refused(
                alice.send("POST", "/portfolio/orders", "{}"),
                410,
                "{\"error\":{\"code\":\"deprecated_v1_order_endpoint\",\"message\":\"Please switch to the V2 endpoints\","
                        + "\"details\":\"https://docs.kalshi.com/api-reference/orders/create-order-v2\"}}");
        assertThat(alice.send("DELETE", "/portfolio/orders/x", "").status()).isEqualTo(410);
    }

    @Test
    void too_many_requests_are_refused_until_the_bucket_refills() {
        TestExchange limited = new TestExchange(ExchangeSettings.defaults().withTier(ExchangeSettings.Tier.BASIC));
        limited.usualBook();
        TestExchange.Client bob = limited.client("bob", 100_000_000);
        for (int i = 0; i < 10; i++) {
            assertThat(bob.gtc("b" + i, "bid", "1", "0.40").status()).isEqualTo(201);
        }
        refused(bob.gtc("b10", "bid", "1", "0.40"), 429, "{\"error\":\"too many requests\"}");
        // batches bill the unscoped bucket, all or nothing
        String items = String.join(
                ",",
                java.util.stream.IntStream.range(20, 31)
                        .mapToObj(i -> orderJson("b" + i, "bid", "1", "0.40", "good_till_canceled", ""))
                        .toList());
        assertThat(bob.send("POST", ORDERS + "/batched", "{\"orders\":[" + items + "]}")
                        .status())
                .isEqualTo(429);
        limited.after(SECOND / 10);
        assertThat(bob.gtc("b10", "bid", "1", "0.40").status()).isEqualTo(201);
        assertThat(bob.get("/account/limits").text())
                .isEqualTo(
                        "{\"grants\":[],\"read\":{\"bucket_capacity\":600,\"refill_rate\":200},\"usage_tier\":\"basic\","
                                + "\"write\":{\"bucket_capacity\":100,\"refill_rate\":100}}");
        assertThat(bob.get("/account/endpoint_costs").text()).contains("\"default_cost\":10");
    }

    @Test
    void the_four_ways_to_fail_a_signature() {
        String path = "/trade-api/v2/portfolio/balance";
        Map<String, String> headers = alice.headers("GET", path);
        assertThat(send(path, headers).status()).isEqualTo(200);
        headers.put("kalshi-access-signature", alice.headers("POST", path).get("kalshi-access-signature"));
        refused(
                send(path, headers),
                401,
                "{\"error\":{\"code\":\"authentication_error\",\"message\":\"authentication_error\","
                        + "\"details\":\"INCORRECT_API_KEY_SIGNATURE\"}}");
        headers = alice.headers("GET", path);
        headers.put("kalshi-access-key", "00000000-0000-0000-0000-000000000000");
        refused(
                send(path, headers),
                401,
                "{\"error\":{\"code\":\"authentication_error\",\"message\":\"authentication_error\","
                        + "\"details\":\"NOT_FOUND\"}}");
        headers = alice.headers("GET", path);
        headers.remove("kalshi-access-signature");
        refused(
                send(path, headers),
                401,
                "{\"error\":{\"code\":\"signature_is_missing_from_headers\","
                        + "\"message\":\"signature is missing from headers\"}}");
        headers = alice.headers("GET", path);
        test.after(6 * SECOND);
        refused(
                send(path, headers),
                401,
                "{\"error\":{\"code\":\"header_timestamp_expired\",\"message\":\"header timestamp expired\"}}");
        assertThat(test.exchange.connect(headers, new TestExchange.Stream())).isInstanceOf(Connection.Refused.class);
    }

    private ExchangeResponse send(String path, Map<String, String> headers) {
        return test.exchange.handle(new ExchangeRequest("GET", path, "", headers, new byte[0]));
    }

    @Test
    void a_limit_over_the_most_is_refused_in_the_bare_shape_and_a_garbage_cursor_ignored() {
        refused(
                alice.get("/markets?limit=1001"),
                400,
                "{\"msg\":\"Parameter validation failed for GetMarkets: Key: 'GetMarketsParams.Limit' Error:Field"
                        + " validation for 'Limit' failed on the 'lte' tag\"}");
        assertThat(alice.get("/markets?cursor=garbage!").text()).contains(TICKER);
    }

    @Test
    void injected_faults_answer_as_asked_and_a_lost_answer_was_executed() {
        Faults faults = test.exchange.faults();
        faults.answerNext("POST", "/trade-api/v2" + ORDERS, Faults.Answer.TOO_MANY_REQUESTS);
        faults.answerNext("POST", "/trade-api/v2" + ORDERS, Faults.Answer.SERVER_ERROR);
        faults.answerNext("POST", "/trade-api/v2" + ORDERS, Faults.Answer.BAD_GATEWAY);
        faults.answerNext("POST", "/trade-api/v2" + ORDERS, Faults.Answer.LOST_ANSWER);
        assertThat(alice.gtc("a1", "bid", "1", "0.40").status()).isEqualTo(429);
        assertThat(alice.gtc("a1", "bid", "1", "0.40").status()).isEqualTo(500);
        assertThat(alice.gtc("a1", "bid", "1", "0.40").text()).startsWith("<html>");
        assertThat(test.exchange.restingOrders()).isZero();
        assertThat(alice.gtc("a1", "bid", "1", "0.40").isLost()).isTrue();
        assertThat(alice.gtc("a1", "bid", "1", "0.40").status()).isEqualTo(409);
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
    }

    @Test
    void no_strike_is_shown_before_it_is_known() {
        assertThat(alice.get("/markets/" + TICKER).text())
                .contains("\"floor_strike\":100000.25", "\"yes_sub_title\":\"Target Price: $100,000.25\"")
                .contains("\"yes_ask_dollars\":\"0.5200\"", "\"yes_bid_size_fp\":\"300.00\"");
        test.exchange.addMarkets(List.of(TestExchange.market("KXBTC15M-LATER-00", CLOSE)));
        assertThat(alice.get("/markets/KXBTC15M-LATER-00").text())
                .doesNotContain("floor_strike")
                .contains(
                        "\"status\":\"initialized\"",
                        "\"yes_ask_dollars\":\"1.0000\"",
                        "\"yes_bid_dollars\":\"0.0000\"");
    }
}
