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
import voltage.lambda.execution.Exchange.MarketResult;
import voltage.lambda.execution.Exchange.OrderStatus;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.lambda.execution.Exchange.Outcome;
import voltage.lambda.execution.Exchange.Rejection;
import voltage.market.FeeSchedule;
import voltage.market.MarketKeys;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.Command.SeenBook;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.TimeInForce;
import voltage.risk.EquityWatch;
import voltage.risk.RiskApproved;
import voltage.risk.RiskGate;
import voltage.risk.RiskVerdict;
import voltage.risk.RiskView;

/** What the port's requests say to Kalshi word for word, and what of Kalshi's lists is ours. */
@Timeout(20)
class KalshiExchangeEdgesTest {
    private static final String M = "KXBTC15M-26NOV211300-00";
    private static final String ORDERS = "/portfolio/events/orders";
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, HttpResponse> answers = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_794_000_000L));
    private final KalshiClient client = client(new RateBudget.Settings(900, 900, 900, 900, 20, 20, 90));
    private final KalshiExchange exchange = new KalshiExchange(client, 2);

    private KalshiClient client(RateBudget.Settings rates) {
        return new KalshiClient(
                URI.create("http://localhost/trade-api/v2"),
                Optional.empty(),
                this::answer,
                clock,
                new RateBudget(rates, clock),
                nanos -> {},
                new Random(1));
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        String what = request.method() + " " + request.uri().getPath().substring("/trade-api/v2".length());
        asked.add(what + "?" + request.uri().getQuery() + " " + new String(request.body(), StandardCharsets.UTF_8));
        HttpResponse answer = answers.get(what);
        return answer == null
                ? new HttpResponse(404, "{\"error\":{\"code\":\"not_found\"}}".getBytes(StandardCharsets.UTF_8))
                : answer;
    }

    private void answers(String what, int status, String body) {
        answers.put(what, new HttpResponse(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private void created() {
        answers(
                "POST " + ORDERS,
                201,
                "{'client_order_id':'cmd-1','fill_count':'0.00','order_id':'o1','remaining_count':'1.50','ts_ms':1794000000123}");
    }

    /** The lane's group is known, as the executor sees to before an entry. */
    private void inGroup(KalshiExchange lanes) {
        answers(
                "GET /portfolio/order_groups",
                200,
                "{'order_groups':[{'id':'g1','is_auto_cancel_enabled':true,'contracts_limit_fp':'70.00','exchange_index':2}]}");
        assertThat(lanes.orderGroup().orElseThrow().obtain(7_000)).isInstanceOf(OrderGroup.Answer.Done.class);
        asked.clear();
    }

    private static RiskView view() {
        Account account = new Account();
        EquityWatch equity = new EquityWatch();
        account.apply(new LedgerEntry.Deposited("d", 1_000_000_000, 1));
        account.apply(new LedgerEntry.Filled(new Fill("t", "o", M, BookSide.BID, 5_000, 500, 0, true, 1), "h"));
        equity.deposited(1, 1_000_000_000);
        return new RiskView(new LaneState(true, false, false, 0, 0, 0), account, equity, List.of(), List.of(), 2);
    }

    private static Header header(String id) {
        return new Header(id, Lane.LIVE, 0, Long.MAX_VALUE, 0, 0);
    }

    private static RiskApproved<PlaceOrder> approved(OrderTerms terms) {
        PlaceOrder order =
                new PlaceOrder(header("cmd-1"), terms, Purpose.ENTRY, new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE));
        return ((RiskVerdict.Approved<PlaceOrder>)
                        new RiskGate(TestLane.WIDE, FeeSchedule.QUADRATIC).check(order, view()))
                .approved();
    }

    private static RiskApproved<AmendOrder> approvedAmend(OrderTerms terms) {
        AmendOrder amend = new AmendOrder(header("cmd-2"), "cmd-1", terms);
        return ((RiskVerdict.Approved<AmendOrder>)
                        new RiskGate(TestLane.WIDE, FeeSchedule.QUADRATIC).check(amend, view()))
                .approved();
    }

    private static OrderTerms resting(int yesPriceE4, long countE2) {
        return new OrderTerms(
                M,
                2,
                BookSide.BID,
                yesPriceE4,
                countE2,
                TimeInForce.GOOD_TILL_TIME,
                1_794_000_060L * SECOND + 999_999_999L,
                true,
                false);
    }

    private static Rejection rejection(Outcome outcome) {
        return ((Outcome.Rejected) outcome).rejection();
    }

    @Test
    void an_order_that_rests_never_takes_ends_by_itself_and_goes_when_the_exchange_pauses() {
        created();
        inGroup(exchange);
        assertThat(exchange.place(approved(resting(4_800, 150)))).isInstanceOf(Outcome.Accepted.class);
        assertThat(asked.getFirst())
                .contains("\"side\":\"bid\"")
                .contains("\"time_in_force\":\"good_till_canceled\"")
                .contains("\"expiration_time\":1794000060,")
                .contains("\"post_only\":true")
                .contains("\"reduce_only\":false")
                .contains("\"cancel_order_on_pause\":true");
    }

    @Test
    void an_exit_reduces_only_and_needs_no_word_about_pauses() {
        created();
        exchange.place(approved(OrderTerms.reduce(M, 2, Side.YES, 100, 150)));
        assertThat(asked.getFirst())
                .contains("\"side\":\"ask\"")
                .contains("\"time_in_force\":\"immediate_or_cancel\"")
                .contains("\"post_only\":false")
                .contains("\"reduce_only\":true")
                .contains("\"cancel_order_on_pause\":false")
                .doesNotContain("expiration_time");
    }

    @Test
    void exits_still_go_out_when_entries_have_used_up_their_share_of_the_rate() {
        created();
        // Tokens for two orders, of which one is kept for exits.
        KalshiExchange scarce = new KalshiExchange(client(new RateBudget.Settings(10, 10, 20, 20, 0, 10, 90)), 2);
        inGroup(scarce);
        RiskApproved<PlaceOrder> entry = approved(OrderTerms.take(M, 2, Side.YES, 4_800, 150));
        assertThat(scarce.place(entry)).isInstanceOf(Outcome.Accepted.class);
        assertThat(rejection(scarce.place(entry))).isEqualTo(Rejection.RATE_LIMITED);
        assertThat(asked).hasSize(1);
        assertThat(scarce.place(approved(OrderTerms.reduce(M, 2, Side.YES, 100, 150))))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void a_cancel_without_a_known_shard_goes_to_the_lanes_and_shard_zero_is_a_shard() {
        answers("DELETE " + ORDERS + "/o1", 200, "{'order_id':'o1','reduced_by':'1.00','ts_ms':1}");
        exchange.cancel(M, -1, "o1");
        exchange.cancel(M, 0, "o1");
        exchange.cancel(M, 1, "o1");
        assertThat(asked.get(0)).contains("exchange_index=2");
        assertThat(asked.get(1)).contains("exchange_index=0");
        assertThat(asked.get(2)).contains("exchange_index=1");
    }

    @Test
    void a_cancel_of_everything_says_what_the_exchange_made_of_it() {
        answers("DELETE " + ORDERS, 200, "{}");
        assertThat(exchange.cancelEverything()).isEqualTo(new CancelOutcome.Cancelled(0));
        answers("DELETE " + ORDERS, 503, "<html>");
        assertThat(exchange.cancelEverything()).isInstanceOf(CancelOutcome.Unknown.class);
        answers("DELETE " + ORDERS, 403, "{'error':{'code':'forbidden'}}");
        assertThat(exchange.cancelEverything()).isInstanceOf(CancelOutcome.NotAuthorised.class);
        answers("DELETE " + ORDERS, 400, "{'error':{'code':'invalid_parameters'}}");
        assertThat(exchange.cancelEverything()).isInstanceOf(CancelOutcome.Rejected.class);
    }

    private static String order(String id, String status, int exchangeIndex) {
        return "{'order_id':'" + id + "','client_order_id':'c-" + id + "','ticker':'" + M + "','outcome_side':'yes',"
                + "'book_side':'bid','status':'" + status
                + "','yes_price_dollars':'0.5200','no_price_dollars':'0.4800','fill_count_fp':'0.50',"
                + "'remaining_count_fp':'1.00','initial_count_fp':'1.50','exchange_index':" + exchangeIndex + "}";
    }

    @Test
    void what_rests_is_what_the_list_shows_on_this_shard_and_a_status_not_known_is_no_end() {
        answers(
                "GET /portfolio/orders",
                200,
                "{'orders':[" + order("o1", "resting", 2) + "," + order("o2", "resting", 0) + ","
                        + order("o3", "canceled", 2) + "," + order("o4", "suspended", 2) + "],'cursor':''}");
        assertThat(exchange.resting()).extracting(OrderView::orderId).containsExactly("o1", "o4");
        assertThat(asked.getFirst()).contains("status=resting");
    }

    @Test
    void an_order_that_is_asked_for_by_its_id_is_absent_only_if_the_exchange_says_not_found() {
        answers("GET /portfolio/orders/o1", 200, "{'order':" + order("o1", "executed", 2) + "}");
        assertThat(exchange.order(M, "o1"))
                .contains(new OrderView("o1", "c-o1", M, BookSide.BID, 5_200, OrderStatus.EXECUTED, 50, 100));
        answers("GET /portfolio/orders/o2", 400, "{'error':{'code':'invalid_parameters'}}");
        assertThatThrownBy(() -> exchange.order(M, "o2")).isInstanceOf(ExchangeUnavailableException.class);
    }

    @Test
    void an_amendment_names_the_first_client_order_id_and_the_whole_new_size() {
        answers(
                "POST " + ORDERS + "/o1/amend",
                200,
                "{'order_id':'o1','client_order_id':'cmd-1','fill_count':'0.50','remaining_count':'1.25','ts_ms':1794000000123}");
        assertThat(exchange.amend(approvedAmend(resting(4_900, 175)), "o1"))
                .isEqualTo(new Outcome.Accepted("o1", 50, 125, 1_794_000_000_123_000_000L));
        assertThat(asked.getFirst())
                .contains("\"client_order_id\":\"cmd-1\"")
                .contains("\"price\":\"0.4900\"")
                .contains("\"count\":\"1.75\"")
                .contains("\"exchange_index\":2");
        answers("POST " + ORDERS + "/o1/amend", 200, "{'order_id':'o1'}");
        assertThat(exchange.amend(approvedAmend(resting(4_900, 175)), "o1"))
                .isEqualTo(new Outcome.Accepted("o1", 0, 175, 0));
        answers("POST " + ORDERS + "/o1/amend", 404, "{'error':{'code':'not_found'}}");
        assertThat(rejection(exchange.amend(approvedAmend(resting(4_900, 175)), "o1")))
                .isEqualTo(Rejection.NOT_FOUND);
    }

    @Test
    void a_refusal_is_told_with_status_code_message_and_details() {
        inGroup(exchange);
        answers(
                "POST " + ORDERS,
                400,
                "{'error':{'code':'invalid_price','message':'no such tick','details':'0.5050'}}");
        OrderTerms terms = OrderTerms.take(M, 2, Side.YES, 4_800, 150);
        assertThat(((Outcome.Rejected) exchange.place(approved(terms))).detail())
                .isEqualTo("400 invalid_price no such tick: 0.5050");
        answers("POST " + ORDERS, 400, "{'error':{'code':'invalid_price','message':'no such tick'}}");
        assertThat(((Outcome.Rejected) exchange.place(approved(terms))).detail())
                .isEqualTo("400 invalid_price no such tick");
        answers("POST " + ORDERS, 429, "");
        assertThat(((Outcome.Rejected) exchange.place(approved(terms))).detail())
                .startsWith("429 RATE_LIMITED ");
    }

    private static String fill(String id, String order, String ticker, String time, int exchangeIndex) {
        return "{'trade_id':'" + id + "','fill_id':'" + id + "','order_id':'" + order + "','ticker':'" + ticker
                + "','outcome_side':'yes','book_side':'bid','count_fp':'1.00','yes_price_dollars':'0.5200',"
                + "'no_price_dollars':'0.4800','is_taker':true,'exchange_index':" + exchangeIndex
                + ",'created_time':'" + time + "','fee_cost':'0.017500'}";
    }

    @Test
    void fills_are_those_of_the_order_the_market_or_the_shard_whatever_else_is_listed() {
        String second = "2026-11-06T21:20:01";
        answers(
                "GET /portfolio/fills",
                200,
                "{'fills':[" + fill("t4", "o2", "OTHER", second + ".5Z", 2) + ","
                        + fill("t3", "o1", M, second + ".25Z", 0) + "," + fill("t2", "o1", M, second + ".25Z", 2) + ","
                        + fill("t1", "o1", M, second + "Z", 2) + "],'cursor':''}");
        assertThat(exchange.fillsOfOrder(M, "o1")).extracting(Fill::tradeId).containsExactly("t1", "t2", "t3");
        assertThat(asked.getLast()).contains("order_id=o1");
        assertThat(exchange.fillsOfMarket("OTHER")).extracting(Fill::tradeId).containsExactly("t4");
        assertThat(asked.getLast()).contains("ticker=OTHER");
        long seconds = Instant.parse(second + "Z").getEpochSecond();
        // Kalshi filters by whole seconds, and what it lists of that second from before the moment is left out.
        assertThat(exchange.fillsSince(seconds * SECOND + SECOND / 4))
                .extracting(Fill::tradeId)
                .containsExactly("t2", "t4");
        assertThat(asked.getLast()).contains("min_ts=" + seconds);
    }

    @Test
    void a_result_has_the_time_of_its_settlement_or_of_the_close_while_that_is_not_said() {
        String market = "{'market':{'ticker':'" + M + "','event_ticker':'E','status':'finalized','result':'%s',"
                + "'close_time':'2026-11-06T21:15:00Z','strike_type':'greater_or_equal','exchange_index':2%s}}";
        long close = Instant.parse("2026-11-06T21:15:00Z").getEpochSecond() * SECOND;
        answers("GET /markets/" + M, 200, market.formatted("no", ""));
        assertThat(exchange.marketResult(M)).contains(new MarketResult(Side.NO, close));
        answers("GET /markets/" + M, 200, market.formatted("yes", ",'settlement_ts':'2026-11-06T21:15:07Z'"));
        assertThat(exchange.marketResult(M)).contains(new MarketResult(Side.YES, close + 7 * SECOND));
        answers("GET /markets/" + M, 200, market.formatted("scalar", ""));
        assertThat(exchange.marketResult(M)).isEmpty();
    }

    @Test
    void now_is_the_end_of_the_second_that_the_exchange_dates_its_answer_with_whatever_our_own_clock_says() {
        byte[] body = "{\"as_of_time\":\"2026-11-06T21:20:02Z\"}".getBytes(StandardCharsets.UTF_8);
        answers.put("GET /exchange/user_data_timestamp", new HttpResponse(200, body, 1_794_000_100L));
        assertThat(exchange.latestNowNanos()).isEqualTo(1_794_000_101L * SECOND);
        answers("GET /exchange/user_data_timestamp", 403, "{'error':{'code':'forbidden'}}");
        assertThatThrownBy(exchange::latestNowNanos).isInstanceOf(ExchangeUnavailableException.class);
    }

    private KalshiBooks books() {
        return new KalshiBooks(client, new MarketReader(new MarketKeys(), MarketCatalogue.ofAllSeries()));
    }

    @Test
    void a_book_that_is_crossed_is_not_whole_and_a_market_of_another_name_is_none() {
        answers(
                "GET /markets/" + M,
                200,
                "{'market':{'ticker':'" + M + "','event_ticker':'E','status':'active','result':'',"
                        + "'open_time':'2026-11-06T21:00:00Z','close_time':'2026-11-06T21:15:00Z',"
                        + "'strike_type':'greater_or_equal','floor_strike':85000.5,"
                        + "'price_ranges':[{'start':'0.0000','end':'1.0000','step':'0.0100'}],'exchange_index':2}}");
        answers(
                "GET /markets/" + M + "/orderbook",
                200,
                "{'orderbook_fp':{'no_dollars':[['0.4800','3.00']],'yes_dollars':[['0.4700','2.00'],['0.5300','3.00']]}}");
        assertThat(books().market(M))
                .hasValueSatisfying(now -> assertThat(now.book().isWhole()).isFalse());
        answers(
                "GET /markets/" + M + "/orderbook",
                200,
                "{'orderbook_fp':{'no_dollars':[['0.4800','3.00']],'yes_dollars':[['0.4600','1.00'],['0.4700','2.00']]}}");
        assertThat(books().market(M)).hasValueSatisfying(now -> {
            assertThat(now.book().isWhole()).isTrue();
            assertThat(now.book().bidE4(Side.YES)).isEqualTo(4_700);
        });
        answers.put("GET /markets/KXBTC15M-ALIAS", answers.get("GET /markets/" + M));
        assertThat(books().market("KXBTC15M-ALIAS")).isEmpty();
    }

    @Test
    void a_market_is_absent_only_if_the_exchange_says_not_found_and_its_result_is_the_same_as_the_ports() {
        answers("GET /markets/BAD", 400, "{'error':{'code':'invalid_parameters'}}");
        assertThatThrownBy(() -> books().market("BAD")).isInstanceOf(ExchangeUnavailableException.class);
        assertThatThrownBy(() -> books().result("BAD")).isInstanceOf(ExchangeUnavailableException.class);
        assertThat(books().result("NONE")).isEmpty();
        answers(
                "GET /markets/" + M,
                200,
                "{'market':{'ticker':'" + M
                        + "','status':'finalized','result':'yes','settlement_ts':'2026-11-06T21:15:07Z'}}");
        assertThat(books().result(M)).isPresent().isEqualTo(exchange.marketResult(M));
    }
}
