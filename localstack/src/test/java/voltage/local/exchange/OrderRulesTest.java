package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.exchange.TestExchange.ORDERS;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;
import static voltage.local.exchange.TestExchange.json;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voltage.market.Side;

class OrderRulesTest {
    private final TestExchange test = new TestExchange();
    private final TestExchange.Client alice = test.client("alice", 100_000_000);

    @BeforeEach
    void book() {
        test.usualBook();
    }

    @Test
    void a_resting_order_answers_flat_with_nothing_filled() {
        ExchangeResponse answer = alice.gtc("a1", "bid", "1", "0.01");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text())
                .matches("\\{\"client_order_id\":\"a1\",\"fill_count\":\"0.00\",\"order_id\":\"[0-9a-f-]{36}\","
                        + "\"remaining_count\":\"1.00\",\"ts_ms\":\\d{13}}");
        assertThat(test.exchange.displayedE2(TICKER, Side.YES, 100)).isEqualTo(100);
        assertThat(test.exchange.availableE6("alice", 2)).isEqualTo(99_990_000);
        assertThat(test.exchange.cashE6("alice")).isEqualTo(100_000_000);
    }

    @Test
    void a_taker_takes_the_displayed_offer_at_its_price_and_pays_the_fee() {
        ExchangeResponse answer = alice.ioc("a1", "bid", "1.00", "0.5300");
        assertThat(answer.text())
                .startsWith(
                        "{\"average_fee_paid\":\"0.0175\",\"average_fill_price\":\"0.5200\",\"client_order_id\":\"a1\","
                                + "\"fill_count\":\"1.00\",\"order_id\":\"");
        // 0.017472 rounded so that the balance keeps its four places
        assertThat(test.exchange.cashE6("alice")).isEqualTo(100_000_000 - 520_000 - 17_500);
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(100);
        assertThat(test.exchange.displayedE2(TICKER, Side.NO, 4_800)).isEqualTo(29_900);
    }

    @Test
    void what_was_taken_stays_taken_until_the_recorded_level_falls_below_it() {
        alice.ioc("a1", "bid", "50", "0.52");
        assertThat(test.exchange.displayedE2(TICKER, Side.NO, 4_800)).isEqualTo(25_000);
        test.change(Side.NO, 4_800, -28_000); // recorded 2 000 left, 5 000 were taken
        assertThat(test.exchange.displayedE2(TICKER, Side.NO, 4_800)).isZero();
        test.change(Side.NO, 4_800, 3_000);
        assertThat(test.exchange.displayedE2(TICKER, Side.NO, 4_800)).isEqualTo(3_000);
    }

    @Test
    void an_immediate_order_with_nothing_to_hit_is_accepted_and_empty() {
        assertThat(alice.ioc("a1", "bid", "1", "0.50").text())
                .contains("\"fill_count\":\"0.00\"", "\"remaining_count\":\"0.00\"");
        assertThat(test.exchange.restingOrders()).isZero();
    }

    @Test
    void an_immediate_order_takes_several_levels_and_drops_the_rest() {
        JsonNode answer = json(alice.order("a1", "ask", "10000", "0.46", "immediate_or_cancel", "")
                .text());
        assertThat(answer.path("error").path("code").asText()).isEqualTo("insufficient_balance");
        TestExchange.Client rich = test.client("rich", 10_000_000_000L);
        answer = json(rich.ioc("r1", "ask", "10000", "0.46").text());
        assertThat(answer.path("fill_count").asText()).isEqualTo("800.00");
        assertThat(answer.path("remaining_count").asText()).isEqualTo("0.00");
        assertThat(answer.path("average_fill_price").asText()).isEqualTo("0.4638");
        assertThat(test.exchange.positionE2("rich", TICKER)).isEqualTo(-80_000);
    }

    @Test
    void a_fill_or_kill_fills_whole_or_is_refused_and_its_id_is_used_up() {
        TestExchange.Client rich = test.client("rich", 10_000_000_000L);
        ExchangeResponse killed = rich.order("r1", "bid", "301", "0.52", "fill_or_kill", "");
        assertThat(killed.status()).isEqualTo(409);
        assertThat(killed.text())
                .isEqualTo("{\"error\":{\"code\":\"fill_or_kill_insufficient_resting_volume\","
                        + "\"message\":\"fill or kill insufficient resting volume\"}}");
        assertThat(rich.order("r1", "bid", "300", "0.52", "fill_or_kill", "").text())
                .contains("order_already_exists");
        assertThat(rich.order("r2", "bid", "300", "0.52", "fill_or_kill", "").text())
                .contains("\"fill_count\":\"300.00\"");
    }

    @Test
    void fractions_of_a_contract_trade() {
        assertThat(alice.ioc("a1", "bid", "0.37", "0.52").text()).contains("\"fill_count\":\"0.37\"");
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(37);
    }

    @Test
    void selling_while_flat_opens_no_and_costs_the_other_price() {
        alice.ioc("a1", "ask", "10", "0.47");
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(-1_000);
        // 10 × 0.53, fee 0.07 × 10 × 0.47 × 0.53 = 0.17437, rounded to four places
        assertThat(test.exchange.cashE6("alice")).isEqualTo(100_000_000 - 5_300_000 - 174_400);
    }

    @Test
    void closing_needs_no_cash_and_returns_it() {
        TestExchange.Client poor = test.client("poor", 5_500_000);
        poor.ioc("p1", "bid", "10", "0.52");
        long after = test.exchange.cashE6("poor");
        assertThat(poor.ioc("p2", "ask", "10", "0.47").status()).isEqualTo(201);
        assertThat(test.exchange.positionE2("poor", TICKER)).isZero();
        assertThat(test.exchange.cashE6("poor")).isEqualTo(after + 4_700_000 - 174_400);
    }

    @Test
    void an_exit_is_never_refused_for_money_and_cancels_what_is_no_longer_covered() {
        TestExchange.Client poor = test.client("poor", 5_500_000);
        poor.ioc("p1", "bid", "10", "0.52");
        assertThat(poor.gtc("p2", "ask", "10", "0.60").status()).isEqualTo(201); // closes: binds nothing
        assertThat(test.exchange.availableE6("poor", 2)).isEqualTo(test.exchange.cashE6("poor"));
        assertThat(poor.gtc("p3", "bid", "1", "0.01").status()).isEqualTo(201);
        assertThat(poor.ioc("p4", "ask", "10", "0.47").text()).contains("\"fill_count\":\"10.00\"");
        assertThat(test.exchange.availableE6("poor", 2)).isNotNegative();
        TestExchange.Client poorer = test.client("poorer", 5_400_000);
        poorer.ioc("q1", "bid", "10", "0.52");
        poorer.gtc("q2", "ask", "10", "0.53");
        poorer.gtc("q3", "ask", "10", "0.54");
        test.change(Side.YES, 4_700, -29_000);
        test.change(Side.YES, 4_600, -50_000);
        test.change(Side.YES, 1_000, 5_000);
        poorer.ioc("q4", "ask", "10", "0.10");
        assertThat(test.exchange.positionE2("poorer", TICKER)).isZero();
        assertThat(test.exchange.availableE6("poorer", 2)).isNotNegative();
    }

    @Test
    void reduce_only_closes_at_most_the_position_and_never_rests() {
        alice.ioc("a1", "bid", "5", "0.52");
        assertThat(alice.order("a2", "ask", "9", "0.47", "immediate_or_cancel", ",\"reduce_only\":true")
                        .text())
                .contains("\"fill_count\":\"5.00\"");
        assertThat(alice.order("a3", "ask", "9", "0.47", "immediate_or_cancel", ",\"reduce_only\":true")
                        .text())
                .contains("\"fill_count\":\"0.00\"");
        assertThat(alice.order("a4", "ask", "9", "0.47", "good_till_canceled", ",\"reduce_only\":true")
                        .text())
                .isEqualTo("{\"error\":{\"code\":\"invalid_order\",\"message\":\"invalid order\","
                        + "\"details\":\"reduce_only can only be used with IoC or FoK orders\"}}");
    }

    @Test
    void orders_match_by_price_then_time_at_the_makers_price() {
        test.book(new int[0], new long[0], new int[0], new long[0]);
        TestExchange.Client bob = test.client("bob", 100_000_000);
        TestExchange.Client carol = test.client("carol", 100_000_000);
        alice.gtc("a1", "bid", "5", "0.40");
        bob.gtc("b1", "bid", "5", "0.41");
        carol.gtc("c1", "bid", "5", "0.40");
        TestExchange.Client taker = test.client("taker", 100_000_000);
        JsonNode answer = json(taker.ioc("t1", "ask", "12", "0.30").text());
        assertThat(answer.path("fill_count").asText()).isEqualTo("12.00");
        assertThat(answer.path("average_fill_price").asText()).isEqualTo("0.4042");
        assertThat(test.exchange.positionE2("bob", TICKER)).isEqualTo(500);
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(500);
        assertThat(test.exchange.positionE2("carol", TICKER)).isEqualTo(200);
        // makers pay no fee
        assertThat(test.exchange.cashE6("bob")).isEqualTo(100_000_000 - 2_050_000);
    }

    @Test
    void a_trade_at_its_price_serves_those_ahead_before_a_resting_order() {
        alice.gtc("a1", "bid", "5", "0.47"); // behind 300
        test.after(SECOND);
        test.print(4_700, 29_900, Side.NO);
        assertThat(test.exchange.positionE2("alice", TICKER)).isZero();
        test.print(4_700, 300, Side.NO);
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(200);
        test.print(4_600, 10_000, Side.NO); // through it
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(500);
    }

    @Test
    void cancels_are_assumed_behind_until_the_level_is_smaller_than_the_queue() {
        String id = json(alice.gtc("a1", "bid", "5", "0.47").text())
                .path("order_id")
                .asText();
        String position = "/portfolio/orders/" + id + "/queue_position";
        assertThat(alice.get(position).text()).isEqualTo("{\"queue_position_fp\":\"300.00\"}");
        test.change(Side.YES, 4_700, 10_000);
        test.change(Side.YES, 4_700, -10_000);
        assertThat(alice.get(position).text()).isEqualTo("{\"queue_position_fp\":\"300.00\"}");
        test.change(Side.YES, 4_700, -20_000);
        assertThat(alice.get(position).text()).isEqualTo("{\"queue_position_fp\":\"100.00\"}");
    }

    @Test
    void anonymous_liquidity_that_crosses_a_resting_order_fills_it_at_its_price() {
        alice.gtc("a1", "bid", "5", "0.50");
        test.change(Side.NO, 5_000, 300);
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(300);
        assertThat(test.exchange.displayedE2(TICKER, Side.NO, 5_000)).isZero();
        test.change(Side.NO, 5_100, 300);
        assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(500);
        assertThat(test.exchange.displayedE2(TICKER, Side.NO, 5_100)).isEqualTo(100);
        assertThat(test.exchange.cashE6("alice")).isEqualTo(100_000_000 - 2_500_000);
    }

    @Test
    void a_self_cross_cancels_the_taker_or_the_maker_as_asked() {
        String resting = json(alice.gtc("a1", "bid", "5", "0.50").text())
                .path("order_id")
                .asText();
        assertThat(alice.ioc("a2", "ask", "1", "0.50").text())
                .contains("\"fill_count\":\"0.00\"", "\"remaining_count\":\"0.00\"");
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
        String maker = TestExchange.orderJson("a3", "ask", "1", "0.47", "immediate_or_cancel", "")
                .replace("taker_at_cross", "maker");
        assertThat(alice.send("POST", ORDERS, maker).text()).contains("\"average_fill_price\":\"0.4700\"");
        assertThat(test.exchange.restingOrders()).isZero();
        test.after(SECOND);
        assertThat(alice.read("/portfolio/orders/" + resting)
                        .path("order")
                        .path("last_update_reason")
                        .asText())
                .isEqualTo("SelfTradeCancel");
    }

    @Test
    void an_order_with_an_expiry_ends_by_itself() {
        long expiry = test.nowNanos / SECOND + 5;
        alice.order("a1", "bid", "5", "0.40", "good_till_canceled", ",\"expiration_time\":" + expiry);
        test.after(4 * SECOND);
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
        test.after(SECOND);
        assertThat(test.exchange.restingOrders()).isZero();
        assertThat(alice.order("a2", "bid", "5", "0.40", "good_till_canceled", ",\"expiration_time\":" + expiry)
                        .text())
                .contains("invalid_order");
    }

    @Test
    void an_amend_keeps_the_place_only_if_the_order_shrinks() {
        String id = json(alice.gtc("a1", "bid", "5", "0.47").text())
                .path("order_id")
                .asText();
        test.change(Side.YES, 4_700, 10_000);
        ExchangeResponse smaller = amend(id, "3", "0.47");
        assertThat(smaller.text()).contains("\"remaining_count\":\"3.00\"", "\"fill_count\":\"0.00\"");
        assertThat(alice.get("/portfolio/orders/" + id + "/queue_position").text())
                .contains("300.00");
        amend(id, "4", "0.47");
        assertThat(alice.get("/portfolio/orders/" + id + "/queue_position").text())
                .contains("400.00");
        ExchangeResponse priced = amend(id, "4", "0.46");
        assertThat(priced.text()).doesNotContain("remaining_count");
        assertThat(test.exchange.displayedE2(TICKER, Side.YES, 4_600)).isEqualTo(50_400);
        ExchangeResponse crossing = amend(id, "4", "0.52");
        assertThat(crossing.text()).contains("\"fill_count\":\"4.00\"", "\"average_fill_price\":\"0.5200\"");
    }

    private ExchangeResponse amend(String id, String count, String price) {
        return alice.send(
                "POST",
                ORDERS + "/" + id + "/amend",
                "{\"ticker\":\"%s\",\"side\":\"bid\",\"price\":\"%s\",\"count\":\"%s\",\"exchange_index\":2}"
                        .formatted(TICKER, price, count));
    }

    @Test
    void a_decrease_takes_exactly_one_way_of_saying_it() {
        String id = json(alice.gtc("a1", "bid", "5", "0.47").text())
                .path("order_id")
                .asText();
        String path = ORDERS + "/" + id + "/decrease";
        assertThat(alice.send("POST", path, "{\"reduce_by\":\"2\",\"exchange_index\":2}")
                        .text())
                .contains("\"remaining_count\":\"3.00\"");
        assertThat(alice.send("POST", path, "{\"reduce_to\":\"1\",\"exchange_index\":2}")
                        .text())
                .contains("\"remaining_count\":\"1.00\"");
        assertThat(alice.send("POST", path, "{\"exchange_index\":2}").status()).isEqualTo(400);
        assertThat(alice.send("POST", path, "{\"reduce_by\":\"1\"}").status()).isEqualTo(404);
    }

    @Test
    void a_batch_answers_item_by_item() {
        String body = "{\"orders\":["
                + TestExchange.orderJson("b1", "bid", "1", "0.40", "good_till_canceled", "") + ","
                + TestExchange.orderJson("b1", "bid", "1", "0.40", "good_till_canceled", "") + ","
                + TestExchange.orderJson("b2", "bid", "1", "0.4050", "good_till_canceled", "") + "]}";
        ExchangeResponse answer = alice.send("POST", ORDERS + "/batched", body);
        assertThat(answer.status()).isEqualTo(201);
        JsonNode orders = json(answer.text()).path("orders");
        assertThat(orders.get(0).path("remaining_count").asText()).isEqualTo("1.00");
        assertThat(orders.get(1).path("error").path("code").asText()).isEqualTo("order_already_exists");
        assertThat(orders.get(2).path("error").path("code").asText()).isEqualTo("invalid_price");
        String id = orders.get(0).path("order_id").asText();
        JsonNode cancelled = json(alice.send(
                                "DELETE",
                                ORDERS + "/batched",
                                "{\"orders\":[{\"order_id\":\"" + id
                                        + "\",\"exchange_index\":2},{\"order_id\":\"x\"}]}")
                        .text())
                .path("orders");
        assertThat(cancelled.get(0).path("reduced_by").asText()).isEqualTo("1.00");
        assertThat(cancelled.get(1).path("error").path("code").asText()).isEqualTo("not_found");
    }

    @Test
    void cancel_all_empties_the_account() {
        alice.gtc("a1", "bid", "1", "0.40");
        alice.gtc("a2", "ask", "1", "0.60");
        assertThat(alice.send("DELETE", ORDERS, "").status()).isEqualTo(204);
        assertThat(test.exchange.restingOrders()).isZero();
        assertThat(test.exchange.availableE6("alice", 2)).isEqualTo(100_000_000);
    }

    @Test
    void a_group_beyond_its_limit_is_cancelled_and_closed_until_reset() {
        String group = json(alice.send(
                                "POST",
                                "/portfolio/order_groups/create",
                                "{\"contracts_limit\":3,\"exchange_index\":2}")
                        .text())
                .path("order_group_id")
                .asText();
        String member = ",\"order_group_id\":\"" + group + "\"";
        alice.order("a1", "bid", "2", "0.40", "good_till_canceled", member);
        alice.order("a2", "bid", "3", "0.52", "immediate_or_cancel", member);
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
        alice.order("a3", "bid", "1", "0.52", "immediate_or_cancel", member);
        assertThat(test.exchange.restingOrders()).isZero();
        assertThat(alice.order("a4", "bid", "1", "0.40", "good_till_canceled", member)
                        .text())
                .contains("exceeded_order_group_risk_limit");
        assertThat(alice.send("PUT", "/portfolio/order_groups/" + group + "/reset?exchange_index=2", "")
                        .status())
                .isEqualTo(200);
        assertThat(alice.order("a5", "bid", "1", "0.40", "good_till_canceled", member)
                        .status())
                .isEqualTo(201);
        assertThat(alice.get("/portfolio/order_groups?exchange_index=2").text()).contains(group);
        assertThat(alice.send("DELETE", "/portfolio/order_groups/" + group + "?exchange_index=2", "")
                        .status())
                .isEqualTo(200);
        assertThat(test.exchange.restingOrders()).isZero();
    }

    @Test
    void a_group_lives_on_its_shard_takes_whole_contracts_and_trips_at_a_limit_below_what_was_just_matched() {
        String create = "/portfolio/order_groups/create";
        assertThat(alice.send("POST", create, "{\"contracts_limit_fp\":\"3.50\",\"exchange_index\":2}")
                        .status())
                .isEqualTo(400);
        String group = json(alice.send("POST", create, "{\"contracts_limit_fp\":\"30.00\",\"exchange_index\":2}")
                        .text())
                .path("order_group_id")
                .asText();
        String path = "/portfolio/order_groups/" + group;
        String member = ",\"order_group_id\":\"" + group + "\"";
        assertThat(alice.send("PUT", path + "/trigger", "").status()).isEqualTo(404);
        alice.order("b1", "bid", "2", "0.40", "good_till_canceled", member);
        alice.order("b2", "bid", "3", "0.52", "immediate_or_cancel", member);

        assertThat(alice.send("PUT", path + "/limit?exchange_index=2", "{\"contracts_limit\":3}")
                        .status())
                .isEqualTo(200);
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
        alice.send("PUT", path + "/limit?exchange_index=2", "{\"contracts_limit\":2}");
        assertThat(test.exchange.restingOrders()).isZero();
        assertThat(alice.order("b3", "bid", "1", "0.40", "good_till_canceled", member)
                        .text())
                .contains("exceeded_order_group_risk_limit");
        alice.send("PUT", path + "/reset?exchange_index=2", "");

        // What was matched more than 15 seconds ago no longer counts.
        alice.order("b4", "bid", "2", "0.52", "immediate_or_cancel", member);
        test.after(16 * TestExchange.SECOND);
        alice.order("b5", "bid", "2", "0.52", "immediate_or_cancel", member);
        alice.order("b6", "bid", "1", "0.40", "good_till_canceled", member);
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
        alice.send("PUT", path + "/trigger?exchange_index=2", "");
        assertThat(test.exchange.restingOrders()).isZero();
        assertThat(alice.order("b7", "bid", "1", "0.40", "good_till_canceled", ",\"order_group_id\":\"none\"")
                        .text())
                .contains("order_group_not_found");
    }
}
