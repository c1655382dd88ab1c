package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.MarketReader;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.kalshi.rest.HttpTransport.HttpResponse;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.Exchange.CancelOutcome;
import voltage.lambda.execution.Exchange.OrderStatus;
import voltage.lambda.execution.Exchange.Outcome;
import voltage.lambda.execution.Exchange.Rejection;
import voltage.lambda.execution.OrderGroup.Answer;
import voltage.market.FeeSchedule;
import voltage.market.MarketKeys;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.Command.SeenBook;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.Settlement;
import voltage.risk.EquityWatch;
import voltage.risk.RiskApproved;
import voltage.risk.RiskGate;
import voltage.risk.RiskVerdict;
import voltage.risk.RiskView;

/** The mapping between Kalshi's answers, as kalshi.md shows them, and the port. */
@Timeout(20)
class KalshiExchangeTest {
    private static final String GROUPS = "GET /portfolio/order_groups";
    private static final String M = "KXBTC15M-26NOV211300-00";

    private final Map<String, HttpResponse> answers = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean isLost;
    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_794_000_000L));
    private final KalshiClient client = new KalshiClient(
            URI.create("http://localhost/trade-api/v2"),
            Optional.empty(),
            this::answer,
            clock,
            new RateBudget(new RateBudget.Settings(900, 900, 900, 900, 20, 20, 90), clock),
            nanos -> {},
            new Random(1));
    private final KalshiExchange exchange = new KalshiExchange(client, 2);

    /** The lane's group is known, as the executor sees to before an entry. */
    private void inGroup() {
        answers(GROUPS, 200, "{'order_groups':[" + group("g1", "70.00", 2) + "]}");
        assertThat(group().obtain(7_000)).isInstanceOf(Answer.Done.class);
        asked.clear();
    }

    private OrderGroup group() {
        return exchange.orderGroup().orElseThrow();
    }

    private static String group(String id, String limit, int shard) {
        return "{'id':'" + id + "','is_auto_cancel_enabled':true,'contracts_limit_fp':'" + limit + "','exchange_index':"
                + shard + "}";
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        String what = request.method() + " " + request.uri().getPath().substring("/trade-api/v2".length());
        asked.add(what + "?" + request.uri().getQuery() + " " + new String(request.body(), StandardCharsets.UTF_8));
        if (isLost) {
            throw new IOException("connection reset");
        }
        HttpResponse answer = answers.get(what);
        return answer == null
                ? new HttpResponse(404, "{\"error\":{\"code\":\"not_found\"}}".getBytes(StandardCharsets.UTF_8))
                : answer;
    }

    private void answers(String what, int status, String body) {
        answers.put(what, new HttpResponse(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static RiskApproved<PlaceOrder> approved(Side side) {
        return approved(OrderTerms.take(M, 2, side, 4_800, 150), Purpose.ENTRY);
    }

    private static RiskApproved<PlaceOrder> exit() {
        return approved(OrderTerms.reduce(M, 2, Side.YES, 4_800, 100), Purpose.STOP);
    }

    /** One contract is held. */
    private static RiskApproved<PlaceOrder> approved(OrderTerms terms, Purpose purpose) {
        PlaceOrder order = new PlaceOrder(
                new Header("cmd-1", Lane.LIVE, 0, Long.MAX_VALUE, 0, 0),
                terms,
                purpose,
                new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE));
        Account account = new Account();
        EquityWatch equity = new EquityWatch();
        account.apply(new LedgerEntry.Deposited("d", 1_000_000_000, 1));
        equity.deposited(1, 1_000_000_000);
        account.apply(new LedgerEntry.Filled(new Fill("held", "o0", M, BookSide.BID, 4_000, 100, 0, true, 1), "cmd-0"));
        RiskView view =
                new RiskView(new LaneState(true, false, false, 0, 0, 0), account, equity, List.of(), List.of(), 2);
        return switch (new RiskGate(TestLane.WIDE, FeeSchedule.QUADRATIC).check(order, view)) {
            case RiskVerdict.Approved<PlaceOrder> yes -> yes.approved();
            case RiskVerdict.Refused<PlaceOrder> no -> throw new AssertionError(no.detail());
        };
    }

    @Test
    void an_order_names_its_shard_and_has_its_price_on_the_yes_scale() {
        inGroup();
        answers(
                "POST /portfolio/events/orders",
                201,
                "{'client_order_id':'cmd-1','fill_count':'1.00','order_id':'o1','remaining_count':'0.00','ts_ms':1794000000123}");
        assertThat(exchange.place(approved(Side.NO)))
                .isEqualTo(new Outcome.Accepted("o1", 100, 0, 1_794_000_000_123_000_000L));
        assertThat(asked.getFirst())
                .contains("\"side\":\"ask\"")
                .contains("\"price\":\"0.5200\"")
                .contains("\"count\":\"1.50\"")
                .contains("\"time_in_force\":\"immediate_or_cancel\"")
                .contains("\"client_order_id\":\"cmd-1\"")
                .contains("\"exchange_index\":2");
    }

    @Test
    void an_answer_about_another_order_says_nothing() {
        inGroup();
        answers(
                "POST /portfolio/events/orders",
                201,
                "{'client_order_id':'other','fill_count':'1.00','order_id':'o1','remaining_count':'0.00'}");
        assertThat(exchange.place(approved(Side.YES))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void refusals_keep_their_meaning() {
        inGroup();
        assertRejected(409, "{'error':{'code':'order_already_exists'}}", Rejection.ORDER_EXISTS);
        assertRejected(409, "{'error':{'code':'fill_or_kill_insufficient_resting_volume'}}", Rejection.NOT_FILLABLE);
        assertRejected(409, "{'error':{'code':'market_inactive'}}", Rejection.MARKET_CLOSED);
        assertRejected(400, "{'error':{'code':'insufficient_balance'}}", Rejection.INSUFFICIENT_CASH);
        assertRejected(400, "{'error':{'code':'invalid_price'}}", Rejection.PRICE_INVALID);
        answers(
                "POST /portfolio/events/orders",
                401,
                "{'error':{'code':'authentication_error','details':'NOT_FOUND'}}");
        assertThat(exchange.place(approved(Side.YES))).isInstanceOf(Outcome.NotAuthorised.class);
        answers("POST /portfolio/events/orders", 503, "<html>");
        assertThat(exchange.place(approved(Side.YES))).isInstanceOf(Outcome.Unknown.class);
        isLost = true;
        int before = asked.size();
        assertThat(exchange.place(approved(Side.YES))).isInstanceOf(Outcome.Unknown.class);
        assertThat(asked).hasSize(before + 1);
    }

    @Test
    void an_entry_joins_the_lanes_group_and_an_exit_joins_none() {
        inGroup();
        exchange.place(approved(Side.YES));
        assertThat(asked.getLast()).contains("\"order_group_id\":\"g1\"");
        exchange.place(exit());
        assertThat(asked.getLast())
                .contains("\"reduce_only\":true")
                .doesNotContain("order_group_id\":\"g")
                .contains("POST /portfolio/events/orders");
    }

    @Test
    void without_a_group_no_entry_is_sent_and_exits_are() {
        assertThat(exchange.place(approved(Side.YES)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, no -> assertThat(no.rejection()).isEqualTo(Rejection.NO_ORDER_GROUP));
        assertThat(asked).isEmpty();
        exchange.place(exit());
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_group_is_found_by_its_shard_and_limit_or_given_our_limit_or_made() {
        answers(
                GROUPS,
                200,
                "{'order_groups':[" + group("a0", "70.00", 0) + "," + group("b2", "5.00", 2) + ","
                        + group("c2", "70.00", 2) + "," + group("d2", "70.00", 2) + "]}");
        assertThat(group().isKnown()).isFalse();
        assertThat(group().obtain(7_000)).isEqualTo(new Answer.Done("order group c2"));
        assertThat(group().isKnown()).isTrue();
        group().obtain(7_000);
        assertThat(asked).hasSize(1);

        OrderGroup another = new KalshiExchange(client, 2).orderGroup().orElseThrow();
        answers("PUT /portfolio/order_groups/b2/limit", 200, "{}");
        answers(GROUPS, 200, "{'order_groups':[" + group("a0", "9.00", 0) + "," + group("b2", "5.00", 2) + "]}");
        assertThat(another.obtain(900)).isEqualTo(new Answer.Done("order group b2"));
        assertThat(asked.getLast()).contains("exchange_index=2").contains("\"contracts_limit_fp\":\"9.00\"");

        OrderGroup third = new KalshiExchange(client, 2).orderGroup().orElseThrow();
        answers(GROUPS, 200, "{'order_groups':[]}");
        answers("POST /portfolio/order_groups/create", 201, "{'order_group_id':'new','subaccount':0}");
        assertThat(third.obtain(900)).isInstanceOf(Answer.Done.class);
        assertThat(third.isKnown()).isTrue();
        assertThat(asked.getLast()).contains("\"exchange_index\":2").contains("\"contracts_limit_fp\":\"9.00\"");
    }

    @Test
    void a_group_that_is_not_certain_is_not_used() {
        answers(GROUPS, 403, "{'error':{'code':'forbidden'}}");
        assertThat(group().obtain(900)).isInstanceOf(Answer.Failed.class);
        answers(GROUPS, 200, "{'order_groups':[" + group("b2", "5.00", 2) + "]}");
        answers("PUT /portfolio/order_groups/b2/limit", 503, "<html>");
        assertThat(group().obtain(900)).isInstanceOf(Answer.Failed.class);
        answers("PUT /portfolio/order_groups/b2/limit", 400, "{'error':{'code':'invalid_parameters'}}");
        assertThat(group().obtain(900)).isInstanceOf(Answer.Failed.class);
        answers(GROUPS, 200, "{'order_groups':[]}");
        answers("POST /portfolio/order_groups/create", 502, "");
        assertThat(group().obtain(900)).isInstanceOf(Answer.Failed.class);
        answers("POST /portfolio/order_groups/create", 400, "{'error':{'code':'invalid_parameters'}}");
        assertThat(group().obtain(900)).isInstanceOf(Answer.Failed.class);
        assertThat(group().isKnown()).isFalse();
    }

    @Test
    void a_group_that_is_gone_is_forgotten_and_one_that_tripped_is_not() {
        inGroup();
        assertRejected(400, "{'error':{'code':'exceeded_order_group_risk_limit'}}", Rejection.ORDER_GROUP_TRIPPED);
        assertRejected(400, "{'error':{'code':'ORDER_GROUP_CANCEL'}}", Rejection.ORDER_GROUP_TRIPPED);
        assertThat(group().isKnown()).isTrue();
        assertRejected(404, "{'error':{'code':'order_group_not_found'}}", Rejection.NO_ORDER_GROUP);
        assertThat(group().isKnown()).isFalse();
    }

    @Test
    void all_groups_of_the_shard_are_closed_and_opened_whoever_asks() {
        answers(
                GROUPS,
                200,
                "{'order_groups':[" + group("a0", "70.00", 0) + "," + group("b2", "5.00", 2) + ","
                        + group("c2", "70.00", 2) + "]}");
        answers("PUT /portfolio/order_groups/b2/trigger", 200, "{}");
        answers("PUT /portfolio/order_groups/c2/trigger", 200, "{}");
        assertThat(group().trigger()).isEqualTo(new Answer.Done("order group b2, c2: closed"));
        assertThat(asked).hasSize(3);
        answers("PUT /portfolio/order_groups/b2/reset", 503, "<html>");
        answers("PUT /portfolio/order_groups/c2/reset", 200, "{}");
        assertThat(group().reset())
                .isInstanceOfSatisfying(
                        Answer.Failed.class, failed -> assertThat(failed.why()).contains("b2"));
        assertThat(asked.getLast()).contains("c2/reset").contains("exchange_index=2");
        answers(GROUPS, 200, "{'order_groups':[]}");
        assertThat(group().reset()).isEqualTo(new Answer.Done("there is no order group"));
        answers(GROUPS, 403, "{'error':{'code':'forbidden'}}");
        assertThat(group().trigger()).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void the_known_group_is_closed_though_it_is_not_listed_and_forgotten_if_it_is_gone() {
        inGroup();
        answers(GROUPS, 403, "{'error':{'code':'forbidden'}}");
        answers("PUT /portfolio/order_groups/g1/trigger", 200, "{}");
        assertThat(group().trigger()).isEqualTo(new Answer.Done("order group g1: closed"));
        assertThat(group().reset()).isInstanceOf(Answer.Done.class);
        assertThat(group().isKnown()).isFalse();
    }

    private void assertRejected(int status, String body, Rejection rejection) {
        answers("POST /portfolio/events/orders", status, body);
        assertThat(exchange.place(approved(Side.YES)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection()).isEqualTo(rejection));
    }

    @Test
    void a_cancel_names_market_and_shard_and_a_404_is_no_proof() {
        answers("DELETE /portfolio/events/orders/o1", 200, "{'order_id':'o1','reduced_by':'1.00','ts_ms':1}");
        assertThat(exchange.cancel(M, 2, "o1")).isEqualTo(new CancelOutcome.Cancelled(100));
        assertThat(asked.getFirst()).contains("market_ticker=" + M).contains("exchange_index=2");
        assertThat(exchange.cancel(M, 2, "o2")).isInstanceOf(CancelOutcome.NotFound.class);
    }

    @Test
    void an_order_is_found_by_its_client_order_id_in_the_list_of_its_market() {
        answers(
                "GET /portfolio/orders",
                200,
                "{'orders':[" + order("o1", "other", "resting") + "," + order("o2", "cmd-1", "canceled")
                        + "],'cursor':''}");
        assertThat(exchange.findByClientOrderId(M, "cmd-1")).hasValueSatisfying(order -> {
            assertThat(order.orderId()).isEqualTo("o2");
            assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
            assertThat(order.filledE2()).isEqualTo(50);
            assertThat(order.bookSide()).isEqualTo(BookSide.ASK);
        });
        assertThat(asked.getFirst()).contains("ticker=" + M);
        assertThat(exchange.findByClientOrderId(M, "never")).isEmpty();
        assertThat(exchange.order(M, "o9")).isEmpty();
    }

    private static String order(String id, String clientId, String status) {
        return "{'order_id':'" + id + "','client_order_id':'" + clientId + "','ticker':'" + M + "','outcome_side':'no',"
                + "'book_side':'ask','status':'" + status
                + "','yes_price_dollars':'0.5200','no_price_dollars':'0.4800',"
                + "'fill_count_fp':'0.50','remaining_count_fp':'0.00','initial_count_fp':'1.50','exchange_index':2}";
    }

    @Test
    void fills_bring_price_and_fee_oldest_first_and_one_without_a_fee_is_not_believed() {
        answers(
                "GET /portfolio/fills",
                200,
                "{'fills':[" + fill("t2", "2026-11-06T21:20:02Z", ",'fee_cost':'0.001750'") + ","
                        + fill("t1", "2026-11-06T21:20:01Z", ",'fee_cost':'0.017500'") + "],'cursor':''}");
        List<Fill> fills = exchange.fillsOfOrder(M, "o1");
        assertThat(fills).extracting(Fill::tradeId).containsExactly("t1", "t2");
        assertThat(fills.getFirst().feeE6()).isEqualTo(17_500);
        assertThat(fills.getFirst().yesPriceE4()).isEqualTo(5_200);
        answers("GET /portfolio/fills", 200, "{'fills':[" + fill("t3", "2026-11-06T21:20:02Z", "") + "],'cursor':''}");
        assertThatThrownBy(() -> exchange.fillsOfOrder(M, "o1")).isInstanceOf(ExchangeUnavailableException.class);
    }

    private static String fill(String id, String time, String fee) {
        return "{'trade_id':'" + id + "','fill_id':'" + id + "','order_id':'o1','ticker':'" + M
                + "','outcome_side':'yes',"
                + "'book_side':'bid','count_fp':'1.00','yes_price_dollars':'0.5200','no_price_dollars':'0.4800',"
                + "'is_taker':true,'exchange_index':2,'created_time':'" + time + "'" + fee + "}";
    }

    @Test
    void settlement_cash_positions_and_freshness_are_read() {
        answers(
                "GET /portfolio/settlements",
                200,
                "{'settlements':[{'ticker':'" + M + "','market_result':'no','yes_count_fp':'0.00','no_count_fp':'2.50',"
                        + "'revenue':250,'settled_time':'2026-11-06T21:20:02Z','exchange_index':2}],'cursor':''}");
        assertThat(exchange.settlement(M))
                .hasValue(new Settlement(
                        M,
                        Side.NO,
                        0,
                        250,
                        2_500_000,
                        Instant.parse("2026-11-06T21:20:02Z").getEpochSecond() * 1_000_000_000L));
        assertThat(exchange.settlement("KXBTC15M-OTHER")).isEmpty();
        answers(
                "GET /portfolio/balance",
                200,
                "{'balance':9801,'balance_dollars':'98.0186','balance_breakdown':[{'balance':'98.0186','exchange_index':2}]}");
        assertThat(exchange.cashE6()).isEqualTo(98_018_600);
        answers(
                "GET /portfolio/positions",
                200,
                "{'market_positions':[{'ticker':'" + M + "','position_fp':'-2.00','exchange_index':2},"
                        + "{'ticker':'ELSEWHERE','position_fp':'1.00','exchange_index':0}],'cursor':''}");
        assertThat(exchange.positions()).isEqualTo(Map.of(M, -200L));
        answers("GET /exchange/user_data_timestamp", 200, "{'as_of_time':'2026-11-06T21:20:02Z'}");
        assertThat(exchange.userDataNanos()).isPositive();
    }

    @Test
    void a_result_counts_only_once_it_is_final() {
        String market = "{'market':{'ticker':'" + M + "','event_ticker':'E','status':'%s','result':'yes',"
                + "'open_time':'2026-11-06T21:00:00Z','close_time':'2026-11-06T21:15:00Z','strike_type':'greater_or_equal',"
                + "'floor_strike':85000.5,'price_ranges':[{'start':'0.0000','end':'1.0000','step':'0.0100'}],"
                + "'exchange_index':2}}";
        answers("GET /markets/" + M, 200, market.formatted("determined"));
        assertThat(exchange.marketResult(M)).isEmpty();
        answers("GET /markets/" + M, 200, market.formatted("finalized"));
        assertThat(exchange.marketResult(M))
                .hasValueSatisfying(result -> assertThat(result.side()).isEqualTo(Side.YES));
        KalshiBooks books = new KalshiBooks(client, new MarketReader(new MarketKeys(), MarketCatalogue.ofAllSeries()));
        answers("GET /markets/" + M, 200, market.formatted("active"));
        answers(
                "GET /markets/" + M + "/orderbook",
                200,
                "{'orderbook_fp':{'no_dollars':[['0.4700','1.00'],['0.4800','3.00']],'yes_dollars':[['0.4700','3.00']]}}");
        assertThat(books.market(M)).hasValueSatisfying(now -> {
            assertThat(now.isOpen()).isTrue();
            assertThat(now.book().isWhole()).isTrue();
            assertThat(now.book().askE4(Side.YES)).isEqualTo(5_200);
            assertThat(now.definition().exchangeIndex()).isEqualTo(2);
        });
        assertThat(books.market("NONE")).isEmpty();
        isLost = true;
        assertThatThrownBy(() -> books.market(M)).isInstanceOf(ExchangeUnavailableException.class);
        assertThatThrownBy(() -> exchange.cashE6()).isInstanceOf(ExchangeUnavailableException.class);
    }
}
