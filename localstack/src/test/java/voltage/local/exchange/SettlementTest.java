package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.exchange.TestExchange.CLOSE;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;
import static voltage.local.exchange.TestExchange.json;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voltage.market.Side;

class SettlementTest {
    private static final long MILLI = 1_000_000L;

    private final TestExchange test = new TestExchange();
    private final TestExchange.Client alice = test.client("alice", 100_000_000);

    @BeforeEach
    void book() {
        test.usualBook();
    }

    @Test
    void closing_cancels_what_rests_and_determination_comes_before_the_payout() {
        alice.ioc("a1", "bid", "10", "0.52");
        String resting = json(alice.gtc("a2", "bid", "10", "0.40").text())
                .path("order_id")
                .asText();
        TestExchange.Stream stream = alice.stream();
        stream.subscribe("\"user_orders\",\"market_positions\"", "");
        stream.frames.clear();
        long cashE6 = test.exchange.cashE6("alice");

        test.to(CLOSE);
        assertThat(status()).isEqualTo("closed");
        assertThat(test.exchange.restingOrders()).isEqualTo(1);
        test.to(CLOSE + 300 * MILLI);
        assertThat(stream.of("user_order")
                        .getFirst()
                        .path("msg")
                        .path("last_update_reason")
                        .asText())
                .isEqualTo("CloseCancel");
        assertThat(stream.of("user_order")
                        .getFirst()
                        .path("msg")
                        .path("order_id")
                        .asText())
                .isEqualTo(resting);

        test.to(CLOSE + 5 * SECOND);
        JsonNode market = alice.read("/markets/" + TICKER).path("market");
        assertThat(market.path("status").asText()).isEqualTo("determined");
        assertThat(market.path("result").asText()).isEqualTo("yes");
        assertThat(market.path("expiration_value").asText()).isEqualTo("100010.50");
        assertThat(test.exchange.cashE6("alice")).isEqualTo(cashE6);

        test.to(CLOSE + 6 * SECOND);
        assertThat(status()).isEqualTo("finalized");
        assertThat(test.exchange.cashE6("alice")).isEqualTo(cashE6 + 10_000_000);
        assertThat(stream.types()).contains("market_position");
        test.after(SECOND);
        assertThat(alice.read("/portfolio/positions").path("market_positions")).isEmpty();
        assertThat(alice.read("/portfolio/positions?settlement_status=settled").path("market_positions"))
                .hasSize(1);
        JsonNode row = alice.read("/portfolio/settlements").path("settlements").get(0);
        assertThat(row.path("market_result").asText()).isEqualTo("yes");
        assertThat(row.path("revenue").asLong()).isEqualTo(1_000);
        assertThat(row.path("yes_count_fp").asText()).isEqualTo("10.00");
        assertThat(row.path("yes_total_cost_dollars").asText()).isEqualTo("5.200000");
        assertThat(row.path("settled_time").asText()).isEqualTo("2026-11-20T14:15:06Z");
        assertThat(alice.get("/markets?status=settled").text()).contains(TICKER);
        assertThat(alice.get("/markets?status=open").text()).doesNotContain(TICKER);
    }

    private String status() {
        return alice.read("/markets/" + TICKER).path("market").path("status").asText();
    }

    @Test
    void a_losing_position_pays_nothing_and_still_has_its_row() {
        alice.ioc("a1", "ask", "10", "0.47");
        long cashE6 = test.exchange.cashE6("alice");
        test.to(CLOSE + 10 * SECOND);
        assertThat(test.exchange.cashE6("alice")).isEqualTo(cashE6);
        JsonNode row = alice.read("/portfolio/settlements").path("settlements").get(0);
        assertThat(row.path("revenue").asLong()).isZero();
        assertThat(row.path("no_count_fp").asText()).isEqualTo("10.00");
    }

    @Test
    void reads_of_own_data_lag_while_the_matching_engine_is_up_to_date() {
        String id = json(alice.gtc("a1", "bid", "1", "0.40").text())
                .path("order_id")
                .asText();
        assertThat(alice.get("/portfolio/orders/" + id).status()).isEqualTo(404);
        test.after(400 * MILLI);
        assertThat(orderStatus(id)).isEqualTo("resting");
        alice.cancel(id);
        assertThat(orderStatus(id)).isEqualTo("resting");
        assertThat(alice.cancel(id).status()).isEqualTo(404);
        test.after(400 * MILLI);
        assertThat(orderStatus(id)).isEqualTo("canceled");
        assertThat(alice.get("/exchange/user_data_timestamp").text()).contains("as_of_time");
    }

    private String orderStatus(String id) {
        return alice.read("/portfolio/orders/" + id)
                .path("order")
                .path("status")
                .asText();
    }

    @Test
    void fills_and_positions_are_listed_in_kalshis_form() {
        alice.ioc("a1", "bid", "1", "0.52");
        test.after(SECOND);
        assertThat(alice.get("/portfolio/fills").text())
                .matches(
                        "\\{\"cursor\":\"\",\"fills\":\\[\\{\"action\":\"buy\",\"book_side\":\"bid\",\"count_fp\":\"1.00\","
                                + "\"created_time\":\"2026-11-20T14:01:00Z\",\"exchange_index\":2,\"fee_cost\":\"0.017500\","
                                + "\"fill_id\":\"([0-9a-f-]{36})\",\"is_taker\":true,\"market_ticker\":\"" + TICKER
                                + "\",\"no_price_dollars\":\"0.4800\",\"order_id\":\"[0-9a-f-]{36}\",\"outcome_side\":\"yes\","
                                + "\"side\":\"yes\",\"subaccount_number\":0,\"ticker\":\"" + TICKER
                                + "\",\"trade_id\":\"\\1\",\"ts\":1795183260,\"yes_price_dollars\":\"0.5200\"}]}");
        JsonNode position =
                alice.read("/portfolio/positions").path("market_positions").get(0);
        assertThat(position.path("position_fp").asText()).isEqualTo("1.00");
        assertThat(position.path("market_exposure_dollars").asText()).isEqualTo("0.520000");
        assertThat(position.path("fees_paid_dollars").asText()).isEqualTo("0.017500");
        assertThat(alice.read("/markets/trades?ticker=" + TICKER).path("trades"))
                .hasSize(1);
        assertThat(alice.get("/series/KXBTC15M/markets/" + TICKER + "/candlesticks?start_ts=0&end_ts=9999999999"
                                + "&period_interval=1")
                        .text())
                .contains("\"volume_fp\":\"1.00\"");
    }

    @Test
    void the_balance_is_what_orders_may_spend_by_shard() {
        alice.gtc("a1", "bid", "10", "0.40");
        test.after(SECOND);
        assertThat(alice.get("/portfolio/balance?exchange_index=2").text())
                .matches(
                        "\\{\"balance\":9600,\"balance_breakdown\":\\[\\{\"balance\":\"96.0000\",\"exchange_index\":2}],"
                                + "\"balance_dollars\":\"96.0000\",\"portfolio_value\":0,\"updated_ts\":\\d+}");
        assertThat(alice.get("/portfolio/summary/total_resting_order_value").text())
                .contains("\"total_resting_order_value\":400");
    }

    @Test
    void a_transfer_takes_its_time_and_then_pays_orders_on_the_other_shard() {
        String id = json(alice.send(
                                "POST",
                                "/portfolio/intra_exchange_instance_transfer",
                                "{\"source\":\"event_contract\",\"destination\":\"event_contract\",\"amount\":500000,"
                                        + "\"source_exchange_shard\":2,\"destination_exchange_shard\":0}")
                        .text())
                .path("transfer_id")
                .asText();
        assertThat(test.exchange.cashE6("alice")).isEqualTo(50_000_000);
        assertThat(alice.get("/portfolio/intra_exchange_instance_transfers/" + id)
                        .text())
                .contains("pending");
        test.after(2 * SECOND);
        assertThat(test.exchange.cashE6("alice")).isEqualTo(100_000_000);
        assertThat(alice.read("/portfolio/balance?exchange_index=0")
                        .path("balance_dollars")
                        .asText())
                .isEqualTo("50.0000");
    }

    @Test
    void lists_come_in_pages_that_hold_while_the_list_grows() {
        for (int i = 0; i < 5; i++) {
            alice.gtc("a" + i, "bid", "1", "0.40");
        }
        test.after(SECOND);
        JsonNode first = alice.read("/portfolio/orders?limit=2");
        assertThat(first.path("orders")).hasSize(2);
        alice.gtc("late", "bid", "1", "0.40");
        test.after(SECOND);
        JsonNode second = alice.read(
                "/portfolio/orders?limit=2&cursor=" + first.path("cursor").asText());
        JsonNode third = alice.read(
                "/portfolio/orders?limit=2&cursor=" + second.path("cursor").asText());
        assertThat(first.path("orders").get(0).path("client_order_id").asText()).isEqualTo("a4");
        assertThat(second.path("orders").get(0).path("client_order_id").asText())
                .isEqualTo("a2");
        assertThat(third.path("orders")).hasSize(1);
        assertThat(third.path("cursor").asText()).isEmpty();
        assertThat(alice.read("/portfolio/orders?status=resting&ticker=" + TICKER)
                        .path("orders"))
                .hasSize(6);
    }

    @Test
    void books_are_listed_ascending_with_an_empty_side_as_an_empty_list() {
        assertThat(alice.get("/markets/" + TICKER + "/orderbook?depth=1").text())
                .isEqualTo("{\"orderbook_fp\":{\"no_dollars\":[[\"0.4800\",\"300.00\"]],"
                        + "\"yes_dollars\":[[\"0.4700\",\"300.00\"]]}}");
        test.change(Side.YES, 4_700, -30_000);
        test.change(Side.YES, 4_600, -50_000);
        assertThat(alice.get("/markets/orderbooks?tickers=" + TICKER).text()).contains("\"yes_dollars\":[]");
        assertThat(alice.get("/events?series_ticker=KXBTC15M&with_nested_markets=true")
                        .text())
                .contains(TICKER);
        assertThat(alice.get("/series/KXBTC15M").text()).contains("\"fee_type\":\"quadratic\"");
        assertThat(alice.get("/exchange/status").text()).contains("\"exchange_index\":2");
    }
}
