package voltage.kalshi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voltage.kalshi.JsonFields;
import voltage.kalshi.KalshiFill;
import voltage.kalshi.KalshiOrder;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.SharedData;
import voltage.kalshi.rest.KalshiAccount.FillQuery;
import voltage.kalshi.rest.KalshiError.Code;
import voltage.kalshi.rest.KalshiOrders.OrderAt;
import voltage.kalshi.rest.OrderAnswers.Canceled;
import voltage.kalshi.rest.OrderAnswers.Created;
import voltage.market.MarketEvent;
import voltage.market.MarketKeys;
import voltage.market.Side;

/** Every body recorded on Kalshi's demo exchange parses into what it says. Skipped where {@code ../shared/data} is absent. */
@Timeout(60)
class DemoFixturesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final FakeExchange exchange = new FakeExchange();
    private final KalshiClient client = exchange.client(Optional.empty());

    private static JsonNode meta(String name) throws IOException {
        return MAPPER.readTree(SharedData.folder("kalshi_demo_fixtures")
                .resolve(name + ".meta.json")
                .toFile());
    }

    private void answers(String name) throws IOException {
        Path body = SharedData.folder("kalshi_demo_fixtures").resolve(name + ".json");
        exchange.answers(meta(name).get("status").intValue(), Files.readString(body));
    }

    private static Code code(Outcome<?> outcome) {
        return ((Outcome.Rejected<?>) outcome).error().code();
    }

    /** The recorded order again. */
    private static NewOrder order(String name) throws IOException {
        JsonNode request = meta(name).get("request_body");
        return NewOrder.immediate(
                request.get("ticker").asText(),
                request.get("client_order_id").asText(),
                request.get("side").asText().equals("bid") ? Side.YES : Side.NO,
                100,
                100,
                0);
    }

    @Test
    void every_recorded_answer_below_300_is_no_error_and_every_other_one_has_a_code() throws IOException {
        int seen = 0;
        for (Path file : SharedData.files("kalshi_demo_fixtures", ".meta.json")) {
            String name = file.getFileName().toString().replace(".meta.json", "");
            Path body = file.resolveSibling(name + ".json");
            if (Files.exists(body) && meta(name).get("status").intValue() >= 300) {
                seen++;
                KalshiError error = KalshiError.read(meta(name).get("status").intValue(), Files.readAllBytes(body));
                assertThat(error.code()).as(name).isNotEqualTo(Code.UNKNOWN).isNotEqualTo(Code.SERVER);
                assertThat(error instanceof KalshiError.Unauthorized).as(name).isEqualTo(name.startsWith("auth__"));
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(18);
    }

    @ParameterizedTest
    @CsvSource({
        "orders__duplicate_client_order_id,ORDER_ALREADY_EXISTS",
        "orders__reuse_canceled_client_id,ORDER_ALREADY_EXISTS",
        "orders__insufficient_balance,INSUFFICIENT_BALANCE",
        "orders__invalid_price_structure,INVALID_PRICE",
        "orders__numeric_field_types,BAD_REQUEST",
        "orders__post_only_cross,POST_ONLY_CROSS"
    })
    void refused_orders_say_why(String name, Code expected) throws IOException {
        answers(name);
        assertThat(code(client.orders().create(order(name), Priority.ENTRY))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "orders__create_v2_maker,0,100,''",
        "orders__create_v2_taker_ioc,100,0,0.5200",
        "orders__settlement_seed,100,0,0.5200",
        "orders__stp_setup,0,100,''",
        "orders__stp_self_cross,0,0,''"
    })
    void accepted_orders_say_what_was_filled(String name, long filledE2, long remainingE2, String average)
            throws IOException {
        answers(name);
        assertThat(client.orders().create(order(name), Priority.ENTRY))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    Created created = (Created) accepted.answer();
                    assertThat(created.filledE2()).isEqualTo(filledE2);
                    assertThat(created.remainingE2()).isEqualTo(remainingE2);
                    assertThat(created.averagePrice()).isEqualTo(average);
                    assertThat(created.tsMillis()).isPositive();
                });
    }

    @Test
    void cancels() throws IOException {
        for (String name : List.of("orders__cancel_v2", "cleanup__stp_resting")) {
            answers(name);
            String path = meta(name).get("path").asText();
            String id = path.substring(path.lastIndexOf('/') + 1);
            KalshiClient fresh = exchange.client(Optional.empty());
            Outcome<Canceled> outcome = fresh.orders().cancel(new OrderAt(id, "T", 0, 0));
            if (name.equals("orders__cancel_v2")) {
                assertThat(outcome).isEqualTo(new Outcome.Accepted<>(new Canceled(id, 100, 1781159364112L)));
            }
        }
        for (String name : List.of(
                "orders__cancel_already_canceled",
                "orders__cancel_executed",
                "orders__cancel_unknown_id",
                "cleanup__leftover_0")) {
            FakeExchange fresh = new FakeExchange();
            fresh.answers(
                    meta(name).get("status").intValue(),
                    Files.readString(SharedData.folder("kalshi_demo_fixtures").resolve(name + ".json")));
            assertThat(code(fresh.client(Optional.empty()).orders().cancel(new OrderAt("x", "T", 0, 0))))
                    .isEqualTo(Code.NOT_FOUND);
        }
    }

    @Test
    void reads_of_the_account() throws IOException {
        answers("auth__balance_ok");
        assertThat(client.account().balance(0))
                .isEqualTo(new KalshiAccount.Balance(98_018_600, 1_980_000, 1781159348000000000L));
        answers("account__limits");
        client.account().balance(0);
        assertThat(client.account().limits()).isEqualTo(new AccountLimits("basic", 200, 200, 100, 100));
        answers("account__endpoint_costs");
        client.account().limits();
        KalshiAccount.EndpointCosts costs = client.account().endpointCosts();
        assertThat(costs.defaultCost()).isEqualTo(10);
        assertThat(costs.costs())
                .contains(new KalshiAccount.EndpointCosts.Cost(
                        "DELETE", "/trade-api/v2/portfolio/events/orders/:order_id", 2));
    }

    @Test
    void fills_orders_positions_and_settlements() throws IOException {
        answers("fills__after_taker");
        List<KalshiFill> fills = client.account().allFills(FillQuery.ALL);
        assertThat(fills).hasSize(3);
        assertThat(fills.getFirst())
                .isEqualTo(new KalshiFill(
                        "f4a42159-b500-57c6-efa2-c31d94d916c1",
                        "97ec18b7-10d3-4557-9de0-8598aad625f0",
                        "",
                        "KXWTACHALLENGERMATCH-26JUN11JIMLEP-LEP",
                        Side.YES,
                        5200,
                        100,
                        OptionalLong.of(17_500),
                        true,
                        OptionalLong.empty(),
                        0,
                        0,
                        1781159370164956000L));
        FakeExchange second = new FakeExchange();
        Path folder = SharedData.folder("kalshi_demo_fixtures");
        second.answers(200, Files.readString(folder.resolve("portfolio__orders_list.json")));
        List<KalshiOrder> orders = second.client(Optional.empty()).account().allOrders("", "", 0);
        assertThat(orders).isNotEmpty().allMatch(order -> order.status() != KalshiOrder.Status.UNKNOWN);
        FakeExchange third = new FakeExchange();
        third.answers(200, Files.readString(folder.resolve("portfolio__positions.json")));
        assertThat(third.client(Optional.empty()).account().allPositions())
                .singleElement()
                .satisfies(position -> {
                    assertThat(position.positionE2()).isEqualTo(300);
                    assertThat(position.costE6()).isEqualTo(2_500_000);
                    assertThat(position.feesPaidE6()).isEqualTo(18_900);
                });
        FakeExchange fourth = new FakeExchange();
        fourth.answers(200, Files.readString(folder.resolve("settlements__page.json")));
        assertThat(fourth.client(Optional.empty()).account().allSettlements("", 0))
                .isEmpty();
        for (String name : List.of(
                "orders__get_after_create",
                "orders__get_after_cancel",
                "orders__stp_resting_after",
                "orders__legacy_create")) {
            KalshiOrder order = read(folder.resolve(name + ".json"));
            assertThat(order.status()).as(name).isEqualTo(KalshiOrder.Status.RESTING);
            assertThat(order.remainingE2()).as(name).isEqualTo(100);
        }
    }

    private static KalshiOrder read(Path file) throws IOException {
        try {
            return KalshiOrder.read(JsonFields.parse(Files.readAllBytes(file)).object("order"));
        } catch (voltage.market.MalformedFrameException e) {
            throw new IOException(file.toString(), e);
        }
    }

    @Test
    void market_data_as_events_and_as_records() throws Exception {
        Path folder = SharedData.folder("kalshi_demo_fixtures");
        MarketKeys keys = new MarketKeys();
        KalshiRestDecoder decoder = new KalshiRestDecoder(keys, MarketCatalogue.ofAllSeries());
        List<MarketEvent> events = new ArrayList<>();
        int bodies = 0;
        for (Path file : SharedData.files("kalshi_demo_fixtures", ".json")) {
            String name = file.getFileName().toString();
            boolean isMarkets = name.startsWith("markets__") && !name.contains("limit_over_max");
            if (!name.endsWith(".meta.json") && isMarkets) {
                byte[] body = Files.readAllBytes(file);
                boolean isList = new String(body, java.nio.charset.StandardCharsets.UTF_8).contains("\"markets\"");
                byte[] frame =
                        RestFrame.wrap(isList ? "/trade-api/v2/markets?limit=5" : "/trade-api/v2/markets/X", body);
                decoder.frame(frame, 0, frame.length, 1, events::add);
                bodies++;
            }
        }
        assertThat(bodies).isGreaterThanOrEqualTo(12);
        assertThat(decoder.unknownFrames()).isZero();
        assertThat(events).hasAtLeastOneElementOfType(MarketEvent.MarketListed.class);
        assertThat(events).hasAtLeastOneElementOfType(MarketEvent.MarketSettled.class);

        byte[] book =
                RestFrame.wrap("/markets/T/orderbook", Files.readAllBytes(folder.resolve("orderbook__base.json")));
        decoder.frame(book, 0, book.length, 1, events::add);
        assertThat(events.getLast()).isInstanceOfSatisfying(MarketEvent.BookSnapshot.class, snapshot -> {
            assertThat(snapshot.yesPricesE4()).containsExactly(4700);
            assertThat(snapshot.noPricesE4()).containsExactly(4800);
        });
        byte[] status = RestFrame.wrap("/exchange/status", Files.readAllBytes(folder.resolve("exchange__status.json")));
        decoder.frame(status, 0, status.length, 1, events::add);
        assertThat(events.getLast()).isEqualTo(new MarketEvent.MarketPaused(List.of(), false, 0, 1));

        exchange.answers(200, Files.readString(folder.resolve("markets__status_open.json")));
        assertThat(client.markets().markets("", "open", 200, "").items()).hasSizeGreaterThan(100);
    }
}
