package voltage.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.market.TradedSeries;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.AmendOrder;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.Command.SeenBook;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.SentOrder;

/** Each limit at its last allowed unit and one beyond it, and what counts towards it: the mutants that RiskGateTest leaves alive. */
class RiskGateEdgesTest {
    private static final long NOW = 1_794_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final String M = "KXBTC15M-T";
    private static final SeenBook OPEN = new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE);

    private final Account account = new Account();
    private final EquityWatch equity = new EquityWatch();
    private final List<CommandRecord> unfinished = new ArrayList<>();
    private final List<SentOrder> sent = new ArrayList<>();
    private LaneState state = new LaneState(true, false, false, 5, 3, 0);
    private RiskLimits limits = wide(10_000);
    private int trades;

    RiskGateEdgesTest() {
        account.apply(new LedgerEntry.Deposited("d", 1_000_000_000L, NOW - 1));
        equity.deposited(NOW - 1, 1_000_000_000L);
    }

    private static RiskLimits wide(int exposureShareE4) {
        return losses(900_000_000L, 10_000, 10_000, 10_000, exposureShareE4);
    }

    private static RiskLimits losses(long dailyE6, int dailyE4, int weeklyE4, int drawdownE4, int exposureE4) {
        return new RiskLimits(
                2_500,
                10_000,
                10,
                dailyE6,
                dailyE4,
                weeklyE4,
                drawdownE4,
                exposureE4,
                OrderFlowLimits.DEFAULT,
                60 * SECOND,
                TradedSeries.BITCOIN);
    }

    private void fill(BookSide side, int yesPriceE4, long countE2) {
        account.apply(new LedgerEntry.Filled(
                new Fill("t" + trades++, "o", M, side, yesPriceE4, countE2, 0, true, NOW - 1), "c"));
    }

    /** Leaves exactly that much cash, without a loss. */
    private void cash(long cashE6) {
        account.apply(new LedgerEntry.Deposited("cash" + cashE6, cashE6 - account.cashE6(), NOW - 1));
    }

    private static Header header(String id) {
        return new Header(id, Lane.PAPER, NOW, NOW + 1, 3, 5);
    }

    private static PlaceOrder buy(String id, String ticker, Side side, int limitE4, long countE2) {
        return new PlaceOrder(header(id), OrderTerms.take(ticker, 2, side, limitE4, countE2), Purpose.ENTRY, OPEN);
    }

    private static PlaceOrder reduce(String id, String ticker, Side held, long countE2) {
        return new PlaceOrder(header(id), OrderTerms.reduce(ticker, 2, held, 100, countE2), Purpose.STOP, OPEN);
    }

    private static ClosePosition close(String id, String ticker) {
        return new ClosePosition(header(id), ticker, 2, 100, Purpose.OPERATOR_CLOSE);
    }

    private static AmendOrder amend(String id, String ticker, String target, long countE2) {
        return new AmendOrder(header(id), target, OrderTerms.take(ticker, 2, Side.YES, 5_000, countE2));
    }

    private void open(Command command) {
        unfinished.add(new CommandRecord(command, new CommandState.Sending(1), List.of()));
    }

    private void sent(int count, Command command, long nanos) {
        for (int i = 0; i < count; i++) {
            sent.add(new SentOrder(command, nanos));
        }
    }

    private RiskVerdict<?> check(Command command, long nowNanos) {
        RiskView view = new RiskView(state, account, equity, unfinished, sent, nowNanos);
        RiskGate gate = new RiskGate(limits, FeeSchedule.QUADRATIC);
        if (command instanceof PlaceOrder order) {
            return gate.check(order, view);
        }
        return command instanceof ClosePosition closing
                ? gate.check(closing, view)
                : gate.check((AmendOrder) command, view);
    }

    private void assertRefused(Command command, RefusalReason reason, String detail) {
        assertRefused(command, NOW, reason, detail);
    }

    private void assertRefused(Command command, long nowNanos, RefusalReason reason, String detail) {
        assertThat(check(command, nowNanos)).isInstanceOfSatisfying(RiskVerdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.detail()).contains(detail);
        });
    }

    private void assertApproved(Command command) {
        assertThat(check(command, NOW)).isInstanceOf(RiskVerdict.Approved.class);
    }

    private long approvedE2(Command command) {
        return check(command, NOW) instanceof RiskVerdict.Approved<?> approved
                        && approved.approved().command() instanceof PlaceOrder order
                ? order.terms().countE2()
                : 0;
    }

    @Test
    void a_close_takes_what_the_exits_in_flight_leave_and_waits_when_they_may_take_all() {
        fill(BookSide.BID, 5_000, 300);
        open(reduce("x", M, Side.YES, 200));
        assertThat(approvedE2(close("c", M))).isEqualTo(100);
        open(reduce("y", M, Side.YES, 100));
        assertRefused(close("c", M), RefusalReason.IN_FLIGHT, "exits in flight");
    }

    @Test
    void a_close_in_flight_may_take_everything_and_no_exit_is_sent_beside_it() {
        fill(BookSide.BID, 5_000, 300);
        open(close("first", M));
        assertRefused(close("second", M), RefusalReason.IN_FLIGHT, "exits in flight");
        assertRefused(reduce("x", M, Side.YES, 100), RefusalReason.IN_FLIGHT, "exits in flight");
        assertThat(approvedE2(close("first", M))).isEqualTo(300);
    }

    @Test
    void entries_and_exits_of_other_markets_in_flight_take_nothing_from_an_exit() {
        fill(BookSide.BID, 5_000, 300);
        open(close("elsewhere", "ELSEWHERE"));
        open(buy("entry", M, Side.YES, 5_000, 100));
        assertThat(approvedE2(close("c", M))).isEqualTo(300);
        assertThat(approvedE2(reduce("x", M, Side.YES, 300))).isEqualTo(300);
    }

    @Test
    void closing_is_bounded_like_any_exit_and_counts_as_one() {
        fill(BookSide.BID, 5_000, 300);
        sent(20, close("x", M), NOW - 60 * SECOND + 1);
        assertRefused(close("c", M), RefusalReason.ORDER_RATE_LIMIT, "21, limit 20");
        sent.clear();
        sent(20, close("x", M), NOW - 60 * SECOND);
        assertApproved(close("c", M));
    }

    @Test
    void entries_and_cancels_are_no_exits_and_exits_and_cancels_are_no_entries() {
        fill(BookSide.BID, 5_000, 300);
        sent(20, buy("e", M, Side.YES, 4_000, 100), NOW - 50 * SECOND);
        sent(20, new CancelOrder(header("k"), M, "e"), NOW - 1);
        assertApproved(close("c", M));
        assertApproved(buy("a", M, Side.YES, 5_000, 100));
        sent(20, close("x", "ELSEWHERE"), NOW - 1);
        assertApproved(buy("a", M, Side.YES, 5_000, 100));
    }

    @Test
    void the_tenth_entry_of_a_second_is_the_last() {
        sent(9, buy("s", "ELSEWHERE", Side.YES, 5_000, 100), NOW - 1);
        assertApproved(buy("a", M, Side.YES, 5_000, 100));
        sent(1, amend("s", "ELSEWHERE", "t", 100), NOW - 1);
        assertRefused(buy("a", M, Side.YES, 5_000, 100), RefusalReason.ORDER_RATE_LIMIT, "11, limit 10");
    }

    @Test
    void a_second_and_a_minute_ago_are_over() {
        sent(10, buy("s", "ELSEWHERE", Side.YES, 5_000, 100), NOW - SECOND);
        assertApproved(buy("a", M, Side.YES, 5_000, 100));
        sent.clear();
        sent(60, buy("s", "ELSEWHERE", Side.YES, 5_000, 100), NOW - 60 * SECOND);
        assertApproved(buy("a", M, Side.YES, 5_000, 100));
    }

    @Test
    void an_amendment_is_held_to_the_limits_of_an_entry_in_place_of_its_target() {
        open(buy("t", M, Side.YES, 5_000, 2_600));
        assertApproved(amend("a", M, "t", 2_500));
        assertRefused(amend("a", M, "t", 2_501), RefusalReason.ORDER_SIZE_LIMIT, "25.01, limit 25.00");
        assertRefused(amend("a", M, "other", 100), RefusalReason.IN_FLIGHT, "t is SENDING");
        limits = wide(100);
        assertApproved(amend("a", M, "t", 1_900));
    }

    @Test
    void an_amendment_never_costs_more_than_its_order_whose_first_terms_the_books_keep() {
        open(buy("t", M, Side.YES, 4_000, 500));
        assertApproved(amend("a", M, "t", 400));
        assertRefused(amend("a", M, "t", 401), RefusalReason.EXPOSURE_LIMIT, "cost 2.005000, limit 2.000000");
    }

    @Test
    void an_amendment_in_flight_is_the_one_entry_of_its_market() {
        open(amend("first", M, "t", 100));
        assertRefused(buy("a", M, Side.YES, 5_000, 100), RefusalReason.IN_FLIGHT, "first is SENDING");
    }

    @Test
    void open_orders_are_entries_and_exits_of_others_and_no_cancels() {
        limits = new RiskLimits(
                2_500,
                10_000,
                2,
                900_000_000L,
                10_000,
                10_000,
                10_000,
                10_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        open(buy("a", M, Side.YES, 5_000, 100));
        open(buy("b", "ELSEWHERE", Side.YES, 5_000, 100));
        open(new CancelOrder(header("k"), M, "z"));
        assertApproved(buy("a", M, Side.YES, 5_000, 100));
        open(close("c", "OTHER"));
        assertRefused(buy("a", M, Side.YES, 5_000, 100), RefusalReason.OPEN_ORDERS_LIMIT, "3, limit 2");
    }

    @Test
    void a_loss_of_exactly_the_limit_is_over_it() {
        PlaceOrder order = buy("a", M, Side.YES, 5_000, 100);
        equity.observe(NOW, 940_000_000L);
        limits = losses(60_000_000L, 10_000, 10_000, 10_000, 10_000);
        assertRefused(order, RefusalReason.DAILY_LOSS_LIMIT, "60.000000, limit 60.000000");
        limits = losses(60_000_001L, 600, 10_000, 10_000, 10_000);
        assertRefused(order, RefusalReason.DAILY_LOSS_LIMIT, "0.0600, limit 0.0600");
        limits = losses(60_000_001L, 601, 600, 10_000, 10_000);
        assertRefused(order, RefusalReason.DRAWDOWN_LIMIT, "since Monday 0.0600, limit 0.0600");
        limits = losses(60_000_001L, 601, 601, 600, 10_000);
        assertRefused(order, RefusalReason.DRAWDOWN_LIMIT, "below the peak 0.0600, limit 0.0600");
        limits = losses(60_000_001L, 601, 601, 601, 10_000);
        assertApproved(order);
    }

    @Test
    void exposure_counts_what_unfinished_entries_may_still_cost_on_their_own_side() {
        limits = wide(100);
        // NO at 0.20: 10 contracts cost 2.00, a fee of 0.112 and 0.0002 of rounding.
        open(buy("pending", "ELSEWHERE", Side.NO, 2_000, 1_000));
        open(reduce("exit", "OTHER", Side.YES, 2_500));
        assertRefused(buy("a", M, Side.YES, 5_000, 1_600), RefusalReason.EXPOSURE_LIMIT, "10.392400, limit 10.000000");
        assertApproved(buy("a", M, Side.YES, 5_000, 1_500));
    }

    @Test
    void an_order_does_not_count_against_itself() {
        limits = wide(100);
        open(buy("a", M, Side.YES, 5_000, 1_900));
        assertApproved(buy("a", M, Side.YES, 5_000, 1_900));
    }

    @Test
    void exposure_adds_only_what_an_order_opens_beyond_what_it_closes() {
        fill(BookSide.BID, 5_000, 1_000);
        // 5.00 held, 5 contracts of NO opened at 0.30, and the fee of all 15: to the unit.
        PlaceOrder crossing = buy("a", M, Side.NO, 3_000, 1_500);
        limits = wide(100);
        equity.observe(NOW - 1, 672_070_000L);
        assertApproved(crossing);
        equity.observe(NOW - 1, 672_069_900L);
        assertRefused(crossing, RefusalReason.EXPOSURE_LIMIT, "6.720700, limit 6.720699");
    }

    @Test
    void cash_is_enough_to_the_unit() {
        PlaceOrder order = buy("a", M, Side.YES, 5_000, 100);
        cash(517_700);
        assertApproved(order);
        cash(517_699);
        assertRefused(order, RefusalReason.INSUFFICIENT_CASH, "0.517700, limit 0.517699");
    }

    @Test
    void cash_that_unfinished_entries_may_take_is_not_free() {
        PlaceOrder order = buy("a", M, Side.YES, 5_000, 100);
        open(buy("pending", "ELSEWHERE", Side.YES, 5_000, 100));
        cash(2 * 517_700);
        assertApproved(order);
        cash(2 * 517_700 - 1);
        assertRefused(order, RefusalReason.INSUFFICIENT_CASH, "0.517700, limit 0.517699");
    }

    @Test
    void an_amendment_needs_cash_beyond_what_its_target_bound_already() {
        open(buy("t", M, Side.YES, 5_000, 100));
        cash(517_700);
        assertApproved(amend("a", M, "t", 100));
    }

    @Test
    void refusals_say_by_how_much_in_seconds() {
        PlaceOrder order = buy("a", M, Side.YES, 5_000, 100);
        assertRefused(order, NOW + 2_000_001, RefusalReason.LATE, "late by 0.002 s");
        PlaceOrder closing = new PlaceOrder(
                header("a"), order.terms(), Purpose.ENTRY, new SeenBook(0, 10_000, 0, 0, NOW + 59_999_000_000L));
        assertRefused(closing, RefusalReason.MARKET_CLOSED, "closes in 59.999 s, 60.000 s are needed");
        sent(1, buy("first", M, Side.YES, 5_000, 100), NOW - 400_000_000L);
        assertRefused(order, RefusalReason.DUPLICATE, "sent 0.400 s before it, 0.500 s apart are needed");
    }

    @Test
    void an_unknown_outcome_of_an_amendment_of_another_market_stops_entries_too() {
        unfinished.add(new CommandRecord(
                amend("z", "ELSEWHERE", "t", 100), new CommandState.Unknown(Optional.empty(), 0), List.of()));
        assertRefused(buy("a", M, Side.YES, 5_000, 100), RefusalReason.IN_FLIGHT, "z is unknown");
    }

    @Test
    void a_fenced_close_is_refused() {
        fill(BookSide.BID, 5_000, 300);
        state = new LaneState(true, false, false, 6, 3, 0);
        assertRefused(close("c", M), RefusalReason.FENCED, "the fence is 6");
        assertRefused(reduce("x", M, Side.YES, 100), RefusalReason.FENCED, "the fence is 6");
        assertRefused(amend("a", M, "t", 100), RefusalReason.FENCED, "the fence is 6");
    }
}
