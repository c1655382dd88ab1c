package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.Exchange.MarketResult;
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
import voltage.order.ExecutionReport;
import voltage.order.ExecutionReport.Cancelled;
import voltage.order.ExecutionReport.Filled;
import voltage.order.ExecutionReport.Refused;
import voltage.order.ExecutionReport.Settled;
import voltage.order.Fill;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.TimeInForce;

/** The paper exchange behind the real executor, as the paper lane runs it. */
@Timeout(20)
class PaperExchangeTest {
    private static final String M = "KXBTC15M-26NOV211300-00";

    private final VirtualTime time = new VirtualTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final OrderBook book = new OrderBook(TickGrid.TAPERED_DECI_CENT);
    private final MarketDefinition definition = new MarketDefinition(
            new MarketKeys().of(M),
            "KXBTC15M-26NOV211300",
            "KXBTC15M",
            StrikeType.GREATER_OR_EQUAL,
            OptionalLong.of(850_000_000),
            OptionalLong.empty(),
            time.getAsLong(),
            time.getAsLong() + 900 * VirtualTime.SECOND,
            TickGrid.TAPERED_DECI_CENT,
            FeeSchedule.QUADRATIC,
            2);
    private final BookSource books = new BookSource() {
        @Override
        public Optional<MarketNow> market(String ticker) {
            if (isDown) {
                throw new ExchangeUnavailableException("HTTP 503");
            }
            return ticker.equals(M) ? Optional.of(new MarketNow(definition, book, true)) : Optional.empty();
        }

        @Override
        public Optional<MarketResult> result(String ticker) {
            return result;
        }
    };
    private final List<ExecutionReport> reports = new ArrayList<>();
    private boolean isDown;
    private Optional<MarketResult> result = Optional.empty();
    private PaperExchange exchange = new PaperExchange(Lane.PAPER, ledger, books, time);
    private Executor executor = executor(exchange, new Crash.Fuse(0));

    PaperExchangeTest() {
        ledger.book(Lane.PAPER, List.of(new LedgerEntry.Deposited("opening", 1_000_000_000, time.getAsLong())));
        book.beginSnapshot();
        // Offers of YES at 0.52, 0.53 and 0.55; bids at 0.50 and 0.49.
        book.setLevel(Side.NO, 4_800, 300);
        book.setLevel(Side.NO, 4_700, 200);
        book.setLevel(Side.NO, 4_500, 5_000);
        book.setLevel(Side.YES, 5_000, 400);
        book.setLevel(Side.YES, 4_900, 5_000);
    }

    private Executor executor(Exchange port, Crash.Fuse fuse) {
        return new Executor(
                Lane.PAPER,
                ledger,
                port,
                (lane, sent) -> {
                    fuse.step();
                    reports.addAll(sent);
                },
                time,
                time,
                TestLane.WIDE,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
    }

    private ExecutionReport run(Command command) {
        executor.execute(command);
        return reports.getLast();
    }

    private Header header(String id) {
        return new Header(id, Lane.PAPER, time.getAsLong(), time.getAsLong() + 10 * VirtualTime.SECOND, 0, 0);
    }

    private PlaceOrder buy(String id, Side side, int limitE4, long countE2) {
        return new PlaceOrder(
                header(id),
                OrderTerms.take(M, 2, side, limitE4, countE2),
                Purpose.ENTRY,
                new SeenBook(5_000, 5_200, 1, 0, Long.MAX_VALUE));
    }

    private Account account() {
        Account account = new Account();
        ledger.entries(Lane.PAPER, 0).entries().forEach(account::apply);
        return account;
    }

    @Test
    void an_order_takes_the_displayed_levels_up_to_its_limit_with_fees() {
        List<Fill> fills = ((Filled) run(buy("a", Side.YES, 5_300, 1_000))).fills();
        assertThat(fills).extracting(Fill::yesPriceE4).containsExactly(5_200, 5_300);
        assertThat(fills).extracting(Fill::countE2).containsExactly(300L, 200L);
        assertThat(fills.getFirst().feeE6()).isEqualTo(52_500);
        assertThat(account().cashE6()).isEqualTo(exchange.cashE6());
    }

    @Test
    void buying_no_takes_the_bids_of_yes() {
        List<Fill> fills = ((Filled) run(buy("a", Side.NO, 5_100, 600))).fills();
        assertThat(fills).extracting(Fill::yesPriceE4).containsExactly(5_000, 4_900);
        assertThat(fills).allSatisfy(fill -> assertThat(fill.bookSide()).isEqualTo(BookSide.ASK));
        assertThat(account().positionE2(M)).isEqualTo(-600);
        assertThat(account().cashE6()).isEqualTo(exchange.cashE6());
    }

    @Test
    void what_one_order_took_is_not_there_for_the_next() {
        run(buy("a", Side.YES, 5_200, 300));
        assertThat(run(buy("b", Side.YES, 5_200, 300))).isInstanceOf(Cancelled.class);
        book.apply(Side.NO, 4_800, 100);
        assertThat(((Filled) run(buy("c", Side.YES, 5_200, 300)))
                        .fills()
                        .getFirst()
                        .countE2())
                .isEqualTo(100);
        book.setLevel(Side.NO, 4_800, 0);
        run(buy("d", Side.YES, 5_200, 300));
        book.setLevel(Side.NO, 4_800, 250);
        assertThat(((Filled) run(buy("e", Side.YES, 5_200, 300)))
                        .fills()
                        .getFirst()
                        .countE2())
                .isEqualTo(250);
    }

    @Test
    void resting_orders_off_grid_prices_closed_markets_and_missing_books_are_refused() {
        OrderTerms rests = new OrderTerms(
                M, 2, BookSide.BID, 4_000, 100, TimeInForce.GOOD_TILL_TIME, time.getAsLong() + 1, true, false);
        PlaceOrder resting =
                new PlaceOrder(header("r"), rests, Purpose.ENTRY, new SeenBook(5_000, 5_200, 1, 0, Long.MAX_VALUE));
        assertThat(((Refused) run(resting)).detail()).contains("rests no orders");
        assertThat(((Refused) run(buy("p", Side.YES, 5_055, 100))).reason()).isEqualTo(RefusalReason.PRICE_INVALID);
        isDown = true;
        assertThat(((Refused) run(buy("d", Side.YES, 5_200, 100))).detail()).contains("no book");
        isDown = false;
        time.pause(901 * VirtualTime.SECOND);
        assertThat(((Refused) run(buy("l", Side.YES, 5_200, 100))).reason()).isEqualTo(RefusalReason.MARKET_CLOSED);
    }

    @Test
    void a_close_sells_into_the_bids_and_never_crosses_zero() {
        run(buy("a", Side.YES, 5_300, 500));
        run(new Command.ClosePosition(header("c"), M, 2, 100, Purpose.OPERATOR_CLOSE));
        assertThat(account().positionE2(M)).isZero();
        assertThat(account().cashE6()).isEqualTo(exchange.cashE6());
    }

    @Test
    void the_official_result_pays_once_and_only_through_the_ledger() {
        run(buy("a", Side.YES, 5_300, 500));
        long before = exchange.cashE6();
        result = Optional.of(new MarketResult(Side.YES, time.getAsLong()));
        assertThat(exchange.cashE6()).isEqualTo(before);
        assertThat(run(new Command.Settle(header("s"), M)))
                .isInstanceOfSatisfying(
                        Settled.class,
                        settled -> assertThat(settled.revenueE6()).isEqualTo(5_000_000));
        run(new Command.Settle(header("t"), M));
        assertThat(exchange.cashE6())
                .isEqualTo(before + 5_000_000)
                .isEqualTo(account().cashE6());
    }

    @Test
    void fills_of_a_market_settled_long_ago_are_found_in_the_ledger() {
        run(buy("a", Side.YES, 5_300, 500));
        List<Fill> fills = exchange.fillsSince(0);
        assertThat(fills).isNotEmpty();
        result = Optional.of(new MarketResult(Side.YES, time.getAsLong()));
        run(new Command.Settle(header("s"), M));
        time.pause(2 * 3_600 * VirtualTime.SECOND);
        PaperExchange later = new PaperExchange(Lane.PAPER, ledger, books, time);
        assertThat(later.fillsSince(0)).isEqualTo(fills);
        assertThat(later.fillsOfMarket(M)).isEqualTo(fills);
        assertThat(later.findByClientOrderId(M, "a")).isPresent();
        assertThat(later.findByClientOrderId(M, "b")).isEmpty();
        assertThat(later.fillsSince(time.getAsLong())).isEmpty();
    }

    @Test
    void death_between_fill_and_booking_leaves_an_order_that_never_was() {
        PlaceOrder order = buy("a", Side.YES, 5_300, 500);
        Exchange dies = new DyingAfterPlace(exchange);
        executor = executor(dies, new Crash.Fuse(0));
        try {
            run(order);
        } catch (Crash e) {
            exchange = new PaperExchange(Lane.PAPER, ledger, books, time);
            executor = executor(exchange, new Crash.Fuse(0));
        }
        time.pause(11 * VirtualTime.SECOND);
        assertThat(run(order)).isInstanceOf(Refused.class);
        assertThat(exchange.cashE6()).isEqualTo(account().cashE6()).isEqualTo(1_000_000_000);
    }

    @Test
    void the_same_command_gets_the_same_trade_ids_in_another_life() {
        List<Fill> first = ((Filled) run(buy("a", Side.YES, 5_300, 500))).fills();
        InMemoryLedger other = new InMemoryLedger();
        other.book(Lane.PAPER, List.of(new LedgerEntry.Deposited("opening", 1_000_000_000, 0)));
        PaperExchange again = new PaperExchange(Lane.PAPER, other, books, time);
        reports.clear();
        new Executor(
                        Lane.PAPER,
                        other,
                        again,
                        (lane, sent) -> reports.addAll(sent),
                        time,
                        time,
                        TestLane.WIDE,
                        FeeSchedule.QUADRATIC,
                        ExecutorSettings.DEFAULT)
                .execute(buy("a", Side.YES, 5_300, 500));
        assertThat(((Filled) reports.getLast()).fills())
                .extracting(Fill::tradeId)
                .isEqualTo(first.stream().map(Fill::tradeId).toList())
                .doesNotHaveDuplicates();
    }

    /** Places and dies before answering. */
    private record DyingAfterPlace(Exchange inner) implements Exchange {
        @Override
        public Outcome place(voltage.risk.RiskApproved<PlaceOrder> order) {
            inner.place(order);
            throw new Crash();
        }

        @Override
        public CancelOutcome cancel(String ticker, int exchangeIndex, String orderId) {
            return inner.cancel(ticker, exchangeIndex, orderId);
        }

        @Override
        public CancelOutcome cancelEverything() {
            return inner.cancelEverything();
        }

        @Override
        public Optional<OrderGroup> orderGroup() {
            return inner.orderGroup();
        }

        @Override
        public List<OrderView> resting() {
            return inner.resting();
        }

        @Override
        public Outcome amend(voltage.risk.RiskApproved<Command.AmendOrder> amend, String orderId) {
            return inner.amend(amend, orderId);
        }

        @Override
        public Optional<OrderView> findByClientOrderId(String ticker, String clientOrderId) {
            return inner.findByClientOrderId(ticker, clientOrderId);
        }

        @Override
        public Optional<OrderView> order(String ticker, String orderId) {
            return inner.order(ticker, orderId);
        }

        @Override
        public List<Fill> fillsOfOrder(String ticker, String orderId) {
            return inner.fillsOfOrder(ticker, orderId);
        }

        @Override
        public List<Fill> fillsOfMarket(String ticker) {
            return inner.fillsOfMarket(ticker);
        }

        @Override
        public List<Fill> fillsSince(long nanos) {
            return inner.fillsSince(nanos);
        }

        @Override
        public java.util.Map<String, Long> positions() {
            return inner.positions();
        }

        @Override
        public Optional<voltage.order.Settlement> settlement(String ticker) {
            return inner.settlement(ticker);
        }

        @Override
        public Optional<MarketResult> marketResult(String ticker) {
            return inner.marketResult(ticker);
        }

        @Override
        public long cashE6() {
            return inner.cashE6();
        }

        @Override
        public long userDataNanos() {
            return inner.userDataNanos();
        }

        @Override
        public long latestNowNanos() {
            return inner.latestNowNanos();
        }
    }
}
