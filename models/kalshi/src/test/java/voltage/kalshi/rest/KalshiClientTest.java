package voltage.kalshi.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.kalshi.rest.KalshiAccount.FillQuery;
import voltage.kalshi.rest.KalshiError.Code;
import voltage.kalshi.rest.KalshiOrders.OrderAt;
import voltage.kalshi.rest.OrderAnswers.Amended;
import voltage.kalshi.rest.OrderAnswers.Canceled;
import voltage.kalshi.rest.OrderAnswers.Created;
import voltage.kalshi.rest.OrderAnswers.Decreased;
import voltage.market.Side;

@Timeout(30)
class KalshiClientTest {
    private static final String TICKER = "KXBTC15M-26NOV211200-00";
    private static final OrderAt ORDER = new OrderAt("2597b999", TICKER, 2, 0);

    private final FakeExchange exchange = new FakeExchange();
    private final KalshiClient client = exchange.client(Optional.empty());

    private static NewOrder order(String clientId) {
        return NewOrder.immediate(TICKER, clientId, Side.NO, 4800, 150, 2);
    }

    private static Code code(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected<?>) outcome).error().code();
    }

    @Test
    void an_order_is_sent_in_strings_on_the_yes_scale_with_its_shard() {
        exchange.answers(
                201,
                "{\"average_fee_paid\":\"0.0175\",\"average_fill_price\":\"0.5200\",\"client_order_id\":\"mine\","
                        + "\"fill_count\":\"1.00\",\"order_id\":\"97ec\",\"remaining_count\":\"0.00\",\"ts_ms\":1781159370164}");
        assertThat(client.orders().create(order("mine"), Priority.ENTRY))
                .isEqualTo(new Outcome.Accepted<>(
                        new Created("97ec", "mine", 100, 0, "0.5200", "0.0175", 1781159370164L)));
        assertThat(exchange.lastLine())
                .isEqualTo(
                        "POST /portfolio/events/orders {\"ticker\":\"" + TICKER + "\",\"client_order_id\":\"mine\","
                                + "\"side\":\"ask\",\"count\":\"1.50\",\"price\":\"0.4800\",\"time_in_force\":"
                                + "\"immediate_or_cancel\",\"self_trade_prevention_type\":\"taker_at_cross\",\"post_only\":false,"
                                + "\"reduce_only\":false,\"cancel_order_on_pause\":false,\"subaccount\":0,\"exchange_index\":2}");
        assertThat(NewOrder.yesPriceE4(Side.NO, 5200)).isEqualTo(4800);
    }

    @Test
    void a_lost_answer_is_unknown_and_the_order_is_never_sent_again() {
        exchange.fails(new HttpTimeoutException("request timed out"));
        assertThat(client.orders().create(order("a"), Priority.ENTRY)).isInstanceOf(Outcome.Unknown.class);
        assertThat(exchange.requests).hasSize(1);
        exchange.fails(new IOException("connection reset"));
        assertThat(client.orders().create(order("b"), Priority.ENTRY)).isInstanceOf(Outcome.Unknown.class);
        assertThat(exchange.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 302})
    void a_failing_server_leaves_the_outcome_unknown(int status) {
        exchange.answers(status, "<html>Bad gateway</html>");
        assertThat(client.orders().create(order("a"), Priority.ENTRY))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.httpStatus()).isEqualTo(status));
        assertThat(exchange.requests).hasSize(1);
    }

    @Test
    void an_answer_that_cannot_be_believed_is_unknown() {
        exchange.answers(201, "{\"order_id\":\"97ec\"");
        assertThat(client.orders().create(order("mine"), Priority.ENTRY)).isInstanceOf(Outcome.Unknown.class);
        exchange.answers(
                201,
                "{\"client_order_id\":\"another\",\"fill_count\":\"1.00\",\"order_id\":\"97ec\",\"remaining_count\":\"0.00\"}");
        exchange.answers(200, "{\"order_id\":\"another\",\"reduced_by\":\"1.00\",\"ts_ms\":1}");
        client.orders().create(order("mine"), Priority.ENTRY);
        assertThat(client.orders().create(order("mine"), Priority.ENTRY)).isInstanceOf(Outcome.Unknown.class);
        assertThat(client.orders().cancel(ORDER))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown ->
                                assertThat(unknown.cause()).contains("2597b999").contains("another"));
    }

    @Test
    void without_a_connection_nothing_was_sent() {
        exchange.fails(new ConnectException("refused"));
        assertThat(code(client.orders().create(order("a"), Priority.ENTRY))).isEqualTo(Code.NOT_SENT_UNREACHABLE);
    }

    @Test
    void an_order_without_tokens_is_not_sent() {
        exchange.answers(404, "{}");
        int sent = 0;
        while (code(client.orders().cancel(ORDER)) == Code.NOT_FOUND && sent < 49) {
            sent++;
        }
        long before = exchange.time.waited();
        assertThat(code(client.orders().create(order("a"), Priority.ENTRY))).isEqualTo(Code.NOT_SENT_BUDGET);
        assertThat(exchange.requests).hasSize(50);
        assertThat(exchange.time.waited() - before).isLessThanOrEqualTo(500_000_000);
    }

    @Test
    void a_retired_endpoint_is_recognized_whatever_the_status() {
        String body = "{\"error\":{\"code\":\"deprecated_v1_order_endpoint\",\"message\":\"Please switch\"}}";
        exchange.answers(410, body).answers(200, body);
        assertThat(code(client.orders().cancel(ORDER))).isEqualTo(Code.DEPRECATED);
        assertThat(code(client.orders().cancel(ORDER))).isEqualTo(Code.DEPRECATED);
    }

    @Test
    void a_cancel_names_market_and_shard() {
        exchange.answers(200, "{\"order_id\":\"2597b999\",\"reduced_by\":\"1.00\",\"ts_ms\":1781159364112}");
        assertThat(client.orders().cancel(ORDER))
                .isEqualTo(new Outcome.Accepted<>(new Canceled("2597b999", 100, 1781159364112L)));
        assertThat(exchange.lastLine())
                .isEqualTo("DELETE /portfolio/events/orders/2597b999?market_ticker=" + TICKER
                        + "&exchange_index=2&subaccount=0");
    }

    @Test
    void amending_and_decreasing_name_market_and_shard() {
        exchange.answers(200, "{\"order_id\":\"2597b999\",\"ts_ms\":5}");
        assertThat(client.orders().amend(ORDER, "mine", Side.YES, 4700, 300, Priority.EXIT))
                .isEqualTo(new Outcome.Accepted<>(
                        new Amended("2597b999", "", OptionalLong.empty(), OptionalLong.empty(), "", "", 5)));
        assertThat(exchange.lastLine())
                .isEqualTo("POST /portfolio/events/orders/2597b999/amend?subaccount=0 {\"ticker\":\"" + TICKER
                        + "\",\"side\":\"bid\",\"price\":\"0.4700\",\"count\":\"3.00\",\"client_order_id\":\"mine\","
                        + "\"exchange_index\":2}");
        exchange.answers(200, "{\"order_id\":\"2597b999\",\"remaining_count\":\"1.00\",\"ts_ms\":6}");
        client.orders().decreaseBy(ORDER, 100);
        assertThat(client.orders().decreaseTo(ORDER, 100))
                .isEqualTo(new Outcome.Accepted<>(new Decreased("2597b999", 100, 6)));
        assertThat(exchange.lastLine())
                .endsWith("/decrease?subaccount=0 {\"reduce_to\":\"1.00\",\"exchange_index\":2,\"market_ticker\":\""
                        + TICKER + "\"}");
    }

    @Test
    void each_order_of_a_batch_has_its_own_outcome() {
        exchange.answers(
                201,
                "{\"orders\":[{\"order_id\":\"1\",\"client_order_id\":\"a\",\"fill_count\":\"0.00\",\"remaining_count\":"
                        + "\"1.50\",\"ts_ms\":7},{\"client_order_id\":\"b\",\"error\":{\"code\":\"invalid_price\",\"message\":\"\"}},"
                        + "{\"order_id\":\"3\",\"client_order_id\":\"x\",\"fill_count\":\"0.00\",\"remaining_count\":\"1.50\"}]}");
        Outcome<List<Outcome<Created>>> outcome =
                client.orders().createAll(List.of(order("a"), order("b"), order("c")), Priority.ENTRY);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            List<?> items = (List<?>) accepted.answer();
            assertThat(items.get(0)).isEqualTo(new Outcome.Accepted<>(new Created("1", "a", 0, 150, "", "", 7)));
            assertThat(code((Outcome<?>) items.get(1))).isEqualTo(Code.INVALID_PRICE);
            assertThat(items.get(2)).as("an answer about another order").isInstanceOf(Outcome.Unknown.class);
        });
        exchange.answers(200, "{\"orders\":[{\"order_id\":\"2597b999\",\"reduced_by\":\"0.50\",\"ts_ms\":8}]}");
        client.orders().cancelAll(List.of(ORDER));
        assertThat(client.orders().cancelAll(List.of(ORDER)))
                .isEqualTo(new Outcome.Accepted<>(List.of(new Outcome.Accepted<>(new Canceled("2597b999", 50, 8)))));
        assertThat(exchange.lastLine())
                .isEqualTo(
                        "DELETE /portfolio/events/orders/batched {\"orders\":[{\"order_id\":\"2597b999\",\"subaccount\":0,"
                                + "\"exchange_index\":2,\"market_ticker\":\"" + TICKER + "\"}]}");
    }

    @Test
    void a_batch_beyond_the_budget_is_not_sent() {
        assertThat(code(client.orders().createAll(java.util.Collections.nCopies(25, order("a")), Priority.ENTRY)))
                .isEqualTo(Code.NOT_SENT_BUDGET);
        assertThat(exchange.requests).isEmpty();
    }

    @Test
    void everything_is_cancelled_by_one_request_with_an_empty_answer() {
        exchange.answers(204, "");
        assertThat(client.orders().cancelEverything()).isInstanceOf(Outcome.Accepted.class);
        assertThat(exchange.lastLine()).isEqualTo("DELETE /portfolio/events/orders");
    }

    @Test
    void reads_are_repeated_a_few_times_with_growing_pauses() throws KalshiException {
        exchange.fails(new IOException("reset"))
                .answers(503, "")
                .answers(429, "{\"error\":\"too many requests\"}")
                .answers(200, "{\"as_of_time\":\"2026-06-11T06:29:30Z\"}");
        assertThat(client.account().userDataAsOfNanos()).isEqualTo(1781159370000000000L);
        assertThat(exchange.requests).hasSize(4);
        assertThat(exchange.time.waited()).isBetween(350_000_000L, 900_000_000L);
    }

    @Test
    void the_exchanges_clock_is_read_off_its_answer_and_never_too_early() throws KalshiException {
        exchange.answersAt(1_781_159_371, "{\"as_of_time\":\"2026-06-11T06:29:30Z\"}")
                .answers(200, "{\"as_of_time\":\"2026-06-11T06:29:30Z\"}");
        assertThat(client.account().latestNowNanos())
                .as("the date has whole seconds: it may be almost one later")
                .isEqualTo(1_781_159_372_000_000_000L);
        assertThat(client.account().latestNowNanos())
                .as("without a date, our own")
                .isEqualTo(exchange.time.millis() * 1_000_000);
    }

    @Test
    void reads_give_up_in_the_end() {
        exchange.answers(503, "<html>");
        assertThatThrownBy(() -> client.account().limits())
                .isInstanceOfSatisfying(
                        KalshiException.class,
                        failure ->
                                assertThat(failure.error().orElseThrow().code()).isEqualTo(Code.SERVER));
        assertThat(exchange.requests).hasSize(4);
    }

    @Test
    void a_refused_read_is_not_repeated() {
        exchange.answers(401, "{\"error\":{\"code\":\"authentication_error\",\"details\":\"NOT_FOUND\"}}");
        assertThatThrownBy(() -> client.account().balance(2))
                .isInstanceOfSatisfying(
                        KalshiException.class,
                        failure ->
                                assertThat(failure.error().orElseThrow()).isInstanceOf(KalshiError.Unauthorized.class));
        assertThat(exchange.requests).hasSize(1);
    }

    @Test
    void requests_are_signed_without_their_query_when_there_is_a_key() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KalshiClient signing =
                exchange.client(Optional.of(new ApiKey("a952bcbe", RequestSigner.of(pair.getPrivate()))));
        exchange.answers(
                200,
                "{\"balance\":9801,\"balance_breakdown\":[{\"balance\":\"1.0000\",\"exchange_index\":2},"
                        + "{\"balance\":\"97.0186\",\"exchange_index\":0}],\"balance_dollars\":\"98.0186\",\"portfolio_value\":198,"
                        + "\"updated_ts\":1781159348}");
        assertThat(signing.account().balance(2))
                .isEqualTo(new KalshiAccount.Balance(1_000_000, 1_980_000, 1781159348000000000L));
        Map<String, String> headers = exchange.last().headers();
        assertThat(exchange.last().uri().getQuery()).isEqualTo("exchange_index=2&subaccount=0");
        assertThat(RequestSigner.verifies(
                        pair.getPublic(),
                        headers.get("KALSHI-ACCESS-TIMESTAMP") + "GET/trade-api/v2/portfolio/balance",
                        headers.getOrDefault("KALSHI-ACCESS-SIGNATURE", "")))
                .isTrue();
        assertThat(exchange.last().toString()).doesNotContain("SIGNATURE");
        exchange.answers(200, "{\"exchange_active\":true,\"trading_active\":true}");
        client.markets().exchangeStatus();
        assertThat(exchange.last().headers()).doesNotContainKey("KALSHI-ACCESS-KEY");
    }

    @Test
    void lists_are_read_to_the_last_page_and_no_further() throws KalshiException {
        String fill = "{\"trade_id\":\"%s\",\"order_id\":\"o\",\"ticker\":\"" + TICKER + "\",\"outcome_side\":\"yes\","
                + "\"yes_price_dollars\":\"0.5200\",\"count_fp\":\"1.00\",\"fee_cost\":\"0.017500\",\"is_taker\":true,"
                + "\"created_time\":\"2026-06-11T06:29:30.164956Z\"}";
        exchange.answers(200, "{\"fills\":[" + fill.formatted("1") + "],\"cursor\":\"a b&c\"}")
                .answers(200, "{\"fills\":[" + fill.formatted("2") + "],\"cursor\":\"\"}");
        assertThat(client.account().allFills(FillQuery.ofOrder("o"))).hasSize(2);
        assertThat(exchange.lastLine()).isEqualTo("GET /portfolio/fills?order_id=o&limit=1000&cursor=a%20b%26c");
        assertThatThrownBy(() -> Page.all(cursor -> new Page<>(List.of(1), "again"), 5))
                .hasMessageContaining("more than 5 pages");
    }

    @Test
    void a_read_order_must_be_the_one_asked_for() {
        exchange.answers(
                200,
                "{\"order\":{\"order_id\":\"other\",\"ticker\":\"" + TICKER + "\",\"status\":\"resting\","
                        + "\"book_side\":\"bid\",\"yes_price_dollars\":\"0.5\",\"fill_count_fp\":\"0\",\"remaining_count_fp\":\"1\"}}");
        assertThatThrownBy(() -> client.account().order("mine")).hasMessageContaining("other");
    }

    @Test
    void order_groups_name_their_shard() throws KalshiException {
        exchange.answers(201, "{\"order_group_id\":\"g1\",\"subaccount\":0}");
        assertThat(client.orderGroups().create(5_000, 2))
                .isEqualTo(new Outcome.Accepted<>(new KalshiOrderGroups.CreatedGroup("g1", 0)));
        assertThat(exchange.lastLine())
                .isEqualTo("POST /portfolio/order_groups/create {\"contracts_limit_fp\":\"50.00\",\"subaccount\":0,"
                        + "\"exchange_index\":2}");
        exchange.answers(200, "{}");
        client.orderGroups().reset("g1", 2);
        client.orderGroups().trigger("g1", 2);
        assertThat(exchange.lastLine())
                .isEqualTo("PUT /portfolio/order_groups/g1/trigger?subaccount=0&exchange_index=2 {}");
        client.orderGroups().limit("g1", 100, 2);
        client.orderGroups().delete("g1", 2);
        assertThat(exchange.lastLine()).isEqualTo("DELETE /portfolio/order_groups/g1?subaccount=0&exchange_index=2");
        exchange.answers(200, "{\"order_groups\":[{\"id\":\"g1\",\"is_auto_cancel_enabled\":true}]}");
        client.orderGroups().list(Priority.ENTRY);
        assertThat(client.orderGroups().list(Priority.CANCEL))
                .extracting(KalshiOrderGroups.OrderGroup::id)
                .containsExactly("g1");
        exchange.answers(200, "{\"is_auto_cancel_enabled\":true,\"contracts_limit_fp\":\"50.00\",\"orders\":[\"o1\"]}");
        client.orderGroups().get("g1");
        assertThat(client.orderGroups().get("g1"))
                .isEqualTo(new KalshiOrderGroups.OrderGroup("g1", true, 5_000, 0, List.of("o1")));
    }

    @Test
    void the_running_average_of_the_index_is_read() throws KalshiException {
        exchange.answers(
                200,
                "{\"live_data\":{\"type\":\"crypto\",\"details\":{\"last\":1.5,\"timeseries\":[{\"t\":1781159370000,\"v\":"
                        + "63441.03},{\"t\":1781159371000,\"v\":63441}]},\"is_historical\":false}}");
        assertThat(client.markets().liveIndex("KXBTC15M-26NOV211200", "15min"))
                .containsExactly(
                        new KalshiMarkets.IndexPoint(1781159370000000000L, 634_410_300),
                        new KalshiMarkets.IndexPoint(1781159371000000000L, 634_410_000));
    }

    @Test
    void impossible_orders_are_refused_where_they_are_made() {
        assertThatThrownBy(() -> NewOrder.immediate(TICKER, "a", Side.YES, 10_000, 100, 2))
                .hasMessageContaining("1.0000");
        assertThatThrownBy(() -> NewOrder.immediate(TICKER, "a", Side.YES, 5_000, 0, 2))
                .hasMessageContaining("0.00");
        assertThatThrownBy(() -> NewOrder.immediate(TICKER, "", Side.YES, 5_000, 100, 2))
                .hasMessageContaining("client order id");
        assertThatThrownBy(() -> NewOrder.immediate(TICKER, "a", Side.YES, 5_000, 100, -1))
                .hasMessageContaining("-1");
    }
}
