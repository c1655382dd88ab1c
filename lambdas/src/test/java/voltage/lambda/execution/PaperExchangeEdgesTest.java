package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.Exchange.CancelOutcome;
import voltage.lambda.execution.Exchange.MarketResult;
import voltage.lambda.execution.Exchange.OrderStatus;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.lambda.execution.Exchange.Outcome;
import voltage.lambda.execution.Exchange.Rejection;
import voltage.market.FeeSchedule;
import voltage.market.MarketDefinition;
import voltage.market.MarketKeys;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.Command.SeenBook;
import voltage.order.Fill;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.Settlement;
import voltage.order.TimeInForce;
import voltage.risk.EquityWatch;
import voltage.risk.RiskApproved;
import voltage.risk.RiskGate;
import voltage.risk.RiskVerdict;
import voltage.risk.RiskView;

/** The paper exchange by itself: prices, fees and cash to the last unit, ids, refusals, and what it remembers. */
@Timeout(20)
class PaperExchangeEdgesTest {
    private static final String M = "KXBTC15M-26NOV211300-00";
    private static final String OTHER = "KXBTC15M-26NOV211315-15";
    private static final long HOUR = 3_600 * VirtualTime.SECOND;
    private static final long DEPOSIT = 1_000_000_000;

    private final VirtualTime time = new VirtualTime();
    private final long closeNanos = time.getAsLong() + 900 * VirtualTime.SECOND;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final OrderBook book = new OrderBook(TickGrid.TAPERED_DECI_CENT);
    private boolean isOpen = true;
    private Optional<MarketResult> result = Optional.empty();
    private int readsFromTheBeginning;
    private final BookSource books = new BookSource() {
        @Override
        public Optional<MarketNow> market(String ticker) {
            return ticker.endsWith("NONE")
                    ? Optional.empty()
                    : Optional.of(new MarketNow(definition(ticker), book, isOpen));
        }

        @Override
        public Optional<MarketResult> result(String ticker) {
            return result;
        }
    };

    PaperExchangeEdgesTest() {
        book.beginSnapshot();
        // Offers of YES at 0.52 and 0.901; bids at 0.50, 0.49 and 0.043.
        book.setLevel(Side.NO, 4_800, 200);
        book.setLevel(Side.NO, 990, 1_300);
        book.setLevel(Side.YES, 5_000, 401);
        book.setLevel(Side.YES, 4_900, 33);
        book.setLevel(Side.YES, 430, 2_000);
    }

    private MarketDefinition definition(String ticker) {
        return new MarketDefinition(
                new MarketKeys().of(ticker),
                ticker.substring(0, ticker.length() - 3),
                "KXBTC15M",
                StrikeType.GREATER_OR_EQUAL,
                OptionalLong.of(850_000_000),
                OptionalLong.empty(),
                closeNanos - 900 * VirtualTime.SECOND,
                closeNanos,
                TickGrid.TAPERED_DECI_CENT,
                FeeSchedule.QUADRATIC,
                2);
    }

    private PaperExchange exchange() {
        return new PaperExchange(
                Lane.PAPER,
                Intercepted.of(
                        Ledger.class,
                        ledger,
                        (method, arguments) ->
                                readsFromTheBeginning += method.equals("entries") && arguments[1].equals(0L) ? 1 : 0),
                books,
                time);
    }

    private PaperExchange exchange(long depositE6) {
        book(new LedgerEntry.Deposited("opening", depositE6, time.getAsLong()));
        return exchange();
    }

    private void book(LedgerEntry... entries) {
        ledger.book(Lane.PAPER, List.of(entries));
    }

    private LedgerEntry filled(String id, String ticker, BookSide side, int yesPriceE4, long countE2) {
        return new LedgerEntry.Filled(
                new Fill(id, "paper-c" + id, ticker, side, yesPriceE4, countE2, 0, true, time.getAsLong()), "c" + id);
    }

    private static Header header(String id) {
        return new Header(id, Lane.PAPER, 0, Long.MAX_VALUE, 0, 0);
    }

    private static RiskApproved<PlaceOrder> order(String id, OrderTerms terms) {
        PlaceOrder order =
                new PlaceOrder(header(id), terms, Purpose.ENTRY, new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE));
        Account account = new Account();
        EquityWatch equity = new EquityWatch();
        account.apply(new LedgerEntry.Deposited("d", DEPOSIT, 1));
        equity.deposited(1, DEPOSIT);
        if (terms.reduceOnly()) {
            account.apply(new LedgerEntry.Filled(
                    new Fill("t", "o", terms.ticker(), opposite(terms.bookSide()), 5_000, 10_000, 0, true, 1), "h"));
        }
        RiskView view =
                new RiskView(new LaneState(true, false, false, 0, 0, 0), account, equity, List.of(), List.of(), 2);
        return switch (new RiskGate(TestLane.WIDE, FeeSchedule.QUADRATIC).check(order, view)) {
            case RiskVerdict.Approved<PlaceOrder> yes -> yes.approved();
            case RiskVerdict.Refused<PlaceOrder> no -> throw new AssertionError(no.detail());
        };
    }

    private static BookSide opposite(BookSide side) {
        return side == BookSide.BID ? BookSide.ASK : BookSide.BID;
    }

    private static RiskApproved<PlaceOrder> take(String id, Side side, int limitE4, long countE2) {
        return order(id, OrderTerms.take(M, 2, side, limitE4, countE2));
    }

    private static RiskApproved<PlaceOrder> fillOrKill(String id, long countE2) {
        return order(id, new OrderTerms(M, 2, BookSide.BID, 5_200, countE2, TimeInForce.FILL_OR_KILL, 0, false, false));
    }

    private static Rejection rejection(Outcome outcome) {
        return ((Outcome.Rejected) outcome).rejection();
    }

    private static long filledE2(Outcome outcome) {
        return ((Outcome.Accepted) outcome).filledE2();
    }

    @Test
    void an_id_is_used_once_whether_its_order_is_remembered_or_only_in_the_ledger() {
        PaperExchange exchange = exchange(DEPOSIT);
        assertThat(filledE2(exchange.place(take("a", Side.YES, 5_200, 100)))).isEqualTo(100);
        assertThat(rejection(exchange.place(take("a", Side.YES, 5_200, 100)))).isEqualTo(Rejection.ORDER_EXISTS);
        book(filled("1", M, BookSide.BID, 5_200, 100));
        assertThat(rejection(exchange.place(take("c1", Side.YES, 5_200, 100)))).isEqualTo(Rejection.ORDER_EXISTS);
    }

    @Test
    void a_market_that_is_not_there_not_open_at_its_close_or_without_a_whole_book_takes_no_order() {
        PaperExchange exchange = exchange(DEPOSIT);
        assertThat(rejection(exchange.place(order("a", OrderTerms.take("KXBTC15M-NONE", 2, Side.YES, 5_200, 100)))))
                .isEqualTo(Rejection.NOT_FOUND);
        isOpen = false;
        assertThat(rejection(exchange.place(take("b", Side.YES, 5_200, 100)))).isEqualTo(Rejection.MARKET_CLOSED);
        isOpen = true;
        time.pause(closeNanos - time.getAsLong() - 1);
        assertThat(exchange.place(take("c", Side.YES, 5_200, 100))).isInstanceOf(Outcome.Accepted.class);
        time.pause(1);
        assertThat(rejection(exchange.place(take("d", Side.YES, 5_200, 100)))).isEqualTo(Rejection.MARKET_CLOSED);
        time.pause(-1);
        book.invalidate();
        assertThat(rejection(exchange.place(take("e", Side.YES, 5_200, 100)))).isEqualTo(Rejection.OTHER);
    }

    @Test
    void buying_no_stops_at_its_limit_on_the_no_scale() {
        PaperExchange exchange = exchange(DEPOSIT);
        assertThat(filledE2(exchange.place(take("a", Side.NO, 5_000, 1_000)))).isEqualTo(401);
        assertThat(filledE2(exchange.place(take("b", Side.NO, 5_100, 1_000)))).isEqualTo(33);
    }

    @Test
    void fill_or_kill_takes_all_of_it_or_nothing() {
        PaperExchange exchange = exchange(DEPOSIT);
        assertThat(rejection(exchange.place(fillOrKill("a", 201)))).isEqualTo(Rejection.NOT_FILLABLE);
        assertThat(exchange.positions()).isEmpty();
        assertThat(filledE2(exchange.place(fillOrKill("b", 200)))).isEqualTo(200);
    }

    @Test
    void the_balance_stays_in_whole_units_whatever_is_bought_and_sold() {
        PaperExchange exchange = exchange(DEPOSIT);
        long before = exchange.cashE6();
        exchange.place(take("a", Side.NO, 9_800, 1_001));
        assertThat(exchange.cashE6() % 100).isZero();
        assertThat(exchange.fillsOfMarket(M)).extracting(Fill::countE2).containsExactly(401L, 33L, 567L);
        // Paid: 1 − price of each level, and at least the formula's fee of each.
        long costE6 = 401 * 5_000 + 33 * 5_100 + 567 * 9_570;
        long feesE6 = exchange.fillsOfMarket(M).stream().mapToLong(Fill::feeE6).sum();
        assertThat(before - exchange.cashE6()).isEqualTo(costE6 + feesE6);
        long formulaE6 = exchange.fillsOfMarket(M).stream()
                .mapToLong(fill -> FeeSchedule.QUADRATIC.tradeFeeE6(fill.countE2(), fill.yesPriceE4(), true))
                .sum();
        assertThat(feesE6).isBetween(formulaE6, formulaE6 + 200);
        exchange.place(take("b", Side.YES, 9_010, 1_503));
        assertThat(exchange.cashE6() % 100).isZero();
        assertThat(exchange.positions()).isEqualTo(Map.of(M, 1_500 - 1_001L));
    }

    /** Through zero from NO to YES over two levels, with exactly this much cash. */
    private Outcome throughZero(String id, PaperExchange exchange) {
        return exchange.place(take(id, Side.YES, 9_010, 500));
    }

    @Test
    void cash_to_the_last_unit_is_enough_and_one_less_is_not() {
        LedgerEntry held = filled("1", M, BookSide.ASK, 5_000, 300);
        book(new LedgerEntry.Deposited("rich", DEPOSIT, time.getAsLong()), held);
        PaperExchange rich = exchange();
        long before = rich.cashE6();
        assertThat(filledE2(throughZero("a", rich))).isEqualTo(500);
        long needed = before - rich.cashE6();
        // 2 at 0.52 and 3 at 0.901 less 3 dollars that were set aside, and fees.
        assertThat(needed).isBetween(1_040_000L + 2_703_000 - 3_000_000, 1_040_000L + 2_703_000 - 3_000_000 + 60_000);
        for (long missing = 0; missing <= 1; missing++) {
            InMemoryLedger poor = new InMemoryLedger();
            poor.book(
                    Lane.PAPER,
                    List.of(new LedgerEntry.Deposited("poor", needed - missing + 1_500_000, time.getAsLong()), held));
            PaperExchange exchange = new PaperExchange(Lane.PAPER, poor, books, time);
            Outcome outcome = throughZero("b", exchange);
            if (missing == 0) {
                assertThat(filledE2(outcome)).isEqualTo(500);
                assertThat(exchange.cashE6()).isZero();
            } else {
                assertThat(rejection(outcome)).isEqualTo(Rejection.INSUFFICIENT_CASH);
                assertThat(exchange.positions()).isEqualTo(Map.of(M, -300L));
                assertThat(exchange.cashE6()).isEqualTo(needed - 1);
            }
        }
    }

    @Test
    void an_order_that_was_refused_for_cash_has_taken_nothing_from_the_book() {
        PaperExchange exchange = exchange(600_000);
        assertThat(rejection(exchange.place(take("a", Side.YES, 5_200, 200)))).isEqualTo(Rejection.INSUFFICIENT_CASH);
        assertThat(filledE2(exchange.place(take("b", Side.YES, 5_200, 100)))).isEqualTo(100);
        assertThat(exchange.findByClientOrderId(M, "a")).isEmpty();
    }

    @Test
    void what_brings_money_or_moves_none_needs_no_cash() {
        book(
                new LedgerEntry.Deposited("d", DEPOSIT, time.getAsLong()),
                filled("1", M, BookSide.BID, 5_000, 300),
                new LedgerEntry.Deposited("gone", -DEPOSIT, time.getAsLong()));
        PaperExchange exchange = exchange();
        assertThat(exchange.cashE6()).isNegative();
        assertThat(filledE2(exchange.place(order("a", OrderTerms.reduce(M, 2, Side.YES, 100, 100)))))
                .isEqualTo(100);
        assertThat(filledE2(exchange.place(take("b", Side.YES, 1_000, 100)))).isZero();
        assertThat(rejection(exchange.place(take("c", Side.YES, 5_200, 100)))).isEqualTo(Rejection.INSUFFICIENT_CASH);
    }

    @Test
    void incident_25_a_paper_exit_sells_into_the_bids_with_fees_and_never_at_the_middle() {
        book(new LedgerEntry.Deposited("d", DEPOSIT, time.getAsLong()), filled("1", M, BookSide.BID, 5_000, 500));
        PaperExchange exchange = exchange();
        long before = exchange.cashE6();
        exchange.place(order("a", OrderTerms.reduce(M, 2, Side.YES, 100, 500)));
        List<Fill> fills = exchange.fillsOfOrder(M, "paper-a");
        assertThat(fills).extracting(Fill::yesPriceE4).containsExactly(5_000, 4_900, 430);
        assertThat(fills).extracting(Fill::countE2).containsExactly(401L, 33L, 66L);
        assertThat(fills)
                .allSatisfy(fill -> assertThat(fill.feeE6())
                        .isGreaterThanOrEqualTo(
                                FeeSchedule.QUADRATIC.tradeFeeE6(fill.countE2(), fill.yesPriceE4(), true) - 100)
                        .isPositive());
        assertThat(exchange.cashE6() - before)
                .isEqualTo(401 * 5_000
                        + 33 * 4_900
                        + 66 * 430
                        - fills.stream().mapToLong(Fill::feeE6).sum());
        // The bids that it took are gone for the next one.
        assertThat(filledE2(exchange.place(order("b", OrderTerms.reduce(M, 2, Side.YES, 4_900, 500)))))
                .isZero();
    }

    @Test
    void a_reduction_never_opens_whatever_it_asks_for() {
        book(
                new LedgerEntry.Deposited("d", DEPOSIT, time.getAsLong()),
                filled("1", M, BookSide.BID, 5_000, 300),
                filled("2", OTHER, BookSide.ASK, 5_000, 100));
        PaperExchange exchange = exchange();
        assertThat(filledE2(exchange.place(order("a", OrderTerms.reduce(M, 2, Side.YES, 100, 1_000)))))
                .isEqualTo(300);
        assertThat(filledE2(exchange.place(order("b", OrderTerms.reduce(M, 2, Side.YES, 100, 1_000)))))
                .isZero();
        assertThat(filledE2(exchange.place(order("c", OrderTerms.reduce(OTHER, 2, Side.YES, 100, 50)))))
                .isZero();
        assertThat(exchange.positions()).isEqualTo(Map.of(OTHER, -100L));
    }

    @Test
    void an_order_is_found_by_both_its_ids_with_how_it_ended() {
        PaperExchange exchange = exchange(DEPOSIT);
        exchange.place(take("whole", Side.YES, 5_200, 100));
        exchange.place(take("part", Side.YES, 5_200, 300));
        assertThat(exchange.findByClientOrderId(M, "whole"))
                .contains(new OrderView("paper-whole", "whole", M, BookSide.BID, 5_200, OrderStatus.EXECUTED, 100, 0));
        assertThat(exchange.order(M, "paper-part"))
                .contains(new OrderView("paper-part", "part", M, BookSide.BID, 5_200, OrderStatus.CANCELLED, 100, 0));
        assertThat(exchange.order(M, "part")).isEmpty();
        assertThat(exchange.order(M, "paper-never")).isEmpty();
    }

    @Test
    void a_process_that_starts_knows_at_its_first_question_what_the_ledger_has() {
        book(
                new LedgerEntry.Deposited("d", DEPOSIT, time.getAsLong()),
                filled("1", M, BookSide.BID, 5_000, 300),
                filled("2", OTHER, BookSide.ASK, 5_000, 100));
        assertThat(exchange().findByClientOrderId(M, "c1"))
                .contains(new OrderView("paper-c1", "c1", M, BookSide.BID, 5_000, OrderStatus.EXECUTED, 300, 0));
        assertThat(exchange().fillsOfMarket(OTHER)).extracting(Fill::tradeId).containsExactly("2");
        assertThat(exchange().fillsOfOrder(M, "paper-c1"))
                .extracting(Fill::tradeId)
                .containsExactly("1");
        assertThat(exchange().fillsSince(time.getAsLong())).hasSize(2);
        assertThat(exchange().fillsSince(time.getAsLong() + 1)).isEmpty();
        assertThat(exchange().positions()).isEqualTo(Map.of(M, 300L, OTHER, -100L));
        result = Optional.of(new MarketResult(Side.NO, 7));
        assertThat(exchange().settlement(OTHER)).contains(new Settlement(OTHER, Side.NO, 0, 100, 1_000_000, 7));
        assertThat(exchange().settlement(M)).contains(new Settlement(M, Side.NO, 300, 0, 0, 7));
    }

    @Test
    void what_is_settled_is_answered_as_it_was_booked_and_a_market_left_before_pays_nothing() {
        Settlement booked = new Settlement(M, Side.YES, 300, 0, 3_000_000, time.getAsLong());
        book(
                new LedgerEntry.Deposited("d", DEPOSIT, time.getAsLong()),
                filled("1", M, BookSide.BID, 5_000, 300),
                new LedgerEntry.Settled(booked));
        result = Optional.of(new MarketResult(Side.NO, 7));
        PaperExchange exchange = exchange();
        assertThat(exchange.settlement(M)).contains(booked);
        assertThat(exchange.settlement(OTHER)).isEmpty();
        assertThat(exchange.positions()).isEmpty();
        assertThat(exchange.marketResult(M)).isEqualTo(result);
    }

    @Test
    void its_data_are_of_this_moment_and_its_clock_is_ours() {
        assertThat(exchange().userDataNanos()).isEqualTo(time.getAsLong());
        assertThat(exchange().latestNowNanos()).isEqualTo(time.getAsLong());
    }

    @Test
    void nothing_rests_so_there_is_nothing_to_cancel_or_amend() {
        PaperExchange exchange = exchange(DEPOSIT);
        exchange.place(take("a", Side.YES, 5_200, 500));
        assertThat(exchange.resting()).isEmpty();
        assertThat(exchange.cancel(M, 2, "paper-a")).isEqualTo(new CancelOutcome.NotFound());
        assertThat(exchange.cancelEverything()).isEqualTo(new CancelOutcome.Cancelled(0));
        Command.AmendOrder amend = new Command.AmendOrder(
                header("m"),
                "a",
                new OrderTerms(M, 2, BookSide.BID, 5_000, 100, TimeInForce.GOOD_TILL_TIME, closeNanos, true, false));
        Account account = new Account();
        EquityWatch equity = new EquityWatch();
        account.apply(new LedgerEntry.Deposited("d", DEPOSIT, 1));
        equity.deposited(1, DEPOSIT);
        RiskView view =
                new RiskView(new LaneState(true, false, false, 0, 0, 0), account, equity, List.of(), List.of(), 2);
        RiskVerdict<Command.AmendOrder> verdict = new RiskGate(TestLane.WIDE, FeeSchedule.QUADRATIC).check(amend, view);
        assertThat(rejection(
                        exchange.amend(((RiskVerdict.Approved<Command.AmendOrder>) verdict).approved(), "paper-a")))
                .isEqualTo(Rejection.NOT_FOUND);
    }

    @Test
    void a_thousand_orders_are_remembered_and_the_oldest_is_forgotten_first() {
        PaperExchange exchange = exchange(DEPOSIT);
        for (int i = 0; i < 1_000; i++) {
            exchange.place(take("o" + i, Side.YES, 100, 1));
        }
        assertThat(exchange.findByClientOrderId(M, "o0")).isPresent();
        exchange.place(take("o1000", Side.YES, 100, 1));
        assertThat(exchange.findByClientOrderId(M, "o0")).isEmpty();
        assertThat(exchange.findByClientOrderId(M, "o1")).isPresent();
    }

    @Test
    void fills_are_kept_here_until_an_hour_after_the_settlement_and_then_read_from_the_ledger() {
        long begun = time.getAsLong();
        book(
                new LedgerEntry.Deposited("d", DEPOSIT, begun),
                filled("1", M, BookSide.BID, 5_000, 300),
                filled("2", OTHER, BookSide.BID, 5_000, 300),
                new LedgerEntry.Settled(new Settlement(M, Side.YES, 300, 0, 3_000_000, begun)));
        PaperExchange exchange = exchange();
        time.pause(HOUR);
        List<Fill> all = new ArrayList<>(exchange.fillsSince(0));
        assertThat(all).extracting(Fill::tradeId).containsExactly("1", "2");
        exchange.fillsOfMarket(M);
        exchange.findByClientOrderId(M, "never");
        // Only its own first look.
        assertThat(readsFromTheBeginning).isEqualTo(1);

        time.pause(1);
        assertThat(exchange.fillsSince(begun)).isEqualTo(all);
        assertThat(readsFromTheBeginning).isEqualTo(2);
        assertThat(exchange.fillsSince(begun + 1)).isEmpty();
        assertThat(exchange.fillsOfMarket(OTHER)).isEqualTo(all.subList(1, 2));
        assertThat(exchange.findByClientOrderId(OTHER, "c2")).isPresent();
        assertThat(readsFromTheBeginning).isEqualTo(2);
        assertThat(exchange.fillsOfMarket(M)).isEqualTo(all.subList(0, 1));
        assertThat(exchange.findByClientOrderId(M, "c1")).isPresent();
        assertThat(readsFromTheBeginning).isEqualTo(4);
    }

    @Test
    void what_was_taken_is_remembered_down_to_the_lowest_price_and_for_sixty_four_markets() {
        TakenLevels taken = new TakenLevels();
        OrderBook low = new OrderBook(TickGrid.LINEAR_CENT);
        low.beginSnapshot();
        low.setLevel(Side.NO, 100, 300);
        for (int i = 0; i < 64; i++) {
            taken.take("m" + i, Side.NO, 100, 100);
        }
        assertThat(taken.left("m0", low, Side.NO).totalE2()).isEqualTo(200);
        taken.take("m64", Side.NO, 100, 100);
        assertThat(taken.left("m0", low, Side.NO).totalE2()).isEqualTo(300);
        assertThat(taken.left("m1", low, Side.NO).totalE2()).isEqualTo(200);
    }
}
