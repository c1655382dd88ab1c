package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.exchange.TestExchange.ORDERS;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;
import static voltage.local.exchange.TestExchange.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that Kalshi's demo exchange sent have no field, and no type of a field, that ours lack. */
class RecordedBodiesTest {
    private static final Path FIXTURES =
            Path.of(System.getProperty("voltage.shared", "../shared"), "data/kalshi_demo_fixtures");

    /** Gone since the recording in June 2026, or about other kinds of market. */
    private static final Set<String> GONE = Set.of(
            "service",
            "resting_orders_count",
            "liquidity_dollars",
            "response_price_units",
            "fractional_trading_enabled",
            "early_close_condition",
            "primary_participant_key",
            "tennis_competitor");

    private final TestExchange test = new TestExchange();
    private final TestExchange.Client alice = test.client("alice", 100_000_000);

    @BeforeEach
    void book() {
        Assumptions.assumeTrue(Files.isDirectory(FIXTURES), "not run: ../shared/data is absent");
        test.usualBook();
    }

    private static void sameShape(String fixture, ExchangeResponse ours) throws IOException {
        JsonNode meta = json(Files.readString(FIXTURES.resolve(fixture + ".meta.json")));
        assertThat(ours.status()).as(fixture).isEqualTo(meta.path("status").asInt());
        covers(fixture, json(Files.readString(FIXTURES.resolve(fixture + ".json"))), json(ours.text()));
    }

    private static void covers(String at, JsonNode recorded, JsonNode ours) {
        assertThat(kind(ours)).as(at).isEqualTo(kind(recorded));
        if (recorded.isObject()) {
            recorded.properties().forEach(field -> {
                if (!GONE.contains(field.getKey())) {
                    assertThat(ours.has(field.getKey()))
                            .as(at + "." + field.getKey())
                            .isTrue();
                    covers(at + "." + field.getKey(), field.getValue(), ours.get(field.getKey()));
                }
            });
        } else if (recorded.isArray() && !recorded.isEmpty() && !ours.isEmpty()) {
            covers(at + "[0]", recorded.get(0), ours.get(0));
        } else if (recorded.isTextual() && recorded.asText().matches("-?\\d+\\.\\d+")) {
            // as many places as Kalshi prints
            assertThat(ours.asText().length() - ours.asText().indexOf('.'))
                    .as(at)
                    .isEqualTo(recorded.asText().length() - recorded.asText().indexOf('.'));
        }
    }

    private static JsonNodeType kind(JsonNode node) {
        return node.getNodeType();
    }

    @Test
    void orders_fills_and_positions() throws IOException {
        sameShape("orders__create_v2_taker_ioc", alice.ioc("t1", "bid", "1", "0.99"));
        ExchangeResponse created = alice.gtc("m1", "bid", "1", "0.01");
        sameShape("orders__create_v2_maker", created);
        String id = json(created.text()).path("order_id").asText();
        test.after(SECOND);
        sameShape("orders__get_after_create", alice.get("/portfolio/orders/" + id));
        sameShape("portfolio__orders_list", alice.get("/portfolio/orders"));
        sameShape("fills__after_taker", alice.get("/portfolio/fills"));
        sameShape("portfolio__positions", alice.get("/portfolio/positions"));
        sameShape("settlements__page", alice.get("/portfolio/settlements"));
        sameShape("auth__balance_ok", alice.get("/portfolio/balance?exchange_index=2"));
        sameShape("orders__cancel_v2", alice.cancel(id));
        sameShape("orders__cancel_already_canceled", alice.cancel(id));
        sameShape("orders__duplicate_client_order_id", alice.gtc("m1", "bid", "1", "0.01"));
        sameShape("orders__insufficient_balance", alice.gtc("m2", "bid", "10099.00", "0.99"));
        sameShape("orders__invalid_price_structure", alice.gtc("m3", "bid", "1", "0.5150"));
        sameShape(
                "orders__post_only_cross",
                alice.order("m4", "bid", "1", "0.99", "good_till_canceled", ",\"post_only\":true"));
        sameShape(
                "orders__numeric_field_types",
                alice.send("POST", ORDERS, "{\"ticker\":\"" + TICKER + "\",\"count\":1,\"price\":0.01}"));
    }

    @Test
    void public_bodies() throws IOException {
        alice.ioc("t1", "bid", "1", "0.99");
        sameShape("markets__single", alice.get("/markets/" + TICKER));
        sameShape("markets__page1", alice.get("/markets?limit=5"));
        sameShape("markets__limit_over_max", alice.get("/markets?limit=1001"));
        sameShape("orderbook__base", alice.get("/markets/" + TICKER + "/orderbook"));
        sameShape("trades__public_recorded", alice.get("/markets/trades"));
        sameShape("exchange__status", alice.get("/exchange/status"));
        sameShape("account__limits", alice.get("/account/limits"));
        sameShape("account__endpoint_costs", alice.get("/account/endpoint_costs"));
        sameShape("series__fee_changes", alice.get("/series/fee_changes"));
    }
}
